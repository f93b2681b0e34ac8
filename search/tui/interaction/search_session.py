"""Search one index for the screen, in threads, one search at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from index import IndexWriter
from index.indexing.report import IndexReport, Progress
from index.store.catalog_changes import CatalogChanges
from index.store.trust import Roots
from search.hits.facets import Facets
from search.hits.further_passages import FurtherPassages
from search.hits.lazy_results import HighlightedDocument, LazyResults
from search.options import Options
from search.searcher import Searcher

ANSWERS_BETWEEN_RELEASES = 4
"""Results after which the memory of index files that were read is released."""
WARM_UP_QUERY = "Tripoli طرابلس example.org"
"""Words of both scripts and an address: planning them reads every table of the dictionary."""
IsCurrent = Callable[[], bool]
"""Whether the results are still wanted when their turn comes."""


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A query, and how much of its hits the screen shows."""

    text: str
    width: int = 160
    """Characters of a snippet."""
    rows: int = 12
    """Hits to build before the results are shown: one screen."""
    typing: bool = False
    """Whether the last word may be incomplete."""


class SearchSession:
    """The searcher of one index, opened when it is first needed.

    Its methods are called in threads and run one at a time; a search that is outdated when
    its turn comes is skipped.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._searcher: Searcher | None = None
        self._lock = threading.Lock()
        self._answers = 0

    def open(self) -> int:
        """Open the last commit and return its number of documents. Raises UnusableIndex."""
        with self._lock:
            searcher = Searcher.open(self.folder)
            if self._searcher is not None:
                self._searcher.close()
            self._searcher = searcher
            return searcher.document_count

    @property
    def document_count(self) -> int:
        """Documents in the index; 0 before it is open."""
        return self._searcher.document_count if self._searcher else 0

    def renew(self) -> CatalogChanges | None:
        """Open the last commit if it is a later one; return what changed. Raises UnusableIndex."""
        with self._lock:
            return self._searcher.renew() if self._searcher else None

    @property
    def roots(self) -> Roots | None:
        """The folders whose files may be opened; None for a foreign index."""
        return self._searcher.roots if self._searcher else None

    def warm(self) -> None:
        """Run a search, so that the first key is answered as fast as later ones."""
        with self._lock:
            if self._searcher is not None:
                self._searcher.look(WARM_UP_QUERY, Options(typing=True)).window(0, 1)

    def search(self, request: SearchRequest, is_current: IsCurrent) -> LazyResults | None:
        """Return the results with their first hits built; None if outdated or not open yet."""
        with self._lock:
            if self._searcher is None or not is_current():
                return None
            options = Options(width=request.width, typing=request.typing)
            listing = self._searcher.look(request.text, options)
            if not is_current():
                return None
            listing.window(0, request.rows)
            self._release_sometimes(self._searcher)
            return listing

    def load_rows(
        self, listing: LazyResults, first: int, count: int, is_current: IsCurrent
    ) -> None:
        """Build the hits of ``count`` rows from ``first`` on."""
        with self._lock:
            if self._searcher is not None and is_current():
                listing.window(first, count)
                self._release_sometimes(self._searcher)

    def _release_sometimes(self, searcher: Searcher) -> None:
        """Release the memory of what searches have read: the screen may be open all day."""
        self._answers += 1
        if self._answers % ANSWERS_BETWEEN_RELEASES == 0:
            searcher.release()

    def facets(self, listing: LazyResults, is_current: IsCurrent) -> Facets | None:
        """Count the facets of the results; None if outdated."""
        with self._lock:
            return listing.facets() if self._searcher and is_current() else None

    def load_document(
        self, listing: LazyResults, document: int, is_current: IsCurrent
    ) -> HighlightedDocument | None:
        """Return a document of the results with its matches; None if outdated."""
        with self._lock:
            return listing.passage(document, is_current) if self._searcher else None

    def further_passages(
        self, listing: LazyResults, document: int, width: int
    ) -> FurtherPassages | None:
        """Return the passages of a document beside that of its hit; None once closed."""
        with self._lock:
            return listing.further_passages(document, width) if self._searcher else None

    def index(self, folder: Path, relay: ProgressRelay) -> IndexReport:
        """Index a folder and open the new commit. Raises DalilError."""
        with IndexWriter.open(self.folder, on_progress=relay.put) as writer:
            report = writer.add_path(folder)
        self.open()
        return report

    def refresh(self, relay: ProgressRelay) -> IndexReport:
        """Read what changed in the folders of the index. Raises DalilError, Stopped."""
        with IndexWriter.open(self.folder, jobs=None, on_progress=relay.put) as writer:
            return writer.refresh()

    def close(self) -> None:
        """Close the index."""
        with self._lock:
            if self._searcher is not None:
                self._searcher.close()
                self._searcher = None


class Stopped(Exception):
    """The screen was closed while a folder was being indexed."""


class ProgressRelay:
    """The progress of indexing, passed from its thread to that of the screen."""

    def __init__(self) -> None:
        self.last: Progress | None = None
        self.stopped = False

    def put(self, progress: Progress) -> None:
        """Store the newest progress. Raises Stopped if the screen was closed."""
        self.last = progress
        if self.stopped:
            raise Stopped
