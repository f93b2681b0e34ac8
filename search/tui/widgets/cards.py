"""The rendered cards of a list, each rendered once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING

from textual.strip import Strip

from search.bidi import Mode
from search.results import Hit, Span
from search.tui.widgets.card import GUTTER, Card, CardStyle
from search.tui.widgets.card_text import CardText

if TYPE_CHECKING:  # they need numpy, and the first frame is drawn before
    from search.hits.lazy_results import LazyResults
    from search.kernels.ranked_documents import RankedDocuments

MAX_CARDS_CACHED = 256
"""Upper limit of rendered cards in memory: some screens."""


class Cards:
    """The rows of a list as of one moment, ``width`` cells wide.

    Copies may leave the list later; the rows on the screen stay.
    """

    def __init__(
        self,
        listing: LazyResults,
        rows: RankedDocuments,
        width: int,
        mode: Mode,
        styles: Callable[[], Mapping[bool, CardStyle]],
        uri: Callable[[Hit], str | None],
    ) -> None:
        """``uri``: returns the address of the file of a hit, None if there shall be no link."""
        self.listing, self.rows, self.width = listing, rows, width
        self._mode, self._card_styles, self._uri = mode, styles, uri
        """Whether a hit is selected → its style; called at each rendering, since themes change."""
        self._rendered: dict[tuple[int, bool, bool, bool, str], list[Strip]] = {}

    def redrawn(self, width: int) -> Cards:
        """Return these rows, not rendered yet, in another width or other colours."""
        return Cards(self.listing, self.rows, width, self._mode, self._card_styles, self._uri)

    def card(
        self,
        row: int,
        *,
        selected: bool,
        marks: Collection[str] = (),
        matches: str = "",
        swept: Span | None = None,
    ) -> list[Strip]:
        """Return the strips of a row, empty ones if its hit is not built yet.

        ``marks`` are the ids of the marked hits; ``matches`` says how many matches there are;
        ``swept`` is what is selected of the card's text.
        """
        hit = self.hit(row)
        marked = hit is not None and hit.id in marks
        if hit is not None and swept is not None:
            return self._render(row, selected, True, marked, matches, swept)
        which = row, selected, hit is not None, marked, matches
        if which not in self._rendered:
            if len(self._rendered) == MAX_CARDS_CACHED:
                self._rendered.clear()
            self._rendered[which] = self._render(*which)
        return self._rendered[which]

    def hit(self, row: int) -> Hit | None:
        """Return the hit of a row, None if it is not built yet."""
        return self.listing.known(self.rows[row][0])

    def text(self, row: int) -> CardText | None:
        """Return the text of a card, None if its hit is not built yet."""
        hit = self.hit(row)
        return CardText(hit, max(self.width - GUTTER, 0), self._mode) if hit else None

    def _render(
        self,
        row: int,
        selected: bool,
        made: bool,
        marked: bool,
        matches: str,
        swept: Span | None = None,
    ) -> list[Strip]:
        style = self._card_styles()[selected]
        card = Card(row + 1, self.width, self._mode, style, selected, marked, matches, swept)
        score, hit = self.rows[row][1], self.hit(row)
        if hit is None or not made:
            return card.blank()
        share = score / self.listing.best if self.listing.best > 0 else 0.0
        return card.render(hit, share, self._uri(hit))
