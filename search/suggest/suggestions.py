"""Queries to try when a query finds nothing, or when a word of it is not in the index.

Every suggestion finds something: its documents are counted before it is made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.analysis.lazy_pattern import lazy_pattern
from search.dictionary.common_terms import LAST
from search.suggest.clauses import shortened_queries, split_clauses, whole_word
from search.suggest.keyboard import swap_keyboard_layout

CountDocuments = Callable[[str], int]
"""Query → number of documents that match it."""
MissingWords = Mapping[str, Sequence[str]]
"""Words that are not in the index → the nearest that are, nearest first."""
CommonTerms = Callable[[str, str], Iterable[str]]
"""Lower and upper bound → the terms of the index between them, most frequent first."""
Candidate = tuple[str, str]
"""A query to try, and the reason that is shown with it."""

_MAX_SUGGESTIONS = 3
_MAX_CLAUSES = 8
"""Clauses of a query that is tried without each of them."""
_MAX_LENGTH_QUERY = 200
"""Characters of a query that is tried in parts."""
_MAX_LENGTH_PREFIX = 6
"""Letters of a word by which words with the same prefix are looked up; then fewer."""
_MIN_LENGTH_PREFIX = 3
"""A shorter prefix, or one of less than half of the word, has nothing to do with it."""
_WORD = lazy_pattern(r"\S+")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A query to try."""

    query: str
    total: int
    """Documents that match it."""
    reason: str

    def __str__(self) -> str:
        documents = "document" if self.total == 1 else "documents"
        return f"{self.reason}: {self.query} ({self.total:,} {documents})"


def suggestions(
    query: str, missing: MissingWords, count: CountDocuments, common: CommonTerms
) -> list[Suggestion]:
    """Return queries to try instead of ``query``, the likeliest first; none if none is near it.

    A query that has nothing to do with what was typed helps nobody, whatever it finds.
    """
    likely = _likely(query, missing, common) if len(query) <= _MAX_LENGTH_QUERY else ()
    return _with_totals(query, likely, count)


def _with_totals(
    query: str, candidates: Iterable[Candidate], count: CountDocuments
) -> list[Suggestion]:
    """Return the first candidates that find something."""
    suggested: list[Suggestion] = []
    tried = {query}
    for other, reason in candidates:
        if other and other not in tried:
            tried.add(other)
            if total := count(other):
                suggested.append(Suggestion(other, total, reason))
        if len(suggested) == _MAX_SUGGESTIONS:
            break
    return suggested


def _likely(query: str, missing: MissingWords, common: CommonTerms) -> Iterator[Candidate]:
    """Yield corrections of the query, then parts of it."""
    for part in (query, *_WORD.findall(query)[:_MAX_CLAUSES]):
        if (other := in_other_layout(part)) != part:
            yield other, "with the other keyboard"
    better = corrected(query, missing)
    yield better, "did you mean"
    nowhere = [word for word, near in missing.items() if not near]
    clauses, word = split_clauses(better), query.lstrip("+")
    if 1 < len(clauses) <= _MAX_CLAUSES:
        yield from shortened_queries(clauses, nowhere)
    elif word.isalpha() and better == query:
        yield _longest_prefix(word, common), "words with this beginning"
    elif better.startswith('"'):
        words = better.replace('"', " ").split()
        yield " ".join(words), "without the quotes"
        yield from shortened_queries(words[:_MAX_CLAUSES], nowhere)


def corrected(query: str, missing: MissingWords) -> str:
    """Replace each missing word of a query by the nearest one.

    >>> corrected("+lavrvo talks", {"lavrvo": ["lavrov", "lavra"]})
    '+lavrov talks'
    """
    for word, near in missing.items():
        if near:
            query = near[0].join(whole_word(word).split(query))
    return query


def in_other_layout(query: str) -> str:
    """Swap the keyboard layout of every word that is a word in the other layout."""
    words = _WORD.findall(query)
    swapped = [swap_keyboard_layout(word) or "" for word in words]
    return " ".join(
        other if other.isalpha() else word for other, word in zip(swapped, words, strict=True)
    )


def _longest_prefix(word: str, common: CommonTerms) -> str:
    """Return the longest prefix of a word that is in the index as ``prefix*``, or ``""``."""
    longest = min(len(word) - 1, _MAX_LENGTH_PREFIX)
    shortest = min(max(_MIN_LENGTH_PREFIX, (len(word) + 1) // 2), _MAX_LENGTH_PREFIX)
    for length in range(longest, shortest - 1, -1):
        prefix = word[:length].lower()
        if any(True for _ in common(prefix, prefix + LAST)):
            return f"{prefix}*"
    return ""
