"""`index.extract.jsonl`: each line becomes a document, or is skipped with a reason."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from extracted import only_document, write_file

from index.document import Document, Skipped
from index.extract import jsonl, read

GOOD = {"id": "1", "title": "T", "text": "a\r\nب", "lang": "ar", "date": "2016-05-04", "url": "u"}


def test_a_line_is_a_document(tmp_path: Path) -> None:
    line = json.dumps(GOOD)
    path = write_file(tmp_path, "a.jsonl", f"{line}\n")
    document = only_document(path)
    assert document == Document(
        path=f"{path}#1",
        id="1",
        text="a\nب",
        type="jsonl",
        modified=document.modified,
        sha256=hashlib.sha256(line.encode()).hexdigest(),
        title="T",
        language="ar",
        date=date(2016, 5, 4),
        date_source="stated",
        url="u",
        encoding="utf-8",
    )


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{bad", "not valid JSON: Expecting property name enclosed in double quotes at column 2"),
        ("[1]", "not a JSON object but a list"),
        ("7", "not a JSON object but a number"),
        ('{"text": "x"}', 'no "id"'),
        ('{"id": "", "text": "x"}', 'no "id"'),
        ('{"id": null, "text": "x"}', 'its "id" is null, not a string'),
        ('{"id": [1], "text": "x"}', 'its "id" is a list, not a string'),
        ('{"id": true, "text": "x"}', 'its "id" is true or false, not a string'),
        ('{"id": "x"}', 'no "text"'),
        ('{"id": "x", "text": 7}', 'its "text" is a number, not a string'),
        ("[" * 100_000, "not readable JSON: a number too long or lists too deep"),
        ("9" * 10_000, "not readable JSON: a number too long or lists too deep"),
    ],
)
def test_a_bad_line_is_skipped_and_the_rest_is_read(tmp_path: Path, line: str, reason: str) -> None:
    path = write_file(tmp_path, "a.jsonl", f"\n{line}\n{json.dumps(GOOD)}")
    skipped, document = read(path)
    assert skipped == Skipped(f"{path}:2", reason, problem=True)
    assert isinstance(document, Document)


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ('{"id": 7, "text": "x"}', "id", "7"),
        ('{"id": "7", "text": "\\ud800x"}', "text", "\ufffdx"),
        ('{"id": "7", "text": "\\ud83d\\ude00"}', "text", "😀"),
        ('{"id": "7", "text": "", "title": null}', "title", ""),
        ('{"id": "7", "text": "x", "lang": 7, "date": "soon"}', "date", None),
        ('\ufeff{"id": "7", "text": "x"}', "text", "x"),
    ],
)
def test_lines_are_read_leniently(tmp_path: Path, line: str, field: str, value: object) -> None:
    assert getattr(only_document(write_file(tmp_path, "a.jsonl", line)), field) == value


def test_lines_in_an_old_encoding_are_read(tmp_path: Path) -> None:
    line = json.dumps({"id": "1", "text": "الدبيبة في طرابلس"}, ensure_ascii=False)
    assert (
        only_document(write_file(tmp_path, "a.jsonl", line.encode("cp1256"))).encoding
        == "windows-1256"
    )


def test_a_line_that_is_too_long_is_skipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jsonl, "MAX_LINE_SIZE", 1 << 20)
    path = write_file(tmp_path, "a.jsonl", "x" * (3 << 20) + "\n" + json.dumps(GOOD))
    skipped, document = read(path)
    assert skipped == Skipped(f"{path}:1", "the line is longer than 1 MB", problem=True)
    assert isinstance(document, Document)


def _lines(count: int) -> bytes:
    """Lines that compress poorly."""
    return b"".join(
        json.dumps({"id": str(i), "text": hashlib.sha256(b"%d" % i).hexdigest()}).encode() + b"\n"
        for i in range(count)
    )


@pytest.mark.parametrize(
    "damage",
    [lambda packed: packed[: len(packed) // 2], lambda packed: packed[:-8] + b"\0" * 8],
    ids=["cut", "wrong checksum"],
)
def test_a_damaged_gzip_gives_what_came_before_the_damage(
    tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    path = write_file(tmp_path, "a.jsonl.gz", damage(gzip.compress(_lines(3000))))
    *documents, skipped = read(path)
    assert 1000 < len(documents) <= 3000
    assert all(isinstance(document, Document) for document in documents)
    reason = "the compressed file ends early or is damaged: nothing from here on was read"
    assert skipped == Skipped(f"{path}:{len(documents) + 1}", reason, problem=True)


def test_a_whole_gzip_gives_every_line(tmp_path: Path) -> None:
    path = write_file(tmp_path, "a.jsonl.gz", gzip.compress(_lines(100)))
    assert [item.id for item in read(path) if isinstance(item, Document)] == [
        str(i) for i in range(100)
    ]


def test_a_compressed_file_that_unpacks_to_too_much_is_read_to_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jsonl, "MIN_UNPACKED_SIZE", 1 << 16)
    line = b'{"id": "1", "text": "' + b"a" * 1000 + b'"}\n'
    path = write_file(tmp_path, "a.jsonl.gz", gzip.compress(line * 20_000))
    *documents, last = read(path)
    assert 50 < len(documents) < 20_000
    assert isinstance(last, Skipped)
    assert "unpacks to over 100 times its size" in last.reason


def test_an_id_that_is_no_name_is_skipped(tmp_path: Path) -> None:
    path = write_file(tmp_path, "a.jsonl", '{"id": "' + "x" * 2000 + '", "text": "wire"}\n')
    (skipped,) = read(path)
    assert isinstance(skipped, Skipped)
    assert "longer than 1,000 characters" in skipped.reason
