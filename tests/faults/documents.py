"""Mutate documents of every format, and read them as the indexer does.

Bytes are flipped, cut, doubled and replaced, numbers and names exchanged. Of DOCX and compressed
JSONL the content is mutated and packed again, so that every checksum fits.
"""

from __future__ import annotations

import gzip
import io
import random
import re
import shutil
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import cache
from pathlib import Path

from index.document import Document
from index.errors import ReaderFailed, Unreadable
from index.extract.walk import Candidate
from index.sandbox.limits import Limits
from index.sandbox.reader import SandboxedReader
from tests.faults.shrink import shrunk
from tests.pdf_files import PdfFile, attached, comment, field_of, string

SEEDS = Path(__file__).parents[2] / "seeds"
SAFE = {"documents", "skipped", "unreadable"}
SECONDS = 2.0
"""To read a mutated file of a few kilobytes."""
NUMBERS = [b"0", b"-1", b"2147483647", b"4294967296", b"99999999999", b"1e30", b"2"]
_NUMBER, _NAME = re.compile(rb"\d+"), re.compile(rb"/\w+|<\w+|\w+[:=]")
_RAW = re.compile(r"cannot be read: \w+\(")
"""An exception that no reader expected, as the process reports it."""


@cache
def originals() -> dict[str, list[bytes]]:
    """Return documents by suffix: those of seeds/, and two PDFs."""
    found: dict[str, list[bytes]] = {}
    for path in sorted(SEEDS.rglob("*.*")):
        if path.suffix in (".docx", ".html", ".jsonl", ".md", ".pdf", ".txt"):
            found.setdefault(path.suffix, []).append(path.read_bytes())
    found[".jsonl.gz"] = found[".jsonl"]
    found[".pdf"] += [_pdf(), _pdf_of_many_parts()]
    return found


def _pdf() -> bytes:
    """Return a PDF whose text is not compressed, so that mutations reach it."""
    text = b"BT /F1 12 Tf 72 300 Td (wire report 2016) Tj ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(text), text),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, o) for n, o in enumerate(objects, 1))
    return b"%PDF-1.7\n" + body + b"trailer\n<</Size 6/Root 1 0 R>>\n%%EOF"


def _pdf_of_many_parts() -> bytes:
    """Return a PDF with form fields, comments, an outline, properties and attached files."""
    names, files = attached([("a.txt", b"wire"), ("b.html", b"<p>wire</p>"), ("c.pdf", _pdf())])
    outline = "<< /Type /Outlines /First {7} /Last {7} /Count 1 >>"
    title = f"<< /Title {string('Wire')} /Parent {{6}} /Dest [3 0 R /Fit] >>"
    notes = [
        field_of(string("Tripoli")),
        comment("wire", "Hana"),
        "/Subtype /FileAttachment /FS {0}",
    ]
    return PdfFile(
        ["wire", "report"],
        {0: notes, 1: [field_of("/Yes", "b", "/Btn"), comment("report", kind="/FreeText")]},
        f"{names} /Outlines {{6}}",
        {"Author": "Hana", "Keywords": "wire"},
        [*files, outline, title],
        fields=True,
    ).data()


def mutate(data: bytes, chance: random.Random) -> bytes:
    """Return the bytes with one or several mutations of one kind."""
    mutated = bytearray(data)
    change = chance.choice(MUTATIONS)
    for _ in range(chance.choice([1, 3, 10, 40])):
        change(mutated, chance)
        mutated = mutated or bytearray(b"x")
    return bytes(mutated)


def _flip(data: bytearray, chance: random.Random) -> None:
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _replace(data: bytearray, chance: random.Random) -> None:
    data[chance.randrange(len(data))] = chance.randrange(256)


def _double(data: bytearray, chance: random.Random) -> None:
    at, start = chance.randrange(len(data)), chance.randrange(len(data))
    data[at:at] = data[start : start + chance.randrange(200)]


def _cut(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data))
    del data[at : at + chance.randrange(60)]


def _number(data: bytearray, chance: random.Random) -> None:
    if found := list(_NUMBER.finditer(data)):
        match = chance.choice(found)
        data[match.start() : match.end()] = chance.choice(NUMBERS)


def _name(data: bytearray, chance: random.Random) -> None:
    if found := list(_NAME.finditer(data)):
        match, other = chance.choice(found), chance.choice(found)[0]
        data[match.start() : match.end()] = other


MUTATIONS: tuple[Callable[[bytearray, random.Random], None], ...] = (
    _flip, _flip, _replace, _double, _cut, _number, _name,
)  # fmt: skip


def _repacked(data: bytes, chance: random.Random) -> bytes:
    """Return a DOCX of which one part is mutated, with the checksums that fit."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w") as new:
        names = old.namelist()
        chosen = chance.choice([name for name in names if name.endswith((".xml", ".rels"))])
        chosen = chance.choice([chosen, "word/document.xml"])
        for name in names:
            part = old.read(name)
            new.writestr(name, mutate(part, chance) if name == chosen else part)
    return packed.getvalue()


def mutated(suffix: str, chance: random.Random) -> bytes:
    """Return a mutated document of a format."""
    data = chance.choice(originals()[suffix])
    if suffix == ".docx" and chance.random() < 0.8:
        return _repacked(data, chance)
    if suffix == ".jsonl.gz" and chance.random() < 0.5:
        return gzip.compress(mutate(data, chance), 1)
    return mutate(gzip.compress(data, 1) if suffix == ".jsonl.gz" else data, chance)


def outcome(reader: SandboxedReader, file: Candidate) -> str:
    """Read a file; return whether it gave documents, none, or was unreadable, or what was wrong."""
    started = time.monotonic()
    try:
        items = list(reader.read(file))
        how = "documents" if any(isinstance(item, Document) for item in items) else "skipped"
    except ReaderFailed as error:
        return f"failed: {error.message}"
    except Unreadable as error:
        how = f"raw: {error.message}" if _RAW.search(error.message) else "unreadable"
    seconds = time.monotonic() - started
    return f"slow: {file.path.name}" if seconds > SECONDS else how


def _tried(reader: SandboxedReader, file: Candidate) -> str:
    """Return the outcome of a file; one that is not safe is shrunk in its place."""
    how = outcome(reader, file)
    if how in SAFE:
        return how
    kind = how.partition(":")[0]

    def fails(data: bytes) -> bool:
        file.path.write_bytes(data)
        return outcome(reader, file).partition(":")[0] == kind

    file.path.write_bytes(shrunk(file.path.read_bytes(), fails))
    return how


def _files(folder: Path, seed: int, count: int) -> Iterator[Candidate]:
    chance = random.Random(seed)
    for number in range(count):
        suffix = chance.choice([*originals(), ".pdf", ".docx", ".docx"])
        path = folder / f"{seed}-{number}{suffix}"
        path.write_bytes(mutated(suffix, chance))
        yield Candidate(path, folder, path.stat().st_size, 0)


def mutated_files(_: Path, room: Path, seed: int, count: int) -> Counter[str]:
    """Read ``count`` mutated files; count the outcomes. Those that went wrong stay, shrunk."""
    shutil.rmtree(room, ignore_errors=True)
    room.mkdir(parents=True)
    with closing(SandboxedReader(Limits())) as reader:
        return Counter(_tried(reader, file) for file in _files(room, seed, count))
