"""Set operations on the documents of one segment: union, intersection, difference, look-up.

Most have two ways. A few documents are found in a long array by binary search. Many are marked
in a mask, one byte for each document of the segment, which the other array then reads.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from search.kernels.scored_postings import NO_DOCUMENTS, Array

_MIN_SEARCH_RATIO = 16
"""Binary search pays if the searched array is this many times longer. Measured."""
_MIN_MASK_SHARE = 8
"""A union of fewer postings than an eighth of the documents is sorted, not marked."""


def mask(documents: Array, document_count: int) -> Array:
    """Mark ``documents`` in an array of bool, one for each of ``document_count`` documents."""
    marked = np.zeros(document_count, bool)
    marked[documents] = True
    return marked


def indices_in(sought: Array, documents: Array, document_count: int) -> Array:
    """Return the indices into ``documents`` of those also in ``sought``: int64, ascending."""
    if len(sought) * _MIN_SEARCH_RATIO > len(documents):
        indices: Array = mask(sought, document_count).take(documents).nonzero()[0]
    else:
        at = documents.searchsorted(sought)
        at[at == len(documents)] = 0
        indices = at[documents.take(at) == sought]
    return indices


def indices_in_both(sought: Array, documents: Array, document_count: int) -> tuple[Array, Array]:
    """Return the indices of the shared documents into ``sought``, and those into ``documents``."""
    if len(sought) * _MIN_SEARCH_RATIO > len(documents):
        at = indices_in(sought, documents, document_count)
        return mask(documents, document_count).take(sought).nonzero()[0], at
    at = documents.searchsorted(sought)
    at[at == len(documents)] = 0
    shared = (documents.take(at) == sought).nonzero()[0]
    return shared, at[shared]


def intersection(docsets: Sequence[Array], document_count: int) -> Array:
    """Return the documents that are in every docset."""
    shared, *others = sorted(docsets, key=len)
    for documents in others:
        if not len(shared):
            break
        shared = documents[indices_in(shared, documents, document_count)]
    return shared


def difference(documents: Array, excluded: Array, document_count: int) -> Array:
    """Return the ``documents`` that are not ``excluded``."""
    if not len(excluded) or not len(documents):
        return documents
    if len(documents) * _MIN_SEARCH_RATIO > len(excluded):
        included: Array = ~mask(excluded, document_count).take(documents)
    else:
        at = excluded.searchsorted(documents)
        at[at == len(excluded)] = 0
        included = excluded.take(at) != documents
    return documents[included]


def union(docsets: Sequence[Array], document_count: int) -> Array:
    """Return the documents that are in any docset."""
    docsets = [documents for documents in docsets if len(documents)]
    if len(docsets) < 2:
        return docsets[0] if docsets else NO_DOCUMENTS
    if sum(map(len, docsets)) * _MIN_MASK_SHARE < document_count:
        return distinct(np.concatenate(docsets))
    marked = np.zeros(document_count, bool)
    for documents in docsets:
        marked[documents] = True
    return marked.nonzero()[0].astype(NO_DOCUMENTS.dtype)


def distinct(values: Array) -> Array:
    """Return the different values, ascending."""
    return distinct_sorted(np.sort(values, kind="stable"))


def distinct_sorted(ascending: Array) -> Array:
    """Return the different values of an ascending array."""
    if len(ascending) < 2:
        return ascending
    new = np.empty(len(ascending), bool)
    new[0] = True
    np.not_equal(ascending[1:], ascending[:-1], out=new[1:])
    return ascending[new]
