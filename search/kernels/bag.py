"""The best documents of a bag of words: the sum of what its lists give each document.

Term at a time, with the stop of MaxScore (Turtle & Flood, "Query evaluation: strategies
and optimizations", 1995): once the lists that are left cannot lift a new document over
the best found so far, only the documents in sight are looked up in them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from search.kernels.lists import DOCUMENT, Array, List
from search.kernels.sets import distinct, places_in_both
from search.kernels.top import TIE, above, threshold

_LOOK_UP = 12
"""Postings that are added up in the time in which one document is looked up. Measured."""
_SPARSE = 8
"""Fewer postings than an eighth of the documents are gathered rather than scanned for."""

Best = tuple[Array, Array]
"""Documents, ascending, among them the best; and the score of each."""


def best_of(
    lists: Sequence[List], count: int, floor: float, kept: Array | None, total: Array
) -> Best:
    """The ``count`` best documents of any of the lists, and a few more.

    Only those that reach the ``floor``. ``kept`` (bool, a document each) leaves out the
    others. ``total`` is scratch: float64, a document each, zeros before and after.
    """
    if len(lists) == 1:
        return _best_of_one(lists[0], count, floor, kept)
    ordered = sorted(lists, key=_bound, reverse=True)
    bag = _Bag(ordered, count, floor, kept, total)
    try:
        return bag.best()
    finally:
        bag.clear()


def _bound(one: List) -> float:
    return one.most * one.weight


def _best_of_one(one: List, count: int, floor: float, kept: Array | None) -> Best:
    documents, scores = one.documents, one.scores()
    if kept is not None:
        inside = kept.take(documents)
        documents, scores = documents[inside], scores[inside]
    at = above(scores, count, floor)
    return documents.take(at), scores.take(at)


def summed(documents: Array, scores: Array, count: int) -> List:
    """Documents in any order and more than once as a list with the sum of their scores."""
    if len(documents) * _SPARSE < count:
        found, inverse = np.unique(documents, return_inverse=True)
        total = np.bincount(inverse, scores, len(found))
    else:
        total = np.bincount(documents, scores, count)
        found = total.nonzero()[0].astype(DOCUMENT)
        total = total.take(found)
    return List(found, total, None, 1.0, float(total.max(initial=0.0)))


class _Bag:
    """The lists, the highest bound first, read as far as it takes."""

    def __init__(
        self, lists: Sequence[List], count: int, floor: float, kept: Array | None, total: Array
    ) -> None:
        self.lists, self.count, self.floor = lists, count, floor
        self.kept, self.total = kept, total
        self.read = 0
        """Lists that are in the total."""
        self.postings = 0
        """Of those lists."""

    def best(self) -> Best:
        rest = sum(map(_bound, self.lists))
        left = sum(len(one.documents) for one in self.lists)
        for one in self.lists:
            if self.read and (found := self._in_sight(rest, left)) is not None:
                return self._looked_up(found)
            self._read(one)
            left -= len(one.documents)
            rest -= _bound(one)
        if self._sparse:
            found = self._gathered()
            scores = self.total.take(found)
            at = above(scores, self.count, self.floor)
            return found.take(at), scores.take(at)
        found = above(self.total, self.count, self.floor)
        scores = self.total.take(found)
        matching = scores > 0  # where fewer match than are asked for, all were above
        return found[matching], scores[matching]

    def _read(self, one: List) -> None:
        np.add.at(self.total, one.documents, one.scores())
        self.read += 1
        self.postings += len(one.documents)
        if self.kept is not None and not self._sparse:
            self.total *= self.kept

    @property
    def _sparse(self) -> bool:
        return self.postings * _SPARSE < len(self.total)

    def _gathered(self) -> Array:
        """The documents of the lists read so far."""
        found = [one.documents for one in self.lists[: self.read]]
        documents = found[0] if len(found) == 1 else distinct(np.concatenate(found))
        return documents if self.kept is None else documents[self.kept.take(documents)]

    def _in_sight(self, rest: float, left: int) -> Array | None:
        """The documents that can still be among the best, if those are all and are few.

        ``rest`` is what the ``left`` postings of the lists not read can give a document.
        """
        if rest >= self.floor and left < self.postings:
            return None
        found = self._gathered() if self._sparse else None
        scores = self.total if found is None else self.total.take(found)
        self.floor = threshold(scores, self.count, self.floor)
        if rest >= self.floor:
            return None
        at = (scores >= self.floor - rest - TIE).nonzero()[0]
        if len(at) * _LOOK_UP > left:
            return None
        return at if found is None else found.take(at)

    def _looked_up(self, found: Array) -> Best:
        scores = self.total.take(found)
        for one in self.lists[self.read :]:
            if len(one.documents):
                at, places = places_in_both(found, one.documents, len(self.total))
                scores[at] += one.scores_at(places)
        at = above(scores, self.count, self.floor)
        return found.take(at), scores.take(at)

    def clear(self) -> None:
        """Make the total zeros again."""
        if self._sparse:
            for one in self.lists[: self.read]:
                self.total[one.documents] = 0.0
        else:
            self.total.fill(0.0)
