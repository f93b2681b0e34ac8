"""StoredDocuments: stored fields, columns and term positions by document number."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from index.codec.segment_reader import IndexReader, SegmentReader
from search.execution.phrase_matching import term_positions
from search.kernels.scored_postings import DOCUMENT, Array
from search.query.query_terms import MatchTarget, Positions, QueryTerm

Stored = dict[str, Any]
"""All that an index keeps to show a document."""


class StoredDocuments:
    """Reads documents of an index by their numbers."""

    def __init__(self, reader: IndexReader) -> None:
        self._reader = reader

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
        found: dict[int, Positions] = {}
        for segment, offset in self._reader:
            local = [n - offset for n in wanted if offset <= n < offset + segment.count]
            by_document = _positions(segment, local, targets) if local else {}
            found |= {number + offset: places for number, places in by_document.items()}
        return found


def _positions(
    segment: SegmentReader, documents: Sequence[int], targets: Sequence[MatchTarget]
) -> dict[int, Positions]:
    """The positions of the targets in ascending documents of one segment."""
    found: dict[int, dict[int, tuple[int, ...]]] = {document: {} for document in documents}
    numbers = np.array(documents, DOCUMENT)
    ends = segment.body_ends(numbers)  # the title is behind them
    for n, target in enumerate(targets):
        if not target.in_body:
            continue
        alone = (n,)  # one tuple for all positions, of which a long text has a hundred thousand
        by_term = [_accepted_positions(segment, term, numbers) for term in target.terms]
        for document, end, *own in zip(documents, ends, *by_term, strict=True):
            places = found[document]
            in_body = [each[: bisect_left(each, end)] for each in own]
            for position in target.match_positions(in_body):
                places[position] = places.get(position, ()) + alone
    return dict(found)


def _accepted_positions(
    segment: SegmentReader, term: QueryTerm, documents: Array
) -> list[list[int]]:
    """The ascending positions of the words that a term accepts, in each document."""
    found = term_positions(segment, term.field_terms, documents)
    if not term.excluded:
        return found
    others = term_positions(segment, term.excluded, documents)
    return [sorted({*own} - {*other}) for own, other in zip(found, others, strict=True)]
