"""Merge segments into one: their arrays are concatenated and sorted once more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from index.codec.array_file import Array, ArrayFile
from index.codec.arrays import radix_argsort
from index.codec.forward_index import forward_arrays
from index.codec.inversion import Occurrences, posting_arrays, term_arrays
from index.codec.name_index import merge_name_arrays
from index.codec.posting_codes import LENGTH_BY_CODE
from index.codec.postings import FieldPostings
from index.codec.segment_builder import flattened
from index.codec.segment_layout import (
    BODY_ENDS,
    DAY_COLUMNS,
    NAME_FIELDS,
    TEXT_FIELDS,
    VALUE_FIELDS,
)
from index.codec.stored_fields import StoredReader, StoredWriter


@dataclass(frozen=True, slots=True)
class MergeInput:
    """A segment to be merged."""

    file: ArrayFile
    kept: Array
    """bool, a document each: False for a deleted one."""


def merge_segments(parts: Sequence[MergeInput]) -> dict[str, Array]:
    """Return the arrays of one segment with the documents of all parts, except deleted ones."""
    fields = [name for pair in TEXT_FIELDS.values() for name in pair]
    arrays = {name: _merge_field(parts, name, scored=True) for name in fields}
    arrays |= {name: _merge_field(parts, name, scored=False) for name in VALUE_FIELDS}
    stored = StoredWriter()
    for part in parts:
        reader = StoredReader(part.file)
        for number in np.flatnonzero(part.kept).tolist():
            stored.add(reader[number])
    columns = {
        name: np.concatenate([part.file[name][part.kept] for part in parts])
        for name in (BODY_ENDS, *DAY_COLUMNS)
    }
    return {
        **flattened(arrays),
        **columns,
        **forward_arrays(arrays["exact"], len(columns[BODY_ENDS])),
        **stored.arrays(),
    }


def _merge_field(parts: Sequence[MergeInput], name: str, *, scored: bool) -> dict[str, Array]:
    views = [FieldPostings(part.file, name) for part in parts]
    terms, ranks = _all_terms(views)
    tokens = _sorted_by_term(_tokens_of_parts(parts, views, ranks))
    used = np.unique(tokens.terms)
    new_rank = np.full(len(terms), -1)  # stays so for terms of deleted documents only
    new_rank[used] = np.arange(len(used))
    tokens = replace(tokens, terms=new_rank.astype(np.uint32)[tokens.terms])
    lengths = _lengths(parts, views) if scored else np.zeros(0)
    arrays = {
        **term_arrays([terms[number] for number in used.tolist()]),
        **posting_arrays(tokens, len(used), lengths),
    }
    if scored:  # the lengths are rounded by their code, this is exact
        arrays["length_total"] = np.array([len(tokens.terms)], np.uint64)
    if name in NAME_FIELDS:
        arrays |= merge_name_arrays(views, [new_rank[rank] for rank in ranks], len(used))
    return arrays


def _all_terms(views: Sequence[FieldPostings]) -> tuple[list[bytes], list[Array]]:
    """Return the sorted terms of all segments, and the ranks of the terms of each: uint32."""
    terms = sorted({term for view in views for term in view.terms()})
    rank = {term: number for number, term in enumerate(terms)}
    ranks = [
        np.fromiter(map(rank.__getitem__, view.terms()), np.uint32, len(view)) for view in views
    ]
    return terms, ranks


def _lengths(parts: Sequence[MergeInput], views: Sequence[FieldPostings]) -> Array:
    """float64: field length of each kept document, as scoring uses it."""
    codes = [view.array("length_codes")[part.kept] for part, view in zip(parts, views, strict=True)]
    lengths: Array = LENGTH_BY_CODE[np.concatenate(codes)]
    return lengths


def _tokens_of_parts(
    parts: Sequence[MergeInput], views: Sequence[FieldPostings], ranks: Sequence[Array]
) -> list[Occurrences]:
    """Return the tokens of the field in each part, with document numbers of the merged segment."""
    tokens, first_document = [], 0
    for part, view, rank in zip(parts, views, ranks, strict=True):
        tokens.append(_tokens(view, part.kept, rank, first_document))
        first_document += int(part.kept.sum())
    return tokens


def _tokens(view: FieldPostings, kept: Array, ranks: Array, first_document: int) -> Occurrences:
    """Return the tokens of the kept documents; these are numbered from ``first_document``."""
    counts = view.all_frequencies()
    documents = view.documents.whole
    terms = np.repeat(ranks, counts)
    positions = None
    if view.scored:
        frequencies = view.frequencies(0, len(documents))
        terms, documents = np.repeat(terms, frequencies), np.repeat(documents, frequencies)
        positions = view.all_positions.astype(np.uint32)
    keep = kept[documents]
    new_number = (np.cumsum(kept) - 1 + first_document).astype(np.uint32)
    return Occurrences(
        terms[keep],
        new_number[documents[keep]],
        None if positions is None else positions[keep],
    )


def _sorted_by_term(parts: Sequence[Occurrences]) -> Occurrences:
    """Return the tokens of all parts, sorted by term; documents and positions are so already."""
    terms = np.concatenate([part.terms for part in parts]).astype(np.uint32)
    order = radix_argsort(terms)
    positions = [part.positions for part in parts if part.positions is not None]
    return Occurrences(
        terms[order],
        np.concatenate([part.documents for part in parts])[order],
        np.concatenate(positions)[order] if positions else None,
    )
