"""Read PDF: the text of all pages, and a note on pages that are pictures and need OCR."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby
from typing import Any

import pypdfium2

from index.document import Document, Skipped
from index.errors import Unreadable
from index.extract.file_source import FileSource
from index.extract.metadata import collapse_spaces, parse_date
from index.pdf_text.page import PageText, page_text

PAGE_SEPARATOR = "\n\n"

PASSWORD_ERROR = 4  # FPDF_ERR_PASSWORD


def read(source: FileSource) -> Iterator[Document | Skipped]:
    """Yield one document, then a `Skipped` for pages without text; only that if no page has text.

    Raises `Unreadable` for a damaged or encrypted file, or one that is not PDF.
    """
    data = source.load()
    pages, title, created = _contents(source, data)
    empty = [number for number, page in enumerate(pages, 1) if not page.strip()]
    if len(empty) < len(pages):
        yield source.document(
            data,
            PAGE_SEPARATOR.join(pages),
            title=collapse_spaces(title),
            date=parse_date(created.removeprefix("D:")[:8]),
            pages=page_starts(pages),
        )
    if empty:
        yield Skipped(str(source.path), ocr_reason(empty, len(pages)), problem=True)


def page_starts(pages: Sequence[str]) -> tuple[int, ...]:
    """Return the offset of each page in the joined text."""
    lengths = (len(page) + len(PAGE_SEPARATOR) for page in pages[:-1])
    return tuple(accumulate(lengths, initial=0))


def ocr_reason(empty: Sequence[int], count: int) -> str:
    """Return which pages need OCR, as a clause: ``pages 3, 7–9 have no text: they need OCR``."""
    if len(empty) == count:
        return "no text on any page: it needs OCR"
    if len(empty) == 1:
        return f"page {empty[0]} has no text: it needs OCR"
    return f"pages {format_ranges(empty)} have no text: they need OCR"


def format_ranges(numbers: Sequence[int]) -> str:
    """Format ascending numbers, consecutive ones as a range: ``3, 7–9``."""
    runs = []
    for _, group in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        run = [number for _, number in group]
        runs.append(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]))
    return ", ".join(runs)


def _contents(source: FileSource, data: bytes) -> tuple[list[str], str, str]:
    """Return the text of each page, the title, and the creation date in the notation of PDF."""
    if b"%PDF-" not in data[:1024]:
        raise Unreadable(
            f"{source.path} is named .pdf but is not a PDF", "Give it the suffix of what it is."
        )
    try:
        with pypdfium2.PdfDocument(data) as pdf:
            pages = [_page_text(pdf, number).text for number in range(len(pdf))]
            metadata = pdf.get_metadata_dict()
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == PASSWORD_ERROR:
            raise Unreadable(
                f"{source.path} is protected by a password", "Save a copy without one."
            ) from error
        raise Unreadable(f"{source.path} is a broken PDF", "Open it and save it anew.") from error
    return pages, metadata.get("Title", ""), metadata.get("CreationDate", "")


def _page_text(pdf: Any, number: int) -> PageText:
    """Return the text of a page, counted from 0; an empty one if PDFium cannot load it."""
    try:
        page = pdf[number]
    except pypdfium2.PdfiumError:
        return PageText("")
    try:
        return page_text(page)
    finally:
        page.close()
