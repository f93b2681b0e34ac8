"""Words that stand in a row: every position of a word is one number with its document."""

from __future__ import annotations

import numpy as np

from search.kernels.docsets import distinct_sorted
from search.kernels.scored_postings import DOCUMENT, Array

POSITION_BITS = 32
"""A document and a position together are one number: document << 32 | position."""
_PROBE = 16
"""Looking keys up is worth it when the other list is so many times longer. Measured."""


def position_keys(documents: Array, counts: Array, positions: Array, forward: int | Array) -> Array:
    """Each position, moved forward so far, as one number with its document: int64.

    ``forward`` is one number, or one a document.
    """
    starts = documents.astype(np.int64) << POSITION_BITS
    starts += forward
    found = np.repeat(starts, counts)
    found += positions
    return found


def keys_in_both(one: Array, other: Array) -> Array:
    """The keys of two ascending lists that both hold, each once in each.

    Two lists of about one length are merged: a stable sort finds the two runs.
    """
    few, many = (one, other) if len(one) < len(other) else (other, one)
    if len(few) * _PROBE < len(many):
        at = many.searchsorted(few)
        at[at == len(many)] = 0
        found: Array = few[many.take(at) == few]
        return found
    merged = np.concatenate((few, many))
    merged.sort(kind="stable")
    repeated: Array = merged[1:] == merged[:-1]
    return merged[1:][repeated]


def near(keys: Array, others: Array, distance: int) -> Array:
    """Those of ascending keys that have another one no further than a distance away.

    A key is not near itself, though both lists hold it.
    """
    if not len(others):
        return keys[:0]
    # Nothing is as far apart as two documents are.
    distance = min(distance, 1 << (POSITION_BITS - 1))
    before = others.searchsorted(keys) - 1
    after = np.minimum(others.searchsorted(keys, "right"), len(others) - 1)
    closest = np.minimum(_apart(keys, others, before), _apart(keys, others, after))
    return keys[closest <= distance]


def _apart(keys: Array, others: Array, at: Array) -> Array:
    """int64: how far keys are from others; very far where that is the same key, or none."""
    distances = np.abs(keys - others.take(np.maximum(at, 0)))
    distances[(at < 0) | (distances == 0)] = np.iinfo(np.int64).max
    found: Array = distances
    return found


def repeated_keys(keys: Array, times: int) -> Array:
    """The keys that are there so many times, ascending, each once."""
    ordered = np.sort(keys)
    if times < 2:
        return distinct_sorted(ordered)
    return distinct_sorted(ordered[times - 1 :][ordered[times - 1 :] == ordered[: 1 - times]])


def documents_of(keys: Array) -> Array:
    """The documents of ascending keys, each once."""
    return distinct_sorted((keys >> POSITION_BITS).astype(DOCUMENT))


def concatenated_ranges(starts: Array, counts: Array) -> Array:
    """The places of several runs one after the other: ``starts[i] … starts[i] + counts[i]``."""
    ends = counts.cumsum()
    found = np.repeat(starts - ends + counts, counts)
    found += np.arange(len(found))
    return found
