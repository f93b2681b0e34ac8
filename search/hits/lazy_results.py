"""LazyResults: all matches of a query in order; a hit is made when it is shown.

A list on a screen may have ten thousand rows, of which thirty are seen.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from index.document import Skipped
from search.execution.collector import MatchSet
from search.hits.builder import HitBuilder, ScoredDocument
from search.hits.documents import Stored
from search.hits.facet_counter import FacetCounter, Unfiltered
from search.hits.facets import Facets
from search.hits.further_passages import FurtherPassages, further_passages
from search.hits.highlights import LazyHighlights, joined
from search.kernels.ranked_documents import RankedDocuments
from search.planning.planner import QueryPlan
from search.query.query_terms import MatchTarget, Positions
from search.results import Hit, Span


@dataclass(frozen=True, slots=True)
class HighlightedDocument:
    """The whole text of a document with all its matches."""

    hit: Hit
    text: str
    spans: Sequence[Span]
    """Characters of the text, ascending."""
    pages: Sequence[int] = ()
    """The offset at which each page starts; empty for a document without pages."""
    first_line: int = 1
    """The line of its file on which the text begins."""


class LazyResults:
    """The results of one query, as far as they were read.

    A document with the same content as one that was read before is no row of its own but
    one of that row's copies, so the list can become shorter while it is read.
    """

    def __init__(
        self,
        query: str,
        plan: QueryPlan,
        found: MatchSet,
        ranking: RankedDocuments,
        builder: HitBuilder,
        facet_counter: FacetCounter,
        unfiltered: Unfiltered = lambda _field: None,
    ) -> None:
        self.query = query
        self.notes = tuple(plan.notes)
        self.suggestion: str | None = None
        """What to try if nothing is found or no document has a word."""
        self.alternatives: Sequence[tuple[str, str]] = ()
        """Queries to try if nothing is found: what is said of each, and the query."""
        self.settled = True
        """Whether the query, once it is whole, would find the same."""
        self.seconds = 0.0
        """From the query to this list."""
        self._targets, self._found = plan.targets, found
        self._rows = ranking
        self.best = float(ranking.scores.max(initial=0.0))
        """The highest score, whatever the order of the rows."""
        self._builder = builder
        self._facet_counter, self._unfiltered = facet_counter, unfiltered
        self._hits: dict[int, Hit] = {}
        """By number of the document."""
        self._first: dict[str, int] = {}
        """Content → the document that shows it."""
        self._copy_of: dict[int, int] = {}
        """Document that has no row → the one with its content that has."""
        self._match_counts: dict[int, int] = {}

    @property
    def total(self) -> int:
        """Documents that match, copies included."""
        return self._found.total

    @property
    def skipped(self) -> Sequence[Skipped]:
        """What was left out of the index, with the reasons."""
        return self._builder.snapshot.catalog.skipped

    @property
    def weights(self) -> dict[str, float]:
        """The words and phrases of the query, each with its weight: the rarer, the higher."""
        found: dict[str, float] = {}
        for target in self._targets:
            found[target.query] = max(found.get(target.query, 0.0), target.weight)
        return found

    def __len__(self) -> int:
        """Rows, as far as is known."""
        return len(self._rows)

    @property
    def rows(self) -> RankedDocuments:
        """The rows as far as is known; a sequence that was returned stays as it is."""
        return self._rows

    def known(self, document: int) -> Hit | None:
        """The hit of a document, without a rank, if it was made before. Reads nothing."""
        return self._hits.get(document)

    def match_count(self, document: int) -> int:
        """Places of the text of a document that match; 0 if its hit was not made before.

        A word of several parts counts once for each of them.
        """
        return self._match_counts.get(document, 0)

    def shown_by(self, document: int) -> int:
        """The document whose row shows the content of this one: itself, unless it is a copy."""
        return self._copy_of.get(document, document)

    @property
    def problems(self) -> tuple[str, ...]:
        """Problems with the files of the hits that were made, a phrase each."""
        states: list[str] = [hit.state for hit in list(self._hits.values())]
        phrases = (("missing", "missing"), ("changed", "changed since they were indexed"))
        counts = [(states.count(state), phrase) for state, phrase in phrases]
        return tuple(f"{n:,} {'file' if n == 1 else 'files'} {phrase}" for n, phrase in counts if n)

    def window(self, first: int, count: int) -> list[Hit]:
        """At most ``count`` hits from the row ``first``, counted from 0.

        Raises IndexCorrupt, as do the other methods that read: a hit is read when shown.
        """
        with self._builder.snapshot.reading():
            return self._window(first, count)

    def identities(self) -> list[tuple[int, str, str]]:
        """The number, the path and the SHA-256 of every document that matches, copies included."""
        stored = self._builder.documents.stored
        with self._builder.snapshot.reading():
            documents = [(number, stored(number)) for number in self._found.documents.tolist()]
        return [(number, found["path"], found["sha256"]) for number, found in documents]

    def keep(self, numbers: Collection[int]) -> None:
        """Keep only the rows of some documents."""
        self._rows = self._rows.without(set(self._rows.numbers.tolist()) - set(numbers))

    def row_of(self, path: str) -> int | None:
        """The row of the document with a path, counted from 0; None if it has none."""
        with self._builder.snapshot.reading():
            numbers = self._builder.documents.numbers("path", path)
        rows = (self._rows.index_of(self.shown_by(number)) for number in numbers)
        return next((row for row in rows if row is not None), None)

    def _window(self, first: int, count: int) -> list[Hit]:
        found: list[Hit] = []
        copies = len(self._copy_of)
        positions = self._positions(first, count)
        for row in range(first, len(self._rows)):
            if len(found) == count:
                break
            number, score = self._rows[row]
            hit = self._hit(number, score, positions)
            if hit is not None:
                found.append(replace(hit, rank=first + len(found) + 1))
        if len(self._copy_of) > copies:  # rows that were returned may be on a screen: a new list
            self._rows = self._rows.without(self._copy_of)
        return found

    def _positions(self, first: int, count: int) -> dict[int, Positions]:
        """The positions of the targets in the documents of rows that were not made before."""
        numbers = self._rows[first : first + count].numbers.tolist()
        unknown = [number for number in numbers if number not in self._hits]
        return self._builder.positions(unknown) if unknown else {}

    def _hit(self, number: int, score: float, positions: Mapping[int, Positions]) -> Hit | None:
        """The hit of a document; None if its content has a row already."""
        if number not in self._hits:
            stored = self._builder.documents.stored(number)
            shown = self._first.setdefault(stored["sha256"], number)
            if shown != number:
                self._copy_of[number] = shown
                return None
            document = ScoredDocument(number, score, stored, self._copies(stored))
            own = positions.get(number)
            if own is None:  # it has moved up into the place of a copy
                own = self._builder.positions([number])[number]
            self._match_counts[number] = len(own)
            self._hits[number] = self._builder.build(0, document, own)
        return self._hits[number]

    def _copies(self, stored: Stored) -> list[str]:
        same = self._builder.snapshot.catalog.copies.get(stored["sha256"], [])
        return [path for path in same if path != stored["path"]]

    def by_path(self, path: str) -> Hit | None:
        """The hit of the document with a path, without a rank.

        None if it does not match, or is a copy of one that has a row.
        """
        with self._builder.snapshot.reading():
            for number in self._builder.documents.numbers("path", path):
                row = self._rows.index_of(number)
                if row is not None:
                    return self._hit(*self._rows[row], {})
        return None

    def passage(
        self, document: int, wanted: Callable[[], bool] = lambda: True
    ) -> HighlightedDocument | None:
        """The whole of a document that has a row, or of the one with its content that has.

        Counting the matches of a long document takes time: ``wanted`` is called again and
        again, and the result is None once it returns False.
        """
        with self._builder.snapshot.reading():
            number = self.shown_by(document)
            shown = self._hits.get(number) or self._hit(number, dict(self._rows)[number], {})
            assert shown is not None  # noqa: S101 (it is the first with its content)
            stored = self._builder.documents.stored(number)
            positions = self._builder.positions([number])[number]
            text = self._builder.text(stored, positions)
            spans = LazyHighlights.counted(text, positions, wanted)
            if spans is None:
                return None
            return HighlightedDocument(shown, text.text, spans, text.pages, text.first_line)

    def found_in(
        self, document: int, targets: Sequence[MatchTarget], most: int, *, in_a_row: bool
    ) -> Sequence[Span]:
        """What other targets than those of the query match in the text of a document.

        Empty if that is more than ``most``: each match takes time to be placed. Words
        ``in_a_row`` are one match.
        """
        with self._builder.snapshot.reading():
            number = self.shown_by(document)
            positions = self._builder.documents.positions([number], targets)[number]
            if len(positions) > most:
                return ()
            text = self._builder.text(self._builder.documents.stored(number), positions)
            spans = tuple(LazyHighlights.counted(text, positions, lambda: True) or ())
            return joined(text.text, spans) if in_a_row else spans

    def further_passages(self, document: int, width: int) -> FurtherPassages:
        """What a document that has a row shows beside its hit, ``width`` characters each."""
        with self._builder.snapshot.reading():
            number = self.shown_by(document)
            stored = self._builder.documents.stored(number)
            positions = self._builder.positions([number])[number]
            return further_passages(self._builder, self._hits[number], stored, positions, width)

    def facets(self) -> Facets:
        """The matching documents counted by what they have in common."""
        facets = self.wanted_facets(lambda: True)
        assert facets is not None  # noqa: S101 (they are wanted)
        return facets

    def wanted_facets(self, wanted: Callable[[], bool]) -> Facets | None:
        """The facets; None if ``wanted``, which is called now and then, returns False."""
        with self._builder.snapshot.reading():
            return self._facet_counter.facets(self._found, self._targets, self._unfiltered, wanted)
