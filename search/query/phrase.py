"""A phrase as a Whoosh query: words in a row, each out of any field and form.

Whoosh's own Phrase looks at one field. Ours takes stop words from ``exact`` and the
others from ``stem``, which count the same positions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from whoosh import query
from whoosh.matching import Matcher, WrappingMatcher
from whoosh.reading import TermNotFound

from search.query.query_terms import FieldTerm, match_positions


class Locator:
    """Where terms stand in documents of one segment, asked in ascending order."""

    def __init__(self, reader: Any, leaves: Sequence[FieldTerm]) -> None:
        self._matchers = [m for field, term in leaves if (m := _postings(reader, field, term))]

    def positions(self, document: int) -> list[int]:
        """The ascending positions of any of the terms in a document of the segment."""
        found: set[int] = set()
        for matcher in self._matchers:
            if matcher.is_active() and matcher.id() < document:
                matcher.skip_to(document)
            if matcher.is_active() and matcher.id() == document:
                found.update(matcher.value_as("positions"))
        return sorted(found)


def _postings(reader: Any, field: str, term: str) -> Any:
    try:
        return reader.postings(field, term)
    except TermNotFound:
        return None


class PhraseQuery(query.Query):  # type: ignore[misc] # Whoosh has no types
    """Documents in which one leaf of every slot stands in its place.

    ``scored`` is the query whose score such a document has; it must match wherever
    the phrase can.
    """

    def __init__(
        self,
        scored: query.Query,
        slots: Sequence[Sequence[FieldTerm]],
        offsets: Sequence[int],
        slop: int,
    ) -> None:
        self.scored, self.slots, self.offsets, self.slop = scored, slots, offsets, slop

    def __hash__(self) -> int:
        return hash((tuple(map(tuple, self.slots)), tuple(self.offsets), self.slop))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PhraseQuery) and hash(self) == hash(other)

    def is_leaf(self) -> bool:
        """Whoosh must not look inside."""
        return True

    def terms(self, phrases: bool = False) -> Iterator[tuple[str, str]]:
        """The terms, for whoever asks the query tree."""
        for slot in self.slots:
            yield from slot

    def estimate_size(self, reader: Any) -> int:
        """At most as many documents as the query behind it."""
        return int(self.scored.estimate_size(reader))

    def matcher(self, searcher: Any, context: Any = None) -> Matcher:
        """Whoosh's way to the documents of one segment."""
        child = self.scored.matcher(searcher, context)
        if not child.is_active():
            return child
        locators = [Locator(searcher.reader(), slot) for slot in self.slots]
        return _PhraseMatcher(child, locators, self)


class _PhraseMatcher(WrappingMatcher):  # type: ignore[misc]
    """Those documents of the child in which the words stand right."""

    def __init__(self, child: Any, locators: Sequence[Locator], phrase: PhraseQuery) -> None:
        super().__init__(child)
        self._locators, self._phrase = locators, phrase
        self._find()

    def _find(self) -> None:
        while self.child.is_active() and not self._stands(self.child.id()):
            self.child.next()

    def _stands(self, document: int) -> bool:
        found = (locator.positions(document) for locator in self._locators)
        return bool(match_positions(list(found), self._phrase.offsets, self._phrase.slop))

    def next(self) -> None:
        self.child.next()
        self._find()

    def skip_to(self, id: int) -> None:  # noqa: A002 (Whoosh's name)
        if self.child.is_active() and self.child.id() < id:
            self.child.skip_to(id)
            self._find()

    def all_ids(self) -> Iterator[int]:
        while self.is_active():
            yield self.id()
            self.next()

    def replace(self, minquality: float = 0) -> Matcher:
        return self

    def supports_block_quality(self) -> bool:
        return False
