"""The hits of a saved search that came or changed since it was last asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from search.desk import seen
from search.desk.saved import SavedSearch
from search.desk.seen import Seen
from search.hits.lazy_results import LazyResults
from search.options import Options
from search.results import SearchResults
from search.searcher import Searcher


@dataclass(frozen=True, slots=True)
class NewHits:
    """What a saved search finds, and what of it is new."""

    search: SavedSearch
    asked: str | None
    """When it was last asked, in UTC as ISO 8601; None if it never was."""
    total: int
    """Documents that it finds."""
    new: int
    """Those that it did not find in this form when it was last asked."""
    results: LazyResults
    """The new ones, best first."""
    now: Seen
    """What is to be remembered."""

    def first(self, limit: int) -> SearchResults:
        """Return the first new hits as the results of a search."""
        hits, results = self.results.window(0, limit), self.results
        return SearchResults(
            self.search.query, self.new, results.seconds, tuple(hits), notes=results.notes
        )


def new_hits(
    searcher: Searcher, folder: Path, search: SavedSearch, options: Options | None = None
) -> NewHits:
    """Run a saved search, and return what is new of it. Raises IndexCorrupt, BadQuery."""
    results = searcher.look(search.query, options)
    before = seen.seen_by(seen.load(folder), search)
    documents = results.identities()
    keys = np.array([seen.document_key(path, sha256) for _, path, sha256 in documents], np.uint64)
    is_new = ~np.isin(keys, before.documents)
    numbers = [number for number, _, _ in documents]
    results.keep({number for number, new in zip(numbers, is_new.tolist(), strict=True) if new})
    asked = datetime.now(UTC).isoformat(timespec="seconds")
    now = Seen(search.query, asked, np.sort(keys))
    return NewHits(search, before.asked, len(documents), int(is_new.sum()), results, now)


def new_count(searcher: Searcher, folder: Path, search: SavedSearch, most: int) -> int | None:
    """Return the number of new hits; None for a search that finds more than ``most`` documents.

    Reading what 25,000 documents are takes 3 s. Raises IndexCorrupt.
    """
    if searcher.look(search.query).total > most:
        return None
    return new_hits(searcher, folder, search).new


def mark_seen(searcher: Searcher, folder: Path, search: SavedSearch) -> None:
    """Remember what a saved search finds now, as seen. Raises StorageFailed, IndexCorrupt."""
    seen.remember(folder, search.name, new_hits(searcher, folder, search).now)
