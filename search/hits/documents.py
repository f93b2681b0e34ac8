"""StoredDocuments: stored fields, columns and term positions by document number."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from index.codec.segment_reader import IndexReader
from search.kernels.scored_postings import DOCUMENT, Array
from search.query.query_terms import FieldTerm, MatchTarget, Positions, QueryTerm

Stored = dict[str, Any]
"""All that an index keeps to show a document."""

FindPositions = Callable[[Sequence[FieldTerm], Sequence[int]], list[list[int]]]
"""Finds the ascending positions of any of some terms, in each of ascending documents."""


class StoredDocuments:
    """Reads documents of an index by their numbers."""

    def __init__(self, reader: IndexReader, find_positions: FindPositions) -> None:
        self._reader, self._find_positions = reader, find_positions

    def release(self) -> None:
        """Free the memory of the pages read so far; they are read again when needed."""
        self._reader.release()

    def stored(self, number: int) -> Stored:
        """All that is kept to show a document. Raises IndexCorrupt."""
        return self._reader.stored(number)

    def numbers(self, field: str, value: str) -> list[int]:
        """The documents whose field holds a value."""
        return self._reader.document_numbers(field, value)

    def named(self, names: Sequence[tuple[str, str]]) -> list[Stored]:
        """The documents with the first pair of a field and its value that any document has."""
        found = (self.numbers(field, value) for field, value in names)
        return [self.stored(number) for number in next(filter(None, found), [])]

    def ending(self, endings: tuple[str, ...]) -> Iterator[Stored]:
        """Yield what is stored of the documents whose paths end with one of some texts."""
        for path in dict.fromkeys(self._reader.paths()):
            if path.endswith(endings):
                yield from map(self.stored, self.numbers("path", path))

    def days(self, numbers: Array, column: str = "day") -> Array:
        """The days of documents, or those of their files (``modified``), as ordinals: int64."""
        return self._reader.days(column).take(numbers)

    def paths(self, numbers: Array) -> list[str]:
        """The paths of documents."""
        paths = self._reader.paths()
        return [paths[number] for number in numbers.tolist()]

    def positions(
        self, numbers: Iterable[int], targets: Sequence[MatchTarget]
    ) -> dict[int, Positions]:
        """The positions of the targets in the bodies of documents, by document."""
        wanted = sorted(numbers)
        found: dict[int, dict[int, tuple[int, ...]]] = {number: {} for number in wanted}
        ends = self._body_ends(wanted)
        for n, target in enumerate(targets):
            if not target.in_body:
                continue
            alone = (n,)  # one tuple for all positions, of which a long text has a hundred thousand
            by_term = [self._accepted_positions(term, wanted) for term in target.terms]
            for number, end, *own in zip(wanted, ends, *by_term, strict=True):
                places = found[number]
                in_body = [each[: bisect_left(each, end)] for each in own]
                for position in target.match_positions(in_body):
                    places[position] = places.get(position, ()) + alone
        return dict(found)

    def _body_ends(self, wanted: Sequence[int]) -> list[int]:
        """Where the bodies of ascending documents end; the title is behind them."""
        ends: list[int] = []
        for segment, offset in self._reader:
            local = [n - offset for n in wanted if offset <= n < offset + segment.count]
            if local:
                ends += segment.body_ends(np.array(local, DOCUMENT))
        return ends

    def _accepted_positions(self, term: QueryTerm, wanted: Sequence[int]) -> list[list[int]]:
        """The ascending positions of the words that a term accepts, in each document."""
        found = self._find_positions(term.field_terms, wanted)
        if not term.excluded:
            return found
        others = self._find_positions(term.excluded, wanted)
        return [sorted({*own} - {*other}) for own, other in zip(found, others, strict=True)]
