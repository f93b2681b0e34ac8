"""Extraction: a file of each format becomes documents, and a bad one becomes a sentence."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.document import Document, Skipped
from index.errors import BadOption, Unreadable
from index.extract import FORMATS, format_of, jsonl, pdf, read
from index.extract import docx as docx_reader
from index.extract.html import nesting_depth
from index.extract.metadata import parse_date, replace_surrogates

SHARED = Path(__file__).parents[2] / "shared"


def one(path: Path) -> Document:
    """The single document of a file."""
    (document,) = read(path)
    assert isinstance(document, Document)
    return document


def written(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


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
    path = written(tmp_path, "a.txt", "text")
    heavy = "{'docx', 'lxml', 'pypdfium2', 'resiliparse', 'charset_normalizer', 'pathspec'}"
    code = (
        "import sys, pathlib; from index.extract import read; import index.extract.walk\n"
        f"list(read(pathlib.Path({str(path)!r}))); print({heavy} & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"


# --- what every file has, and what can go wrong with it ----------------------------


def test_a_document_states_where_it_came_from(tmp_path: Path) -> None:
    path = written(tmp_path, "a.txt", "الدبيبة\r\nDbeibah\n")
    os.utime(path, (0, 86400))
    assert one(path) == Document(
        path=str(path),
        id=str(path),
        text="الدبيبة\nDbeibah\n",
        type="text",
        modified=datetime(1970, 1, 2, tzinfo=UTC),
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        encoding="utf-8",
    )


def test_an_empty_file_is_an_empty_document(tmp_path: Path) -> None:
    assert one(written(tmp_path, "a.txt", "")).text == ""


@pytest.mark.parametrize("name", ["README", "data.csv", "notes.unheard-of"])
def test_text_of_an_unknown_suffix_is_text(tmp_path: Path, name: str) -> None:
    assert one(written(tmp_path, name, "some text")).type == "text"


def test_binaries_of_an_unknown_suffix_are_skipped_with_a_reason(tmp_path: Path) -> None:
    path = written(tmp_path, "a.bin", b"\x00\x01")
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
        ("a.docx", b"text", "is not a complete DOCX file"),
        ("a.docx", b"", "is not a complete DOCX file"),
        ("a.jsonl", PNG, "is not JSON lines but a PNG image"),
        ("a.jsonl", gzip.compress(b"{}"), "is not JSON lines but a gzip archive"),
        ("a.jsonl", "{}".encode("utf-16"), "is not JSON lines but text in UTF-16"),
        ("a.jsonl.gz", b"{}", "is not compressed with gzip"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_unreadable(
    tmp_path: Path, name: str, data: bytes, sentence: str
) -> None:
    path = written(tmp_path, name, data)
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
def test_what_the_system_refuses_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, error: OSError, sentence: str
) -> None:
    path = written(tmp_path, name, "x")

    def refuse(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(Path, "open", refuse)
    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(Unreadable) as caught:
        list(read(path))
    assert caught.value.message == f"{path} {sentence}"


def test_a_file_that_is_gone_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="disappeared"):
        list(read(tmp_path / "a.txt"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_unreadable(tmp_path: Path) -> None:
    path = written(tmp_path, "a.txt", "x")
    path.chmod(0)
    with pytest.raises(Unreadable, match="permission denied"):
        list(read(path))


@pytest.mark.parametrize("glob", ["*.txt", "old/*.txt", "*/old/a.*", "a.txt"])
def test_an_encoding_is_ordered_by_glob(tmp_path: Path, glob: str) -> None:
    (tmp_path / "old").mkdir()
    path = written(tmp_path / "old", "a.txt", "هو".encode("cp1256"))
    orders = [("*.md", "utf-8"), (glob, "cp1256"), ("*", "utf-8")]
    (document,) = read(path, encodings=orders)
    assert isinstance(document, Document)
    assert (document.text, document.encoding) == ("هو", "windows-1256")


def test_an_order_for_no_encoding_is_a_bad_option(tmp_path: Path) -> None:
    with pytest.raises(BadOption):
        list(read(written(tmp_path, "a.txt", "x"), encodings=[("*", "nonsense")]))


@given(st.binary(max_size=400), st.sampled_from([s for row in FORMATS for s in row.suffixes]))
def test_no_bytes_crash_a_reader(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, suffix: str
) -> None:
    path = written(tmp_path_factory.getbasetemp(), f"fuzz{suffix}", data)
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
def test_dates_that_begin_as_iso_dates_are_read(value: object, day: date | None) -> None:
    assert parse_date(value) == day


@given(st.text(st.characters()))
def test_text_without_its_lone_surrogates_can_be_encoded(text: str) -> None:
    assert len(replace_surrogates(text)) == len(text)
    replace_surrogates(text).encode()


# --- Markdown ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "title", "language", "day"),
    [
        ("# Libya and Russia #\n\ntext", "Libya and Russia", None, None),
        ("text\n\n## **العلاقات**\n", "العلاقات", None, None),
        ("Heading\n=======\ntext", "Heading", None, None),
        ("```sh\n# a comment\n```\n# Heading", "Heading", None, None),
        ("---\ntitle: 'ليبيا: تقرير'\nlang: ar\n---\n# Other", "ليبيا: تقرير", "ar", None),
        ('+++\ntitle = "Libya"\ndate = 2016-05-04\n+++\ntext', "Libya", None, date(2016, 5, 4)),
        ("---\nlanguage: en\n---\n# Heading", "Heading", "en", None),
        ("---\nno end", "", None, None),
        ("#no heading", "", None, None),
        ("", "", None, None),
    ],
)  # fmt: skip
def test_markdown_states_its_title_language_and_date(
    tmp_path: Path, text: str, title: str, language: str | None, day: date | None
) -> None:
    document = one(written(tmp_path, "a.md", text))
    assert (document.title, document.language, document.date) == (title, language, day)
    assert document.text == text


# --- HTML ----------------------------------------------------------------------------

STORY = "The deputy head of the council met the ambassador of Russia in Tripoli. " * 8
PAGE = f"""<!DOCTYPE html><html lang="ar"><head><meta charset="%s">
<title>Title &amp; site</title><style>p {{ color: red }}</style>
<script>var hidden = "script";</script></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/x">Menu</a></li></ul></nav>
<article><h1>العنوان</h1><p>caf&eacute; الدبيبة</p><p>{STORY}</p></article>
<footer>All rights reserved</footer></body></html>"""


@pytest.mark.parametrize("codec", ["utf-8", "windows-1256", "utf-16"])
def test_a_page_is_its_main_text_in_any_encoding(tmp_path: Path, codec: str) -> None:
    document = one(written(tmp_path, "a.html", (PAGE % codec).encode(codec)))
    assert "café الدبيبة" in document.text
    assert (document.title, document.language) == ("Title & site", "ar")
    for unwanted in ("Menu", "rights", "hidden", "color"):
        assert unwanted not in document.text


def test_a_page_with_a_suspiciously_short_main_text_is_read_whole(tmp_path: Path) -> None:
    page = f"<body><article>Read more</article><footer>{STORY}</footer></body>"
    assert STORY.strip() in one(written(tmp_path, "a.html", page)).text


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ('<meta property="og:title" content="A &quot;b&quot;"><title>T</title>', 'A "b"'),
        ('<meta property="og:title" content=" "><title> T\n t </title>', "T t"),
        ("", "Heading"),
    ],
)
def test_a_page_states_its_title(tmp_path: Path, head: str, title: str) -> None:
    assert one(written(tmp_path, "a.html", head + "<body><h1>Heading</h1>")).title == title


@pytest.mark.parametrize(
    "markup",
    [
        '<meta property="article:published_time" content="2016-05-04T10:00:00+02:00">',
        '<script type="application/ld+json">{"@graph": [{"datePublished": "2016-05-04"}]}</script>',
        '<script type="application/ld+json">{broken</script><time datetime="2016-05-04">May</time>',
        '<meta name="date" content="2016-05-04"><time datetime="2020-01-01">now</time>',
    ],
)
def test_a_page_states_its_date(tmp_path: Path, markup: str) -> None:
    assert one(written(tmp_path, "a.html", markup + "text")).date == date(2016, 5, 4)


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<div>" * 100_000 + "deep", "deep"),
        (f'<p title="{"x" * 5_000_000}">wide', "wide"),
        (f'<script type="application/ld+json">{"[" * 100_000}</script>lists', "lists"),
        ("", ""),
        ("no markup at all", "no markup at all"),
        ("<p>half a ta", "half a ta"),
    ],
    ids=["deep", "wide", "lists", "empty", "plain", "cut"],
)
def test_hostile_pages_are_read(tmp_path: Path, page: str, text: str) -> None:
    assert one(written(tmp_path, "a.html", page)).text.strip() == text


def test_depth_counts_open_elements() -> None:
    assert [
        nesting_depth("<div><b></b><b></b></div>"),
        nesting_depth("<p>" * 9),
        nesting_depth(""),
    ] == [2, 0, 0]


# --- JSONL ---------------------------------------------------------------------------

GOOD = {"id": "1", "title": "T", "text": "a\r\nب", "lang": "ar", "date": "2016-05-04", "url": "u"}


def test_a_line_is_a_document(tmp_path: Path) -> None:
    line = json.dumps(GOOD)
    path = written(tmp_path, "a.jsonl", f"{line}\n")
    document = one(path)
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
        ("[" * 100_000, "not readable JSON: a number too long or lists nested too deep"),
        ("9" * 10_000, "not readable JSON: a number too long or lists nested too deep"),
    ],
)
def test_a_bad_line_is_skipped_and_the_rest_is_read(tmp_path: Path, line: str, reason: str) -> None:
    path = written(tmp_path, "a.jsonl", f"\n{line}\n{json.dumps(GOOD)}")
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
    assert getattr(one(written(tmp_path, "a.jsonl", line)), field) == value


def test_lines_in_an_old_encoding_are_read(tmp_path: Path) -> None:
    line = json.dumps({"id": "1", "text": "الدبيبة في طرابلس"}, ensure_ascii=False)
    assert one(written(tmp_path, "a.jsonl", line.encode("cp1256"))).encoding == "windows-1256"


def test_a_line_that_is_too_long_is_skipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jsonl, "MAX_LINE_SIZE", 1 << 20)
    path = written(tmp_path, "a.jsonl", "x" * (3 << 20) + "\n" + json.dumps(GOOD))
    skipped, document = read(path)
    assert skipped == Skipped(f"{path}:1", "the line is longer than 1 MB", problem=True)
    assert isinstance(document, Document)


def _lines(count: int) -> bytes:
    """Lines that hardly compress."""
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
    path = written(tmp_path, "a.jsonl.gz", damage(gzip.compress(_lines(3000))))
    *documents, skipped = read(path)
    assert 1000 < len(documents) <= 3000
    assert all(isinstance(document, Document) for document in documents)
    reason = "the compressed file ends early or is damaged: nothing from here on was read"
    assert skipped == Skipped(f"{path}:{len(documents) + 1}", reason, problem=True)


def test_a_whole_gzip_gives_every_line(tmp_path: Path) -> None:
    path = written(tmp_path, "a.jsonl.gz", gzip.compress(_lines(100)))
    assert [item.id for item in read(path) if isinstance(item, Document)] == [
        str(i) for i in range(100)
    ]


# --- PDF -----------------------------------------------------------------------------


def pdf_bytes(*pages: str, title: str = "") -> bytes:
    """A minimal PDF of pages that each show one line."""
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for i, page in enumerate(pages):
        stream = f"BT /F1 12 Tf 72 720 Td ({page}) Tj ET" if page else ""
        objects += [
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * i} 0 R >>",
            f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        ]
    objects.append(f"<< /Title ({title}) /CreationDate (D:20160504120000Z) >>")
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    rows = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    count = len(objects)
    return (
        out
        + (
            f"xref\n0 {count + 1}\n0000000000 65535 f \n{rows}trailer\n"
            f"<< /Size {count + 1} /Root 1 0 R /Info {count} 0 R >>\nstartxref\n{len(out)}\n%%EOF"
        ).encode()
    )


def test_a_pdf_is_its_pages(tmp_path: Path) -> None:
    document = one(written(tmp_path, "a.pdf", pdf_bytes("First page", "Second", title="Report")))
    assert document.text == "First page\n\nSecond"
    assert document.pages == (0, len("First page\n\n"))
    assert (document.title, document.date) == ("Report", date(2016, 5, 4))
    assert (document.type, document.encoding) == ("pdf", None)


@pytest.mark.parametrize(
    ("pages", "documents", "reason"),
    [
        (["", ""], 0, "no text on any page: it needs OCR"),
        (["x", ""], 1, "page 2 has no text: it needs OCR"),
        (["x", "y", "", "z", "", "", ""], 1, "pages 3, 5–7 have no text: they need OCR"),
    ],
)
def test_pages_without_text_are_reported(
    tmp_path: Path, pages: list[str], documents: int, reason: str
) -> None:
    path = written(tmp_path, "a.pdf", pdf_bytes(*pages))
    *read_well, skipped = read(path)
    assert len(read_well) == documents
    assert skipped == Skipped(str(path), reason, problem=True)


@given(st.lists(st.text("ab\n", max_size=5), min_size=1))
def test_every_page_starts_where_it_says(pages: list[str]) -> None:
    text = pdf.PAGE_SEPARATOR.join(pages)
    assert all(
        text.startswith(page, at) for page, at in zip(pages, pdf.page_starts(pages), strict=True)
    )


# --- DOCX ----------------------------------------------------------------------------


def test_a_docx_is_its_paragraphs_and_tables_in_order(tmp_path: Path) -> None:
    word = docx.Document()
    word.core_properties.title = "Report"
    word.core_properties.created = datetime(2016, 5, 4, tzinfo=UTC)
    word.add_paragraph("الدبيبة\tDbeibah")
    table = word.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "left", "right"
    word.add_paragraph("last")
    word.save(str(tmp_path / "a.docx"))
    document = one(tmp_path / "a.docx")
    assert document.text == "الدبيبة\tDbeibah\nleft\nright\nlast"
    assert (document.title, document.date) == ("Report", date(2016, 5, 4))


def test_a_docx_that_unpacks_to_too_much_is_unreadable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(docx_reader, "MAX_UNPACKED_SIZE", 1 << 20)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\0" * (5 << 20))
    path = written(tmp_path, "a.docx", packed.getvalue())
    with pytest.raises(Unreadable, match="unpacks to 5 MB, and 1 MB is the limit"):
        list(read(path))


def test_an_archive_that_is_no_docx_is_unreadable(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", "text")
    with pytest.raises(Unreadable, match="not a complete DOCX file"):
        list(read(written(tmp_path, "a.docx", packed.getvalue())))


# --- real pages ------------------------------------------------------------------------


@pytest.mark.skipif(not SHARED.is_dir(), reason="the sample pages are not beside the project")
def test_real_pages_are_read() -> None:
    documents = [one(path) for path in sorted((SHARED / "seeds").glob("*.txt"))]
    assert len(documents) == 5
    assert all(document.text.strip() and document.encoding == "utf-8" for document in documents)
