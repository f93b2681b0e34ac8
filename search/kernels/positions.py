"""Phrases and proximity by arrays: a document and a position together are one sortable key."""

from __future__ import annotations

import numpy as np

from search.kernels.docsets import distinct_sorted
from search.kernels.scored_postings import DOCUMENT, Array

POSITION_BITS = 32
"""A key is an int64: ``document << 32 | position``."""
_MIN_SEARCH_RATIO = 16
"""Binary search pays if the searched keys are this many times more. Measured."""


def position_keys(documents: Array, counts: Array, positions: Array, shift: int | Array) -> Array:
    """Return the key of each position, moved forward by ``shift``: int64.

    ``counts`` tells how many of the ``positions`` belong to each document; ``shift`` is one
    number, or one for each document.
    """
    starts = documents.astype(np.int64) << POSITION_BITS
    starts += shift
    keys = np.repeat(starts, counts)
    keys += positions
    return keys


def keys_in_both(first: Array, second: Array) -> Array:
    """Return the keys that are in both arrays, each of which ascends without repetitions.

    Two arrays of similar length are merged: a stable sort detects the two ascending runs.
    """
    short, long = (first, second) if len(first) < len(second) else (second, first)
    if len(short) * _MIN_SEARCH_RATIO < len(long):
        at = long.searchsorted(short)
        at[at == len(long)] = 0
        shared: Array = short[long.take(at) == short]
        return shared
    merged = np.concatenate((short, long))
    merged.sort(kind="stable")
    repeated: Array = merged[1:] == merged[:-1]
    return merged[1:][repeated]


def near(keys: Array, others: Array, distance: int) -> Array:
    """Return the ``keys`` that have another key at most ``distance`` away; both ascend.

    A key is not near itself, even if it is in both arrays.
    """
    if not len(others):
        return keys[:0]
    # A distance below the span of a document: keys of two documents are never near.
    distance = min(distance, 1 << (POSITION_BITS - 1))
    before = others.searchsorted(keys) - 1
    after = np.minimum(others.searchsorted(keys, "right"), len(others) - 1)
    closest = np.minimum(_distances(keys, others, before), _distances(keys, others, after))
    return keys[closest <= distance]


def _distances(keys: Array, others: Array, at: Array) -> Array:
    """Return the distances of ``keys`` to ``others[at]``: int64.

    The largest int64 if the other is the same key, or if there is none (an index below 0).
    """
    distances: Array = np.abs(keys - others.take(np.maximum(at, 0)))
    distances[(at < 0) | (distances == 0)] = np.iinfo(np.int64).max
    return distances


def repeated_keys(keys: Array, times: int) -> Array:
    """Return the keys that occur at least ``times`` times, ascending, each once."""
    ordered = np.sort(keys)
    if times < 2:
        return distinct_sorted(ordered)
    return distinct_sorted(ordered[times - 1 :][ordered[times - 1 :] == ordered[: 1 - times]])


def documents_of(keys: Array) -> Array:
    """Return the documents of ascending keys: uint16, each once."""
    return distinct_sorted((keys >> POSITION_BITS).astype(DOCUMENT))


def concatenated_ranges(starts: Array, counts: Array) -> Array:
    """Return ``starts[i] … starts[i] + counts[i] - 1`` for every i, one range after the other."""
    ends = counts.cumsum()
    indices = np.repeat(starts - ends + counts, counts)
    indices += np.arange(len(indices))
    return indices
