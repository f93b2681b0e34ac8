"""A hit as rows of cells: its title, two rows of its passage, where it is, and a blank one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from search.bidi import Mode, base_rtl, clean, quotes
from search.render.lines import shown_path
from search.results import Hit
from search.tui.widgets.strips import first_line, in_column, ink, shortened, strips

HEIGHT = 5
"""Rows of a card."""
GUTTER = 12
"""Cells before the text: rank and language, and below them the score."""
_BAR = 6
"""Cells of a full score."""
_EIGHTHS = "▏▎▍▌▋▊▉█"
_PASSAGE = 2
"""Rows of the passage."""
NAMES = ("match", "path", "badge", "bar", "rank", "title")
"""Parts of a card that have a look of their own."""


@dataclass(frozen=True, slots=True)
class CardStyle:
    """The styles of a card: what it lies on, and of its parts by :data:`NAMES`."""

    base: Style
    parts: dict[str, Style]

    def of(self, part: str) -> Style:
        """The style of a part on its ground."""
        return self.base + ink(self.parts[part])


@dataclass(frozen=True, slots=True)
class Card:
    """The place of a hit in a list so many cells wide."""

    rank: int
    width: int
    mode: Mode
    looks: CardStyle
    chosen: bool
    marked: bool = False

    def drawn(self, hit: Hit, share: float) -> list[Strip]:
        """The rows of a hit with so much of the best score, from 0 to 1."""
        text = [self._title(hit), *self._passage(hit), self._where(hit)]
        gutter = [self._label(hit.language or "··"), self._bar(share), self._mark]
        return self._with_gutter(gutter, text)

    def blank(self) -> list[Strip]:
        """The rows of a hit that is not made yet."""
        row = Strip.blank(self._room, self.looks.base)
        return self._with_gutter([self._label("")], [row] * (HEIGHT - 1))

    @property
    def _room(self) -> int:
        """Cells of the text."""
        return max(self.width - GUTTER, 0)

    def _with_gutter(self, gutter: Sequence[Strip], text: Sequence[Strip]) -> list[Strip]:
        none = in_column(Strip([self._edge], 1), GUTTER, self.looks.base)
        sides = [*gutter, *[none] * (len(text) - len(gutter))]
        return [Strip.join([left, right]) for left, right in zip(sides, text, strict=True)]

    @property
    def _edge(self) -> Segment:
        """The chosen hit is marked by more than its colour."""
        return Segment("▌" if self.chosen else " ", self.looks.base)

    def _label(self, language: str) -> Strip:
        rank = Segment(f"{self.rank:>4} ", self.looks.of("rank"))
        badge = Segment(f"{language:<5}", self.looks.of("badge"))
        return in_column(Strip([self._edge, rank, badge]), GUTTER, self.looks.base)

    def _bar(self, share: float) -> Strip:
        eighths = max(1, round(min(share, 1.0) * _BAR * 8)) if share > 0 else 0
        full, rest = divmod(eighths, 8)
        bar = "█" * full + (_EIGHTHS[rest - 1] if rest else "")
        parts = [self._edge, Segment("  ", self.looks.base), Segment(bar, self.looks.of("bar"))]
        return in_column(Strip(parts), GUTTER, self.looks.base)

    @property
    def _mark(self) -> Strip:
        told = Segment(" ● marked" if self.marked else "", self.looks.of("badge"))
        return in_column(Strip([self._edge, told]), GUTTER, self.looks.base)

    def _title(self, hit: Hit) -> Strip:
        title = hit.title or PurePath(hit.path).name
        spans = [(start, end, "match") for start, end in hit.title_spans if hit.title]
        look, room = self.looks.of("title"), self._room
        found = first_line(title, spans, room, self.mode, look, self.looks.parts)
        return found if hit.title or not _rtl(hit) else _at_the_right(found, room, look)

    def _passage(self, hit: Hit) -> list[Strip]:
        snippet = hit.snippets[0] if hit.snippets else None
        text = " ".join(snippet.text.split("\n")) if snippet else ""
        spans = snippet.spans if snippet else ()
        lit = [(start, end, "match") for start, end in spans]
        base, parts = self.looks.base, self.looks.parts
        found = strips(text, lit, self._room, self.mode, base, parts, max_lines=_PASSAGE)
        return found + [Strip.blank(self._room, base)] * (_PASSAGE - len(found))

    def _where(self, hit: Hit) -> Strip:
        look, room = self.looks.of("path"), self._room
        told = " · ".join(_facts(hit))
        path = shortened(clean(shown_path(hit.path)), room - len(told) - 3)
        text = f"{path} · {told}"
        found = first_line(text, (), room, self.mode, look, {}, rtl=False, isolates=quotes(text))
        return _at_the_right(found, room, look) if _rtl(hit) else found


def _rtl(hit: Hit) -> bool:
    """Whether the passage is read from the right."""
    return bool(hit.snippets) and base_rtl(hit.snippets[0].text)


def _facts(hit: Hit) -> list[str]:
    """What is told behind the path of a hit."""
    page = hit.snippets[0].page if hit.snippets else None
    copies = len(hit.copies)
    facts = (
        f"p. {page}" if page else "",
        hit.date or hit.modified[:10],
        f"+{copies} {'copy' if copies == 1 else 'copies'}" if copies else "",
        "" if hit.state == "current" else hit.state,
    )
    return [fact for fact in facts if fact]


def _at_the_right(found: Strip, width: int, base: Style) -> Strip:
    """A line that is laid out from the left, at the edge of the passage."""
    text = found.text.rstrip()
    cells = found.cell_length - (len(found.text) - len(text))
    return in_column(found.crop(0, cells), width, base, right=True)
