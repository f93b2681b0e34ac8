"""FacetCounter: counts the matching documents by language, type, year, folder and word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

import numpy as np

from index.codec.postings import FieldPostings
from index.codec.segment_layout import NO_DAY
from index.codec.term_bytes import decode_term
from index.schema import PREFIXES
from search.execution.collector import MatchSet
from search.execution.graph_matching import graph_documents
from search.execution.phrase_matching import phrase_documents
from search.execution.segment_search import SegmentSearcher
from search.hits.facets import BOTH, NO_DATE, Counts, Facets
from search.hits.folders import Folders
from search.kernels import docsets
from search.kernels.scored_postings import NO_DOCUMENTS, Array
from search.planning.term_queries import TITLE
from search.query.query_terms import MatchTarget

MAX_VALUES = 12
"""Words that are listed."""
_EPOCH = 719_163
"""The ordinal of 1970-01-01, from which numpy counts days."""

Count = Callable[[SegmentSearcher, Array], Counter[str]]
"""A segment and its matching documents → the counts."""
Unfiltered = Callable[[str], MatchSet | None]
"""A field → the matches of the query without its filters of that field; None if it has none."""


class FacetCounter:
    """Counts over one index; what does not depend on a query is computed once."""

    def __init__(self) -> None:
        self._folders: dict[SegmentSearcher, Folders] = {}

    def facets(
        self,
        found: MatchSet,
        targets: Sequence[MatchTarget],
        unfiltered: Unfiltered = lambda _field: None,
        wanted: Callable[[], bool] = lambda: True,
    ) -> Facets | None:
        """The facets of the matching documents.

        Counting takes time: ``wanted`` is called again and again, and the result is None once
        it returns False.
        """
        counts: dict[str, Counter[str]] = {}
        for name, (field, count) in self._counts.items():
            if not wanted():
                return None
            counts[name] = Counter()
            for searcher, documents in (unfiltered(field) or found).by_segment:
                counts[name] += count(searcher, documents)
        return Facets(
            languages=tuple(counts["languages"].most_common()),
            types=tuple(counts["types"].most_common()),
            years=tuple(sorted(counts["years"].items(), key=_latest_first, reverse=True)),
            folders=_below_the_common_one(counts["folders"]),
            words=_words(found, targets),
        )

    @cached_property
    def _counts(self) -> dict[str, tuple[str, Count]]:
        """Name of a facet → the field of its filters, and what counts it in a segment."""
        return {
            "languages": ("lang", _languages),
            "types": ("type", _types),
            "years": ("date", _years),
            "folders": ("path", self._folder_counts),
        }

    def _folder_counts(self, searcher: SegmentSearcher, documents: Array) -> Counter[str]:
        return self._of(searcher).counts(docsets.mask(documents, searcher.count))

    def _of(self, searcher: SegmentSearcher) -> Folders:
        known = self._folders.get(searcher)
        if known is None:
            known = self._folders[searcher] = Folders(searcher.segment.fields["file"])
        return known


def _types(searcher: SegmentSearcher, documents: Array) -> Counter[str]:
    matching = docsets.mask(documents, searcher.count)
    return _by_value(_holding(searcher.segment.fields["type"]), matching)


def _languages(searcher: SegmentSearcher, documents: Array) -> Counter[str]:
    """Documents by language; those in both under :data:`BOTH` too."""
    matching = docsets.mask(documents, searcher.count)
    holding = _holding(searcher.segment.fields["language"])
    one, other = (holding.get(language, NO_DOCUMENTS) for language in BOTH.split("+"))
    both = docsets.mask(one, searcher.count)
    return _by_value({**holding, BOTH: other[both[other]]}, matching)


def _holding(view: FieldPostings) -> dict[str, Array]:
    """Each value of a field and the documents that have it."""
    spans = ((term, *view.span(rank)) for rank, term in enumerate(view.terms()))
    return {decode_term(term): view.documents[start:end] for term, start, end in spans}


def _by_value(holding: Mapping[str, Array], matching: Array) -> Counter[str]:
    """Matching documents by value."""
    counts = {value: int(matching[documents].sum()) for value, documents in holding.items()}
    return Counter({value: count for value, count in counts.items() if count})


def _years(searcher: SegmentSearcher, documents: Array) -> Counter[str]:
    """Documents by the year of their day, or :data:`NO_DATE`."""
    days = searcher.segment.days()[documents]
    dated = days[days != NO_DAY]
    dates = (dated.astype(np.int64) - _EPOCH).astype("datetime64[D]")
    years, counts = np.unique(dates.astype("datetime64[Y]"), return_counts=True)
    found = Counter(dict(zip(np.datetime_as_string(years).tolist(), counts.tolist(), strict=True)))
    if len(dated) < len(days):
        found[NO_DATE] = len(days) - len(dated)
    return found


def _below_the_common_one(counts: Counter[str]) -> Counts:
    """Folders without those that only lead to the one that holds all documents."""
    total = max(counts.values(), default=0)
    common = max((name for name, count in counts.items() if count == total), key=len, default="")
    kept = [(name, n) for name, n in counts.items() if n < total or name == common]
    return tuple(sorted(kept, key=lambda item: (-item[1], item[0])))


def _words(found: MatchSet, targets: Sequence[MatchTarget]) -> Counts:
    """Documents by word or phrase of the query, in its order."""
    counts = Counter({target.query: 0 for target in targets})
    for searcher, documents in found.by_segment:
        matching = docsets.mask(documents, searcher.count)
        for target in (each for each in targets if not each.by_root):
            counts[target.query] += int(matching[_documents(target, searcher)].sum())
    return tuple(list(counts.items())[:MAX_VALUES])


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
