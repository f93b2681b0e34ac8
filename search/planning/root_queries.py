"""The words of a text that have the root of an Arabic word of a query."""

from __future__ import annotations

from index.analysis.roots import root_of
from search.planning.context import QueryContext
from search.planning.term_queries import FieldScope
from search.query.node import Query
from search.query.query_terms import QueryTerm
from search.query.terms import TermQuery
from search.ranking.bm25 import WEIGHTS

ROOT = "root"
"""The field of roots, of which only texts and their titles have one."""


def root_queries(context: QueryContext, text: str, term: QueryTerm) -> list[Query]:
    """The query for the root of a word, which becomes a target if other words have it too.

    The field holds the word itself as well, so that it weighs the same with and without kin.
    """
    root = root_of(term.term)
    if root is None:
        return []
    frequency = context.expander.dictionary.document_frequency
    if frequency(ROOT, root) > frequency("stem", term.term.stem or ""):
        akin = QueryTerm(term.term, ((ROOT, root),), "root", excluded=term.field_terms)
        context.add_target(text, [akin], FieldScope(), boost=WEIGHTS[ROOT])
    return [TermQuery(ROOT, root, WEIGHTS[ROOT])]
