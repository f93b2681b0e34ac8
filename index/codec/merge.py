"""Several segments into one, by concatenation and one more sort."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.codec.array_file import Array, ArrayFile
from index.codec.forward_index import forward_arrays
from index.codec.inversion import (
    LENGTH_BY_CODE,
    Occurrences,
    posting_arrays,
    radix_argsort,
    term_arrays,
)
from index.codec.name_index import merge_name_arrays
from index.codec.postings import FieldPostings
from index.codec.segment_builder import NAME_FIELDS, TEXT_FIELDS, VALUE_FIELDS, flattened
from index.codec.stored_fields import StoredReader, StoredWriter


@dataclass(frozen=True, slots=True)
class MergeInput:
    """A segment to be merged."""

    file: ArrayFile
    kept: Array
    """bool: a document each, false for a deleted one."""


def merge_segments(parts: Sequence[MergeInput]) -> dict[str, Array]:
    """The arrays of one segment that holds what the parts hold, without deleted documents."""
    fields = [name for pair in TEXT_FIELDS.values() for name in pair]
    arrays = {name: _field(parts, name, scored=True) for name in fields}
    arrays |= {name: _field(parts, name, scored=False) for name in VALUE_FIELDS}
    stored = StoredWriter()
    for part in parts:
        reader = StoredReader(part.file)
        for number in np.flatnonzero(part.kept).tolist():
            stored.add(reader[number])
    days = np.concatenate([part.file["day"][part.kept] for part in parts])
    return {
        **flattened(arrays),
        "day": days,
        **forward_arrays(arrays["exact"], arrays["title_exact"], len(days)),
        **stored.arrays(),
    }


def _field(parts: Sequence[MergeInput], name: str, *, scored: bool) -> dict[str, Array]:
    views = [FieldPostings(part.file, name) for part in parts]
    terms = sorted({term for view in views for term in view.terms()})
    rank = {term: number for number, term in enumerate(terms)}
    ranks = [
        np.fromiter(map(rank.__getitem__, view.terms()), np.uint32, len(view)) for view in views
    ]
    tokens, offset = [], 0
    for part, view, own in zip(parts, views, ranks, strict=True):
        tokens.append(_occurrences(view, part.kept, own, offset))
        offset += int(part.kept.sum())
    lengths = np.zeros(0)
    if scored:
        codes = [view.section("length_codes")[p.kept] for p, view in zip(parts, views, strict=True)]
        lengths = LENGTH_BY_CODE[np.concatenate(codes)]
    together = _together(tokens)
    used = np.unique(together.terms)
    occurrences = _renumbered(together, used, len(terms))
    held = [terms[number] for number in used.tolist()]
    arrays = {**term_arrays(held), **posting_arrays(occurrences, len(held), lengths)}
    if scored:
        arrays["length_total"] = np.array([len(occurrences.terms)], np.uint64)
    if name in NAME_FIELDS:
        places = np.full(len(terms), -1)
        places[used] = np.arange(len(used))
        arrays |= merge_name_arrays(views, [places[own] for own in ranks], len(used))
    return arrays


def _occurrences(view: FieldPostings, kept: Array, ranks: Array, offset: int) -> Occurrences:
    """Every token of a field that stands in a kept document, in numbers of the merged segment."""
    counts: Array = np.diff(view.posting_starts.astype(np.int64))
    documents = view.documents
    terms = np.repeat(ranks, counts)
    positions = None
    if view.scored:
        frequencies = view.frequencies(0, len(documents))
        terms, documents = np.repeat(terms, frequencies), np.repeat(documents, frequencies)
        positions = view.all_positions.astype(np.uint32)
    keep = kept[documents]
    renumbered = (np.cumsum(kept) - 1 + offset).astype(np.uint32)
    return Occurrences(
        terms[keep],
        renumbered[documents[keep]],
        None if positions is None else positions[keep],
    )


def _together(tokens: Sequence[Occurrences]) -> Occurrences:
    """All parts' tokens, sorted by term; documents and positions are in order already."""
    terms = np.concatenate([part.terms for part in tokens]).astype(np.uint32)
    order = radix_argsort(terms)
    positions = [part.positions for part in tokens if part.positions is not None]
    return Occurrences(
        terms[order],
        np.concatenate([part.documents for part in tokens])[order],
        np.concatenate(positions)[order] if positions else None,
    )


def _renumbered(tokens: Occurrences, used: Array, count: int) -> Occurrences:
    """Without the terms, of so many, that only deleted documents held."""
    renumber = np.zeros(count, np.uint32)
    renumber[used] = np.arange(len(used), dtype=np.uint32)
    return Occurrences(renumber[tokens.terms], tokens.documents, tokens.positions)
