"""What was found, a card a hit. Only cards in sight are drawn, of hits that others make."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from search.bidi import Mode
from search.hits.lazy_results import LazyResults
from search.kernels.ranked_documents import RankedDocuments
from search.results import Hit
from search.tui.keys import TO_END, TO_START
from search.tui.widgets.card import GUTTER, HEIGHT, NAMES, CardStyle
from search.tui.widgets.cards import Cards
from search.tui.widgets.column import Column
from search.tui.widgets.empty_state import guide
from search.tui.widgets.strips import in_column, strips

_INDENT = 4
"""Cells before what is said where there are no hits."""


class ResultList(Column, can_focus=True):
    """The hits of a :class:`LazyResults`, one of them chosen.

    It reads nothing itself: it asks for the rows that come into sight, shows their places
    empty until they are there, and asks for the next screen of them before it is needed.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"hits--chosen", *(f"hits--{name}" for name in NAMES)}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("pagedown,ctrl+f", "page(1)", show=False),
        Binding("pageup,ctrl+b", "page(-1)", show=False),
        Binding(",".join(("home", *TO_START)), "edge(-1)", show=False),
        Binding(",".join(("end", *TO_END)), "edge(1)", show=False),
        Binding("enter", "read", show=False),
        Binding("space", "mark", show=False),
    ]

    @dataclass
    class Chosen(Message):
        """Another document is chosen, by its number, or none: there is no hit."""

        document: int | None

    @dataclass
    class Wanted(Message):
        """Rows are wanted that are not made yet."""

        first: int
        count: int

    @dataclass
    class Read(Message):
        """The chosen hit is to be read."""

    def __init__(self, mode: Mode) -> None:
        super().__init__(id="hits")
        self.mode = mode
        self.row = 0
        """The chosen hit, from 0."""
        self.marks: dict[str, Hit] = {}
        """The hits that are marked, by their ids, whatever is asked meanwhile."""
        self._cards: Cards | None = None
        """What is shown."""
        self._ahead: Cards | None = None
        """What is going to be."""
        self._waiting = False
        """Whether rows were asked for that have not come."""
        self._blank_seen = False
        """Whether the place of a row was drawn empty."""
        self._anchor = 0
        """The row that stays in its place when they come, though copies above it go."""

    # -- what there is -------------------------------------------------------------

    def prepare(self, listing: LazyResults) -> None:
        """Draw the first hits of an answer that is going to be shown."""
        self._ahead = cards = self._of(listing)
        for row in range(min(self.in_sight, len(cards.rows))):
            cards.card(row, chosen=row == 0, marks=self.marks)

    def show(self, listing: LazyResults | None) -> None:
        """Show another answer, its first hit chosen."""
        ahead, self._ahead = self._ahead, None
        if listing is None:
            self._cards = None
        elif ahead is not None and (ahead.listing, ahead.width) == (listing, self._width):
            self._cards = ahead
        else:
            self._cards = self._of(listing)
        self.row = self._anchor = 0
        self._waiting = False
        self.scroll_to(0, 0, animate=False, immediate=True)
        self._renew()
        self.post_message(self.Chosen(self.document))

    def filled(self) -> None:
        """Show rows that have been made; ask for more where they are needed."""
        self._waiting = False
        if self.listing is not None and self.listing.rows is not self._rows:
            self._follow(self.listing)
        elif self._blank_seen:
            self.refresh()
        self._blank_seen = False
        self._want()

    def _follow(self, listing: LazyResults) -> None:
        """Copies have left the list: what is chosen stays so, what was seen stays in its place."""
        chosen, cards = self.document, self._of(listing)
        seen, now = (
            cards.rows.index_of(listing.shown_by(self._rows[row][0])) or 0
            for row in (self._anchor, self.row)
        )
        gone, self.row = self._anchor - seen, now
        self._cards = cards
        self._renew()
        if gone:
            above = self.scroll_offset.y - gone * HEIGHT
            self.scroll_to(y=above, animate=False, immediate=True, force=True)
        if self.document != chosen:
            self.post_message(self.Chosen(self.document))

    def _of(self, listing: LazyResults) -> Cards:
        return Cards(listing, listing.rows, self._width, self.mode, lambda: self._looks)

    @property
    def listing(self) -> LazyResults | None:
        """The answer that is shown."""
        return self._cards.listing if self._cards else None

    @property
    def _rows(self) -> RankedDocuments:
        return self._cards.rows if self._cards else RankedDocuments.of([])

    @property
    def document(self) -> int | None:
        """The number of the chosen document."""
        return self._rows[self.row][0] if self._rows else None

    @property
    def hit(self) -> Hit | None:
        """The chosen hit; nothing where there is none, or it is not made yet."""
        document = self.document
        return self.listing.known(document) if self.listing and document is not None else None

    @property
    def wanted(self) -> list[Hit]:
        """The hits that are marked, in the order of their marking, else the chosen one."""
        return [*self.marks.values()] or [hit for hit in (self.hit,) if hit]

    @property
    def in_sight(self) -> int:
        """Rows for which there is room, those cut off included."""
        return -(-max(self.size.height, 1) // HEIGHT)

    @property
    def snippet(self) -> int:
        """Characters that the passage of a card has room for, about."""
        return max(self.size.width - GUTTER - 2, 20) * 2

    def _want(self) -> None:
        """Ask for rows in sight and on the next screen, where any of them is not made."""
        if self._waiting or self._cards is None:
            return
        first, count = self.scroll_offset.y // HEIGHT, self.in_sight + 1
        near = range(first, min(first + 2 * count, len(self._rows)))
        known = [row for row in near if self._cards.hit(row) is not None]
        if len(known) < len(near):
            seen = [row for row in known if row < first + count]
            self._anchor = self.row if self.row in seen else min(seen, default=first)
            self._waiting, wanted = True, min(set(near) - set(known))
            self.post_message(self.Wanted(wanted, near.stop - wanted))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Other rows come into sight."""
        super().watch_scroll_y(old_value, new_value)
        self._want()

    def _renew(self) -> None:
        self.lengthen(len(self._rows) * HEIGHT)

    @property
    def _width(self) -> int:
        return self.scrollable_content_region.width

    def on_resize(self, _event: events.Resize) -> None:
        """Lay out anew."""
        self._redraw()
        self._renew()
        self._want()

    # -- choosing ------------------------------------------------------------------

    def choose(self, row: int) -> None:
        """Choose a hit and bring it into sight."""
        row = max(0, min(row, len(self._rows) - 1))
        if not self._rows:
            return
        changed, self.row = row != self.row, row
        self.scroll_to_region(
            Region(0, row * HEIGHT, self._width, HEIGHT), animate=False, force=True
        )
        self.refresh()
        if changed:
            self.post_message(self.Chosen(self.document))

    def action_move(self, rows: int) -> None:
        """So many hits down."""
        self.choose(self.row + rows)

    def action_page(self, direction: int) -> None:
        """A screen of hits down or up."""
        self.choose(self.row + direction * max(self.size.height // HEIGHT, 1))

    def action_edge(self, direction: int) -> None:
        """To the last or the first hit."""
        self.choose(len(self._rows) if direction > 0 else 0)

    def action_mark(self) -> None:
        """Mark the chosen one, or not any more, and go on to the next."""
        if hit := self.hit:
            if self.marks.pop(hit.id, None) is None:
                self.marks[hit.id] = hit
            self.refresh()
            self.action_move(1)

    def unmark(self) -> bool:
        """Take all marks off; whether there were any."""
        marked, self.marks = bool(self.marks), {}
        self.refresh()
        return marked

    def action_read(self) -> None:
        """Read the chosen one."""
        self.post_message(self.Read())

    def on_click(self, event: events.Click) -> None:
        """Choose a hit; a second click reads it."""
        row = (event.y + self.scroll_offset.y) // HEIGHT
        if row < len(self._rows):
            self.choose(row)
            if event.chain > 1:
                self.action_read()

    # -- drawing -------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """A row of the screen."""
        if self._cards is None or not self._cards.rows:
            return self._guide(y)
        row, line = divmod(y + self.scroll_offset.y, HEIGHT)
        drawn: list[Strip] = []
        if row < len(self._cards.rows):
            self._blank_seen |= self._cards.hit(row) is None
            drawn = self._cards.card(row, chosen=row == self.row, marks=self.marks)
        return drawn[line] if line < len(drawn) else self._blank

    def _guide(self, y: int) -> Strip:
        """What to do where there are no hits."""
        lines = guide(self.listing)
        if not 0 < y <= len(lines):
            return self._blank
        look, room = self._looks[False], max(self._width - _INDENT, 1)
        found = strips(lines[y - 1], (), room, self.mode, look.of("path"), {}, max_lines=1)
        indent = Strip.blank(_INDENT, look.base)
        return in_column(Strip.join([indent, *found]), self._width, look.base)

    @property
    def _blank(self) -> Strip:
        return Strip.blank(self._width, self._looks[False].base)

    @cached_property
    def _looks(self) -> dict[bool, CardStyle]:
        """Of hits, by whether they are chosen."""
        look = self.get_component_rich_style
        parts = {name: look(f"hits--{name}") for name in NAMES}
        chosen = self.rich_style + look("hits--chosen")
        return {False: CardStyle(self.rich_style, parts), True: CardStyle(chosen, parts)}

    def notify_style_update(self) -> None:
        """Another theme."""
        super().notify_style_update()
        self.__dict__.pop("_looks", None)
        self._redraw()

    def _redraw(self) -> None:
        """In another width, or in other colours."""
        if self._cards is not None:
            self._cards = self._cards.anew(self._width)
