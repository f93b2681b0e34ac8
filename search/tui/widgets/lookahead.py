"""Render the cards below the screen while nobody types, one at a time: the next page is there."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator

from search.tui.widgets.cards import Cards

SCREENS = 3
"""Screens of hits that are built, from the first visible one on: a key may skip more than one."""
_PAUSE = 0.05
"""Seconds after a movement before the first card: the list and the document are drawn first."""
_BETWEEN = 0.002
"""Seconds between two cards, each of which takes half a millisecond: a key comes between them."""


class Lookahead:
    """Calls ``draw`` for rows of a list, one after the other; newer rows replace what is left."""

    def __init__(self, draw: Callable[[Cards, int], object]) -> None:
        self._draw = draw
        self._rows: Iterator[int] = iter(())
        self._next: asyncio.TimerHandle | None = None

    def begin(self, cards: Cards, rows: Iterable[int]) -> None:
        """Render these rows of a list after a pause."""
        if self._next is not None:
            self._next.cancel()
        self._rows = iter(rows)
        self._wait(_PAUSE, cards)

    def _wait(self, seconds: float, cards: Cards) -> None:
        self._next = asyncio.get_running_loop().call_later(seconds, self._step, cards)

    def _step(self, cards: Cards) -> None:
        row = next(self._rows, None)
        if row is not None:
            self._draw(cards, row)
            self._wait(_BETWEEN, cards)
