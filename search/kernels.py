"""Arrays in, arrays out: unions, intersections, phrases and the exact top of a segment.

A kernel knows nothing of indexes or queries; documents are numbers from 0 to n,
ascending within a list. Whatever a compiled kernel would do has the same signature.
Techniques: term-at-a-time accumulation, and a top-k in two levels, for a partition
of a mostly empty array is slow.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
List = tuple[Array, Array]
"""Documents, ascending, and what each scores (float64)."""

_BLOCK = 256
_SPARSE = 8
"""A union of fewer postings than an eighth of the documents is sorted, not accumulated."""
_TIE = 1e-9
"""Scores that differ by less are equal: the order of addition must decide no rank."""
_PROBE = 20
"""Looking one list up in another is worth it when that is so many times longer."""
POSITION_BITS = 32
"""A document and a position together are one number: document << 32 | position."""


def accumulate(lists: Sequence[List], count: int) -> Array:
    """The sum of the scores, a document each, for ``count`` documents."""
    total = np.zeros(count)
    for documents, scores in lists:
        np.add.at(total, documents, scores)
    return total


def union(lists: Sequence[List], count: int) -> List:
    """Every document of any list, with the sum of its scores."""
    lists = [part for part in lists if len(part[0])]
    if not lists:
        return np.zeros(0, np.int64), np.zeros(0)
    if len(lists) == 1:
        return lists[0][0].astype(np.int64), lists[0][1]
    if sum(len(documents) for documents, _ in lists) * _SPARSE < count:
        return _sorted_union(lists)
    held = np.zeros(count, bool)
    for documents, _ in lists:
        held[documents] = True
    found = np.flatnonzero(held)
    return found, accumulate(lists, count)[found]


def _sorted_union(lists: Sequence[List]) -> List:
    documents = np.concatenate([part[0] for part in lists]).astype(np.int64)
    scores = np.concatenate([part[1] for part in lists])
    order = np.argsort(documents, kind="stable")
    documents = documents[order]
    first = np.flatnonzero(np.concatenate([[True], documents[1:] != documents[:-1]]))
    return documents[first], np.add.reduceat(scores[order], first)


def intersection(lists: Sequence[Array], count: int) -> Array:
    """The documents that every list holds: int64, ascending."""
    ordered = sorted(lists, key=len)
    found = ordered[0].astype(np.int64)
    for documents in ordered[1:]:
        if not len(found):
            break
        found = found[held_by(found, documents, count)]
    return found


def held_by(candidates: Array, documents: Array, count: int) -> Array:
    """bool: whether each candidate is among the documents."""
    if len(candidates) * _PROBE > len(documents):
        held = np.zeros(count, bool)
        held[documents] = True
        return np.asarray(held[candidates])
    return np.asarray(documents[places(documents, candidates)] == candidates)


def places(documents: Array, candidates: Array) -> Array:
    """Where each candidate stands among the documents, or would: always a valid place."""
    return np.minimum(np.searchsorted(documents, candidates), max(len(documents) - 1, 0))


def scores_of(candidates: Array, part: List, count: int) -> Array:
    """The score of each candidate in a list, 0 where it is not in it."""
    documents, scores = part
    if not len(documents):
        return np.zeros(len(candidates))
    if len(candidates) * _PROBE > len(documents):
        total = np.zeros(count)
        total[documents] = scores
        return total[candidates]
    at = places(documents, candidates)
    return np.where(documents[at] == candidates, scores[at], 0.0)


def top_of_dense(scores: Array, count: int) -> List:
    """The ``count`` best documents of a score a document, best first, equal ones in order.

    The maxima of blocks give a threshold; only blocks that reach it are looked at.
    """
    whole = len(scores) // _BLOCK * _BLOCK
    blocks = scores[:whole].reshape(-1, _BLOCK)
    if len(blocks) <= count:
        return top(np.flatnonzero(scores > 0), scores, count)
    maxima = blocks.max(axis=1)
    threshold = np.partition(maxima, len(maxima) - count)[len(maxima) - count]
    if threshold <= 0:
        return top(np.flatnonzero(scores > 0), scores, count)
    threshold = max(threshold - _TIE, np.nextafter(0, 1))
    chosen = np.flatnonzero(maxima >= threshold)
    rows, columns = np.nonzero(blocks[chosen] >= threshold)
    tail = whole + np.flatnonzero(scores[whole:] >= threshold)
    return top(np.concatenate([chosen[rows] * _BLOCK + columns, tail]), scores, count)


def top(candidates: Array, scores: Array, count: int) -> List:
    """The best of some documents, by a score for every document of the segment."""
    return top_of_list((candidates, scores[candidates]), count)


def top_of_list(part: List, count: int) -> List:
    """The ``count`` best of a list, best first, equal ones in order."""
    documents, scores = part
    if len(documents) > 4 * count > 0:
        threshold = np.partition(scores, len(scores) - count)[len(scores) - count]
        kept = scores >= threshold - _TIE
        documents, scores = documents[kept], scores[kept]
    rounded = np.round(scores, 9)
    order = np.lexsort((documents, -rounded))[:count]
    return documents[order], rounded[order]


def keys(documents: Array, counts: Array, positions: Array, offset: int) -> Array:
    """Each position as one number with its document, moved back by an offset: int64."""
    spread = np.repeat(documents.astype(np.int64) << POSITION_BITS, counts)
    return spread + positions.astype(np.int64) - offset


def in_a_row(slots: Sequence[Array]) -> Array:
    """The keys that every slot holds, where each slot's were moved back by its offset."""
    ordered = sorted(slots, key=len)
    found = ordered[0]
    for other in ordered[1:]:
        if not len(found) or not len(other):
            return np.zeros(0, np.int64)
        found = found[other[places(other, found)] == found]
    return found


def ranges(starts: Array, counts: Array) -> Array:
    """The places of several runs one after the other: ``starts[i] … starts[i] + counts[i]``."""
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    return np.repeat(starts - (ends - counts), counts) + np.arange(total)
