"""Words in a row as scored queries: a phrase stands in the body or in the title."""

from __future__ import annotations

from collections.abc import Sequence

from whoosh import query as whoosh

from search.planning.term_variants import FieldScope, TermExpander
from search.query.boolean import any_of
from search.query.phrase import PhraseQuery
from search.query.query_terms import QueryTerm


def row(
    forms: TermExpander,
    slots: Sequence[QueryTerm],
    offsets: Sequence[int],
    slop: int,
    where: FieldScope,
) -> whoosh.Query | None:
    """The words at these places relative to each other, or with a slop near each other."""
    if len(slots) < 2:
        return forms.scored(slots[0], where) if slots else None
    parts = [FieldScope(title=False)] if where.body else []
    parts += [FieldScope(body=False)] if where.title else []
    return any_of([_in_one_field(forms, slots, offsets, slop, part) for part in parts])


def _in_one_field(
    forms: TermExpander,
    slots: Sequence[QueryTerm],
    offsets: Sequence[int],
    slop: int,
    where: FieldScope,
) -> whoosh.Query:
    scored = whoosh.And([forms.scored(slot, where) for slot in slots])
    leaves = [[(where.fields(name)[0], t) for name, t in slot.leaves] for slot in slots]
    return PhraseQuery(scored, leaves, list(offsets), slop)
