"""What is to be said of the pages of a PDF: which need OCR, which are doubtful."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index.extract.page_ranges import name_pages
from index.pdf_text.page import DOUBTFUL, PICTURE, UNREADABLE, PageText


def pages_in(pages: Sequence[PageText], state: str) -> tuple[int, ...]:
    """Return the numbers, from 1, of the pages in a state."""
    return tuple(number for number, page in enumerate(pages, 1) if page.state == state)


def page_reasons(pages: Sequence[PageText]) -> Iterator[str]:
    """Yield what is wrong with pages, a clause for each kind of fault."""
    if pictures := pages_in(pages, PICTURE):
        yield _ocr_reason(pictures, len(pages))
    if unreadable := pages_in(pages, UNREADABLE):
        they = "it needs" if len(unreadable) == 1 else "they need"
        yield f"the text of {name_pages(unreadable)} cannot be read: {they} OCR"
    if doubtful := pages_in(pages, DOUBTFUL):
        yield f"the words of {name_pages(doubtful)} are doubtful"


def _ocr_reason(pictures: Sequence[int], count: int) -> str:
    if len(pictures) == count:
        return "no text on any page: it needs OCR"
    if len(pictures) == 1:
        return f"page {pictures[0]} has no text: it needs OCR"
    return f"{name_pages(pictures)} have no text: they need OCR"
