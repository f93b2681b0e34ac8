"""Filters of a query as executable queries that score 0."""

from __future__ import annotations

from index.codec.segment_builder import NO_DAY
from search.parsing import ast
from search.query.boolean import FilterQuery, OrQuery
from search.query.filters import DayQuery, PathQuery, path_pattern
from search.query.node import Query
from search.query.terms import TermQuery


def filter_query(clause: ast.Filter) -> Query:
    """The documents that pass a filter. They score 0."""
    return FilterQuery(_documents(clause))


def _documents(clause: ast.Filter) -> Query:
    match clause:
        case ast.LanguageFilter(language):
            return TermQuery("language", language)
        case ast.TypeFilter(types):
            return OrQuery(tuple(TermQuery("type", name) for name in types))
        case ast.DateFilter(first, last):
            return DayQuery(first.toordinal(), last.toordinal())
        case ast.ModifiedFilter(first, last):
            return DayQuery(first.toordinal(), last.toordinal(), "modified")
        case ast.UndatedFilter():
            return DayQuery(NO_DAY, NO_DAY)
        case ast.PathFilter(glob):
            return PathQuery(path_pattern(glob))
