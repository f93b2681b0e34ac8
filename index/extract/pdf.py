"""Read PDF: the text of all pages with its parts, and the files attached to it.

A note says which pages are pictures and need OCR.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from typing import Any

import pypdfium2

from index.document import Document, Skipped
from index.errors import Unreadable
from index.extract.file_source import FileSource
from index.extract.metadata import collapse_spaces, parse_date
from index.extract.pdf_attachments import read_attachments
from index.extract.pdf_parts import PAGE_SEPARATOR, PdfParts, page_starts

# PDFium replaces the hyphen of a word broken over two lines by a character that is not a letter.
BROKEN_WORD = re.compile("[\x02\ufffe](?:\r?\n)?")

PASSWORD_ERROR = 4  # FPDF_ERR_PASSWORD


def read(source: FileSource) -> Iterator[Document | Skipped]:
    """Yield one document, then a `Skipped` for pages without text; only that if no page has text.

    The documents of attached files follow, for to unpack one may end the process. Raises
    `Unreadable` for a damaged or encrypted file, or one that is not PDF.
    """
    data = source.load()
    with _opened(source, data) as pdf:
        reader = PdfParts(pdf)
        texts = [_page_text(pdf, number, reader) for number in range(len(pdf))]
        stated = pdf.get_metadata_dict()
        reader.read_document(stated, last=len(texts) - 1)
        pages, parts = reader.join(texts)
        empty = [number for number, page in enumerate(pages, 1) if not page.strip()]
        if len(empty) < len(pages):
            yield source.document(
                data,
                PAGE_SEPARATOR.join(pages),
                title=collapse_spaces(stated.get("Title", "")),
                date=parse_date(stated.get("CreationDate", "").removeprefix("D:")[:8]),
                pages=page_starts(pages),
                parts=parts,
            )
        if empty:
            yield Skipped(str(source.path), ocr_reason(empty, len(pages)), problem=True)
        yield from read_attachments(source, reader.attachments())


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


def _page_text(pdf: Any, number: int, parts: PdfParts) -> str:
    """Return the text of a page, counted from 0, and read its parts; "" if it cannot be loaded."""
    try:
        page = pdf[number]
    except pypdfium2.PdfiumError:
        return ""
    try:
        parts.read_page(page, number)
        layer = page.get_textpage()
        text = layer.get_text_bounded()
        layer.close()
    finally:
        page.close()
    return BROKEN_WORD.sub("", text).replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
