"""PDF: the text of every page, and which pages are pictures that need OCR."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby
from typing import Any

import pypdfium2

from index.document import Document, Skipped
from index.errors import Unreadable
from index.extract.file_source import FileSource, one_line, stated_date

BETWEEN_PAGES = "\n\n"

# PDFium marks the hyphen that breaks a word over two lines by a character that is none.
BROKEN_WORD = re.compile("[\x02\ufffe](?:\r?\n)?")

PASSWORD = 4  # FPDF_ERR_PASSWORD


def read(source: FileSource) -> Iterator[Document | Skipped]:
    """One document, and a note on pages without text; only the note when none has any.

    Raises `Unreadable` for a broken or encrypted file, or one that is no PDF.
    """
    data = source.load()
    pages, title, made = _contents(source, data)
    empty = [number for number, page in enumerate(pages, 1) if not page.strip()]
    if len(empty) < len(pages):
        yield source.document(
            data,
            BETWEEN_PAGES.join(pages),
            title=one_line(title),
            date=stated_date(made.removeprefix("D:")[:8]),
            pages=starts(pages),
        )
    if empty:
        yield Skipped(str(source.path), ocr_reason(empty, len(pages)), problem=True)


def starts(pages: Sequence[str]) -> tuple[int, ...]:
    """The offset at which each page starts in the joined text."""
    lengths = (len(page) + len(BETWEEN_PAGES) for page in pages[:-1])
    return tuple(accumulate(lengths, initial=0))


def ocr_reason(empty: Sequence[int], count: int) -> str:
    """Which pages need OCR, as a clause: ``pages 3, 7–9 have no text: they need OCR``."""
    if len(empty) == count:
        return "no text on any page: it needs OCR"
    if len(empty) == 1:
        return f"page {empty[0]} has no text: it needs OCR"
    return f"pages {ranges(empty)} have no text: they need OCR"


def ranges(numbers: Sequence[int]) -> str:
    """Ascending numbers with their runs drawn together: ``3, 7–9``."""
    runs = []
    for _, group in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        run = [number for _, number in group]
        runs.append(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]))
    return ", ".join(runs)


def _contents(source: FileSource, data: bytes) -> tuple[list[str], str, str]:
    """The pages' texts, the title and the creation date as PDF writes it."""
    if b"%PDF-" not in data[:1024]:
        raise Unreadable(
            f"{source.path} is named .pdf but is not a PDF", "Give it the suffix of what it is."
        )
    try:
        with pypdfium2.PdfDocument(data) as pdf:
            pages = [_page_text(pdf, number) for number in range(len(pdf))]
            facts = pdf.get_metadata_dict()
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == PASSWORD:
            raise Unreadable(
                f"{source.path} is protected by a password", "Save a copy without one."
            ) from error
        raise Unreadable(f"{source.path} is a broken PDF", "Open it and save it anew.") from error
    return pages, facts.get("Title", ""), facts.get("CreationDate", "")


def _page_text(pdf: Any, number: int) -> str:
    """The text of a page counted from 0; a page that PDFium cannot load has none."""
    try:
        page = pdf[number]
    except pypdfium2.PdfiumError:
        return ""
    try:
        layer = page.get_textpage()
        text = layer.get_text_bounded()
        layer.close()
    finally:
        page.close()
    return BROKEN_WORD.sub("", text).replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
