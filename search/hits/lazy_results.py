"""All that a query finds, in order: a hit is made when it is looked at.

A list on a screen may have ten thousand rows, of which thirty are seen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from index.store.catalog import CatalogReader
from index.store.disk import reading
from search.execution.collector import MatchSet
from search.hits.builder import ScoredDocument, SnippetOptions, Stored, hit
from search.hits.documents import StoredDocuments
from search.hits.facets import FacetCounter, Facets
from search.hits.highlights import LazyHighlights
from search.hits.stored_text import StoredText
from search.kernels.ranked_documents import RankedDocuments
from search.planning.planner import QueryPlan
from search.query.query_terms import Positions
from search.results import Hit, Span


@dataclass(frozen=True, slots=True)
class HighlightedDocument:
    """The whole text of a document, with all that matched in it."""

    hit: Hit
    text: str
    spans: Sequence[Span]
    """Characters of the text, ascending."""


class LazyResults:
    """The answer to one query, as far as it is looked at.

    A document with the very content of one that was looked at before is no row of its
    own but one of that row's copies, so the list can become shorter while it is read.
    """

    def __init__(
        self,
        query: str,
        planned: QueryPlan,
        found: MatchSet,
        ranking: RankedDocuments,
        segments: StoredDocuments,
        catalog: CatalogReader,
        looks: SnippetOptions,
        tally: FacetCounter,
    ) -> None:
        self.query = query
        self.notes = tuple(planned.notes)
        self.suggestion: str | None = None
        """What to try, where nothing is found or a word is nowhere."""
        self.settled = True
        """Whether the query, once it is whole, would find the same."""
        self.seconds = 0.0
        """From the query to this list."""
        self._planned, self._found = planned, found
        self._rows = ranking
        self.best = float(ranking.scores.max(initial=0.0))
        """The highest score, whatever the order of the rows."""
        self._segments, self._catalog, self._looks = segments, catalog, looks
        self._tally = tally
        self._hits: dict[int, Hit] = {}
        """By number of the document."""
        self._first: dict[str, int] = {}
        """Content → the document that shows it."""
        self._copy_of: dict[int, int] = {}
        """Document that has no row → the one with its content that has."""

    @property
    def total(self) -> int:
        """Documents that match, copies included."""
        return self._found.total

    def __len__(self) -> int:
        """Rows, as far as is known."""
        return len(self._rows)

    @property
    def rows(self) -> RankedDocuments:
        """The rows as far as is known; a sequence that was given out stays as it is."""
        return self._rows

    def known(self, document: int) -> Hit | None:
        """The hit of a document, of no rank, if it was made before: nothing is read for it."""
        return self._hits.get(document)

    def shown_by(self, document: int) -> int:
        """The document whose row shows what is in this one: itself, but for a copy."""
        return self._copy_of.get(document, document)

    @property
    def problems(self) -> tuple[str, ...]:
        """What is wrong with the files of the hits that were looked at, a phrase each."""
        states: list[str] = [hit.state for hit in list(self._hits.values())]
        told = (("missing", "missing"), ("changed", "changed since they were indexed"))
        counts = [(states.count(state), what) for state, what in told]
        return tuple(f"{n:,} {'file' if n == 1 else 'files'} {what}" for n, what in counts if n)

    def window(self, first: int, count: int) -> list[Hit]:
        """So many hits from the row ``first``, counted from 0; fewer at the end.

        Raises IndexCorrupt, as do the others: an index is read when a hit is looked at.
        """
        with reading(self._catalog.folder):
            return self._window(first, count)

    def _window(self, first: int, count: int) -> list[Hit]:
        found: list[Hit] = []
        copies = len(self._copy_of)
        places = self._places(first, count)
        for row in range(first, len(self._rows)):
            if len(found) == count:
                break
            number, score = self._rows[row]
            made = self._hit(number, score, places)
            if made is not None:
                found.append(replace(made, rank=first + len(found) + 1))
        if len(self._copy_of) > copies:  # what was given out may be on a screen: a new list
            self._rows = self._rows.without(self._copy_of)
        return found

    def _places(self, first: int, count: int) -> dict[int, Positions]:
        """Where the words stand in documents that are looked at for the first time.

        Asked together, for to find a word's postings costs more than to read them.
        """
        numbers = self._rows[first : first + count].numbers.tolist()
        unknown = [number for number in numbers if number not in self._hits]
        return self._segments.positions(unknown, self._planned.targets) if unknown else {}

    def _hit(self, number: int, score: float, places: Mapping[int, Positions]) -> Hit | None:
        """The hit of a document; nothing where its content has a row already."""
        if number not in self._hits:
            stored = self._segments.stored(number)
            shown = self._first.setdefault(stored["sha256"], number)
            if shown != number:
                self._copy_of[number] = shown
                return None
            self._hits[number] = self._made(number, score, stored, places.get(number))
        return self._hits[number]

    def _made(self, number: int, score: float, stored: Stored, places: Positions | None) -> Hit:
        chosen = ScoredDocument(number, score, stored, self._copies(stored))
        if places is None:  # it has moved up into the place of a copy
            places = self._segments.positions([number], self._planned.targets)[number]
        return hit(0, chosen, places, self._planned.targets, self._catalog, self._looks)

    def _copies(self, stored: Stored) -> list[str]:
        same = self._catalog.copies.get(stored["sha256"], [])
        return [path for path in same if path != stored["path"]]

    def passage(
        self, document: int, wanted: Callable[[], bool] = lambda: True
    ) -> HighlightedDocument | None:
        """The whole of a document that has a row, or of the one with its content that has.

        To count the matches of a long one takes its time: ``wanted`` is asked again and
        again, and nothing comes of it once it says no.
        """
        with reading(self._catalog.folder):
            number = self.shown_by(document)
            shown = self._hits.get(number) or self._hit(number, dict(self._rows)[number], {})
            assert shown is not None  # noqa: S101 (it is the first with its content)
            stored = self._segments.stored(number)
            positions = self._segments.positions([number], self._planned.targets)[number]
            checkpoints = [(position, offset) for position, offset in stored["checkpoints"]]
            source = StoredText(stored["text"], checkpoints, stored["pages"], positions)
            spans = LazyHighlights.counted(source, positions, wanted)
            return None if spans is None else HighlightedDocument(shown, source.text, spans)

    def facets(self) -> Facets:
        """What the documents have in common, counted."""
        with reading(self._catalog.folder):
            return self._tally.facets(self._found, self._planned.targets)
