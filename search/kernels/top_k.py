"""The best of many scores."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from search.kernels.ranked_documents import Ranked, RankedDocuments
from search.kernels.scored_postings import Array

_SHORT = 256
"""So many pairs Python sorts faster than numpy."""
_NUMBER_BITS = 32
"""For the number of a document."""
TIE = 1e-9
"""Scores that differ by less are equal: the order of addition must decide no rank."""
_BLOCK = 256
_LARGE = 16 * _BLOCK
"""From here on the maxima of blocks are looked at first: a partition is slow."""


def threshold(scores: Array, count: int, floor: float = 0.0) -> float:
    """What at least ``count`` of the scores reach, and if it is more, the floor.

    Never more than the score in the place ``count``, so nothing that reaches it is
    lost; less where the best stand close together.
    """
    if len(scores) >= _LARGE:
        whole = len(scores) // _BLOCK * _BLOCK
        maxima = scores[:whole].reshape(-1, _BLOCK).max(axis=1)
        if len(maxima) > count:
            scores = maxima
    if len(scores) <= count:
        return floor
    ordered, last = scores.copy(), len(scores) - count
    ordered.partition(last)
    return max(floor, float(ordered[last]))


def top_k_indices(scores: Array, count: int, floor: float = 0.0) -> Array:
    """Where the ``count`` best of the scores stand: int64, ascending, and a few too many.

    Only those that reach the floor, but for a tie.
    """
    return (scores >= threshold(scores, count, floor) - TIE).nonzero()[0]


def top_k(parts: Sequence[tuple[Array, Array, int]], count: int) -> Ranked:
    """The ``count`` best of several lists, best first, equal ones in order.

    Each is documents, their scores, and what the documents' numbers begin from. Scores
    come to nine decimals.
    """
    if sum(len(documents) for documents, _, _ in parts) > _SHORT:
        return _ordered(parts, count)
    pairs: list[tuple[float, int]] = []
    for documents, scores, offset in parts:
        numbers = [offset + number for number in documents.tolist()]
        pairs += zip((-scores).round(9).tolist(), numbers, strict=True)
    pairs.sort()
    return [(document, -negative) for negative, document in pairs[:count]]


def _ordered(parts: Sequence[tuple[Array, Array, int]], count: int) -> RankedDocuments:
    """The same of many: all that a common word finds, for a list to be scrolled through."""
    documents = np.concatenate([one.astype(np.int64) + offset for one, _, offset in parts])
    scores = np.concatenate([each for _, each, _ in parts]).round(9)
    order = (-scores).argsort()  # a stable sort, or one by two keys, takes five times as long
    scores = scores[order]
    places = np.cumsum(np.diff(scores, prepend=scores[:1]) != 0) << _NUMBER_BITS
    places += documents[order]
    places.sort()  # equal scores have equal places, and then the number decides
    numbers = places[:count] & ((1 << _NUMBER_BITS) - 1)
    return RankedDocuments(numbers, scores[:count])
