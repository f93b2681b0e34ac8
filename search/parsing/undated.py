"""What a filter by date leaves out because it has no date: the query for it, and the note."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from search.parsing.ast import Clause, DateFilter, ParsedGroup, ParsedQuery, UndatedFilter


def undated_query(query: ParsedQuery) -> ParsedQuery | None:
    """Return the query for the documents without a date that pass all but the filters by date.

    None if nothing filters by date; a filter within brackets or a list counts for none if
    documents may pass beside it.
    """
    clauses = query.root.must
    others = tuple(clause for clause in clauses if not _is_by_date(clause))
    if len(others) == len(clauses):
        return None
    return replace(query, root=replace(query.root, must=(*others, UndatedFilter())))


def _is_by_date(clause: Clause) -> bool:
    if isinstance(clause, ParsedGroup) and clause.should:
        return all(map(_is_by_date, clause.should)) and not clause.must
    return isinstance(clause, DateFilter)


def undated_notes(query: ParsedQuery, count: Callable[[ParsedQuery], int]) -> list[str]:
    """Return the note on documents that were left out; empty if there is none.

    ``count`` returns the number of documents that match a query.
    """
    undated = undated_query(query)
    left_out = count(undated) if undated else 0
    if not left_out:
        return []
    documents = "1 document" if left_out == 1 else f"{left_out:,} documents"
    return [f"{documents} without a date {'was' if left_out == 1 else 'were'} left out"]
