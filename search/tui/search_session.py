"""An index being searched while the screen goes on: one search at a time, off the screen."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from index import IndexWriter
from index.indexing.report import IndexReport, Progress
from search.hits.facets import Facets
from search.hits.lazy_results import HighlightedDocument, LazyResults
from search.options import Options
from search.searcher import Searcher

KEPT = 4
"""Answers between two times that the memory of what was read of the index is let go."""
WARMING = "Tripoli طرابلس example.org"
"""Words of both scripts and an address: all tables are read for them."""
Wanted = Callable[[], bool]
"""Whether an answer is still wanted when its turn comes."""


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """What is asked, and how much of each hit is to be shown."""

    text: str
    width: int = 160
    """Characters of a snippet."""
    rows: int = 12
    """Hits that are made before the answer is shown: a screen of them."""
    typing: bool = False
    """Whether more of the last word may come."""


class SearchSession:
    """The searcher of one index, opened when it is first needed.

    Its methods are called in threads; they wait for each other, and what is no longer
    wanted when its turn has come is not done.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._searcher: Searcher | None = None
        self._lock = threading.Lock()
        self._answers = 0

    def open(self) -> int:
        """Open the last commit; how many documents it has. Raises UnusableIndex."""
        with self._lock:
            searcher = Searcher.open(self.folder)
            if self._searcher is not None:
                self._searcher.close()
            self._searcher = searcher
            return searcher.document_count

    def warm(self) -> None:
        """Look for something, so that the first key is answered as quickly as those behind it."""
        with self._lock:
            if self._searcher is not None:
                self._searcher.look(WARMING, Options(typing=True)).window(0, 1)

    def ask(self, question: SearchRequest, wanted: Wanted) -> LazyResults | None:
        """The answer with its first rows made; nothing before the index is open."""
        with self._lock:
            if self._searcher is None or not wanted():
                return None
            options = Options(width=question.width, typing=question.typing)
            listing = self._searcher.look(question.text, options)
            if not wanted():
                return None
            listing.window(0, question.rows)
            self._let_go(self._searcher)
            return listing

    def rows(self, listing: LazyResults, first: int, count: int, wanted: Wanted) -> None:
        """Make rows of an answer."""
        with self._lock:
            if self._searcher is not None and wanted():
                listing.window(first, count)
                self._let_go(self._searcher)

    def _let_go(self, searcher: Searcher) -> None:
        """Now and then, of what a long search has read: the screen may be open all day."""
        self._answers += 1
        if self._answers % KEPT == 0:
            searcher.release()

    def facets(self, listing: LazyResults, wanted: Wanted) -> Facets | None:
        """What the documents of an answer have in common."""
        with self._lock:
            return listing.facets() if self._searcher and wanted() else None

    def read(
        self, listing: LazyResults, document: int, wanted: Wanted
    ) -> HighlightedDocument | None:
        """The whole document of a row of an answer."""
        with self._lock:
            return listing.passage(document, wanted) if self._searcher else None

    def index(self, folder: Path, told: ProgressRelay) -> IndexReport:
        """Index a folder, and open what came of it. Raises DalilError."""
        with IndexWriter.open(self.folder, on_progress=told.put) as writer:
            report = writer.add_path(folder)
        self.open()
        return report

    def close(self) -> None:
        """Let go of the index's files."""
        with self._lock:
            if self._searcher is not None:
                self._searcher.close()
                self._searcher = None


class Stopped(Exception):
    """The screen was closed while a folder was being indexed."""


class ProgressRelay:
    """How far the indexing has come, left by one thread for another."""

    def __init__(self) -> None:
        self.last: Progress | None = None
        self.stopped = False

    def put(self, progress: Progress) -> None:
        """Leave the newest; ends the run where the screen was closed."""
        self.last = progress
        if self.stopped:
            raise Stopped
