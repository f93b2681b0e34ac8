"""The cards of an answer, each drawn once however often its rows are shown."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from textual.strip import Strip

from search.bidi import Mode
from search.hits.lazy_results import LazyResults
from search.kernels.ranked_documents import RankedDocuments
from search.results import Hit
from search.tui.widgets.card import Card, CardStyle

KEPT = 256
"""Cards that are kept at most: some screens of them."""


class Cards:
    """The rows of an answer as they were at one time, in a list so many cells wide.

    A copy may have left the listing since; what is on the screen stays as it is.
    """

    def __init__(
        self,
        listing: LazyResults,
        rows: RankedDocuments,
        width: int,
        mode: Mode,
        looks: Callable[[], Mapping[bool, CardStyle]],
    ) -> None:
        self.listing, self.rows, self.width = listing, rows, width
        self._mode, self._looks = mode, looks
        """Of hits, by whether they are chosen: known when one is drawn, not when colours change."""
        self._drawn: dict[tuple[int, bool, bool, bool], list[Strip]] = {}

    def anew(self, width: int) -> Cards:
        """The same rows in another width, or in other colours."""
        return Cards(self.listing, self.rows, width, self._mode, self._looks)

    def card(self, row: int, *, chosen: bool, marks: Collection[str] = ()) -> list[Strip]:
        """The rows of cells of a hit, empty where it is not made yet.

        ``marks`` are the ids of the hits that are marked.
        """
        hit = self.hit(row)
        which = row, chosen, hit is not None, hit is not None and hit.id in marks
        if which not in self._drawn:
            if len(self._drawn) == KEPT:
                self._drawn.clear()
            self._drawn[which] = self._draw(*which)
        return self._drawn[which]

    def hit(self, row: int) -> Hit | None:
        """The hit of a row; nothing where it is not there yet to be shown."""
        return self.listing.known(self.rows[row][0])

    def _draw(self, row: int, chosen: bool, made: bool, marked: bool) -> list[Strip]:
        card = Card(row + 1, self.width, self._mode, self._looks()[chosen], chosen, marked)
        score, hit = self.rows[row][1], self.hit(row)
        if hit is None or not made:
            return card.blank()
        return card.drawn(hit, score / self.listing.best if self.listing.best > 0 else 0.0)
