"""Top k of a disjunction: the documents with the highest sums of scores over several postings.

Term at a time, with the stop of MaxScore (Turtle & Flood, "Query evaluation: strategies
and optimizations", 1995): the postings with the highest bounds are added up first. Once the
others cannot lift a new document over the k best so far, they are only looked up for the
documents that can still become one of the best.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

import numpy as np

from search.kernels.docsets import indices_in_both
from search.kernels.scored_postings import DOCUMENT, EMPTY, Array, ScoredPostings
from search.kernels.top_k import TIE, threshold, top_k_indices

_MAX_SORTED_POSTINGS = 4096
"""More postings are added up in an array with a score for every document. Measured."""
_POSTINGS_PER_LOOKUP = 12
"""Postings that are added up in the time in which one document is looked up. Measured."""

DocumentScores = tuple[Array, Array]
"""Documents, ascending, and the score of each: uint16 and float64."""

_bound = attrgetter("bound")


def top_k_disjunction(
    postings: Sequence[ScoredPostings],
    k: int,
    min_score: float,
    mask: Array | None,
    scratch: Array,
) -> DocumentScores:
    """Return the ``k`` best documents that reach ``min_score``, and perhaps a few more.

    Only documents in ``mask`` (bool, one for each document of the segment) count; None for all.
    ``scratch`` is float64, one for each document, all zeros before and after.
    """
    if len(postings) == 1 and mask is None:
        return _best(postings[0].documents, postings[0].scores(), k, min_score)
    essential, others = _split(postings)
    documents, scores = merge_postings(essential)
    if mask is not None:
        inside = mask.take(documents)
        documents, scores = documents[inside], scores[inside]
    if not others:
        return _best(documents, scores, k, min_score)
    min_score = threshold(scores, k, min_score)
    at = _candidates(scores, min_score, others)
    if at is None:
        if mask is not None:
            others = [each.masked(mask) for each in others]
        return _best_of_sums((documents, scores), others, k, min_score, scratch)
    documents, scores = documents.take(at), scores.take(at)
    for each in others:
        add_scores(each, documents, scores, len(scratch))
    return _best(documents, scores, k, min_score)


def _best(documents: Array, scores: Array, k: int, min_score: float) -> DocumentScores:
    if len(scores) <= k and not min_score:
        return documents, scores
    at = top_k_indices(scores, k, min_score)
    return documents.take(at), scores.take(at)


def _split(
    postings: Sequence[ScoredPostings],
) -> tuple[list[ScoredPostings], list[ScoredPostings]]:
    """Split off the postings with the highest bounds, as far as they are short enough to sort."""
    ordered = sorted(postings, key=_bound, reverse=True) if len(postings) > 1 else list(postings)
    total = 0
    for n, each in enumerate(ordered):
        total += len(each.documents)
        if total > _MAX_SORTED_POSTINGS and len(ordered) > 1:
            return ordered[:n], ordered[n:]
    return ordered, []


def _candidates(scores: Array, min_score: float, others: Sequence[ScoredPostings]) -> Array | None:
    """Return the indices of the scores that the other postings can lift to ``min_score``.

    None if these postings can lift a new document to it, or if looking up the candidates
    would take longer than adding up all of them.
    """
    gain = sum(map(_bound, others))
    if gain >= min_score:
        return None
    at: Array = (scores >= min_score - gain - TIE).nonzero()[0]
    left = sum(len(each.documents) for each in others)
    return at if len(at) * _POSTINGS_PER_LOOKUP < left else None


def _best_of_sums(
    first: DocumentScores,
    others: Sequence[ScoredPostings],
    k: int,
    min_score: float,
    totals: Array,
) -> DocumentScores:
    """Add up the scores of all documents in ``totals``, and return the best."""
    totals[first[0]] = first[1]
    for each in others:
        np.add.at(totals, each.documents, each.scores())
    at = top_k_indices(totals, k, min_score)
    scores = totals.take(at)
    totals.fill(0.0)
    matching = scores > 0  # if fewer than k documents match, every index was returned
    return at[matching], scores[matching]


def merge_postings(postings: Sequence[ScoredPostings]) -> DocumentScores:
    """Return the documents of any of the postings, ascending, with the sums of their scores."""
    postings = [each for each in postings if len(each.documents)]
    if len(postings) < 2:
        only = postings[0] if postings else EMPTY
        return only.documents, only.scores()
    documents = np.concatenate([each.documents for each in postings])
    return _sum_sorted(documents, np.concatenate([each.scores() for each in postings]))


def sum_by_document(documents: Array, scores: Array, document_count: int) -> ScoredPostings:
    """Add up the scores of each document, of ``document_count``; documents in any order."""
    if len(documents) >= _MAX_SORTED_POSTINGS:
        totals = np.bincount(documents, scores, document_count)
        documents = totals.nonzero()[0].astype(DOCUMENT)
        totals = totals.take(documents)
    elif len(documents):
        documents, totals = _sum_sorted(documents, scores)
    else:
        totals = scores
    return ScoredPostings(documents, totals, None, 1.0, float(totals.max(initial=0.0)))


def _sum_sorted(documents: Array, scores: Array) -> DocumentScores:
    order = documents.argsort(kind="stable")  # radix sort, as documents have 16 bits
    documents = documents.take(order)
    new = np.empty(len(documents), bool)
    new[0] = True
    np.not_equal(documents[1:], documents[:-1], out=new[1:])
    first = new.nonzero()[0]
    return documents.take(first), np.add.reduceat(scores.take(order), first)


def add_scores(
    postings: ScoredPostings, documents: Array, scores: Array, document_count: int
) -> None:
    """Add what ``postings`` score to the ``scores`` of ascending ``documents``, in place."""
    if len(postings.documents):
        at, indices = indices_in_both(documents, postings.documents, document_count)
        scores[at] += postings.scores_at(indices)
