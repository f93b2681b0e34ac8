"""The documents in which the words of a phrase stand as they should, by arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from index.codec.postings import FieldPostings
from search.kernels import rows, sets
from search.kernels.lists import DOCUMENT, NOBODY, Array
from search.phrase import PhraseQuery
from search.target import Leaf, arrange

Fields = Mapping[str, FieldPostings]
_Held = tuple[FieldPostings, int, Array]
"""A field, the number of a term that it holds, and the term's documents."""


def matching(query: PhraseQuery, fields: Fields, count: int) -> Array:
    """The documents of a segment of ``count`` that hold a phrase: uint16, ascending."""
    slots = [_held(slot, fields) for slot in query.slots]
    holding = [sets.union([documents for _, _, documents in slot], count) for slot in slots]
    candidates = sets.intersection(holding, count)
    if not len(candidates):
        return NOBODY
    if query.slop:
        return _near(query, [_keys(slot, candidates, 0, count) for slot in slots], candidates)
    found = [
        _keys(slot, candidates, offset, count)
        for slot, offset in zip(slots, query.offsets, strict=True)
    ]
    return rows.documents_of(rows.in_a_row(found))


def _held(slot: Sequence[Leaf], fields: Fields) -> list[_Held]:
    found = []
    for name, text in dict.fromkeys(slot):
        view = fields[name]
        number = view.number(text.encode())
        if number >= 0:
            start, end = view.span(number)
            found.append((view, number, view.documents[start:end]))
    return found


def _keys(slot: Sequence[_Held], candidates: Array, offset: int, count: int) -> Array:
    """Where the terms of a slot stand in the candidates, as ascending keys."""
    found = []
    for view, number, documents in slot:
        at = sets.places(candidates, documents, count)
        begins, counts = view.position_spans(number, at)
        if len(at) == len(documents):  # one posting after the other
            positions = view.all_positions[begins[0] : begins[-1] + counts[-1]]
        else:
            positions = view.all_positions.take(rows.ranges(begins, counts))
        found.append(rows.keys(documents.take(at), counts, positions, offset))
    return found[0] if len(found) == 1 else sets.distinct(np.concatenate(found))


def _near(query: PhraseQuery, slots: Sequence[Array], candidates: Array) -> Array:
    """Proximity is rare and intricate: one document at a time, by the pure function."""
    begins = candidates.astype(np.int64) << rows.POSITION_BITS
    edges = [
        (slot.searchsorted(begins), slot.searchsorted(begins + (1 << rows.POSITION_BITS)))
        for slot in slots
    ]
    mask = (1 << rows.POSITION_BITS) - 1
    found = []
    for n, document in enumerate(candidates.tolist()):
        positions = [
            (slot[low[n] : high[n]] & mask).tolist()
            for slot, (low, high) in zip(slots, edges, strict=True)
        ]
        if arrange(positions, query.offsets, query.slop):
            found.append(document)
    return np.array(found, DOCUMENT)
