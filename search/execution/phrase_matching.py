"""The documents and positions in which terms stand as a phrase asks, by arrays."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.codec.postings import FieldPostings
from index.codec.segment_reader import SegmentReader
from search.kernels import docsets, positions
from search.kernels.scored_postings import NO_DOCUMENTS, Array
from search.query.query_terms import FieldTerm, match_positions

_FEW_CANDIDATES = 64
"""Candidates that are compared in one pass. Measured."""
TermPostings = tuple[FieldPostings, int, Array]
"""A field, the rank of a term that it holds, and the term's documents."""


def phrase_documents(
    segment: SegmentReader,
    places: Sequence[Sequence[FieldTerm]],
    offsets: Sequence[int],
    slop: int,
) -> Array:
    """The documents of a segment with a term for each place of a phrase: uint16, ascending."""
    count = segment.count
    by_place = [held_postings(terms, segment) for terms in places]
    if not all(by_place):
        return NO_DOCUMENTS
    unions = [docsets.union([each for _, _, each in postings], count) for postings in by_place]
    candidates = docsets.intersection(unions, count)
    if not len(candidates):
        return NO_DOCUMENTS
    if slop:
        keys = [keys_in(postings, candidates, 0, count) for postings in by_place]
        return near_documents(keys, offsets, slop)
    if len(candidates) <= _FEW_CANDIDATES and (view := _only_field(by_place)) is not None:
        return _in_one_pass(view, by_place, offsets, candidates, count)
    return _in_a_row(by_place, offsets, candidates, count)


def term_positions(
    segment: SegmentReader, terms: Sequence[FieldTerm], documents: Array
) -> list[list[int]]:
    """The ascending positions of any of the terms in each document.

    ``documents`` are uint16 and ascending.
    """
    keys = keys_in(held_postings(terms, segment), documents, 0, segment.count)
    return by_document(keys, documents)


def held_postings(terms: Sequence[FieldTerm], segment: SegmentReader) -> list[TermPostings]:
    """Those of the terms that the segment holds, each once."""
    found = []
    for field, text in dict.fromkeys(terms):
        view = segment.fields[field]
        rank = view.rank(text.encode())
        if rank >= 0:
            start, end = view.span(rank)
            found.append((view, rank, view.documents[start:end]))
    return found


def _only_field(by_place: Sequence[Sequence[TermPostings]]) -> FieldPostings | None:
    """The field of a phrase of one term a place, all in that field and packed, or None."""
    views = {id(view): view for postings in by_place for view, _, _ in postings}
    if len(views) > 1 or any(len(postings) > 1 for postings in by_place):
        return None
    view = next(iter(views.values()))
    return view if all(view.is_packed(rank) for ((_, rank, _),) in by_place) else None


def _in_one_pass(
    view: FieldPostings,
    by_place: Sequence[Sequence[TermPostings]],
    offsets: Sequence[int],
    candidates: Array,
    count: int,
) -> Array:
    """A few candidates with all their terms together: a key found once a term is a phrase.

    Half the calls of :func:`_in_a_row`, and calls are what a rare phrase costs.
    """
    starts = [view.span(rank)[0] for ((_, rank, _),) in by_place]
    places = [docsets.indices_in(candidates, each, count) for ((_, _, each),) in by_place]
    postings = np.concatenate([at + start for at, start in zip(places, starts, strict=True)])
    begins, counts = view.spans_of(postings)
    last = max(offsets)
    forward = np.repeat([last - offset for offset in offsets], [len(at) for at in places])
    found = view.all_positions.take(positions.concatenated_ranges(begins, counts))
    keys = positions.position_keys(view.documents.take(postings), counts, found, forward)
    return positions.documents_of(positions.repeated_keys(keys, len(by_place)))


def _in_a_row(
    by_place: Sequence[Sequence[TermPostings]],
    offsets: Sequence[int],
    candidates: Array,
    count: int,
) -> Array:
    """The rarest terms first: the others are read only where these stand right."""
    ordered = sorted(
        zip(by_place, offsets, strict=True),
        key=lambda pair: sum(len(documents) for _, _, documents in pair[0]),
    )
    found: Array | None = None
    last = max(offsets)  # moved forward by the rest of the way, a key stays in its document
    for postings, offset in ordered:
        keys = keys_in(postings, candidates, last - offset, count)
        found = keys if found is None else positions.keys_in_both(found, keys)
        if not len(found):
            return NO_DOCUMENTS
        candidates = positions.documents_of(found)
    return candidates


def keys_in(postings: Sequence[TermPostings], candidates: Array, forward: int, count: int) -> Array:
    """The positions of terms in the candidates, moved forward, as ascending keys (int64)."""
    found = []
    for view, rank, documents in postings:
        at = docsets.indices_in(candidates, documents, count)
        if not len(at):
            continue
        begins, counts = view.position_spans(rank, at)
        if len(at) == len(documents):  # one posting after the other
            own = view.all_positions[begins[0] : begins[-1] + counts[-1]]
        else:
            own = view.all_positions.take(positions.concatenated_ranges(begins, counts))
        found.append(positions.position_keys(documents.take(at), counts, own, forward))
    if len(found) > 1:
        return docsets.distinct(np.concatenate(found))
    return found[0] if found else np.zeros(0, np.int64)


def by_document(keys: Array, documents: Array) -> list[list[int]]:
    """The positions of ascending keys, for each of ascending documents."""
    begins = documents.astype(np.int64) << positions.POSITION_BITS
    lows = keys.searchsorted(begins).tolist()
    highs = keys.searchsorted(begins + (1 << positions.POSITION_BITS)).tolist()
    found = (keys & ((1 << positions.POSITION_BITS) - 1)).tolist()
    return [found[low:high] for low, high in zip(lows, highs, strict=True)]


def near_documents(by_place: Sequence[Array], offsets: Sequence[int], slop: int) -> Array:
    """Two terms near each other by arrays; of more, the candidates one document at a time.

    The pure function decides then, for proximity of three is intricate, and rare.
    """
    distance = max(slop, len(by_place) - 1)
    first, *others = sorted(by_place, key=len)
    for other in others:
        first = positions.near(first, other, distance)
    candidates = positions.documents_of(first)
    if len(by_place) == 2 or not len(candidates):
        return candidates
    found = zip(*(by_document(keys, candidates) for keys in by_place), strict=True)
    matching = [bool(match_positions(own, offsets, slop)) for own in found]
    matched: Array = candidates[np.array(matching)]
    return matched
