"""The documents behind the numbers that a query finds, whichever segment they are in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from whoosh.searching import Searcher as WhooshSearcher

from index.codec.whoosh_codec import column_of
from search.execution import phrase_matching as adjacency
from search.kernels.scored_postings import DOCUMENT
from search.query.query_terms import MatchTarget, Positions


class StoredDocuments:
    """What the index keeps of documents, asked by their numbers."""

    def __init__(self, searcher: WhooshSearcher) -> None:
        self._searcher = searcher

    def release(self) -> None:
        """Let go of the memory of what was read of the index so far."""
        for segment, _ in self._searcher.leaf_searchers():
            reader = segment.reader()
            for part in (reader._terms, reader._perdoc):  # each has opened the file for itself
                part.file.release()

    def stored(self, number: int) -> dict[str, Any]:
        """All that is kept to show a document."""
        stored: dict[str, Any] = self._searcher.stored_fields(number)["stored"]
        return stored

    def numbers(self, field: str, value: str) -> list[int]:
        """The documents with a value in a field."""
        try:
            value.encode()
        except UnicodeEncodeError:  # a file name of the system that is no text
            return []
        return list(self._searcher.document_numbers(**{field: value}))

    def column(self, name: str, numbers: Iterable[int]) -> list[Any]:
        """What a column holds for documents."""
        values: list[Any] = []
        for segment, _ in self._searcher.leaf_searchers():
            values.extend(column_of(segment.reader(), name))
        return [values[number] for number in numbers]

    def positions(
        self, numbers: Iterable[int], targets: Sequence[MatchTarget]
    ) -> dict[int, Positions]:
        """Where the targets stand in the bodies of documents: number → positions."""
        wanted = sorted(numbers)
        found: dict[int, Positions] = {}
        parts = self._searcher.leaf_searchers()
        ends = [offset for _, offset in parts[1:]] + [self._searcher.doc_count_all()]
        for (segment, offset), end in zip(parts, ends, strict=True):
            inside = [number - offset for number in wanted if offset <= number < end]
            places = _places(segment.reader(), inside, targets) if inside else {}
            found |= {number + offset: place for number, place in places.items()}
        return found


def _places(
    reader: Any, documents: Sequence[int], targets: Sequence[MatchTarget]
) -> dict[int, Positions]:
    """The same within one segment, whose documents ascend."""
    found: dict[int, dict[int, tuple[int, ...]]] = {document: {} for document in documents}
    numbers, fields = np.array(documents, DOCUMENT), reader._terms.fields
    for n, target in enumerate(targets):
        if not target.in_body:
            continue
        alone = (n,)  # one for all its places, of which a long text has a hundred thousand
        standing = [
            adjacency.positions(slot.leaves, numbers, fields, reader.doc_count_all())
            for slot in target.slots
        ]
        for document, *own in zip(documents, *standing, strict=True):
            places = found[document]
            for position in target.match_positions(own):
                places[position] = places.get(position, ()) + alone
    return dict(found)
