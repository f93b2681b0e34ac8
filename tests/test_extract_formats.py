"""`index.extract`: the format of a file, its common fields, and the errors of all readers."""

from __future__ import annotations

import gzip
import hashlib
import os
import subprocess
import sys
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from extracted import only_document, write_file
from hypothesis import given
from hypothesis import strategies as st

from index.document import Document, Skipped
from index.errors import BadOption, Unreadable
from index.extract import FORMATS, format_of, read
from index.extract.metadata import parse_date, replace_surrogates

SHARED = Path(__file__).parents[2] / "shared"


# --- the table -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "format_name"),
    [
        ("a.txt", "text"),
        ("A.TXT", "text"),
        ("a.md", "markdown"),
        ("a.htm", "html"),
        ("a.jsonl", "jsonl"),
        ("a.JSONL.gz", "jsonl"),
        ("a.pdf", "pdf"),
        ("a.docx", "docx"),
        ("a.gz", None),
        ("README", None),
    ],
)
def test_the_suffix_decides_the_format(name: str, format_name: str | None) -> None:
    row = format_of(Path(name))
    assert (row.name if row else None) == format_name


def test_every_format_has_a_reader() -> None:
    assert all(callable(row.reader()) for row in FORMATS)


def test_reading_text_imports_no_heavy_library(tmp_path: Path) -> None:
    path = write_file(tmp_path, "a.txt", "text")
    heavy = "{'docx', 'lxml', 'pypdfium2', 'resiliparse', 'charset_normalizer', 'pathspec'}"
    code = (
        "import sys, pathlib; from index.extract import read; import index.extract.walk\n"
        f"list(read(pathlib.Path({str(path)!r}))); print({heavy} & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"


# --- fields and errors of every file -------------------------------------------------


def test_a_document_states_where_it_came_from(tmp_path: Path) -> None:
    path = write_file(tmp_path, "a.txt", "الدبيبة\r\nDbeibah\n")
    os.utime(path, (0, 86400))
    assert only_document(path) == Document(
        path=str(path),
        id=str(path),
        text="الدبيبة\nDbeibah\n",
        type="text",
        modified=datetime(1970, 1, 2, tzinfo=UTC),
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        encoding="utf-8",
    )


def test_an_empty_file_is_an_empty_document(tmp_path: Path) -> None:
    assert only_document(write_file(tmp_path, "a.txt", "")).text == ""


@pytest.mark.parametrize("name", ["README", "data.csv", "notes.unheard-of"])
def test_text_of_an_unknown_suffix_is_text(tmp_path: Path, name: str) -> None:
    assert only_document(write_file(tmp_path, name, "some text")).type == "text"


def test_binaries_of_an_unknown_suffix_are_skipped_with_a_reason(tmp_path: Path) -> None:
    path = write_file(tmp_path, "a.bin", b"\x00\x01")
    reason = "not a type that is read: binary data: it holds NUL bytes"
    assert list(read(path)) == [Skipped(str(path), reason)]


PNG = b"\x89PNG\r\n\x1a\n\x00"


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.txt", PNG, "is named like a text but is a PNG image"),
        ("a.md", b"PK\x03\x04", "is named like a text but is a ZIP archive"),
        ("a.html", b"%PDF-1.4", "is named like a text but is a PDF"),
        ("a.txt", b"\x00" * 9, "is named like a text but is binary data"),
        ("a.pdf", b"<html>", "is named .pdf but is not a PDF"),
        ("a.pdf", b"", "is named .pdf but is not a PDF"),
        ("a.pdf", b"%PDF-1.4 and nothing", "is a broken PDF"),
        ("a.docx", b"text", "is named .docx but is a text"),
        ("a.docx", b"", "is empty"),
        ("a.jsonl", PNG, "is not JSON lines but a PNG image"),
        ("a.jsonl", gzip.compress(b"{}", mtime=0), "is not JSON lines but a gzip archive"),
        ("a.jsonl", "{}".encode("utf-16"), "is not JSON lines but text in UTF-16"),
        ("a.jsonl.gz", b"{}", "is not compressed with gzip"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_unreadable(
    tmp_path: Path, name: str, data: bytes, sentence: str
) -> None:
    path = write_file(tmp_path, name, data)
    with pytest.raises(Unreadable) as caught:
        list(read(path))
    assert caught.value.message.startswith(f"{path} {sentence}")
    assert caught.value.hint


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (FileNotFoundError(), "disappeared while it was being read"),
        (PermissionError(), "may not be read: permission denied"),
        (OSError(5, "Input/output error"), "cannot be read: Input/output error"),
    ],
)
@pytest.mark.parametrize("name", [f"a{row.suffixes[-1]}" for row in FORMATS] + ["unknown"])
def test_an_error_of_the_system_is_reported_as_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, error: OSError, sentence: str
) -> None:
    path = write_file(tmp_path, name, "x")

    def refuse(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(Path, "open", refuse)
    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(Unreadable) as caught:
        list(read(path))
    assert caught.value.message == f"{path} {sentence}"


def test_a_missing_file_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="disappeared"):
        list(read(tmp_path / "a.txt"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_unreadable(tmp_path: Path) -> None:
    path = write_file(tmp_path, "a.txt", "x")
    path.chmod(0)
    with pytest.raises(Unreadable, match="permission denied"):
        list(read(path))


@pytest.mark.parametrize("glob", ["*.txt", "old/*.txt", "*/old/a.*", "a.txt"])
def test_an_encoding_is_set_by_glob(tmp_path: Path, glob: str) -> None:
    (tmp_path / "old").mkdir()
    path = write_file(tmp_path / "old", "a.txt", "هو".encode("cp1256"))
    overrides = [("*.md", "utf-8"), (glob, "cp1256"), ("*", "utf-8")]
    (document,) = read(path, encodings=overrides)
    assert isinstance(document, Document)
    assert (document.text, document.encoding) == ("هو", "windows-1256")


def test_an_unknown_encoding_is_a_bad_option(tmp_path: Path) -> None:
    with pytest.raises(BadOption):
        list(read(write_file(tmp_path, "a.txt", "x"), encodings=[("*", "nonsense")]))


@given(st.binary(max_size=400), st.sampled_from([s for row in FORMATS for s in row.suffixes]))
def test_no_bytes_crash_a_reader(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, suffix: str
) -> None:
    path = write_file(tmp_path_factory.getbasetemp(), f"fuzz{suffix}", data)
    with suppress(Unreadable):
        assert all(isinstance(item, Document | Skipped) for item in read(path))


# --- dates and surrogates ----------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2016-05-04", date(2016, 5, 4)),
        ("2016-05-04T10:00:00Z", date(2016, 5, 4)),
        (" 2016-05-04 10:00", date(2016, 5, 4)),
        ("20160504", date(2016, 5, 4)),
        ("2016-13-04", None),
        ("4 May 2016", None),
        ("", None),
        (None, None),
        (2016, None),
    ],
)
def test_iso_dates_are_parsed(value: object, day: date | None) -> None:
    assert parse_date(value) == day


@given(st.text(st.characters()))
def test_text_without_its_lone_surrogates_can_be_encoded(text: str) -> None:
    assert len(replace_surrogates(text)) == len(text)
    replace_surrogates(text).encode()


# --- real pages ------------------------------------------------------------------------


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the sample pages in ../shared")
def test_real_pages_are_read() -> None:
    documents = [only_document(path) for path in sorted((SHARED / "seeds").glob("*.txt"))]
    assert len(documents) == 5
    assert all(document.text.strip() and document.encoding == "utf-8" for document in documents)
