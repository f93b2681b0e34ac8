"""Render a hit as a card: title, two rows of snippet, path and facts, a blank row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from search.bidi import Mode, quotes
from search.results import Hit, Span
from search.tui.widgets.card_text import PASSAGE, CardText
from search.tui.widgets.strips import first_line, in_column, ink, strips

HEIGHT = 5
"""Rows of a card."""
LOW = 12
"""Rows of the screen below which it is low: without margins, hints, and most of a card."""
_HEIGHT_IF_LOW = 2
"""The title and the first row of the snippet."""
GUTTER = 12
"""Cells left of the text, for rank and language, and below them the score."""
_BAR = 6
"""Cells of the bar of the best score, an eighth of a row high: the text counts."""
NAMES = ("match", "path", "badge", "bar", "rank", "title", "swept")
"""Parts of a card with a style of their own."""


@dataclass(frozen=True, slots=True)
class CardStyle:
    """The styles of a card: its background, and its parts by :data:`NAMES`."""

    base: Style
    parts: dict[str, Style]

    def of(self, part: str) -> Style:
        """Return the style of a part on the background."""
        return self.base + ink(self.parts[part])


@dataclass(frozen=True, slots=True)
class Card:
    """A row of the list, ``width`` cells wide."""

    rank: int
    width: int
    mode: Mode
    styles: CardStyle
    selected: bool
    marked: bool = False
    matches: str = ""
    """How many matches the document has, as few cells as the gutter has."""
    swept: Span | None = None
    """What is selected with the mouse, a slice of the text of the card."""

    def render(self, hit: Hit, share: float, uri: str | None = None) -> list[Strip]:
        """Render a hit; ``share`` is its score divided by the best, from 0 to 1.

        ``uri`` is the address of its file, to which its path becomes a link.
        """
        texts = CardText(hit, self._room, self.mode)
        text = [self._title(texts), *self._passage(texts), self._location(texts, uri)]
        gutter = [self._label(hit.language or "··"), self._bar(share), self._mark, self._matches]
        return self._with_gutter(gutter, text)

    def blank(self) -> list[Strip]:
        """Render the empty card of a hit that is not built yet."""
        row = Strip.blank(self._room, self.styles.base)
        return self._with_gutter([self._label("")], [row] * (HEIGHT - 1))

    @property
    def _room(self) -> int:
        """Cells for the text."""
        return max(self.width - GUTTER, 0)

    def _with_gutter(self, gutter: Sequence[Strip], text: Sequence[Strip]) -> list[Strip]:
        none = in_column(Strip([self._edge], 1), GUTTER, self.styles.base)
        sides = [*gutter, *[none] * (len(text) - len(gutter))]
        return [Strip.join([left, right]) for left, right in zip(sides, text, strict=True)]

    @property
    def _edge(self) -> Segment:
        """The left edge: the selected hit is marked by more than colour."""
        return Segment("▌" if self.selected else " ", self.styles.base)

    def _label(self, language: str) -> Strip:
        rank = Segment(f"{self.rank:>4} ", self.styles.of("rank"))
        badge = Segment(f"{language:<5}", self.styles.of("badge"))
        return in_column(Strip([self._edge, rank, badge]), GUTTER, self.styles.base)

    def _bar(self, share: float) -> Strip:
        bar = "▁" * max(1, round(min(share, 1.0) * _BAR)) if share > 0 else ""
        parts = [self._edge, Segment("  ", self.styles.base), Segment(bar, self.styles.of("bar"))]
        return in_column(Strip(parts), GUTTER, self.styles.base)

    @property
    def _mark(self) -> Strip:
        label = Segment(" ● marked" if self.marked else "", self.styles.of("badge"))
        return in_column(Strip([self._edge, label]), GUTTER, self.styles.base)

    @property
    def _matches(self) -> Strip:
        label = Segment(self.matches, self.styles.of("path"))
        return in_column(Strip([self._edge, label]), GUTTER, self.styles.base)

    def _title(self, text: CardText) -> Strip:
        title, matches = text.hit.heading
        spans = [*((start, end, "match") for start, end in matches), *text.inside(0, self.swept)]
        style, room = self.styles.of("title"), self._room
        parts = self.styles.parts
        found = first_line(title, spans, room, self.mode, style, parts, rtl=text.title_rtl)
        return found if text.hit.title or not text.rtl else _at_the_right(found, room, style)

    def _passage(self, text: CardText) -> list[Strip]:
        matches = text.hit.snippets[0].spans if text.hit.snippets else ()
        lit = [*((start, end, "match") for start, end in matches), *text.inside(1, self.swept)]
        base, parts = self.styles.base, self.styles.parts
        found = strips(text.snippet, lit, self._room, self.mode, base, parts, rtl=text.rtl,
                       max_lines=PASSAGE)  # fmt: skip
        return found + [Strip.blank(self._room, base)] * (PASSAGE - len(found))

    def _location(self, text: CardText, uri: str | None) -> Strip:
        style, shown = self.styles.of("path"), text.location
        link = {"link": Style(link=uri)} if uri else {}
        lit = [(0, len(text.shown_path), "link"), *text.inside(2, self.swept)]
        found = first_line(
            shown, lit, self._room, self.mode, style, {**self.styles.parts, **link},
            rtl=False, isolates=quotes(shown),
        )  # fmt: skip
        return _at_the_right(found, self._room, style) if text.rtl else found


def card_height(screen: int) -> int:
    """Return the rows of a card on a screen of this many rows."""
    return HEIGHT if screen >= LOW else _HEIGHT_IF_LOW


def matches_label(count: int) -> str:
    """Return how many matches a document has, narrower than the gutter; "" for one or none."""
    if count < 2:
        return ""
    return f"{count} matches" if count < 100 else f"{count:,} ×"[-(GUTTER - 2) :]


def _at_the_right(found: Strip, width: int, base: Style) -> Strip:
    """Move a left-to-right line to the right edge, where the snippet starts."""
    text = found.text.rstrip()
    cells = found.cell_length - (len(found.text) - len(text))
    return in_column(found.crop(0, cells), width, base, right=True)
