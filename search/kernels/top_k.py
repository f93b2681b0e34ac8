"""The k best of many scores."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from search.kernels.ranked_documents import Ranked, RankedDocuments
from search.kernels.scored_postings import Array

_MAX_PAIRS = 256
"""Up to this number of documents Python sorts pairs faster than numpy sorts arrays."""
_NUMBER_BITS = 32
"""Bits for the number of a document in a sort key."""
TIE = 1e-9
"""Scores that differ by less are equal: the order of addition must not decide a rank."""
_BLOCK_SIZE = 256
_MIN_BLOCKWISE = 16 * _BLOCK_SIZE
"""From this number of scores only the maxima of blocks are partitioned: a partition is slow."""


def threshold(scores: Array, k: int, min_score: float = 0.0) -> float:
    """Return a score that at least ``k`` documents reach, or ``min_score`` if it is higher.

    Never higher than the k-th best score, so none of the k best is lost; lower if the best
    scores share a block.
    """
    if len(scores) >= _MIN_BLOCKWISE:
        whole = len(scores) // _BLOCK_SIZE * _BLOCK_SIZE
        maxima = scores[:whole].reshape(-1, _BLOCK_SIZE).max(axis=1)
        if len(maxima) > k:
            scores = maxima
    if len(scores) <= k:
        return min_score
    ordered, last = scores.copy(), len(scores) - k
    ordered.partition(last)
    return max(min_score, float(ordered[last]))


def top_k_indices(scores: Array, k: int, min_score: float = 0.0) -> Array:
    """Return the indices of the ``k`` best scores, and perhaps a few more: int64, ascending.

    Only of scores that reach ``min_score``, up to a tie.
    """
    return (scores >= threshold(scores, k, min_score) - TIE).nonzero()[0]


def top_k(parts: Sequence[tuple[Array, Array, int]], k: int) -> Ranked:
    """Return the ``k`` best documents of several segments, best first, equal ones by number.

    A part is documents, their scores, and the number of the segment's first document.
    Scores are rounded to nine decimals.
    """
    if sum(len(documents) for documents, _, _ in parts) > _MAX_PAIRS:
        return _top_k_of_many(parts, k)
    pairs: list[tuple[float, int]] = []
    for documents, scores, offset in parts:
        numbers = [offset + number for number in documents.tolist()]
        pairs += zip((-scores).round(9).tolist(), numbers, strict=True)
    pairs.sort()
    return [(document, -negative) for negative, document in pairs[:k]]


def _top_k_of_many(parts: Sequence[tuple[Array, Array, int]], k: int) -> RankedDocuments:
    """Rank by arrays: all matches of a common word, for a list to scroll through."""
    numbers = np.concatenate(
        [documents.astype(np.int64) + offset for documents, _, offset in parts]
    )
    scores = np.concatenate([part_scores for _, part_scores, _ in parts]).round(9)
    order = (-scores).argsort()  # a stable sort, or one by two keys, takes five times as long
    scores = scores[order]
    keys = np.cumsum(np.diff(scores, prepend=scores[:1]) != 0) << _NUMBER_BITS
    keys += numbers[order]
    keys.sort()  # equal scores have equal high bits, and then the number decides
    return RankedDocuments(keys[:k] & ((1 << _NUMBER_BITS) - 1), scores[:k])
