"""What to try when a query finds nothing, or a word of it is nowhere in the index.

Every suggestion is a query that finds something, with how much: it is counted before
it is made.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from search.dictionary.common_terms import LAST
from search.suggest.keyboard import swap_keyboard_layout

Count = Callable[[str], int]
"""How many documents a query finds."""
Missing = Mapping[str, Sequence[str]]
"""Words that are nowhere in the index → the nearest that are, the nearest first."""
Common = Callable[[str, str], Iterable[str]]
"""The commonest words of the index from one up to another."""

_MOST = 3
_FEW = 8
"""Clauses of a query that is tried without each of them."""
_LONGEST = 200
"""Characters of a query that is tried in parts."""
_BEGINNING = 6
"""Letters of a word by which words that begin alike are looked for, and fewer."""
_SHORTEST = 3
"""The same, from below: what fewer letters stand for has nothing to do with the word."""
_WORD = re.compile(r"\S+")
_LETTERS = re.compile(r"[^\W\d_]+")
_OPERATORS = re.compile(r"(?:(?:AND|OR|NOT)\s+)+")
_CLAUSE = re.compile(rf'(?:{_OPERATORS.pattern})?(?:[+-]?(?:\w+:)?"[^"]*"(?:~\d*)?|\S+)')
_SCRIPTS = {"en": ("a", "{"), "ar": ("ء", "ۿ")}
"""Between which words those of a script are."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A query to try."""

    query: str
    total: int
    why: str

    def __str__(self) -> str:
        documents = "document" if self.total == 1 else "documents"
        return f"{self.why}: {self.query} ({self.total:,} {documents})"


def suggestions(query: str, missing: Missing, count: Count, common: Common) -> list[Suggestion]:
    """What to try instead of a query, the likeliest first.

    Nothing only where none of the commonest words is found: under a filter that is no
    part of the query, perhaps.
    """
    tries = _tries(query, missing, common) if len(query) <= _LONGEST else ()
    return _found(query, tries, count) or _found(query, _common(query, missing, common), count)


def _found(query: str, tries: Iterable[tuple[str, str]], count: Count) -> list[Suggestion]:
    """The first of the tries that find something."""
    found: list[Suggestion] = []
    tried = {query}
    for other, why in tries:
        if other and other not in tried:
            tried.add(other)
            if total := count(other):
                found.append(Suggestion(other, total, why))
        if len(found) == _MOST:
            break
    return found


def _tries(query: str, missing: Missing, common: Common) -> Iterator[tuple[str, str]]:
    for part in (query, *_WORD.findall(query)[:_FEW]):
        if (other := _in_other_layout(part)) != part:
            yield other, "with the other keyboard"
    better = corrected(query, missing)
    yield better, "did you mean"
    clauses = _CLAUSE.findall(better)
    if 1 < len(clauses) <= _FEW:
        yield from _parts(clauses, [word for word, near in missing.items() if not near])
    elif query.isalpha() and better == query:
        yield _beginning(query, common), "words that begin so"
    elif query.startswith('"'):
        yield query.replace('"', " ").strip(), "without the quotes"


def _beginning(word: str, common: Common) -> str:
    """The longest beginning of a word that any word of the index has, if that is long enough."""
    for length in range(min(len(word) - 1, _BEGINNING), _SHORTEST - 1, -1):
        start = word[:length].lower()
        if any(True for _ in common(start, start + LAST)):
            return f"{start}*"
    return ""


def _parts(clauses: Sequence[str], nowhere: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The clauses without those that say what is nowhere, without each, and each alone."""
    kept = [c for c in clauses if not any(_whole(word).search(c) for word in nowhere)]
    left = " ".join(_bare(clause) for clause in clauses if clause not in kept)
    if left:
        yield _joined(kept), f"without {left}"
    for n, clause in enumerate(kept):
        without = " ".join(filter(None, (left, _bare(clause))))
        yield _joined([*kept[:n], *kept[n + 1 :]]), f"without {without}"
    for clause in kept:
        yield _joined([clause]), f"only {_bare(clause)}"


def _joined(clauses: Sequence[str]) -> str:
    """Clauses as a query; nothing where they only say what is not wanted."""
    if all(clause.startswith("-") or "NOT" in clause.split() for clause in clauses):
        return ""
    first, *others = clauses
    return " ".join([_bare(first), *others])


def _bare(clause: str) -> str:
    """A clause without the AND or OR before it; NOT is a part of it."""
    match = _OPERATORS.match(clause)
    if match is None:
        return clause
    return ("NOT " if "NOT" in match[0] else "") + clause[match.end() :]


def _common(query: str, missing: Missing, common: Common) -> Iterator[tuple[str, str]]:
    """The commonest words that begin like the query, are of its script, or are there at all."""
    letters = [*missing, *_LETTERS.findall(query.lower())]
    word = letters[0] if letters else ""
    for length in range(min(len(word), _BEGINNING), 0, -1):
        start = word[:length]
        for other in common(start, start + LAST):
            yield other, f"a word that begins with {start}"
    for low, high in (
        _SCRIPTS["ar" if word >= _SCRIPTS["ar"][0] else "en"],
        *_SCRIPTS.values(),
        ("", LAST),
    ):
        for other in common(low, high):
            yield other, "a common word here"


def _in_other_layout(query: str) -> str:
    """The query with every word by the other layout that is a word there."""
    words = _WORD.findall(query)
    others = [swap_keyboard_layout(word) or "" for word in words]
    return " ".join(
        other if other.isalpha() else word for other, word in zip(others, words, strict=True)
    )


def _whole(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)


def corrected(query: str, missing: Missing) -> str:
    """The query with each missing word replaced by the nearest one.

    >>> corrected("+lavrvo talks", {"lavrvo": ["lavrov", "lavra"]})
    '+lavrov talks'
    """
    for word, near in missing.items():
        if near:
            query = near[0].join(_whole(word).split(query))
    return query
