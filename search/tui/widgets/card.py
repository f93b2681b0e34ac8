"""Render a hit as a card: title, two rows of snippet, path and facts, a blank row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from search.bidi import Mode, clean, majority_rtl, quotes
from search.hits.facets import NO_DATE
from search.render.lines import shown_path
from search.results import Hit
from search.tui.widgets.strips import first_line, in_column, ink, shortened, strips

HEIGHT = 5
"""Rows of a card."""
GUTTER = 12
"""Cells left of the text, for rank and language, and below them the score."""
_BAR = 6
"""Cells of the bar of the best score, an eighth of a row high: the text is what is looked at."""
_PASSAGE = 2
"""Rows of the snippet."""
_PART = 30
"""Characters of the label of a part, which may have a long name in it."""
NAMES = ("match", "path", "badge", "bar", "rank", "title")
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

    def render(self, hit: Hit, share: float, uri: str | None = None) -> list[Strip]:
        """Render a hit; ``share`` is its score divided by the best, from 0 to 1.

        ``uri`` is the address of its file, to which its path becomes a link.
        """
        text = [self._title(hit), *self._passage(hit), self._location(hit, uri)]
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
        label = Segment(f" {self.matches}", self.styles.of("path"))
        return in_column(Strip([self._edge, label]), GUTTER, self.styles.base)

    def _title(self, hit: Hit) -> Strip:
        title, matches = hit.heading
        spans = [(start, end, "match") for start, end in matches]
        style, room = self.styles.of("title"), self._room
        rtl = majority_rtl(title, hit.rtl) if hit.title else False  # a file's name is no sentence
        found = first_line(title, spans, room, self.mode, style, self.styles.parts, rtl=rtl)
        return found if hit.title or not _is_rtl(hit) else _at_the_right(found, room, style)

    def _passage(self, hit: Hit) -> list[Strip]:
        snippet = hit.snippets[0] if hit.snippets else None
        text = " ".join(snippet.text.split("\n")) if snippet else ""
        spans = snippet.spans if snippet else ()
        lit = [(start, end, "match") for start, end in spans]
        base, parts = self.styles.base, self.styles.parts
        rtl = majority_rtl(text, hit.rtl)
        found = strips(text, lit, self._room, self.mode, base, parts, rtl=rtl, max_lines=_PASSAGE)
        return found + [Strip.blank(self._room, base)] * (_PASSAGE - len(found))

    def _location(self, hit: Hit, uri: str | None) -> Strip:
        style, room = self.styles.of("path"), self._room
        facts = " · ".join(_facts(hit))
        path = shortened(clean(shown_path(hit.path)), room - len(facts) - 3)
        text = f"{path} · {facts}"
        link = {"link": Style(link=uri)} if uri else {}
        found = first_line(
            text, [(0, len(path), "link")], room, self.mode, style, link,
            rtl=False, isolates=quotes(text),
        )  # fmt: skip
        return _at_the_right(found, room, style) if _is_rtl(hit) else found


def matches_label(count: int) -> str:
    """Return how many matches a document has, no wider than the gutter; "" for one or none."""
    if count < 2:
        return ""
    return f"{count} matches"[: GUTTER - 2] if count < 1000 else f"{count // 1000}k match"


def _is_rtl(hit: Hit) -> bool:
    """Whether the snippet runs from right to left."""
    return bool(hit.snippets) and majority_rtl(hit.snippets[0].text, hit.rtl)


def _facts(hit: Hit) -> list[str]:
    """Return what follows the path of a hit: page, part, date, copies, state."""
    first = hit.snippets[0] if hit.snippets else None
    copies = len(hit.copies)
    facts = (
        f"p. {first.page}" if first and first.page else "",
        clean(first.part)[:_PART] if first and first.part else "",
        hit.shown_date or NO_DATE,
        f"+{copies} {'copy' if copies == 1 else 'copies'}" if copies else "",
        "" if hit.state == "current" else hit.state,
    )
    return [fact for fact in facts if fact]


def _at_the_right(found: Strip, width: int, base: Style) -> Strip:
    """Move a left-to-right line to the right edge, where the snippet starts."""
    text = found.text.rstrip()
    cells = found.cell_length - (len(found.text) - len(text))
    return in_column(found.crop(0, cells), width, base, right=True)
