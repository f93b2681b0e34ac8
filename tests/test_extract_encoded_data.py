"""`index.extract.encoded_data`: long runs without language are left out, evidence never."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from library import ids, index_files

from index.document import Document, Skipped
from index.extract.encoded_data import MIN_RUN, encoded_spans
from index.extract.formats import read

RANDOM = random.Random(7)
BYTES = RANDOM.randbytes(12_000)
BASE64 = base64.b64encode(BYTES).decode()
BEFORE, AFTER = "The minister signed on Monday.\n", "\nThe report ends here."


def wrapped(text: str, width: int, start: str = "", end: str = "") -> str:
    lines = [text[at : at + width] for at in range(0, len(text), width)]
    return "\n".join(f"{start}{line}{end}" for line in lines)


def uuencoded(data: bytes) -> str:
    lines = [data[at : at + 45] for at in range(0, len(data), 45)]
    return "".join(binascii.b2a_uu(line).decode() for line in lines)


def hex_dump(data: bytes) -> str:
    return "\n".join(
        f"{at:08x}: {data[at : at + 16].hex(' ', -2)}  ..{at % 7}....."
        for at in range(0, len(data) - 16, 16)
    )


def intel_hex(data: bytes) -> str:
    return "\n".join(
        f":10{at:04X}00{data[at : at + 16].hex().upper()}5A" for at in range(0, len(data), 16)
    )


def script(count: int) -> str:
    names = ["".join(RANDOM.choices("abcdefgh", k=2)) for _ in range(60)]
    return "".join(
        f"function {a}({b}){{var {c}={b}.{a};if({c}){{return {c}({b},!0)}}}}{b}.x={a};"
        for a, b, c in (RANDOM.sample(names, 3) for _ in range(count))
    )


ENCODED: dict[str, str] = {
    "one line of base64": BASE64,
    "base64 as in mail": wrapped(BASE64, 76),
    "base64 as in a key": wrapped(BASE64, 64),
    "quoted in a reply": wrapped(BASE64, 72, "> > "),
    "indented": wrapped(BASE64, 76, "        "),
    "strings of a program": wrapped(BASE64, 76, '    "', '",'),
    "a string of JSON": f'"{BASE64}"',
    "line ends written in JSON": "\\r\\n".join(wrapped(BASE64, 76).split("\n")),
    "blank lines between": "\n\n".join(wrapped(BASE64, 76).split("\n")),
    "a data URI": f"url(data:image/png;base64,{BASE64})",
    "safe for addresses": base64.urlsafe_b64encode(BYTES).decode(),
    "base32": wrapped(base64.b32encode(BYTES).decode(), 76),
    "hexadecimal digits": wrapped(BYTES.hex(), 60),
    "hexadecimal digits in one line": BYTES.hex().upper(),
    "a hex dump": hex_dump(BYTES),
    "uuencode": uuencoded(BYTES),
    "Intel HEX": intel_hex(BYTES),
    "a genome": wrapped("".join(RANDOM.choices("ACGT", k=9_000)), 70),
    "a minified script": script(200),
    "a style sheet": "".join(f".a{n}{{color:red;margin:{n}px}}" for n in range(400)),
    "a word of many letters": "x" * 20_000,
    "an Arabic word of many letters": "كتب" * 4_000,
    "digits of a number": "31415926535" * 900,
}


@pytest.mark.parametrize("kind", ENCODED)
def test_encoded_data_is_one_run(kind: str) -> None:
    text = BEFORE + ENCODED[kind] + AFTER
    ((start, end),) = encoded_spans(text)
    assert start <= len(BEFORE) + 30
    assert end >= len(BEFORE + ENCODED[kind]) - 80  # a shorter last line stays
    assert text[:start].startswith(BEFORE.strip())
    assert text[end:].endswith(AFTER)


def lines_of(make: Callable[[int], str], count: int = 500) -> str:
    return "\n".join(map(make, range(count)))


def digest(name: str, number: int) -> hashlib._Hash:
    return hashlib.new(name, str(number).encode())


EVIDENCE: dict[str, str] = {
    **{
        f"digests by {name}": lines_of(lambda n, name=name: digest(name, n).hexdigest())
        for name in ("md5", "sha1", "sha224", "sha256", "sha384", "sha512")
    },
    "digests of files": lines_of(lambda n: f"{digest('sha256', n).hexdigest()}  scan-{n}.pdf"),
    "digests of packages": lines_of(
        lambda n: f"sha512-{base64.b64encode(digest('sha512', n).digest()).decode()}"
    ),
    "numbers of accounts": lines_of(lambda n: f"LY83{n:021}"),
    "identifiers": lines_of(lambda n: f"{n:08x}-8a0e-4f6c-9d6f-{n:012x}"),
    "folders": lines_of(
        lambda n: f"/archive/ministry-of-finance/department_{n}/contracts/appendix-{n}/scanned"
    ),
    "web addresses": lines_of(
        lambda n: f"https://example.org/archive/ministry-of-finance/contracts/{n}?page={n}&all=yes"
    ),
    "mail addresses": lines_of(lambda n: f"first.last{n}@department-of-justice.example.org"),
    "records of a bank": lines_of(lambda n: f"001{n:030}{n * 7:030}LYD{n:010}"),
    "a table of numbers": lines_of(
        lambda n: f"{n * 37:08} {n} {n * 3 + 11} {n * 5 + 1000} {n * 7 + 20} {n + 4000}"
    ),
    "JSON without a space": json.dumps(
        [{"id": n, "name": "Ali", "iban": f"LY83{n:021}"} for n in range(400)],
        separators=(",", ":"),
    ),
    "SQL": "insert into paid values" + ",".join(f" ({n},'Ali','{n:08}')" for n in range(900)),
    "CSV": lines_of(lambda n: f"{n},LY83{n:021},2019-01-01,{n * 7},transfer"),
    "rulers": "\n".join([*["-" * 79, "=" * 79, "_" * 79] * 90, "_" * 9_000]),
    "a table of Markdown": "|" + "---|" * 3_000,
    "German compounds": lines_of(
        lambda n: f"Rindfleischetikettierungsueberwachungsaufgabenuebertragungsgesetz {n}"
    ),
    "Chinese": "漢字" * 5_000,
    "a paragraph": "the minister of oil signed the contract " * 900,
    "an Arabic paragraph": "وقّع وزير النفط العقد في طرابلس " * 900,
    "a key": wrapped(BASE64[: MIN_RUN // 2], 64),
    "keys with their names": "\n".join(
        f"key {n}\n{wrapped(BASE64[: MIN_RUN // 2], 64)}" for n in range(9)
    ),
    "source": script(200).replace(";", ";\n    ").replace("{", " {\n    "),
}


@pytest.mark.parametrize("kind", EVIDENCE)
def test_evidence_stays(kind: str) -> None:
    assert encoded_spans(BEFORE + EVIDENCE[kind] + AFTER) == []


words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=50)


@given(st.lists(words, min_size=1, max_size=40), st.sampled_from([" ", "\n"]), st.integers(1, 60))
def test_words_of_up_to_fifty_characters_stay(found: list[str], space: str, repeated: int) -> None:
    text = space.join(found * repeated)
    lines = text.split("\n")
    if max(map(len, lines)) < MIN_RUN and not any(line.startswith("0") for line in lines):
        assert encoded_spans(text) == []


def written(tmp_path: Path, text: str, name: str = "mail.txt") -> tuple[Document, list[Skipped]]:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    document, *skipped = read(path)
    assert isinstance(document, Document)
    assert all(isinstance(item, Skipped) for item in skipped)
    return document, [item for item in skipped if isinstance(item, Skipped)]


def test_what_is_left_out_is_counted_and_lines_stay_where_they_are(tmp_path: Path) -> None:
    body = wrapped(BASE64[:15_200], 76)
    text = f"{BEFORE}{body}{AFTER}"
    document, (note,) = written(tmp_path, text)
    assert document.text == BEFORE + "\n" * 199 + AFTER
    assert note.reason == (
        f"{len(body):,} characters from line 2 on are encoded data or code: not searched"
    )
    assert (note.path, note.problem) == (document.path, False)


def test_a_text_without_any_is_unchanged(tmp_path: Path) -> None:
    document, skipped = written(tmp_path, BEFORE + BASE64[:800] + AFTER)
    assert (document.text, skipped) == (BEFORE + BASE64[:800] + AFTER, [])


def test_words_around_encoded_data_and_evidence_are_found(tmp_path: Path) -> None:
    name = digest("sha256", 1).hexdigest()
    text = f"{BEFORE}{wrapped(BASE64, 76)}\n{AFTER} {name} LY83002048000020100120361"
    with index_files(tmp_path, {"mail.txt": text}) as searcher:
        for query in ("minister", "report", name, "LY83002048000020100120361"):
            assert len(ids(searcher, query)) == 1, query
        assert ids(searcher, BASE64[76:152]) == []


def test_a_piece_is_found_by_its_beginning_however_long_it_is(tmp_path: Path) -> None:
    address = "https://example.org/?q=" + "%20".join(f"word{n}" for n in range(300))
    with index_files(tmp_path, {"log.txt": f"asked {address} twice"}) as searcher:
        (hit,) = searcher.search(f'"asked {address} twice"').hits
        assert hit.id.endswith("log.txt")
