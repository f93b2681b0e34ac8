"""What the documents of an answer have in common, counted: for narrowing it down."""

from __future__ import annotations

import os.path
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from whoosh.query import NullQuery

from index.codec.postings import FieldPostings
from search.execution import phrase_matching as adjacency
from search.execution.collector import MatchSet
from search.execution.segment_search import SegmentSearcher
from search.kernels import docsets
from search.kernels.scored_postings import NO_DOCUMENTS, Array
from search.query.phrase import PhraseQuery
from search.query.query_terms import MatchTarget

MOST = 12
"""Folders and words that are listed, the commonest of them."""
_EPOCH = 719_163
"""The ordinal of 1970-01-01, from which numpy counts days."""

Counts = tuple[tuple[str, int], ...]
"""A value and the documents that have it; the commonest first."""


@dataclass(frozen=True, slots=True)
class Facets:
    """Documents counted by what they are."""

    languages: Counts = ()
    types: Counts = ()
    years: Counts = ()
    """The latest first."""
    folders: Counts = ()
    """Folders with all that is below them, and files that hold many documents."""
    words: Counts = ()
    """By the words and phrases of the query, in their order."""


class FacetCounter:
    """Counts over one index; what does not depend on a query is worked out once."""

    def __init__(self) -> None:
        self._folders: dict[int, _Folders] = {}

    def facets(self, found: MatchSet, targets: Sequence[MatchTarget]) -> Facets:
        """What the documents found have in common."""
        counts: dict[str, Counter[str]] = {name: Counter() for name in Facets.__slots__}
        counts["words"] = Counter({target.query: 0 for target in targets})
        for segment, documents in found.parts:
            held = docsets.mask(documents, segment.count)
            fields = segment.leaves.fields
            counts["languages"] += _by_value(fields["language"], held)
            counts["types"] += _by_value(fields["type"], held)
            counts["years"] += _years(segment.days[documents])
            counts["folders"] += self._of(segment).counted(held)
            for target in targets:
                counts["words"][target.query] += int(held[_holding(target, segment)].sum())
        return Facets(
            languages=tuple(counts["languages"].most_common()),
            types=tuple(counts["types"].most_common()),
            years=tuple(sorted(counts["years"].items(), reverse=True)),
            folders=tuple(counts["folders"].most_common(MOST)),
            words=tuple(list(counts["words"].items())[:MOST]),
        )

    def _of(self, segment: SegmentSearcher) -> _Folders:
        return self._folders.setdefault(id(segment), _Folders(segment.leaves.fields))


class _Folders:
    """Which folder each document of a segment is in."""

    def __init__(self, fields: Mapping[str, FieldPostings]) -> None:
        self._view = fields["file"]

    @cached_property
    def _numbered(self) -> tuple[list[str], Array]:
        """The folders, and a document each the number of its own."""
        view = self._view
        counts: Array = np.diff(view.posting_starts.astype(np.int64))
        known: dict[str, int] = {}
        numbers = []
        for term, count in zip(view.terms(), counts.tolist(), strict=True):
            path = term.decode("utf-8", "surrogatepass")
            folder = path if count > 1 else os.path.dirname(path)  # noqa: PTH120 (a hot path)
            numbers.append(known.setdefault(folder, len(known)))
        by_document = np.zeros(int(view.documents.max(initial=0)) + 1, np.int64)
        by_document[view.documents] = np.repeat(np.array(numbers, np.int64), counts)
        return list(known), by_document

    @cached_property
    def _inside(self) -> list[tuple[int, int]]:
        """Each folder, and the one it is in where that is listed too; the deepest first."""
        names, _ = self._numbered
        known = {name: n for n, name in enumerate(names)}
        pairs = []
        for name in sorted(names, key=len, reverse=True):
            above = os.path.dirname(name)  # noqa: PTH120
            while above not in known and above != os.path.dirname(above):  # noqa: PTH120
                above = os.path.dirname(above)  # noqa: PTH120
            if above in known and above != name:
                pairs.append((known[name], known[above]))
        return pairs

    def counted(self, held: Array) -> Counter[str]:
        """The documents that are held (bool, one each) by folder."""
        names, by_document = self._numbered
        counts = np.bincount(by_document[held[: len(by_document)]], minlength=len(names))
        for inner, outer in self._inside:
            counts[outer] += counts[inner]
        return Counter({names[n]: int(counts[n]) for n in counts.nonzero()[0].tolist()})


def _by_value(view: FieldPostings, held: Array) -> Counter[str]:
    """Documents by each value of a field."""
    found: Counter[str] = Counter()
    for number, term in enumerate(view.terms()):
        start, end = view.span(number)
        if count := int(held[view.documents[start:end]].sum()):
            found[term.decode()] = count
    return found


def _years(days: Array) -> Counter[str]:
    """Documents by the year of their day."""
    dates = (days.astype(np.int64) - _EPOCH).astype("datetime64[D]")
    years, counts = np.unique(dates.astype("datetime64[Y]"), return_counts=True)
    return Counter(dict(zip(np.datetime_as_string(years).tolist(), counts.tolist(), strict=True)))


def _holding(target: MatchTarget, segment: SegmentSearcher) -> Array:
    """The documents with a word, or with a phrase as it has to stand, in the body or the title."""
    fields = ("", "title_") if target.in_body else ("title_",)
    found = [_in_field(field, target, segment) for field in fields]
    return docsets.union(found, segment.count) if target.slots else NO_DOCUMENTS


def _in_field(field: str, target: MatchTarget, segment: SegmentSearcher) -> Array:
    slots = [[(field + name, text) for name, text in slot.leaves] for slot in target.slots]
    if len(slots) > 1:
        phrase = PhraseQuery(NullQuery, slots, target.offsets, target.slop)
        return adjacency.matching(phrase, segment.leaves.fields, segment.count)
    words = [segment.leaves.term(*leaf).documents for slot in slots for leaf in slot]
    return docsets.union(words, segment.count)
