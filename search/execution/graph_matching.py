"""The documents in which the terms of a phrase stand as a graph says, by arrays."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np

from index.codec.segment_reader import SegmentReader
from search.execution.phrase_matching import TermPostings, held_postings, keys_in, near_documents
from search.kernels import docsets, positions
from search.kernels.scored_postings import NO_DOCUMENTS, Array
from search.query.phrase_graph import START, PhraseGraph
from search.query.query_terms import FieldTerm

_NO_KEYS: Array = np.zeros(0, np.int64)
Places = Sequence[Sequence[FieldTerm]]


def graph_documents(segment: SegmentReader, places: Places, graph: PhraseGraph) -> Array:
    """The documents of a segment with the terms of a phrase: uint16, ascending.

    ``places`` are the terms of the graph; any of several may stand for each.
    """
    return _Matching(segment, places, graph).documents()


class _Matching:
    """One graph over one segment; terms that may be left out are read last, and only if needed."""

    def __init__(self, segment: SegmentReader, places: Places, graph: PhraseGraph) -> None:
        self._segment, self._places, self._graph = segment, places, graph
        self._count = segment.count
        self._postings: list[list[TermPostings]] = []

    def documents(self) -> Array:
        """The documents that match."""
        graph, candidates = self._graph, self._candidates()
        if not len(candidates):
            return NO_DOCUMENTS
        reached = self._reached(candidates)
        if graph.part_count == 1:
            return positions.documents_of(_union([reached[term] for term in sorted(graph.last)]))
        by_part = _by_part(_on_a_path(reached, graph), graph)
        return near_documents(by_part, range(len(by_part)), graph.slop)

    def _candidates(self) -> Array:
        """The documents with the terms of some way through every part, wherever these stand."""
        graph, count, reached = self._graph, self._count, list[Array]()
        for term, before in enumerate(graph.before):
            ahead = None
            if START not in before:
                ahead = docsets.union([reached[other] for other in before], count)
            needed = term not in graph.optional and (ahead is None or len(ahead))
            held = held_postings(self._places[term], self._segment) if needed else []
            documents = docsets.union([each for _, _, each in held], count)
            if ahead is not None and len(documents):
                documents = docsets.intersection([documents, ahead], count)
            self._postings.append(held)
            reached.append(documents)
        by_part = [
            docsets.union([reached[t] for t in graph.last if graph.parts[t] == part], count)
            for part in range(graph.part_count)
        ]
        return docsets.intersection(by_part, count)

    def _reached(self, candidates: Array) -> list[Array]:
        """The keys of each term that a row of terms from the start leads to."""
        graph, reached = self._graph, list[Array]()
        keys = [self._keys(held, candidates) for held in self._postings]
        for term, before in enumerate(graph.before):
            ahead = None
            if START not in before:
                ahead = _union([reached[other] for other in before]) + 1
            if term in graph.optional:
                wanted = self._wanted(term, ahead, keys, candidates)
                if len(wanted):
                    held = held_postings(self._places[term], self._segment)
                    keys[term] = self._keys(held, wanted)
            own = keys[term]
            reached.append(
                own if ahead is None or not len(own) else positions.keys_in_both(own, ahead)
            )
        return reached

    def _wanted(
        self, term: int, ahead: Array | None, keys: Sequence[Array], candidates: Array
    ) -> Array:
        """The documents in which a term that may be left out has room before the next one."""
        if self._graph.slop:
            return candidates
        if ahead is None:
            return NO_DOCUMENTS
        following = next(n for n in range(term, len(keys)) if n not in self._graph.optional)
        behind = [ahead + gap for gap in range(1, following - term + 1)]
        room = map(partial(positions.keys_in_both, keys[following]), behind)
        return positions.documents_of(_union(list(room)))

    def _keys(self, held: Sequence[TermPostings], documents: Array) -> Array:
        return keys_in(held, documents, 0, self._count) if held else _NO_KEYS


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
