"""Read HTML: the main text of a page, without menus, footers and scripts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from itertools import accumulate
from typing import Any

from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import HTMLTree

from index.document import Document
from index.errors import Unreadable
from index.extract.file_source import FileSource, decode_text
from index.extract.metadata import collapse_spaces, parse_date

HEAD_SIZE = 4096
"""Bytes that are searched for a declared encoding; browsers search a quarter of that."""
CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w:.-]+)""", re.IGNORECASE)

# Where pages state a property: a selector, and the attribute with the value ("" is the text of
# the element). The first value that is not empty counts.
TITLES = (('meta[property="og:title"]', "content"), ("title", ""), ("h1", ""))
LANGUAGES = (("html", "lang"), ("html", "xml:lang"), ("body", "lang"))
DATES = (
    ('meta[property="article:published_time"]', "content"),
    ('meta[name="article:published_time"]', "content"),
    ('meta[itemprop="datePublished"]', "content"),
)
WEAKER_DATES = (
    ('meta[name="date"]', "content"),
    ('meta[name="DC.date"]', "content"),
    ('meta[name="dcterms.date"]', "content"),
    ("time[datetime]", "datetime"),
)
JSON_LD = 'script[type="application/ld+json"]'

MIN_MAIN_WORDS = 40
"""A main text with fewer words, if it is less than half of the page, is a wrong extraction."""
MAX_DEPTH = 2000
"""Nested elements up to which the main text is extracted; its time grows with the square, to
minutes at 100,000."""
NESTING = re.compile(
    r"<(/?)(?:div|span|section|article|main|b|i|em|strong|font|center|blockquote|a|ul|ol|table)\b",
    re.IGNORECASE,
)


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
        tree = HTMLTree.parse(decoded.text)
    except ValueError as error:
        raise Unreadable(f"{source.path} is not HTML that can be read: {error}") from error
    yield source.document(
        data,
        main_text(tree, deep=nesting_depth(decoded.text) > MAX_DEPTH),
        encoding=decoded.encoding,
        title=collapse_spaces(_first_value(tree, TITLES)),
        language=_first_value(tree, LANGUAGES).strip() or None,
        date=publication_date(tree),
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


def publication_date(tree: Any) -> date | None:
    """Return the day of publication that the page states, or None."""
    return (
        parse_date(_first_value(tree, DATES))
        or next(filter(None, map(_json_date, tree.document.query_selector_all(JSON_LD))), None)
        or parse_date(_first_value(tree, WEAKER_DATES))
    )


def _first_value(tree: Any, sources: tuple[tuple[str, str], ...]) -> str:
    """Return the first value of ``sources`` that is not empty; "" if there is none."""
    for selector, attribute in sources:
        for element in tree.document.query_selector_all(selector):
            value = element.getattr(attribute) if attribute else element.text
            if value and value.strip():
                return str(value)
    return ""


def _json_date(script: Any) -> date | None:
    """Return the first ``datePublished`` in a script of linked data, at any depth, or None."""
    try:
        waiting = [json.loads(script.text or "null")]
    except (ValueError, RecursionError):
        return None
    while waiting:
        value = waiting.pop(0)
        if isinstance(value, dict):
            if day := parse_date(value.get("datePublished")):
                return day
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
    return None
