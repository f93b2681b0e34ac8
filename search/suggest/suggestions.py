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
"""A shorter prefix has nothing to do with the word."""
_WORD = lazy_pattern(r"\S+")
_LETTERS = lazy_pattern(r"[^\W\d_]+")
_SCRIPTS = {"en": ("a", "{"), "ar": ("ء", "ۿ")}
"""Language → lower and upper bound of the words in its script."""


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
    """Return queries to try instead of ``query``, the likeliest first.

    Empty only if even the most frequent words of the index find nothing, as under a filter
    that is not part of the query.
    """
    likely = _likely(query, missing, common) if len(query) <= _MAX_LENGTH_QUERY else ()
    return _with_totals(query, likely, count) or _with_totals(
        query, _common_words(query, missing, common), count
    )


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
    clauses = split_clauses(better)
    if 1 < len(clauses) <= _MAX_CLAUSES:
        yield from shortened_queries(clauses, [word for word, near in missing.items() if not near])
    elif query.isalpha() and better == query:
        yield _longest_prefix(query, common), "words with this beginning"
    elif query.startswith('"'):
        yield query.replace('"', " ").strip(), "without the quotes"


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
    for length in range(min(len(word) - 1, _MAX_LENGTH_PREFIX), _MIN_LENGTH_PREFIX - 1, -1):
        prefix = word[:length].lower()
        if any(True for _ in common(prefix, prefix + LAST)):
            return f"{prefix}*"
    return ""


def _common_words(query: str, missing: MissingWords, common: CommonTerms) -> Iterator[Candidate]:
    """Yield frequent words: those with a prefix of the query's word, of its script, then any."""
    words = [*missing, *_LETTERS.findall(query.lower())]
    word = words[0] if words else ""
    for length in range(min(len(word), _MAX_LENGTH_PREFIX), 0, -1):
        prefix = word[:length]
        for other in common(prefix, prefix + LAST):
            yield other, f"a word that begins with {prefix}"
    script = "ar" if word >= _SCRIPTS["ar"][0] else "en"
    for low, high in (_SCRIPTS[script], *_SCRIPTS.values(), ("", LAST)):
        for other in common(low, high):
            yield other, "a common word here"
