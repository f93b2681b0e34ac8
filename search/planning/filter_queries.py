"""Filters of a query as executable queries that score 0."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from index.codec.segment_layout import NO_DAY
from search.parsing import ast
from search.query.boolean import FilterQuery, OrQuery
from search.query.filters import DayQuery, PathQuery, path_pattern
from search.query.node import Query
from search.query.terms import TermQuery

TaggedPaths = Callable[[str], Sequence[str]]
"""The paths of the documents that the user gave a tag."""


def filter_query(clause: ast.Filter, tagged: TaggedPaths) -> Query:
    """The documents that pass a filter. They score 0."""
    return FilterQuery(_documents(clause, tagged))


def _documents(clause: ast.Filter, tagged: TaggedPaths) -> Query:
    match clause:
        case ast.LanguageFilter(language):
            return TermQuery("language", language)
        case ast.TypeFilter(types):
            return OrQuery(tuple(TermQuery("type", name) for name in types))
        case ast.DateFilter(first, last) | ast.ModifiedFilter(first, last):
            column = "modified" if isinstance(clause, ast.ModifiedFilter) else "day"
            return DayQuery(first.toordinal(), last.toordinal(), column)
        case ast.UndatedFilter():
            return DayQuery(NO_DAY, NO_DAY)
        case ast.PathFilter(glob):
            return PathQuery(path_pattern(glob))
        case ast.TagFilter(tags):
            paths = dict.fromkeys(path for tag in tags for path in tagged(tag))
            own = (TermQuery("path", path) for path in paths)
            return OrQuery((*(TermQuery("tag", tag.casefold()) for tag in tags), *own))
