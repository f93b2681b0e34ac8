"""The documents in which the terms of a phrase stand as a graph says, by arrays."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.codec.segment_reader import SegmentReader
from search.execution.phrase_matching import held_postings, keys_in, near_documents
from search.kernels import docsets, positions
from search.kernels.scored_postings import NO_DOCUMENTS, Array
from search.query.phrase_graph import START, PhraseGraph
from search.query.query_terms import FieldTerm

_NO_KEYS: Array = np.zeros(0, np.int64)


def graph_documents(
    segment: SegmentReader, places: Sequence[Sequence[FieldTerm]], graph: PhraseGraph
) -> Array:
    """The documents of a segment with the terms of a phrase: uint16, ascending.

    ``places`` are the terms of the graph; any of several may stand for each.
    """
    count = segment.count
    postings = [held_postings(terms, segment) for terms in places]
    docsets_of = [docsets.union([each for _, _, each in held], count) for held in postings]
    candidates = _candidates(docsets_of, graph, count)
    if not len(candidates):
        return NO_DOCUMENTS
    keys = [keys_in(held, candidates, 0, count) if held else _NO_KEYS for held in postings]
    reached = _reached(keys, graph)
    if graph.part_count == 1:
        return positions.documents_of(_union([reached[term] for term in sorted(graph.last)]))
    by_part = _by_part(_on_a_path(reached, graph), graph)
    return near_documents(by_part, range(len(by_part)), graph.slop)


def _candidates(docsets_of: Sequence[Array], graph: PhraseGraph, count: int) -> Array:
    """The documents with all terms of some way through every part, wherever these stand."""
    reached: list[Array] = []
    for documents, before in zip(docsets_of, graph.before, strict=True):
        if START not in before and len(documents):
            ahead = docsets.union([reached[term] for term in before], count)
            documents = docsets.intersection([documents, ahead], count)  # noqa: PLW2901
        reached.append(documents)
    by_part = [
        docsets.union([reached[term] for term in graph.last if graph.parts[term] == part], count)
        for part in range(graph.part_count)
    ]
    return docsets.intersection(by_part, count)


def _reached(keys: Sequence[Array], graph: PhraseGraph) -> list[Array]:
    """The keys of each term that a row of terms from the start leads to."""
    reached: list[Array] = []
    for own, before in zip(keys, graph.before, strict=True):
        if START in before or not len(own):
            reached.append(own)
        else:
            ahead = _union([reached[term] for term in before]) + 1
            reached.append(positions.keys_in_both(own, ahead))
    return reached


def _on_a_path(reached: Sequence[Array], graph: PhraseGraph) -> list[Array]:
    """Those of the reached keys from which a row of terms leads to the end."""
    used = [keys if term in graph.last else _NO_KEYS for term, keys in enumerate(reached)]
    for number in range(len(used) - 1, -1, -1):
        for term in graph.before[number]:
            if term != START:
                ahead = positions.keys_in_both(reached[term], used[number] - 1)
                used[term] = _union([used[term], ahead])
    return used


def _by_part(used: Sequence[Array], graph: PhraseGraph) -> list[Array]:
    """The keys of each part."""
    return [
        _union([keys for keys, own in zip(used, graph.parts, strict=True) if own == part])
        for part in range(graph.part_count)
    ]


def _union(keys: Sequence[Array]) -> Array:
    """The keys that are in any array, ascending."""
    held = [each for each in keys if len(each)]
    if len(held) < 2:
        return held[0] if held else _NO_KEYS
    return docsets.distinct(np.concatenate(held))
