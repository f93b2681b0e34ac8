"""What to try when a query finds nothing, or a word of it is nowhere in the index.

Every suggestion is a query that finds something, with how much: it is counted before
it is made.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from search.layouts import other_layout

Count = Callable[[str], int]
"""How many documents a query finds."""
Missing = Mapping[str, Sequence[str]]
"""Words that are nowhere in the index → the nearest that are, the nearest first."""

_MOST = 3
_FEW = 8
"""Parts of a query that is tried without each of them."""
_LONGEST = 200
"""Characters of a query to which there is anything to suggest."""
_BEGINNING = 6
"""Letters of a word by which words that begin alike are looked for, and fewer."""
_WORD = re.compile(r"\S+")
_CLAUSE = re.compile(r'[+-]?(?:\w+:)?"[^"]*"(?:~\d*)?|\S+')


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A query to try."""

    query: str
    total: int
    why: str

    def __str__(self) -> str:
        documents = "document" if self.total == 1 else "documents"
        return f"{self.why}: {self.query} ({self.total:,} {documents})"


def suggestions(query: str, missing: Missing, count: Count) -> list[Suggestion]:
    """What to try instead of a query, the likeliest first."""
    if len(query) > _LONGEST:
        return []
    found: list[Suggestion] = []
    tried = {query}
    for other, why in _tries(query, missing):
        if other and other not in tried and len(found) < _MOST:
            tried.add(other)
            if total := count(other):
                found.append(Suggestion(other, total, why))
    return found


def _tries(query: str, missing: Missing) -> Iterator[tuple[str, str]]:
    yield _in_other_layout(query), "with the other keyboard"
    yield corrected(query, missing), "did you mean"
    clauses = _CLAUSE.findall(query)
    if 1 < len(clauses) <= _FEW:
        for n, clause in enumerate(clauses):
            yield " ".join(clauses[:n] + clauses[n + 1 :]), f"without {clause}"
    elif query.isalpha():
        for length in range(min(len(query) - 1, _BEGINNING), 2, -1):
            yield f"{query[:length]}*", "words that begin so"
    elif query.startswith('"'):
        yield query.replace('"', " ").strip(), "without the quotes"


def _in_other_layout(query: str) -> str:
    """The query with every word by the other layout that is on its keys."""
    words = _WORD.findall(query)
    others = [other_layout(word) for word in words]
    return " ".join(other or word for other, word in zip(others, words, strict=True))


def corrected(query: str, missing: Missing) -> str:
    """The query with each missing word replaced by the nearest one.

    >>> corrected("+lavrvo talks", {"lavrvo": ["lavrov", "lavra"]})
    '+lavrov talks'
    """
    for word, near in missing.items():
        if near:
            pattern = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)
            query = near[0].join(pattern.split(query))
    return query
