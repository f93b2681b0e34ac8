"""A dossier in HTML: one page to read, print and hand on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from search.bidi import quotes
from search.export import page
from search.export.dossier import Dossier, Exhibit
from search.export.facts import DOSSIER, EXHIBIT, place, rows
from search.export.html_reader import read
from search.export.quotation_html import direction, marked, quotation_html

__all__ = ["read", "write"]

_CODE = ("Path", "File", "SHA-256", "Index", "Copy")
"""Beginnings of the labels of what is set like code."""

_ANY_SCRIPT = ("Query", "Author", "Tag")
"""Labels of what may run from right to left; all else is English, or a path."""


def write(dossier: Dossier) -> Iterator[str]:
    """Yield the page, piece by piece."""
    yield page.head(f"{escape(dossier.query)} · dossier")
    yield f"<header>\n<h1><small>Dossier</small> <bdi>{escape(dossier.query)}</bdi></h1>\n"
    yield _list(rows(DOSSIER, dossier))
    yield "</header>\n<main>\n"
    for exhibit in dossier.exhibits:
        yield from _article(exhibit)
    yield "</main>\n"
    yield page.foot()


def _article(exhibit: Exhibit) -> Iterator[str]:
    rank = f'<span class="rank">{exhibit.rank}</span>'
    title = f"<bdi>{marked(exhibit.title, exhibit.title_spans)}</bdi>"
    yield f"<article>\n<h2 {direction(exhibit.title)}>{rank} {title}</h2>\n"
    for quotation in exhibit.quotations:
        caption = f"<figcaption>{escape(place(quotation))}</figcaption>"
        yield f"<figure>\n{quotation_html(quotation)}{caption}\n</figure>\n"
    yield _list(rows(EXHIBIT, exhibit))
    yield "</article>\n"


def _list(facts: Iterable[tuple[str, str]]) -> str:
    """Return labelled values as a list."""
    return f"<dl>\n{''.join(_row(label, value) for label, value in facts)}</dl>\n"


def _row(label: str, value: str) -> str:
    code = ' class="code"' if label.startswith(_CODE) else ""
    way, shown = ("auto", escape(value)) if label in _ANY_SCRIPT else ("ltr", _isolated(value))
    return f'<dt>{label}</dt><dd{code}><bdi dir="{way}">{shown}</bdi></dd>\n'


def _isolated(text: str) -> str:
    """Return an English text, or a path, as HTML with the Arabic in it isolated."""
    parts, at = [], 0
    for start, end in quotes(text):
        parts += [escape(text[at:start]), f"<bdi>{escape(text[start:end])}</bdi>"]
        at = end
    return "".join([*parts, escape(text[at:])])
