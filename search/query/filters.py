"""Queries for the documents whose path or day passes a filter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fnmatch import translate
from os.path import normpath
from pathlib import Path

import numpy as np

from index.codec.segment_reader import SegmentReader
from index.codec.term_bytes import decode_term
from index.schema import readable_path
from search.kernels.scored_postings import Array
from search.query.node import Query, Scorer


@dataclass(frozen=True, slots=True)
class PathQuery(Query):
    """The documents whose path matches a pattern."""

    pattern: re.Pattern[str]

    def documents(self, scorer: Scorer) -> Array:
        """Those selected from the segment's paths."""
        return scorer.selected(self)

    def scores(self, scorer: Scorer, documents: Array) -> Array:
        """1 for each."""
        return np.ones(len(documents))

    def select(self, segment: SegmentReader) -> Array:
        """The documents of a segment, deleted ones included: integers, ascending.

        Every path is a term, matched once however many documents have it.
        """
        view, match = segment.fields["path"], self.pattern.match
        paths = map(readable_path, map(decode_term, view.terms()))
        passing = np.array([match(path) is not None for path in paths], bool)
        counts = view.all_frequencies()
        return np.sort(view.documents.whole[np.repeat(passing, counts)])


@dataclass(frozen=True, slots=True)
class DayQuery(Query):
    """The documents of the days from ``first`` to ``last``, both included, as ordinals.

    ``column`` is one of DAY_COLUMNS. From NO_DAY to NO_DAY are the documents without a date.
    """

    first: int
    last: int
    column: str = "day"

    def documents(self, scorer: Scorer) -> Array:
        """Those selected from the segment's days."""
        return scorer.selected(self)

    def scores(self, scorer: Scorer, documents: Array) -> Array:
        """1 for each."""
        return np.ones(len(documents))

    def select(self, segment: SegmentReader) -> Array:
        """The documents of a segment, deleted ones included: integers, ascending."""
        days = segment.days(self.column)
        return np.flatnonzero((days >= self.first) & (days <= self.last))


def path_pattern(glob: str) -> re.Pattern[str]:
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
    return re.compile(f"(?s:{start}{inner}{rest})\\Z")
