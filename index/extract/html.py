"""HTML: the main text of a page, without its menus, footers and scripts."""

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
from index.extract.file_source import FileSource, one_line, stated_date, text_of

HEAD = 4096
"""Bytes in which a page declares its charset; browsers look at a quarter of that."""
CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w:.-]+)""", re.IGNORECASE)

# Where pages state a thing: a selector, and the attribute that holds it ("" is the
# element's own text). The first that is not empty counts.
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

FEW_WORDS = 40
"""A main text shorter than this that is less than half of the page is a mistake."""
DEEPEST = 2000
"""Open elements at once; finding the main text takes the square of it, and minutes at 100,000."""
NESTING = re.compile(
    r"<(/?)(?:div|span|section|article|main|b|i|em|strong|font|center|blockquote|a|ul|ol|table)\b",
    re.IGNORECASE,
)


def read(source: FileSource) -> Iterator[Document]:
    """One document. Raises `Unreadable` when the file is not text or no parser takes it."""
    data = source.load()
    found = CHARSET.search(data, 0, HEAD)
    decoded = text_of(source, data, declared=found[1].decode("ascii") if found else None)
    try:
        tree = HTMLTree.parse(decoded.text)
    except ValueError as error:
        raise Unreadable(f"{source.path} is not HTML that can be read: {error}") from error
    yield source.document(
        data,
        main_text(tree, deep=depth(decoded.text) > DEEPEST),
        encoding=decoded.encoding,
        title=one_line(_stated(tree, TITLES)),
        language=_stated(tree, LANGUAGES).strip() or None,
        date=published(tree),
    )


def main_text(tree: Any, *, deep: bool = False) -> str:
    """The page's main text, or all its text where that comes out suspiciously empty.

    ``deep`` says that the page nests too deep for its main text to be looked for.
    """
    if deep:
        return str(extract_plain_text(tree))
    main = str(extract_plain_text(tree, main_content=True))
    words = len(main.split())
    if words >= FEW_WORDS:
        return main
    page = str(extract_plain_text(tree))
    return page if words * 2 < len(page.split()) else main


def depth(page: str) -> int:
    """How many elements are open at once, at most, counting those that HTML never closes itself."""
    steps = (-1 if tag[1] else 1 for tag in NESTING.finditer(page))
    return max(accumulate(steps), default=0)


def published(tree: Any) -> date | None:
    """The day the page says it was published."""
    return (
        stated_date(_stated(tree, DATES))
        or next(filter(None, map(_json_date, tree.document.query_selector_all(JSON_LD))), None)
        or stated_date(_stated(tree, WEAKER_DATES))
    )


def _stated(tree: Any, places: tuple[tuple[str, str], ...]) -> str:
    """The first of ``places`` that is not empty."""
    for selector, attribute in places:
        for element in tree.document.query_selector_all(selector):
            value = element.getattr(attribute) if attribute else element.text
            if value and value.strip():
                return str(value)
    return ""


def _json_date(script: Any) -> date | None:
    """The first ``datePublished`` in a script of linked data, however deep."""
    try:
        waiting = [json.loads(script.text or "null")]
    except (ValueError, RecursionError):
        return None
    while waiting:
        value = waiting.pop(0)
        if isinstance(value, dict):
            if found := stated_date(value.get("datePublished")):
                return found
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
    return None
