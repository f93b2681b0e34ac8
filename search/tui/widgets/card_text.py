"""The text of a card as it was written, and which of it is under each cell of the card.

Title, snippet, and path with facts, a line each. What a card leaves out and shows as an ellipsis is
under that: selected, it is copied in full.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from search.bidi import Mode, cell_spans, clean, majority_rtl, quotes
from search.hits.facets import NO_DATE
from search.render.lines import shown_path
from search.results import Hit, Span
from search.tui.widgets.cells import Cells
from search.tui.widgets.strips import fitted, shortened

_PART = 30
"""Characters of the label of a part, which may have a long name in it."""
PASSAGE = 2
"""Rows of the snippet."""


@dataclass(frozen=True)
class CardText:
    """The texts of a hit in a card, with ``room`` cells for each of its rows."""

    hit: Hit
    room: int
    mode: Mode

    @property
    def title(self) -> str:
        """The title, or what stands for it."""
        return self.hit.heading[0]

    @property
    def snippet(self) -> str:
        """The snippet on one line."""
        return " ".join(self._written.split("\n"))

    @property
    def _written(self) -> str:
        return self.hit.snippets[0].text if self.hit.snippets else ""

    @cached_property
    def path(self) -> str:
        """The path for people to read."""
        return clean(shown_path(self.hit.path))

    @cached_property
    def facts(self) -> str:
        """What follows the path: page, part, date, copies, state."""
        return f" · {' · '.join(_facts(self.hit))}"

    @cached_property
    def shown_path(self) -> str:
        """The path, its middle left out if there is no room for it."""
        return shortened(self.path, self.room - len(self.facts))

    @property
    def location(self) -> str:
        """The path, as far as there is room, and the facts."""
        return self.shown_path + self.facts

    @property
    def rtl(self) -> bool:
        """Whether the snippet runs from right to left."""
        return bool(self.hit.snippets) and majority_rtl(self.hit.snippets[0].text, self.hit.rtl)

    @property
    def title_rtl(self) -> bool:
        """Whether the title runs from right to left; the name of a file is no sentence."""
        return bool(self.hit.title) and majority_rtl(self.title, self.hit.rtl)

    @cached_property
    def whole(self) -> str:
        """All of it as it was written, a line each for title, snippet, and path with facts."""
        return "\n".join((self.title, self._written, self.path + self.facts))

    def inside(self, part: int, selected: Span | None) -> list[tuple[int, int, str]]:
        """Return what is selected of the title (0), the snippet (1) or the location (2), to paint.

        ``selected`` is a slice of ``whole``; the slice returned is one of the part as it is shown.
        """
        if selected is None:
            return []
        start, text = self._starts[part], (self.title, self.snippet, self.location)[part]
        first, last = (at - start for at in selected)
        if part == 2:
            cut, hidden = self._ellipsis, self._hidden
            first = first if first < cut else max(first - hidden, cut)
            last = last if last <= cut else max(last - hidden, cut + 1)
        first, last = max(first, 0), min(last, len(text))
        return [(first, last, "swept")] if first < last else []

    def cells(self, row: int) -> Cells:
        """Return the cells of a row of the card, from 0."""
        if row == 0:
            return self._title_cells()
        if row <= PASSAGE:
            return self._snippet_cells(row - 1)
        return self._location_cells() if row == PASSAGE + 1 else Cells(len(self.whole))

    @property
    def _starts(self) -> tuple[int, int, int]:
        """Where the three texts begin in the whole."""
        snippet = len(self.title) + 1
        return 0, snippet, snippet + len(self._written) + 1

    @property
    def _hidden(self) -> int:
        """How many characters of the path the ellipsis in it stands for, less itself."""
        return len(self.path) - len(self.shown_path)

    @cached_property
    def _ellipsis(self) -> int:
        """Where the ellipsis is in the path as it is shown; behind the location if it is whole."""
        path, shown = self.path, self.shown_path
        if path == shown:
            return len(self.location)
        cuts = [
            at for at, char in enumerate(shown) if char == "…" and path.endswith(shown[at + 1 :])
        ]
        return next((at for at in cuts if path.startswith(shown[:at])), cuts[-1])

    def _title_cells(self) -> Cells:
        line = fitted(self.title, self.room, self.mode, rtl=self.title_rtl)
        found = cell_spans(line.text, self.room, mode=self.mode, rtl=line.rtl)
        end = len(self.title)
        spans = tuple(
            (line.end, end) if start >= line.end else (start, stop)
            for start, stop in (found[0] if found else ())
        )
        right = line.rtl or (self.rtl and not self.hit.title)
        return Cells(0, spans, line.rtl, self.room - len(spans) if right else 0)

    def _snippet_cells(self, row: int) -> Cells:
        start, rtl = self._starts[1], self.rtl
        lines = cell_spans(self.snippet, self.room, mode=self.mode, rtl=rtl)[:PASSAGE]
        if row >= len(lines):
            return Cells(start + len(self._written))
        spans = tuple((start + first, start + last) for first, last in lines[row])
        left = self.room - len(spans) if rtl else 0
        return Cells(min(spans)[0], spans, rtl, left)

    def _location_cells(self) -> Cells:
        start, text = self._starts[2], self.location
        isolates = quotes(text)
        found = cell_spans(text, 1 << 16, mode=self.mode, rtl=False, isolates=isolates)
        cut, hidden = self._ellipsis, self._hidden
        is_whole = (self.path + self.facts).startswith(
            self.location[:cut]
        )  # else its beginning is hidden too
        spans = tuple(
            (
                start + (first + hidden if first > cut else first if is_whole else 0),
                start + (last if is_whole and last <= cut else max(last, cut + 1) + hidden),
            )
            for first, last in (found[0][: self.room] if found else ())
        )
        return Cells(start, spans, left=self.room - len(spans) if self.rtl else 0)


def _facts(hit: Hit) -> list[str]:
    first = hit.snippets[0] if hit.snippets else None
    copies = len(hit.copies)
    facts = (
        f"p. {first.page}" if first and first.page else "",
        clean(first.part)[:_PART] if first and first.part else "",
        hit.shown_date or NO_DATE,
        clean(" ".join(f"#{tag}" for tag in hit.own_tags))[:_PART],
        f"+{copies} {'copy' if copies == 1 else 'copies'}" if copies else "",
        "" if hit.state == "current" else hit.state,
    )
    return [fact for fact in facts if fact]
