"""Which documents are in all of some lists, in any of them, or in one and not another.

Two ways everywhere: a few documents are looked up in a long list by halving it; many
are marked, a byte each, and the other list is run through.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from search.kernels.scored_postings import NO_DOCUMENTS, Array

_PROBE = 16
"""Looking documents up is worth it when the list is so many times longer. Measured."""
_SPARSE = 8
"""A union of fewer postings than an eighth of the documents is sorted, not marked."""


def mask(documents: Array, count: int) -> Array:
    """bool, a document each of ``count``: whether it is among the documents."""
    held = np.zeros(count, bool)
    held[documents] = True
    return held


def indices_in(wanted: Array, documents: Array, count: int) -> Array:
    """Where those of the wanted documents stand in a list that are in it: int64, ascending."""
    if len(wanted) * _PROBE > len(documents):
        found: Array = mask(wanted, count).take(documents).nonzero()[0]
    else:
        at = documents.searchsorted(wanted)
        at[at == len(documents)] = 0
        found = at[documents.take(at) == wanted]
    return found


def indices_in_both(wanted: Array, documents: Array, count: int) -> tuple[Array, Array]:
    """The same, and before it where they stand among the wanted."""
    if len(wanted) * _PROBE > len(documents):
        at = indices_in(wanted, documents, count)
        return mask(documents, count).take(wanted).nonzero()[0], at
    at = documents.searchsorted(wanted)
    at[at == len(documents)] = 0
    held = (documents.take(at) == wanted).nonzero()[0]
    return held, at[held]


def intersection(lists: Sequence[Array], count: int) -> Array:
    """The documents that every list holds."""
    found, *others = sorted(lists, key=len)
    for documents in others:
        if not len(found):
            break
        found = documents[indices_in(found, documents, count)]
    return found


def difference(documents: Array, excluded: Array, count: int) -> Array:
    """The documents of the first list that the second does not hold."""
    if not len(excluded) or not len(documents):
        return documents
    if len(documents) * _PROBE > len(excluded):
        kept: Array = ~mask(excluded, count).take(documents)
    else:
        at = excluded.searchsorted(documents)
        at[at == len(excluded)] = 0
        kept = excluded.take(at) != documents
    return documents[kept]


def union(lists: Sequence[Array], count: int) -> Array:
    """The documents that any list holds."""
    lists = [documents for documents in lists if len(documents)]
    if len(lists) < 2:
        return lists[0] if lists else NO_DOCUMENTS
    if sum(map(len, lists)) * _SPARSE < count:
        return distinct(np.concatenate(lists))
    held = np.zeros(count, bool)
    for documents in lists:
        held[documents] = True
    return held.nonzero()[0].astype(NO_DOCUMENTS.dtype)


def distinct(values: Array) -> Array:
    """The values sorted, each once."""
    return distinct_sorted(np.sort(values, kind="stable"))


def distinct_sorted(ascending: Array) -> Array:
    """Ascending values, each once."""
    if len(ascending) < 2:
        return ascending
    new = np.empty(len(ascending), bool)
    new[0] = True
    np.not_equal(ascending[1:], ascending[:-1], out=new[1:])
    return ascending[new]
