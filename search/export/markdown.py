"""A dossier in Markdown, for notes and articles.

Values are code, which needs no escapes; quotations are HTML, in which nothing is taken for a
mark of Markdown and Arabic runs from right to left.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from search.export.dossier import Dossier, Exhibit
from search.export.facts import DOSSIER, EXHIBIT, PLACE, place, read_place, rows
from search.export.html_reader import DossierParser, closed
from search.export.quotation_html import direction, quotation_html

_ITEM = re.compile(r"- ([A-Za-z0-9 -]+): (`.*`)")
_MARKS = re.compile(r"[\\`*_\[\]<>&|~#$^=!{}:@]|(?<=www)\.")
"""What could be taken for a mark of Markdown, or make an address of a text."""
_END = "---"
_HINT = "`dalil verify FILE` reads the documents again and says what still stands where it stood."


def write(dossier: Dossier) -> Iterator[str]:
    """Yield the text, piece by piece."""
    yield "# Dossier\n\n"
    yield _items(rows(DOSSIER, dossier))
    for exhibit in dossier.exhibits:
        yield from _section(exhibit)
    yield f"\n{_END}\n\n{_HINT}\n"


def _section(exhibit: Exhibit) -> Iterator[str]:
    title = _MARKS.sub(r"\\\g<0>", exhibit.title)
    yield f"\n## {exhibit.rank}. <span {direction(exhibit.title)}>{title}</span>\n\n"
    for quotation in exhibit.quotations:
        yield f"{quotation_html(quotation)}\n{_items([(PLACE, place(quotation))])}\n"
    yield _items(rows(EXHIBIT, exhibit))


def _items(facts: Iterable[tuple[str, str]]) -> str:
    return "".join(f"- {label}: {code(value)}\n" for label, value in facts)


def code(value: str) -> str:
    """Return a text as code.

    >>> code("a_b"), code("`a` b")
    ('`a_b`', '`` `a` b ``')
    """
    longest = max((len(run) for run in re.findall("`+", value)), default=0)
    fence = "`" * (longest + 1)
    space = " " if value.strip() and (value[0] in " `" or value[-1] in " `") else ""
    return f"{fence}{space}{value}{space}{fence}"


def _value(written: str) -> str:
    """Return the text of code: a space at both ends is not of it."""
    fence = len(written) - len(written.lstrip("`"))
    inside = written[fence:-fence]
    is_spaced = inside.strip() and inside.startswith(" ") and inside.endswith(" ")
    return inside[1:-1] if is_spaced else inside


def read(text: str) -> Dossier:
    """Return the dossier of a text. Raises ValueError."""
    parser = DossierParser()
    lines = iter(text.split("\n"))
    for line in map(str.rstrip, lines):
        if line.startswith("## ") or line == _END:
            parser.end_exhibit()
            if line != _END:
                parser.begin_exhibit()
        elif line == "<blockquote>":
            parser.feed(closed(f"{line}{''.join(_until(lines, '</blockquote>'))}"))
        elif item := _ITEM.fullmatch(line):
            label, value = item[1], _value(item[2])
            if label == PLACE:
                read_place(value)
                parser.end_quotation(value)
            else:
                parser.facts[label].append(value)
    if {"Path", "SHA-256"} <= parser.facts.keys():  # if not, the text is cut off here
        parser.end_exhibit()
    return parser.dossier()


def _until(lines: Iterable[str], end: str) -> Iterator[str]:
    """Yield the lines up to one that is ``end``, with it."""
    for line in lines:
        yield line
        if line.rstrip() == end:
            return
