"""The documents in which the words of a phrase stand as they should, by arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from index.codec.postings import FieldPostings
from search.kernels import docsets
from search.kernels.positions import (
    POSITION_BITS,
    concatenated_ranges,
    documents_of,
    keys_in_both,
    near,
    position_keys,
    repeated_keys,
)
from search.kernels.scored_postings import NO_DOCUMENTS, Array
from search.query.phrase import PhraseQuery
from search.query.query_terms import FieldTerm, match_positions

Fields = Mapping[str, FieldPostings]
_FEW = 64
"""Candidates that are looked at together. Measured."""
_Held = tuple[FieldPostings, int, Array]
"""A field, the number of a term that it holds, and the term's documents."""


def matching(query: PhraseQuery, fields: Fields, count: int) -> Array:
    """The documents of a segment of ``count`` that hold a phrase: uint16, ascending."""
    slots = [_held(slot, fields) for slot in query.slots]
    if not all(slots):
        return NO_DOCUMENTS
    holding = [docsets.union([documents for _, _, documents in slot], count) for slot in slots]
    candidates = docsets.intersection(holding, count)
    if not len(candidates):
        return NO_DOCUMENTS
    if query.slop:
        return _near(query, [_keys(slot, candidates, 0, count) for slot in slots])
    if len(candidates) <= _FEW and (view := _only_field(slots)) is not None:
        return _at_once(view, slots, query.offsets, candidates, count)
    return _in_a_row(slots, query.offsets, candidates, count)


def positions(
    leaves: Sequence[FieldTerm], documents: Array, fields: Fields, count: int
) -> list[list[int]]:
    """Where any of the terms stands in each of some documents of a segment of ``count``.

    ``documents`` are uint16 and ascending; the positions of each ascend too.
    """
    return _apart(_keys(_held(leaves, fields), documents, 0, count), documents)


def _held(slot: Sequence[FieldTerm], fields: Fields) -> list[_Held]:
    found = []
    for name, text in dict.fromkeys(slot):
        view = fields[name]
        number = view.number(text.encode())
        if number >= 0:
            start, end = view.span(number)
            found.append((view, number, view.documents[start:end]))
    return found


def _only_field(slots: Sequence[Sequence[_Held]]) -> FieldPostings | None:
    """The field of a phrase of single words, all in that field, and packed."""
    views = {id(view): view for slot in slots for view, _, _ in slot}
    if len(views) > 1 or any(len(slot) > 1 for slot in slots):
        return None
    view = next(iter(views.values()))
    return view if all(view.is_packed(number) for ((_, number, _),) in slots) else None


def _at_once(
    view: FieldPostings,
    slots: Sequence[Sequence[_Held]],
    offsets: Sequence[int],
    candidates: Array,
    count: int,
) -> Array:
    """A few candidates with all their words together: a key that is there once a word is a phrase.

    Half the calls of :func:`_in_a_row`, and calls are what a rare phrase costs.
    """
    starts = [view.span(number)[0] for ((_, number, _),) in slots]
    places = [docsets.indices_in(candidates, documents, count) for ((_, _, documents),) in slots]
    postings = np.concatenate([at + start for at, start in zip(places, starts, strict=True)])
    begins, counts = view.spans_of(postings)
    last = max(offsets)
    forward = np.repeat([last - offset for offset in offsets], [len(at) for at in places])
    positions = view.all_positions.take(concatenated_ranges(begins, counts))
    keys = position_keys(view.documents.take(postings), counts, positions, forward)
    return documents_of(repeated_keys(keys, len(slots)))


def _in_a_row(
    slots: Sequence[Sequence[_Held]], offsets: Sequence[int], candidates: Array, count: int
) -> Array:
    """The rarest words first: only where they stand right are the others looked for."""
    ordered = sorted(
        zip(slots, offsets, strict=True),
        key=lambda pair: sum(len(documents) for _, _, documents in pair[0]),
    )
    found: Array | None = None
    last = max(offsets)  # moved forward by the rest of the way, a key stays in its document
    for slot, offset in ordered:
        keys = _keys(slot, candidates, last - offset, count)
        found = keys if found is None else keys_in_both(found, keys)
        if not len(found):
            return NO_DOCUMENTS
        candidates = documents_of(found)
    return candidates


def _keys(slot: Sequence[_Held], candidates: Array, forward: int, count: int) -> Array:
    """Where the terms of a slot stand in the candidates, as ascending keys."""
    found = []
    for view, number, documents in slot:
        at = docsets.indices_in(candidates, documents, count)
        if not len(at):
            continue
        begins, counts = view.position_spans(number, at)
        if len(at) == len(documents):  # one posting after the other
            positions = view.all_positions[begins[0] : begins[-1] + counts[-1]]
        else:
            positions = view.all_positions.take(concatenated_ranges(begins, counts))
        found.append(position_keys(documents.take(at), counts, positions, forward))
    if len(found) > 1:
        return docsets.distinct(np.concatenate(found))
    return found[0] if found else np.zeros(0, np.int64)


def _apart(keys: Array, documents: Array) -> list[list[int]]:
    """The positions of ascending keys by their documents, which ascend too."""
    begins = documents.astype(np.int64) << POSITION_BITS
    lows = keys.searchsorted(begins).tolist()
    highs = keys.searchsorted(begins + (1 << POSITION_BITS)).tolist()
    places = (keys & ((1 << POSITION_BITS) - 1)).tolist()
    return [places[low:high] for low, high in zip(lows, highs, strict=True)]


def _near(query: PhraseQuery, slots: Sequence[Array]) -> Array:
    """Two words near each other by arrays; of more, what is left one document at a time.

    That is the pure function's, for proximity of three is intricate, and rare.
    """
    distance = max(query.slop, len(slots) - 1)
    first, *others = sorted(slots, key=len)
    for other in others:
        first = near(first, other, distance)
    candidates = documents_of(first)
    if len(slots) == 2 or not len(candidates):
        return candidates
    places = zip(*(_apart(slot, candidates) for slot in slots), strict=True)
    held = [bool(match_positions(own, query.offsets, query.slop)) for own in places]
    found: Array = candidates[np.array(held)]
    return found
