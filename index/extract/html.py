"""Read HTML: the main text of a page, without menus, footers and scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate
from typing import Any

from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import HTMLTree

from index.document import Document
from index.errors import Unreadable
from index.extract.file_source import FileSource, decode_text
from index.extract.html_metadata import PageMetadata

HEAD_SIZE = 4096
"""Bytes that are searched for a declared encoding; browsers search a quarter of that."""
CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w:.-]+)""", re.IGNORECASE)

MIN_MAIN_WORDS = 40
"""A main text with fewer words, if it is less than half of the page, is a wrong extraction."""
MAX_DEPTH = 2000
"""Nested elements up to which the main text is extracted; its time grows with the square, to
minutes at 100,000."""
NESTING = re.compile(
    r"<(/?)(?:div|span|section|article|main|b|i|em|strong|font|center|blockquote|a|ul|ol|table)\b",
    re.IGNORECASE,
)

IS_XML = re.compile(r"\s*(?:<\?xml\b|<!DOCTYPE[^>]*XHTML|<html[^>]*/xhtml)", re.IGNORECASE)
EMPTY = re.compile(
    r"<((script|title|style|textarea|iframe|div|a|p|i|b|span)\b[^<>]*)/>", re.IGNORECASE
)
"""An element without content, whose end tag HTML requires and XHTML does not."""
MAX_ATTRIBUTES = 2000
MAX_UNCLOSED = 100_000
"""Attributes of one element, and formatting elements that are never closed: the time of the parser
grows with the square of either. Measured: 0.1 s
at 2,000 attributes, 8 s at 100,000 elements."""
TAG = re.compile(r"<[a-zA-Z][^>]*+")
QUOTED = re.compile(r""""[^"]*"|'[^']*'""")
FORMATTING = re.compile(
    r"<(/?)(?:a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)\b", re.IGNORECASE
)


def read(source: FileSource) -> Iterator[Document]:
    """Yield one document. Raises `Unreadable` if the file is not text or cannot be parsed."""
    data = source.load()
    declared = CHARSET.search(data, 0, HEAD_SIZE)
    decoded = decode_text(source, data, declared=declared[1].decode("ascii") if declared else None)
    if excess := _excess(decoded.text):
        raise Unreadable(f"{source.path} is not a page that can be read: it has {excess}")
    try:
        tree = HTMLTree.parse(_with_end_tags(decoded.text))
    except ValueError as error:
        raise Unreadable(f"{source.path} is not HTML that can be read: {error}") from error
    deep = decoded.text.count("<") > MAX_DEPTH and nesting_depth(decoded.text) > MAX_DEPTH
    metadata = PageMetadata(tree)
    yield source.document(
        data,
        main_text(tree, deep=deep),
        encoding=decoded.encoding,
        title=metadata.title,
        language=metadata.language,
        date=metadata.date,
    )


def main_text(tree: Any, *, deep: bool = False) -> str:
    """Return the main text of a page, or all its text if the main text is suspiciously short.

    With ``deep``, for a page nested too deep, all its text.
    """
    if deep:
        return str(extract_plain_text(tree))
    main = str(extract_plain_text(tree, main_content=True))
    words = len(main.split())
    if words >= MIN_MAIN_WORDS:
        return main
    page = str(extract_plain_text(tree))
    return page if words * 2 < len(page.split()) else main


def _with_end_tags(page: str) -> str:
    """Return a page in which an empty element of XHTML does not open, as it does in HTML."""
    return EMPTY.sub(r"<\1></\2>", page) if IS_XML.match(page) else page


def _excess(page: str) -> str | None:
    """Return what a page has too much of for the parser, as a clause; None if it is parsed."""
    if page.count("=") > MAX_ATTRIBUTES:
        for tag in TAG.finditer(page):
            is_long = len(tag[0]) > 2 * MAX_ATTRIBUTES
            if is_long and len(QUOTED.sub("", tag[0]).split()) > MAX_ATTRIBUTES:
                return f"an element with more than {MAX_ATTRIBUTES:,} attributes"
    if page.count("<") > MAX_UNCLOSED:
        opened = sum(-1 if tag[1] else 1 for tag in FORMATTING.finditer(page))
        if opened > MAX_UNCLOSED:
            return f"{opened:,} elements of formatting that are never closed"
    return None


def nesting_depth(page: str) -> int:
    """Return the maximum number of open elements, of those that HTML does not close implicitly."""
    steps = (-1 if tag[1] else 1 for tag in NESTING.finditer(page))
    return max(accumulate(steps), default=0)
