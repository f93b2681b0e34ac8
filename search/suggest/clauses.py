"""The clauses of a query text: split, and joined again without some of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.analysis.lazy_pattern import lazy_pattern

_OPERATORS = lazy_pattern(r"(?:(?:AND|OR|NOT)\s+)+")
_CLAUSE = lazy_pattern(rf'(?:{_OPERATORS.pattern})?(?:[+-]?(?:\w+:)?"[^"]*"(?:~\d*)?|\S+)')


def split_clauses(query: str) -> list[str]:
    """Split a query into words and quotations, each with its operators and its sign.

    >>> split_clauses('oil AND NOT "gas field"~2 +title:port')
    ['oil', 'AND NOT "gas field"~2', '+title:port']
    """
    return _CLAUSE.findall(query)


def shortened_queries(clauses: Sequence[str], missing: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield shorter queries with a reason each.

    First without the clauses that contain ``missing`` words, then also without one more clause,
    then each clause alone.
    """
    kept = [c for c in clauses if not any(whole_word(word).search(c) for word in missing)]
    dropped = " ".join(_without_and_or(clause) for clause in clauses if clause not in kept)
    if dropped:
        yield _join_clauses(kept), f"without “{dropped}”"
    for n, clause in enumerate(kept):
        left_out = " ".join(filter(None, (dropped, _without_and_or(clause))))
        yield _join_clauses([*kept[:n], *kept[n + 1 :]]), f"without “{left_out}”"
    for clause in kept:
        yield _join_clauses([clause]), f"only “{_without_and_or(clause)}”"


def whole_word(word: str) -> re.Pattern[str]:
    """Compile a pattern for a whole word that is not the name of a field, in any case."""
    return re.compile(rf"(?<!\w){re.escape(word)}(?![\w:])", re.IGNORECASE)


def _join_clauses(clauses: Sequence[str]) -> str:
    """Join clauses to a query; ``""`` if all of them only exclude documents."""
    if all(clause.startswith("-") or "NOT" in clause.split() for clause in clauses):
        return ""
    first, *others = clauses
    return " ".join([_without_and_or(first), *others])


def _without_and_or(clause: str) -> str:
    """Remove AND and OR from the beginning of a clause; NOT is part of it."""
    match = _OPERATORS.match(clause)
    if match is None:
        return clause
    return ("NOT " if "NOT" in match[0] else "") + clause[match.end() :]
