"""Read PDF: the text of all pages with its parts, and the files attached to it.

Notes say which pages need OCR and which are doubtful.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2

from index.document import Document, Skipped
from index.errors import Unreadable
from index.extract.file_source import FileSource
from index.extract.metadata import collapse_spaces, parse_date
from index.extract.pdf_attachments import read_attachments
from index.extract.pdf_parts import PAGE_SEPARATOR, PdfParts, page_starts
from index.extract.pdf_states import page_reasons, pages_in
from index.pdf_text.page import DOUBTFUL, REPAIRED, PageText, page_text

PASSWORD_ERROR = 4  # FPDF_ERR_PASSWORD


def read(source: FileSource) -> Iterator[Document | Skipped]:
    """Yield one document, unless no page has text; then a `Skipped` for each fault of pages.

    The documents of attached files follow, for to unpack one may end the process. Raises
    `Unreadable` for a damaged or encrypted file, or one that is not PDF.
    """
    data = source.load()
    with _opened(source, data) as pdf:
        reader = PdfParts(pdf)
        pages = [_page_text(pdf, number, reader) for number in range(len(pdf))]
        stated = pdf.get_metadata_dict()
        reader.read_document(stated, last=len(pages) - 1)
        texts, parts = reader.join([page.text for page in pages])
        yield source.document(
            data,
            PAGE_SEPARATOR.join(texts),
            title=collapse_spaces(stated.get("Title", "")),
            date=parse_date(stated.get("CreationDate", "").removeprefix("D:")[:8]),
            pages=page_starts(texts),
            parts=parts,
            repaired=pages_in(pages, REPAIRED),
            doubtful=pages_in(pages, DOUBTFUL),
        )
        for reason in page_reasons(pages):
            yield Skipped(str(source.path), reason, problem=True)
        yield from read_attachments(source, reader.attachments())


@contextmanager
def _opened(source: FileSource, data: bytes) -> Iterator[Any]:
    """Open a PDF. Raises `Unreadable`, also for what PDFium says while it is read."""
    if b"%PDF-" not in data[:1024]:
        raise Unreadable(
            f"{source.path} is named .pdf but is not a PDF", "Give it the suffix of what it is."
        )
    try:
        with pypdfium2.PdfDocument(data) as pdf:
            yield pdf
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == PASSWORD_ERROR:
            raise Unreadable(
                f"{source.path} is protected by a password", "Save a copy without one."
            ) from error
        raise Unreadable(f"{source.path} is a broken PDF", "Open it and save it anew.") from error


def _page_text(pdf: Any, number: int, parts: PdfParts) -> PageText:
    """Return the text of a page, counted from 0, and read its parts; empty if it is damaged."""
    try:
        page = pdf[number]
    except pypdfium2.PdfiumError:
        return PageText("")
    try:
        parts.read_page(page, number)
        return page_text(page)
    finally:
        page.close()
