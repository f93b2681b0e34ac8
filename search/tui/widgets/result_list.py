"""The list of hits, one card each; only visible cards are rendered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from search.bidi import Mode
from search.results import Hit
from search.tui.interaction.keys import TO_END, TO_START
from search.tui.widgets.card import GUTTER, HEIGHT, NAMES, CardStyle, card_height, matches_label
from search.tui.widgets.card_selection import CardSelection
from search.tui.widgets.cards import Cards
from search.tui.widgets.empty_state import empty_state
from search.tui.widgets.lookahead import SCREENS, Lookahead
from search.tui.widgets.marking_column import MarkingColumn

if TYPE_CHECKING:  # they need numpy, and the first frame is drawn before
    from search.hits.lazy_results import LazyResults


class ResultList(MarkingColumn, CardSelection, can_focus=True):
    """The hits of a :class:`LazyResults`, one of them selected.

    It builds no hits: it requests those of visible rows and of the next screens by
    :class:`RowsRequested`, and shows empty cards until they are built.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"hits--selected", *(f"hits--{name}" for name in NAMES)}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("pagedown,ctrl+f", "page(1)", show=False),
        Binding("pageup,ctrl+b", "page(-1)", show=False),
        Binding(",".join(("home", *TO_START)), "edge(-1)", show=False),
        Binding(",".join(("end", *TO_END)), "edge(1)", show=False),
        Binding("enter", "read", show=False),
    ]

    @dataclass
    class Selected(Message):
        """Another document is selected; None if there is no hit."""

        document: int | None

    @dataclass
    class RowsRequested(Message):
        """Hits of ``count`` rows from ``first`` on are to be built."""

        first: int
        count: int

    @dataclass
    class ReadRequested(Message):
        """The user wants to read the selected hit."""

    def __init__(self, mode: Mode) -> None:
        super().__init__(id="hits")
        self.mode = mode
        self.card_height = HEIGHT
        """Rows of a card."""
        self.row = 0
        """Row of the selected hit, from 0."""
        self.passage = 0
        """Which further passage of the selected hit is selected, from 1; 0 for the hit itself."""
        self.uri: Callable[[Hit], str | None] = lambda hit: None
        """The address of the file of a hit, None if there shall be no link."""
        self._cards: Cards | None = None
        """The cards on the screen."""
        self._next_cards: Cards | None = None
        """The cards of results that are ready but not shown yet."""
        self._waiting = False
        """Whether requested rows are not built yet."""
        self._blank_seen = False
        """Whether an empty card was rendered."""
        self._anchor = 0
        """The row that keeps its position on the screen if copies above it leave the list."""
        self._lookahead = Lookahead(partial(self._drawn, selected=False))

    # -- results -------------------------------------------------------------

    def prepare(self, listing: LazyResults) -> None:
        """Render the first cards of results that will be shown."""
        self._next_cards = cards = self._cards_of(listing)
        for row in range(min(self.visible_rows, len(cards.rows))):
            self._drawn(cards, row, selected=row == 0)

    def show(self, listing: LazyResults | None) -> None:
        """Show other results, the first hit selected."""
        next_cards, self._next_cards = self._next_cards, None
        prepared = next_cards and (next_cards.listing, next_cards.width)
        if listing is None:
            self._cards = None
        elif prepared == (listing, self._width):
            self._cards = next_cards
        else:
            self._cards = self._cards_of(listing)
        self.deselect()
        self.row = self._anchor = 0
        self._waiting = False
        self.scroll_to(0, 0, animate=False, immediate=True)
        self._renew()
        self.post_message(self.Selected(self.document))

    def update_rows(self) -> None:
        """Show hits that were built; request more if visible ones are missing."""
        self._waiting = False
        if self.listing is not None and self.listing.rows is not self._rows:
            self._follow(self.listing)
        elif self._blank_seen:
            self.refresh()
        self._blank_seen = False
        self._request_rows()

    def _follow(self, listing: LazyResults) -> None:
        """Show a list without its copies: selection and visible rows stay in place."""
        selected, cards = self.document, self._cards_of(listing)
        seen, now = (
            cards.rows.index_of(listing.shown_by(self._rows[row][0])) or 0
            for row in (self._anchor, self.row)
        )
        gone, self.row = self._anchor - seen, now
        self._cards = cards
        self._renew()
        if gone:
            above = self.scroll_offset.y - gone * self.card_height
            self.scroll_to(y=above, animate=False, immediate=True, force=True)
        if self.document != selected:
            self.post_message(self.Selected(self.document))

    def _cards_of(self, listing: LazyResults) -> Cards:
        return Cards(
            listing, listing.rows, self._width, self.mode, lambda: self._card_styles, self.uri
        )

    @property
    def listing(self) -> LazyResults | None:
        """The results on the screen."""
        return self._cards.listing if self._cards else None

    @property
    def _rows(self) -> Sequence[tuple[int, float]]:
        return self._cards.rows if self._cards else ()

    @property
    def document(self) -> int | None:
        """Number of the selected document."""
        return self._rows[self.row][0] if self._rows else None

    @property
    def hit(self) -> Hit | None:
        """The selected hit; None if there is none or it is not built yet."""
        document = self.document
        return self.listing.known(document) if self.listing and document is not None else None

    @property
    def visible_rows(self) -> int:
        """Number of cards on the screen, including one cut off."""
        return -(-max(self.size.height, 1) // self.card_height)

    @property
    def snippet_width(self) -> int:
        """Approximate number of characters for the snippet of a card."""
        return max(self.size.width - GUTTER - 2, 20) * 2

    def _request_rows(self) -> None:
        """Request the hits of this screen and the next ones, if any is not built yet."""
        if self._waiting or self._cards is None:
            return
        first, count = self._row_at(self.scroll_offset.y)[0], self.visible_rows + 1
        near = range(first, min(first + SCREENS * count, len(self._rows)))
        known = [row for row in near if self._cards.hit(row) is not None]
        if len(known) < len(near):
            visible = [row for row in known if row < first + count]
            self._anchor = self.row if self.row in visible else min(visible, default=first)
            self._waiting, missing = True, min(set(near) - set(known))
            self.post_message(self.RowsRequested(missing, near.stop - missing))
        else:
            self._lookahead.begin(self._cards, near[count - 1 :])

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Request rows that become visible."""
        super().watch_scroll_y(old_value, new_value)
        self._request_rows()

    def _renew(self) -> None:
        self.set_rows(self._top(len(self._rows)))

    def _top(self, row: int) -> int:
        """Return the line of the list on which a row begins."""
        return row * self.card_height

    def _row_at(self, y: int) -> tuple[int, int]:
        """Return the row with a line of the list, and the line within it."""
        return divmod(y, self.card_height)

    @property
    def _width(self) -> int:
        return self.scrollable_content_region.width

    def on_resize(self, _event: events.Resize) -> None:
        """Lay out the cards for another width."""
        before, self.card_height = self.card_height, card_height(self.app.size.height)
        self._redraw()
        self._renew()
        if self.card_height != before:  # the selected card stays
            self.call_after_refresh(self.select_row, self.row)
        self._request_rows()

    # -- selection ------------------------------------------------------------------

    def select_row(self, row: int) -> None:
        """Select a hit and scroll to it."""
        row = max(0, min(row, len(self._rows) - 1))
        if not self._rows:
            return
        changed, self.row, self.passage = row != self.row, row, 0
        self.scroll_to_region(
            Region(0, self._top(row), self._width, self.card_height), animate=False, force=True
        )
        self.refresh()
        if changed:
            self.post_message(self.Selected(self.document))

    def action_move(self, rows: int) -> None:
        """Select the hit ``rows`` below."""
        self.select_row(self.row + rows)

    def action_page(self, direction: int) -> None:
        """Move the selection down (1) or up (-1) by a screen."""
        self.select_row(self.row + direction * max(self.size.height // self.card_height, 1))

    def action_edge(self, direction: int) -> None:
        """Select the last (1) or the first (-1) hit."""
        self.select_row(len(self._rows) if direction > 0 else 0)

    def action_read(self) -> None:
        """Ask to read the selected hit."""
        self.post_message(self.ReadRequested())

    def render_line(self, y: int) -> Strip:
        """Render one row."""
        if self._cards is None:
            return self._blank
        if not self._cards.rows:
            listing = self._cards.listing
            return empty_state(
                listing, self.row, y, self._width, self.mode, self._card_styles[False]
            )
        row, line = self._row_at(y + self.scroll_offset.y)
        strips_of_card: list[Strip] = []
        if row < len(self._cards.rows):
            self._blank_seen |= self._cards.hit(row) is None
            selected = row == self.row and not self.passage
            strips_of_card = self._drawn(self._cards, row, selected=selected)
        return strips_of_card[line] if line < len(strips_of_card) else self._blank

    def _drawn(self, cards: Cards, row: int, *, selected: bool) -> list[Strip]:
        """Return the card of a row."""
        matches = self._matches(cards.listing, cards.rows[row][0])
        return cards.card(
            row, selected=selected, marks=self.marks, matches=matches, swept=self.swept_in(row)
        )

    def _matches(self, listing: LazyResults, document: int) -> str:
        """Return how many matches a document has in its text; "" if it is one or none."""
        return matches_label(listing.match_count(document))

    @property
    def _blank(self) -> Strip:
        return Strip.blank(self._width, self._card_styles[False].base)

    @cached_property
    def _card_styles(self) -> dict[bool, CardStyle]:
        """Whether a hit is selected → its style."""
        style = self.get_component_rich_style
        parts = {name: style(f"hits--{name}") for name in NAMES}
        selected = self.rich_style + style("hits--selected")
        return {False: CardStyle(self.rich_style, parts), True: CardStyle(selected, parts)}

    def notify_style_update(self) -> None:
        """Drop the cached styles: the theme has changed."""
        super().notify_style_update()
        self.__dict__.pop("_card_styles", None)
        self._redraw()

    def _redraw(self) -> None:
        """Render again, for another width or other colours."""
        if self._cards is not None:
            self._cards = self._cards.redrawn(self._width)
