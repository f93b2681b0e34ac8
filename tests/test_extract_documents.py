"""`index.extract`: the text, title and date of Markdown, HTML, PDF and DOCX files."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import docx
import pytest
from extracted import only_document, write_file
from hypothesis import given
from hypothesis import strategies as st

from index.document import Document, Skipped
from index.errors import Unreadable
from index.extract import office_archive, pdf, read
from index.extract.html import nesting_depth
from index.extract.metadata import MAX_TITLE_LENGTH

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
    document = only_document(write_file(tmp_path, "a.md", text))
    assert (document.title, document.language, document.date) == (title, language, day)


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
    document = only_document(write_file(tmp_path, "a.html", (PAGE % codec).encode(codec)))
    assert "café الدبيبة" in document.text
    assert (document.title, document.language) == ("Title & site", "ar")
    for unwanted in ("Menu", "rights", "hidden", "color"):
        assert unwanted not in document.text


def test_the_whole_page_is_read_if_the_main_text_is_suspiciously_short(tmp_path: Path) -> None:
    page = f"<body><article>Read more</article><footer>{STORY}</footer></body>"
    assert STORY.strip() in only_document(write_file(tmp_path, "a.html", page)).text


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ('<meta property="og:title" content="A &quot;b&quot;"><title>T</title>', 'A "b"'),
        ('<meta property="og:title" content=" "><title> T\n t </title>', "T t"),
        ("", "Heading"),
    ],
)
def test_a_page_states_its_title(tmp_path: Path, head: str, title: str) -> None:
    assert (
        only_document(write_file(tmp_path, "a.html", head + "<body><h1>Heading</h1>")).title
        == title
    )


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
    assert only_document(write_file(tmp_path, "a.html", markup + "text")).date == date(2016, 5, 4)


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
    assert only_document(write_file(tmp_path, "a.html", page)).text.strip() == text


def test_depth_counts_open_elements() -> None:
    assert [
        nesting_depth("<div><b></b><b></b></div>"),
        nesting_depth("<p>" * 9),
        nesting_depth(""),
    ] == [2, 0, 0]


# --- PDF -----------------------------------------------------------------------------


PICTURE = "picture"
"""A page that is a picture, for `pdf_bytes`."""


def pdf_bytes(*pages: str, title: str = "") -> bytes:
    """A minimal PDF with one line on each page."""
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for i, page in enumerate(pages):
        stream = f"BT /F1 12 Tf 72 720 Td ({page}) Tj ET" if page else ""
        stream = (
            "q 99 0 0 99 72 600 cm BI /W 1 /H 1 /BPC 8 /CS /G ID a EI Q" * (page == PICTURE)
            or stream
        )
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
    document = only_document(
        write_file(tmp_path, "a.pdf", pdf_bytes("First page", "Second", title="Report"))
    )
    assert document.text == "First page\n\nSecond"
    assert document.pages == (0, len("First page\n\n"))
    assert (document.title, document.date) == ("Report", date(2016, 5, 4))
    assert (document.type, document.encoding) == ("pdf", None)


@pytest.mark.parametrize(
    ("pages", "reason"),
    [
        ([PICTURE, PICTURE], "no text on any page: it needs OCR"),
        (["x", PICTURE], "page 2 has no text: it needs OCR"),
        ([PICTURE, ""], "page 1 has no text: it needs OCR"),
        (["x", "y", *[PICTURE] * 2, "", PICTURE], "pages 3–4, 6 have no text: they need OCR"),
    ],
)
def test_pages_without_text_are_reported_of_a_document_that_its_name_finds(
    tmp_path: Path, pages: list[str], reason: str
) -> None:
    path = write_file(tmp_path, "a.pdf", pdf_bytes(*pages))
    document, skipped = read(path)
    assert isinstance(document, Document)
    assert document.text.split() == [page for page in pages if page not in ("", PICTURE)]
    assert skipped == Skipped(str(path), reason, problem=True)


def test_blank_pages_need_no_ocr(tmp_path: Path) -> None:
    path = write_file(tmp_path, "a.pdf", pdf_bytes("x", ""))
    assert only_document(path).text == "x\n\n"
    path = write_file(tmp_path, "b.pdf", pdf_bytes("", ""))
    assert only_document(path).text == "\n\n"


@given(st.lists(st.text("ab\n", max_size=5), min_size=1))
def test_every_page_starts_at_its_offset(pages: list[str]) -> None:
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
    document = only_document(tmp_path / "a.docx")
    assert document.text == "الدبيبة\tDbeibah\nleft\nright\nlast"
    assert (document.title, document.date) == ("Report", date(2016, 5, 4))


def test_a_docx_that_unpacks_to_too_much_is_unreadable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office_archive, "MAX_UNPACKED_SIZE", 1 << 20)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (5 << 20) + b"<w/>")
    path = write_file(tmp_path, "a.docx", packed.getvalue())
    with pytest.raises(Unreadable, match="unpacks to more than 1 MB"):
        list(read(path))


def test_an_archive_that_is_no_docx_is_unreadable(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", "text")
    with pytest.raises(Unreadable, match="is not a document of Word: it has no text"):
        list(read(write_file(tmp_path, "a.docx", packed.getvalue())))


# --- too much of something -------------------------------------------------------------------

TOO_MUCH = {
    "attributes.html": (
        "<p " + " ".join(f"a{n}=1" for n in range(3000)) + ">wire",
        "an element with more than 2,000 attributes",
    ),
    "unclosed.html": ("<a href='x'><b>" * 60_000, "120,000 elements of formatting"),
}


@pytest.mark.parametrize(("name", "page", "reason"), [(n, *v) for n, v in TOO_MUCH.items()])
def test_a_page_on_which_the_parser_would_not_end_is_unreadable(
    name: str, page: str, reason: str, tmp_path: Path
) -> None:
    with pytest.raises(Unreadable, match=reason):
        list(read(write_file(tmp_path, name, page)))


def test_a_long_attribute_is_not_many_attributes(tmp_path: Path) -> None:
    value = "x=1 " * 9000
    page = f"<p data-state='{value}' alt=\"{value}\">wire</p>"
    assert only_document(write_file(tmp_path, "a.html", page)).text.strip() == "wire"


def test_a_title_without_end_is_cut(tmp_path: Path) -> None:
    path = write_file(tmp_path, "a.html", f"<title>{'wire ' * 100_000}</title><p>text</p>")
    assert len(only_document(path).title) <= MAX_TITLE_LENGTH


def test_a_docx_whose_directory_gives_small_sizes_is_unpacked_no_further(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", " " * 20_000_000)
    data = bytearray(packed.getvalue())
    at = data.rfind(b"PK\x01\x02")
    while at >= 0:
        data[at + 24 : at + 28] = (1000).to_bytes(4, "little")
        at = data.rfind(b"PK\x01\x02", 0, at)
    with pytest.raises(Unreadable, match=r"part word/document\.xml is damaged: its checksum"):
        list(read(write_file(tmp_path, "a.docx", bytes(data))))


def test_half_a_character_in_a_page_of_utf_8_is_no_text(tmp_path: Path) -> None:
    page = '<meta charset="utf-8"><title>a&#xD800;</title><p>b&#55296; &#xDFFF;</p>'
    document = only_document(write_file(tmp_path, "a.html", page))
    assert document.encoding == "utf-8"
    assert f"{document.text}{document.title}".encode().decode().count("\ufffd") == 3
