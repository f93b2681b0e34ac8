"""The list of hits, below each of which its further passages unfold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from search.bidi import Mode, clean, majority_rtl
from search.results import Snippet
from search.tui.widgets.card import GUTTER
from search.tui.widgets.result_list import ResultList
from search.tui.widgets.strips import in_column, strips

if TYPE_CHECKING:  # they need numpy, and the first frame is drawn before
    from search.hits.further_passages import FurtherPassages
    from search.hits.lazy_results import LazyResults

PASSAGE_HEIGHT = 3
"""Rows of a passage: two of its text and a blank."""
_LABEL = GUTTER - 3
"""Characters of the label of a part, in the gutter."""


class PassageList(ResultList):
    """A list of hits whose rows unfold; a passage is selected like a hit."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "unfold", show=False),
        Binding("left", "fold", show=False),
    ]

    @dataclass
    class PassagesRequested(Message):
        """The further passages of a document, of about ``width`` characters, are wanted."""

        document: int
        width: int

    @dataclass
    class PassageSelected(Message):
        """Another passage of the selected document is selected, whose first match is there."""

        offset: int

    def __init__(self, mode: Mode) -> None:
        super().__init__(mode)
        self._further: dict[int, FurtherPassages] = {}
        """Number of an unfolded document → its further passages."""
        self._unfolded: list[tuple[int, int]] = []
        """The unfolded rows, ascending, and the number of their passages."""

    # -- folding ---------------------------------------------------------------------

    def show(self, listing: LazyResults | None) -> None:
        """Show other results, all of them folded."""
        self._further, self._unfolded, self.passage = {}, [], 0
        super().show(listing)

    def unfold(self, document: int, further: FurtherPassages) -> None:
        """Show the further passages of a document."""
        self._further[document] = further
        self._renew()

    def action_unfold(self) -> None:
        """Unfold the selected hit; if it is, go to its first passage."""
        document = self.document
        if document is None or self.hit is None:
            return
        if document not in self._further:
            self.post_message(self.PassagesRequested(document, self.snippet_width))
        elif not self.passage:
            self.action_move(1)

    def action_fold(self) -> None:
        """Fold the selected hit."""
        if self.document is not None and self.document in self._further:
            del self._further[self.document]
            self._renew()
            self.select_row(self.row)

    def _renew(self) -> None:
        index_of = self._cards.rows.index_of if self._cards else lambda _number: None
        places = ((index_of(n), len(f.snippets)) for n, f in self._further.items())
        self._unfolded = sorted((row, count) for row, count in places if row is not None)
        super()._renew()

    def _passages(self, row: int) -> Sequence[Snippet]:
        """Return the unfolded passages of a row."""
        further = self._further.get(self._rows[row][0]) if row < len(self._rows) else None
        return further.snippets if further else ()

    def _matches(self, listing: LazyResults, document: int) -> str:
        further = self._further.get(document)
        hit = listing.known(document)
        if further is None or hit is None:
            return super()._matches(listing, document)
        shown = sum(len(snippet.spans) for snippet in (*hit.snippets, *further.snippets))
        return f"{shown} of {further.total:,}"

    # -- where rows are ----------------------------------------------------------------

    def _top(self, row: int) -> int:
        above = sum(count for unfolded, count in self._unfolded if unfolded < row)
        return super()._top(row) + above * PASSAGE_HEIGHT

    def _row_at(self, y: int) -> tuple[int, int]:
        above = 0
        for row, count in self._unfolded:
            line, below = y - row * self.card_height - above, count * PASSAGE_HEIGHT
            if line < self.card_height + below:
                return (row, line) if line >= 0 else super()._row_at(y - above)
            above += below
        return super()._row_at(y - above)

    # -- selection ---------------------------------------------------------------------

    @property
    def passage_offset(self) -> int | None:
        """Offset of the first match of the selected passage; None for the hit itself."""
        if not self.passage:
            return None
        snippet = self._passages(self.row)[self.passage - 1]
        return snippet.start + (snippet.spans[0][0] if snippet.spans else 0)

    def action_move(self, rows: int) -> None:
        """Select the hit or the passage ``rows`` below."""
        row, passage = self.row, self.passage
        step = 1 if rows > 0 else -1
        for _ in range(abs(rows) if self._rows else 0):
            if 0 <= passage + step <= len(self._passages(row)):
                passage += step
            elif 0 <= row + step < len(self._rows):
                row += step
                passage = 0 if step > 0 else len(self._passages(row))
        self._select(row, passage)

    def action_mark(self) -> None:
        """Mark the selected hit and select the next hit, not one of its passages."""
        self.passage = len(self._passages(self.row))
        super().action_mark()

    def _select(self, row: int, passage: int) -> None:
        """Select a passage of a row; 0 is the hit itself."""
        was = self.row, self.passage
        self.select_row(row)
        if not passage:
            if was[1] and was[0] == row:
                self.post_message(self.Selected(self.document))  # its own snippet again
            return
        self.passage = passage
        top = self._top(row) + self.card_height + (passage - 1) * PASSAGE_HEIGHT
        region = Region(0, top, self._width, PASSAGE_HEIGHT)
        self.scroll_to_region(region, animate=False, force=True)
        self.refresh()
        if (offset := self.passage_offset) is not None:
            self.post_message(self.PassageSelected(offset))

    def on_click(self, event: events.Click) -> None:
        """Select the clicked hit or passage; a double click reads it. Dragged text stays."""
        if self.selected is not None:
            return
        row, line = self._row_at(event.y + self.scroll_offset.y)
        if row < len(self._rows):
            self._select(row, max((line - self.card_height) // PASSAGE_HEIGHT + 1, 0))
            if event.chain > 1:
                self.action_read()

    # -- rendering -----------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """Render one row."""
        if not self._unfolded:
            return super().render_line(y)
        row, line = self._row_at(y + self.scroll_offset.y)
        if line < self.card_height or self._cards is None or row >= len(self._rows):
            return super().render_line(y)
        number, within = divmod(line - self.card_height, PASSAGE_HEIGHT)
        return self._passage_strip(row, number + 1, within)

    def _passage_strip(self, row: int, number: int, line: int) -> Strip:
        """Render a line of a passage: where it is in the gutter, its text at the right."""
        selected = (row, number) == (self.row, self.passage)
        styles, snippet = self._card_styles[selected], self._passages(row)[number - 1]
        if line == PASSAGE_HEIGHT - 1:
            return self._blank
        edge = Segment("▌" if selected else " ", styles.base)
        label = Segment(f"  {_labels(snippet)[line]}", styles.of("path"))
        gutter = in_column(Strip([edge, label]), GUTTER, styles.base)
        text, room = " ".join(snippet.text.split("\n")), max(self._width - GUTTER, 0)
        spans = [(start, end, "match") for start, end in snippet.spans]
        rtl = majority_rtl(text, self._is_rtl(row))
        found = strips(text, spans, room, self.mode, styles.base, styles.parts, rtl=rtl,
                       max_lines=PASSAGE_HEIGHT - 1)  # fmt: skip
        body = found[line] if line < len(found) else Strip.blank(room, styles.base)
        return Strip.join([gutter, body])

    def _is_rtl(self, row: int) -> bool:
        hit = self._cards.hit(row) if self._cards else None
        return hit is not None and hit.rtl


def _labels(snippet: Snippet) -> tuple[str, str]:
    """Return where a passage is: its page or its line, and its part."""
    where = f"p. {snippet.page}" if snippet.page else f"line {snippet.line}"
    return where[: GUTTER - 3], clean(snippet.part or "")[:_LABEL]
