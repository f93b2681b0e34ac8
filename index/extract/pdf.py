"""Read PDF: the text of all pages, and notes on pages that need OCR or are doubtful."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any

import pypdfium2

from index.document import Document, Skipped
from index.errors import Unreadable
from index.extract.file_source import FileSource
from index.extract.metadata import collapse_spaces, parse_date
from index.extract.pdf_states import page_reasons, pages_in
from index.pdf_text.page import DOUBTFUL, REPAIRED, PageText, page_text

PAGE_SEPARATOR = "\n\n"

PASSWORD_ERROR = 4  # FPDF_ERR_PASSWORD


def read(source: FileSource) -> Iterator[Document | Skipped]:
    """Yield one document, unless no page has text; then a `Skipped` for each fault of pages.

    Raises `Unreadable` for a damaged or encrypted file, or one that is not PDF.
    """
    data = source.load()
    pages, title, created = _contents(source, data)
    texts = [page.text for page in pages]
    has_text = any(text.strip() for text in texts)
    if has_text:
        yield source.document(
            data,
            PAGE_SEPARATOR.join(texts),
            title=collapse_spaces(title),
            date=parse_date(created.removeprefix("D:")[:8]),
            pages=page_starts(texts),
            repaired=pages_in(pages, REPAIRED),
            doubtful=pages_in(pages, DOUBTFUL),
        )
    reasons = list(page_reasons(pages))
    yield from (Skipped(str(source.path), reason, problem=True) for reason in reasons)
    if not has_text and not reasons:
        yield Skipped(str(source.path), "all its pages are blank")


def page_starts(pages: Sequence[str]) -> tuple[int, ...]:
    """Return the offset of each page in the joined text."""
    lengths = (len(page) + len(PAGE_SEPARATOR) for page in pages[:-1])
    return tuple(accumulate(lengths, initial=0))


def _contents(source: FileSource, data: bytes) -> tuple[list[PageText], str, str]:
    """Return the text of each page, the title, and the creation date in the notation of PDF."""
    if b"%PDF-" not in data[:1024]:
        raise Unreadable(
            f"{source.path} is named .pdf but is not a PDF", "Give it the suffix of what it is."
        )
    try:
        with pypdfium2.PdfDocument(data) as pdf:
            pages = [_page_text(pdf, number) for number in range(len(pdf))]
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
