"""Filters of a query to the documents that pass them."""

from __future__ import annotations

import re
from array import array
from fnmatch import translate
from os.path import normpath
from pathlib import Path
from typing import Any

import numpy as np
from whoosh import query as whoosh
from whoosh.matching import ListMatcher, Matcher, NullMatcher

from index.codec.array_file import Array
from index.codec.postings import FieldPostings
from index.codec.whoosh_codec import column_of
from search.parsing import ast as tree
from search.query.boolean import FilterQuery


def filter_query(clause: tree.Filter) -> whoosh.Query:
    """The documents that pass a filter. They score 0."""
    return FilterQuery(_documents(clause))


def everything() -> whoosh.Query:
    """All documents. They score 0."""
    return FilterQuery(whoosh.Every())


def _documents(clause: tree.Filter) -> whoosh.Query:
    match clause:
        case tree.LanguageFilter(language):
            return whoosh.Term("language", language)
        case tree.TypeFilter(types):
            return whoosh.Or([whoosh.Term("type", name) for name in types])
        case tree.DateFilter(first, last):
            return DayRange(first.toordinal(), last.toordinal())
        case tree.PathFilter(glob):
            return PathPattern(path_pattern(glob))


class Column(whoosh.Query):  # type: ignore[misc] # Whoosh has no types
    """The documents whose value in a column passes. Whoosh would open a term a value."""

    column: str

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and vars(other) == vars(self)

    def __hash__(self) -> int:
        return hash((type(self), *vars(self).values()))

    def passes(self, value: Any) -> bool:
        """Whether a value of the column passes."""
        raise NotImplementedError

    def is_leaf(self) -> bool:
        """Whoosh must not look inside."""
        return True

    def estimate_size(self, reader: Any) -> int:
        """At most all documents."""
        return int(reader.doc_count())

    def matcher(self, searcher: Any, context: Any = None) -> Matcher:
        """Whoosh's way to the documents of one segment."""
        reader, passes = searcher.reader(), self.passes
        values = column_of(reader, self.column)
        found = array("I", (n for n in reader.all_doc_ids() if passes(values[n])))
        return ListMatcher(found) if found else NullMatcher()

    def select(self, reader: Any) -> Array:
        """Ascending integers: their numbers in one of our segments, deleted ones included."""
        raise NotImplementedError


class PathPattern(Column):
    """The documents whose path fits a pattern."""

    column = "path"

    def __init__(self, pattern: str) -> None:
        self.pattern = re.compile(pattern)

    def passes(self, value: str) -> bool:
        """Whether a path fits."""
        return self.pattern.match(value) is not None

    def select(self, reader: Any) -> Array:
        """Every path is a term of the index, and looked at once."""
        view: FieldPostings = reader._terms.fields[self.column]
        fits = self.pattern.match
        passing = np.array([fits(term.decode()) is not None for term in view.terms()], bool)
        counts: Array = np.diff(view.posting_starts.astype(np.int64))
        return np.sort(view.documents[np.repeat(passing, counts)])


class DayRange(Column):
    """The documents of the days from ``first`` to ``last``, both included, as ordinals."""

    column = "day"

    def __init__(self, first: int, last: int) -> None:
        self.first, self.last = first, last

    def passes(self, value: int) -> bool:
        """Whether a day lies in the range."""
        return self.first <= value <= self.last

    def select(self, reader: Any) -> Array:
        """All days stand in one array."""
        days: Array = reader._perdoc.file[self.column]
        return np.flatnonzero((days >= self.first) & (days <= self.last))


def path_pattern(glob: str) -> str:
    """A glob as a regular expression over absolute paths.

    It may begin at any folder, and name a folder for all that is in it; ``*`` also
    crosses folders. One that begins with ``./``, ``../`` or ``~/`` means that place.
    """
    if glob.startswith(("./", "../", "~/")):
        glob = normpath(Path(glob).expanduser().absolute())
    glob = glob.rstrip("/") or "/"
    inner = translate(glob).removeprefix("(?s:").removesuffix(")\\Z").removesuffix(")\\z")
    start = "" if glob.startswith("/") else "(?:.*/)?"
    rest = ".*" if glob == "/" else "(?:[/#].*)?"
    return f"(?s:{start}{inner}{rest})\\Z"
