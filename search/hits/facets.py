"""Facets: the matching documents counted by language, type, year, folder and word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.codec.postings import FieldPostings
from index.codec.segment_builder import NO_DAY
from index.codec.term_bytes import decode_term
from index.schema import PREFIXES
from search.execution.collector import MatchSet
from search.execution.graph_matching import graph_documents
from search.execution.phrase_matching import phrase_documents
from search.execution.segment_search import SegmentSearcher
from search.hits.folders import Folders
from search.kernels import docsets
from search.kernels.scored_postings import NO_DOCUMENTS, Array
from search.planning.term_queries import TITLE
from search.query.query_terms import MatchTarget

MAX_VALUES = 12
"""Folders and words that are listed, the commonest of them."""
_EPOCH = 719_163
"""The ordinal of 1970-01-01, from which numpy counts days."""

NO_DATE = "no date"
"""The value of documents without a date, in place of a year."""

Counts = tuple[tuple[str, int], ...]
"""A value and the documents that have it; the commonest first."""


@dataclass(frozen=True, slots=True)
class Facets:
    """Documents counted by what they are."""

    languages: Counts = ()
    types: Counts = ()
    years: Counts = ()
    """The latest first, and last :data:`NO_DATE`."""
    folders: Counts = ()
    """Folders with all that is below them, and files that hold many documents."""
    words: Counts = ()
    """By the words and phrases of the query, in their order."""


class FacetCounter:
    """Counts over one index; what does not depend on a query is computed once."""

    def __init__(self) -> None:
        self._folders: dict[SegmentSearcher, Folders] = {}

    def facets(self, found: MatchSet, targets: Sequence[MatchTarget]) -> Facets:
        """The facets of the matching documents."""
        counts: dict[str, Counter[str]] = {name: Counter() for name in Facets.__slots__}
        counts["words"] = Counter({target.query: 0 for target in targets})
        for searcher, documents in found.by_segment:
            matching = docsets.mask(documents, searcher.count)
            segment = searcher.segment
            counts["languages"] += _by_value(segment.fields["language"], matching)
            counts["types"] += _by_value(segment.fields["type"], matching)
            counts["years"] += _years(segment.days()[documents])
            counts["folders"] += self._of(searcher).counts(matching)
            for target in (each for each in targets if not each.by_root):
                holding = _documents(target, searcher)
                counts["words"][target.query] += int(matching[holding].sum())
        return Facets(
            languages=tuple(counts["languages"].most_common()),
            types=tuple(counts["types"].most_common()),
            years=tuple(sorted(counts["years"].items(), key=_latest_first, reverse=True)),
            folders=tuple(counts["folders"].most_common(MAX_VALUES)),
            words=tuple(list(counts["words"].items())[:MAX_VALUES]),
        )

    def _of(self, searcher: SegmentSearcher) -> Folders:
        known = self._folders.get(searcher)
        if known is None:
            known = self._folders[searcher] = Folders(searcher.segment.fields["file"])
        return known


def _by_value(view: FieldPostings, matching: Array) -> Counter[str]:
    """Matching documents by each value of a field."""
    found: Counter[str] = Counter()
    for rank, term in enumerate(view.terms()):
        start, end = view.span(rank)
        if count := int(matching[view.documents[start:end]].sum()):
            found[decode_term(term)] = count
    return found


def _years(days: Array) -> Counter[str]:
    """Documents by the year of their day, or :data:`NO_DATE`."""
    dated = days[days != NO_DAY]
    dates = (dated.astype(np.int64) - _EPOCH).astype("datetime64[D]")
    years, counts = np.unique(dates.astype("datetime64[Y]"), return_counts=True)
    found = Counter(dict(zip(np.datetime_as_string(years).tolist(), counts.tolist(), strict=True)))
    if len(dated) < len(days):
        found[NO_DATE] = len(days) - len(dated)
    return found


def _latest_first(item: tuple[str, int]) -> tuple[bool, str]:
    year, _ = item
    return year != NO_DATE, year


def _documents(target: MatchTarget, searcher: SegmentSearcher) -> Array:
    """The documents with a word or phrase of the query in the body or the title: uint16."""
    if not target.terms:
        return NO_DOCUMENTS
    prefixes = PREFIXES if target.in_body else TITLE
    found = [_documents_by_field(prefix, target, searcher) for prefix in prefixes]
    return docsets.union(found, searcher.count)


def _documents_by_field(prefix: str, target: MatchTarget, searcher: SegmentSearcher) -> Array:
    places = [[(prefix + form, text) for form, text in t.field_terms] for t in target.terms]
    if target.graph is not None:
        return graph_documents(searcher.segment, places, target.graph)
    if len(places) > 1:
        return phrase_documents(searcher.segment, places, target.offsets, target.slop)
    words = [searcher.terms.term(*each).documents for terms in places for each in terms]
    return docsets.union(words, searcher.count)
