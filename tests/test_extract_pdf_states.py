"""`index.extract.pdf`: what is reported of pages, and carried into the index."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from commands import run
from extracted import only_document, write_file
from glyph_pdf import Drawn, glyph_pdf, visual_line

from index.document import Document, Skipped
from index.extract import read
from index.extract.page_ranges import name_pages
from index.extract.pdf_states import page_reasons, pages_in
from index.pdf_text.page import DOUBTFUL, OK, PICTURE, REPAIRED, UNREADABLE, PageText
from index.sandbox import messages

RIGHT = visual_line("ةملك ةملك")
WRONG = visual_line("Fيل Gاكن ةملك")
NUMBERS = [Drawn("", 100 + 6 * n, is_mapped=False, high=n) for n in range(1, 40)]
LATIN = visual_line("word")


def test_pages_in_a_state_are_named_in_one_clause() -> None:
    states = [OK, DOUBTFUL, UNREADABLE, DOUBTFUL, DOUBTFUL, PICTURE, REPAIRED, UNREADABLE]
    pages = [PageText("", state) for state in states]
    assert list(page_reasons(pages)) == [
        "page 6 has no text: it needs OCR",
        "the text of pages 3, 8 cannot be read: they need OCR",
        "the words of pages 2, 4–5 are doubtful",
    ]
    assert pages_in(pages, REPAIRED) == (7,)


@pytest.mark.parametrize(
    ("numbers", "words"),
    [((), ""), ((3,), "page 3"), ((1, 2), "pages 1–2"), ((1, 3, 4), "pages 1, 3–4")],
)
def test_pages_are_named_by_their_ranges(numbers: tuple[int, ...], words: str) -> None:
    assert name_pages(numbers) == words


def test_a_page_of_numbers_of_glyphs_is_reported_and_not_indexed(tmp_path: Path) -> None:
    path = write_file(tmp_path, "a.pdf", glyph_pdf(NUMBERS, RIGHT))
    document, skipped = read(path)
    assert isinstance(document, Document)
    assert (document.text, document.repaired) == ("\n\nكلمة كلمة", (2,))
    reason = "the text of page 1 cannot be read: it needs OCR"
    assert skipped == Skipped(str(path), reason, problem=True)


def test_a_page_of_implausible_words_is_reported_and_indexed(tmp_path: Path) -> None:
    path = write_file(tmp_path, "a.pdf", glyph_pdf(WRONG, LATIN))
    document, skipped = read(path)
    assert isinstance(document, Document)
    assert "كلمة" in document.text
    assert (document.repaired, document.doubtful) == ((), (1,))
    assert skipped == Skipped(str(path), "the words of page 1 are doubtful", problem=True)


def test_the_pages_of_a_document_pass_the_sandbox(tmp_path: Path) -> None:
    document = only_document(write_file(tmp_path, "a.pdf", glyph_pdf(LATIN, RIGHT, RIGHT)))
    assert document.repaired == (2, 3)
    frame = messages.encode([document])
    head, _ = messages.sizes(frame[: messages.SIZES.size])
    start = messages.SIZES.size + head
    (received,) = messages.decode(frame[messages.SIZES.size : start], frame[start:])
    assert received == document


def test_pages_that_are_no_numbers_do_not_pass_the_sandbox() -> None:
    document = Document("/a", "/a", "", "pdf", datetime(2020, 1, 1, tzinfo=UTC), "")
    frame = messages.encode([document])
    head = frame[messages.SIZES.size :].replace(b'"repaired": []', b'"repaired": ["x"]')
    with pytest.raises(messages.BadFrame):
        messages.decode(head, b"")


def test_status_names_the_pages_that_were_put_right(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    path = write_file(docs, "a.pdf", glyph_pdf(LATIN, RIGHT, WRONG))
    run("index", docs, "--index", tmp_path / "ix")
    facts = json.loads(run("status", "--json", "--index", tmp_path / "ix").out)
    assert facts["repaired"] == {str(path): "page 2"}
    assert facts["doubtful"] == {str(path): "page 3"}
    lines = run("status", "--index", tmp_path / "ix").out.splitlines()
    assert f"repaired   {path}: the order of letters on page 2" in lines
    assert f"skipped    {path}: the words of page 3 are doubtful" in lines


def test_words_of_a_doubtful_page_are_found_but_neither_noted_nor_suggested(tmp_path: Path) -> None:
    docs, index = tmp_path / "docs", tmp_path / "index"
    docs.mkdir()
    garbled = visual_line("Fيل Gاكن ةملك ةسردمصخ جارس")
    write_file(docs, "a.pdf", glyph_pdf(garbled))
    write_file(docs, "b.txt", b"Serraj came to Tripoli")
    assert run("index", docs, "--index", index, "-q").code == 0
    ran = run("search", "سراج", "-l", "--index", index)
    assert "a.pdf" in ran.out
    assert "Serraj (1)" in ran.err
    ran = run("search", "Serraj", "-l", "--index", index)
    assert "سراج" not in ran.err
    assert "a.pdf" in run("search", "خصمدرسة", "-l", "--index", index).out
    ran = run("search", "خصمدرسب", "-l", "--index", index)
    assert "خصمدرسة" not in ran.err


def test_words_of_a_readable_page_are_noted(tmp_path: Path) -> None:
    docs, index = tmp_path / "docs", tmp_path / "index"
    docs.mkdir()
    write_file(docs, "a.pdf", glyph_pdf(visual_line("ةملك جارس")))
    write_file(docs, "b.txt", b"Serraj came to Tripoli")
    assert run("index", docs, "--index", index, "-q").code == 0
    assert "سراج (1)" in run("search", "Serraj", "-l", "--index", index).err
