"""Numbers of list items, which a Word document states as rules (ECMA-376, part 1, 17.9)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from index.extract.docx_styles import Styles, attribute, child_value
from index.extract.numerals import numeral

LEVELS = 9
MAX_FORMAT_LENGTH = 60
"""Characters of the text around a number."""
NO_NUMBER = ("bullet", "none")
"""Formats of numbers that are none."""


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a list."""

    format: str = "decimal"
    """A value of ST_NumberFormat, or the first numbers of a format of the document's own."""
    text: str = ""
    """Such as ``%1.%2)``: the numbers of the levels 1 and 2 in their places."""
    start: int = 1
    is_legal: bool = False
    """Whether the numbers of all levels are shown as decimals."""
    is_restarted: bool = True
    """Whether it begins again after an item of a higher level."""
    style: str = ""
    """The paragraph style whose items are of this level."""


@dataclass(slots=True)
class _List:
    """A list: its levels, and the number of the last item of each (None before the first)."""

    levels: dict[int, Level]
    counts: list[int | None] = field(default_factory=lambda: [None] * LEVELS)


class ListNumbers:
    """Counts the items of all lists of a document."""

    def __init__(self, root: Any, styles: Styles) -> None:
        """``root`` is the element of all lists, or None."""
        self._styles = styles
        self._lists: dict[str, _List] = {}
        self._of_number: dict[str, tuple[_List, dict[int, int]]] = {}
        """Id of a list as paragraphs state it → the list, and the levels at which it starts anew
        the first time, with their numbers."""
        if root is not None:
            self._read(root)

    def _read(self, root: Any) -> None:
        links: dict[str, str] = {}
        for element in root.iterchildren("{*}abstractNum"):
            identifier = attribute(element, "abstractNumId")
            self._lists[identifier] = _List(_levels(element))
            if link := child_value(element, "numStyleLink"):
                links[identifier] = link
        abstract = {
            attribute(element, "numId"): child_value(element, "abstractNumId") or ""
            for element in root.iterchildren("{*}num")
        }
        for identifier, style in links.items():
            linked = self._lists.get(abstract.get(self._styles.list_of(style) or "", ""))
            self._lists[identifier] = linked or self._lists[identifier]
        for element in root.iterchildren("{*}num"):
            number = attribute(element, "numId")
            if known := self._lists.get(abstract[number]):
                own, starts = _overrides(element)
                if own:
                    known = _List({**known.levels, **own})
                self._of_number[number] = (known, starts)

    def next_number(self, number: str | None, level: str | None, style: str) -> str:
        """Return the number of the next item of a list, and a space; "" if it has none.

        ``number`` is the id of the list; None for that of the style. ``level`` is "0" to "8"; None
        for that which the style has, or the first.
        """
        if number is None and style and self._of_number:
            number = self._styles.list_of(style)
        if number is None or number not in self._of_number:
            return ""
        known, starts = self._of_number[number]
        at = _level_of_style(known, style) if level is None else _integer(level, 0)
        rule = known.levels.get(at)
        if rule is None:
            return ""
        if at in starts:
            known.counts[at] = starts.pop(at) - 1
        _count(known, at)
        if rule.format in NO_NUMBER or not rule.text:
            return ""
        return re.sub("%([1-9])", lambda found: _shown(known, rule, int(found[1]) - 1), rule.text)


def _level_of_style(known: _List, style: str) -> int:
    return next((at for at, rule in known.levels.items() if style and rule.style == style), 0)


def _count(known: _List, at: int) -> None:
    """Count an item of a level, and let the levels below begin again."""
    last = known.counts[at]
    known.counts[at] = known.levels[at].start if last is None else last + 1
    for below in range(at + 1, LEVELS):
        if known.levels.get(below, Level()).is_restarted:
            known.counts[below] = None


def _shown(known: _List, rule: Level, at: int) -> str:
    """Return the number of a level as an item shows it."""
    level = known.levels.get(at, Level())
    count = known.counts[at]
    return numeral(level.start if count is None else count, "" if rule.is_legal else level.format)


def _levels(element: Any) -> dict[int, Level]:
    levels = {_integer(attribute(e, "ilvl"), 0): _level(e) for e in element.iterchildren("{*}lvl")}
    return {at: level for at, level in levels.items() if at < LEVELS}


def _level(element: Any) -> Level:
    # A format of the document's own stands in a choice for programs that know it.
    number_format = element.find(".//{*}numFmt")
    stated = "decimal" if number_format is None else attribute(number_format, "val")
    text = (child_value(element, "lvlText") or "")[:MAX_FORMAT_LENGTH]
    gap = "" if child_value(element, "suff") == "nothing" or not text else " "
    return Level(
        attribute(number_format, "format") if stated == "custom" else stated,
        text + gap,
        _integer(child_value(element, "start"), 1),
        element.find("{*}isLgl") is not None,
        child_value(element, "lvlRestart") != "0",
        child_value(element, "pStyle") or "",
    )


def _overrides(element: Any) -> tuple[dict[int, Level], dict[int, int]]:
    """Return the levels that a list has of its own, and those that it starts anew."""
    own: dict[int, Level] = {}
    starts: dict[int, int] = {}
    for override in element.iterchildren("{*}lvlOverride"):
        own |= _levels(override)
        start = child_value(override, "startOverride")
        if start is not None:
            starts[min(_integer(attribute(override, "ilvl"), 0), LEVELS - 1)] = _integer(start, 1)
    return own, starts


def _integer(text: str | None, default: int) -> int:
    """Return a number of up to nine digits, or the default."""
    return int(text) if text and re.fullmatch("[0-9]{1,9}", text) else default
