"""The best documents of a bag of words: the sum of what its lists give each document.

Term at a time, with the stop of MaxScore (Turtle & Flood, "Query evaluation: strategies
and optimizations", 1995): the lists that can give most are added up first, and once
those that are left cannot lift a new document over the best found so far, only the
documents in sight are looked up in them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from search.kernels.docsets import indices_in_both
from search.kernels.scored_postings import DOCUMENT, EMPTY, Array, ScoredPostings
from search.kernels.top_k import TIE, threshold, top_k_indices

_FEW = 4096
"""Postings that are sorted rather than added up in a score for every document. Measured."""
_LOOK_UP = 12
"""Postings that are added up in the time in which one document is looked up. Measured."""

Best = tuple[Array, Array]
"""Documents, ascending, among them the best; and the score of each."""


def top_k_disjunction(
    lists: Sequence[ScoredPostings], count: int, floor: float, kept: Array | None, scratch: Array
) -> Best:
    """The ``count`` best documents of any of the lists, and a few more.

    Only those that reach the ``floor``. ``kept`` (bool, a document each) leaves out the
    others. ``scratch`` is float64, a document each, zeros before and after.
    """
    if len(lists) == 1 and kept is None:
        return _best(lists[0].documents, lists[0].scores(), count, floor)
    few, many = _parted(lists)
    documents, scores = merge_postings(few)
    if kept is not None:
        inside = kept.take(documents)
        documents, scores = documents[inside], scores[inside]
    if many:
        rest = sum(map(_bound, many))
        floor = threshold(scores, count, floor)
        at = _in_sight(scores, floor, rest, sum(len(one.documents) for one in many))
        if at is None:
            if kept is not None:
                many = [one.masked(kept) for one in many]
            found = _added_up((documents, scores), many, count, floor, scratch)
            scratch.fill(0.0)
            return found
        documents, scores = documents.take(at), scores.take(at)
        for one in many:
            add_scores(one, documents, scores, len(scratch))
    if len(scores) <= count and not floor:
        return documents, scores
    return _best(documents, scores, count, floor)


def _best(documents: Array, scores: Array, count: int, floor: float) -> Best:
    at = top_k_indices(scores, count, floor)
    return documents.take(at), scores.take(at)


def _parted(lists: Sequence[ScoredPostings]) -> tuple[list[ScoredPostings], list[ScoredPostings]]:
    """The lists that can give most, as far as they are short, and the others."""
    ordered = sorted(lists, key=_bound, reverse=True) if len(lists) > 1 else list(lists)
    postings = 0
    for n, one in enumerate(ordered):
        postings += len(one.documents)
        if postings > _FEW and len(ordered) > 1:
            return ordered[:n], ordered[n:]
    return ordered, []


def _bound(one: ScoredPostings) -> float:
    return one.max_value * one.weight


def merge_postings(lists: Sequence[ScoredPostings]) -> Best:
    """Every document of any of the lists, ascending, with the sum of its scores."""
    lists = [one for one in lists if len(one.documents)]
    if len(lists) < 2:
        one = lists[0] if lists else EMPTY
        return one.documents, one.scores()
    documents = np.concatenate([one.documents for one in lists])
    scores = np.concatenate([one.scores() for one in lists])
    return _sum_repeated(documents, scores)


def _sum_repeated(documents: Array, scores: Array) -> Best:
    order = documents.argsort(kind="stable")  # of 16 bits, and so by radix
    documents = documents.take(order)
    new = np.empty(len(documents), bool)
    new[0] = True
    np.not_equal(documents[1:], documents[:-1], out=new[1:])
    first = new.nonzero()[0]
    return documents.take(first), np.add.reduceat(scores.take(order), first)


def sum_by_document(documents: Array, scores: Array, count: int) -> ScoredPostings:
    """Documents in any order and more than once as a list with the sum of their scores."""
    if len(documents) < _FEW:
        documents, total = (
            _sum_repeated(documents, scores) if len(documents) else (documents, scores)
        )
    else:
        total = np.bincount(documents, scores, count)
        documents = total.nonzero()[0].astype(DOCUMENT)
        total = total.take(documents)
    return ScoredPostings(documents, total, None, 1.0, float(total.max(initial=0.0)))


def _in_sight(scores: Array, floor: float, rest: float, left: int) -> Array | None:
    """Where those stand that can still be among the best, if those are all and are few.

    ``rest`` is what the ``left`` postings of the lists not read can give a document.
    """
    if rest >= floor:
        return None
    at: Array = (scores >= floor - rest - TIE).nonzero()[0]
    return at if len(at) * _LOOK_UP < left else None


def add_scores(one: ScoredPostings, documents: Array, scores: Array, count: int) -> None:
    """Add to the scores of ascending documents, of ``count`` that there are, what a list gives."""
    if len(one.documents):
        at, places = indices_in_both(documents, one.documents, count)
        scores[at] += one.scores_at(places)


def _added_up(
    part: Best, lists: Sequence[ScoredPostings], count: int, floor: float, total: Array
) -> Best:
    """The best by a score for every document, to which all lists are added."""
    total[part[0]] = part[1]
    for one in lists:
        np.add.at(total, one.documents, one.scores())
    at = top_k_indices(total, count, floor)
    scores = total.take(at)
    matching = scores > 0  # where fewer match than are asked for, all were above
    return at[matching], scores[matching]
