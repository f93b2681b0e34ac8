"""Compare the notes on other spellings with the texts of the documents that a search found."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from index.analysis import analyze
from search.names.spelling import Found
from search.options import Options
from search.searcher import Searcher

_NOTE = re.compile(r"(.+?): also (.+ \([\d,]+\))")
_COUNTED = re.compile(r"(?:^|, )([^()]+) \(([\d,]+)\)")


class Noted(NamedTuple):
    """A spelling that a note counts."""

    typed: str
    spelling: str
    documents: int


class Check(NamedTuple):
    """A spelling that the note of a query counts, and what the texts say of it."""

    query: str
    noted: Noted
    held: int
    """Documents of the result that have the spelling."""
    left_out: int
    """Documents with the spelling that are not in the result."""

    @property
    def is_counted_right(self) -> bool:
        """Whether the result has as many documents with the spelling as the note says."""
        return self.noted.documents == self.held

    def __str__(self) -> str:
        typed, spelling, documents = self.noted
        found = f"{self.held} in the result and {self.left_out} not"
        return f"{self.query}: the note on {typed} counts {spelling} ({documents}), {found}"


@dataclass(frozen=True, slots=True)
class NoteReader:
    """Reads the notes of searches in an index of short texts, and the texts themselves."""

    searcher: Searcher
    numbers: Mapping[str, set[int]]
    """Stem → the numbers of the documents that have it."""

    @classmethod
    def of(cls, searcher: Searcher) -> NoteReader:
        """The reader of an index from which nothing was deleted."""
        numbers: defaultdict[str, set[int]] = defaultdict(set)
        for number in range(searcher.document_count):
            for token in analyze(searcher._engine.documents.stored(number)["text"]):
                if token.term.stem is not None:  # a stop word is not found by a stem like it
                    numbers[token.term.stem].add(number)
        return cls(searcher, numbers)

    def checks(self, query: str) -> Iterator[Check]:
        """Yield a check of every spelling that the notes of a query count."""
        retrieved = self.searcher._run(query, Options())
        found = set(retrieved.found.documents.tolist())
        for noted in spellings_in(retrieved.plan.notes):
            having = self._having(noted, retrieved.plan.spellings[noted.typed][noted.spelling])
            yield Check(query, noted, len(having & found), len(having - found))

    def _having(self, noted: Noted, known: Found) -> set[int]:
        """The documents with a spelling: by their texts, for one of two words by its query."""
        tokens = [token for token in analyze(noted.spelling) if not token.alternative]
        if len(tokens) > 1:
            return set(self.searcher._engine.collector.collect(known.query).documents.tolist())
        return self.numbers[str(tokens[0].term.stem)]


def spellings_in(notes: Sequence[str]) -> list[Noted]:
    """The spellings that notes count."""
    return [
        Noted(typed, spelling, int(documents.replace(",", "")))
        for note in notes
        for typed, listed in _NOTE.findall(note)
        for spelling, documents in _COUNTED.findall(listed)
    ]
