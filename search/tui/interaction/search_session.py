"""Search one index for the screen, in threads, one search at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import index
import search
from index.errors import DalilError
from index.indexing.report import IndexReport
from index.store.trust import Roots
from search.desk import saved
from search.desk.saved import SavedSearch
from search.desk.tags import Change, annotate
from search.hits.annotations import Annotation, AnnotationFile
from search.hits.facets import Facets
from search.options import Options
from search.results import Hit, Span
from search.tui.interaction.completion import word_completion
from search.tui.interaction.front_page import NEWEST, FrontPage, causes, time_of_commit
from search.tui.interaction.progress_relay import ProgressRelay, Stopped

if TYPE_CHECKING:  # they need numpy, and the first frame is drawn before
    from index.store.catalog import Catalog
    from index.store.catalog_changes import CatalogChanges
    from search.hits.further_passages import FurtherPassages
    from search.hits.lazy_results import HighlightedDocument, LazyResults
    from search.searcher import Searcher

ANSWERS_BETWEEN_RELEASES = 4
"""Results after which the memory of index files that were read is released."""
MAX_COUNTED = 1000
"""Documents of a saved search of which the new ones are counted on the screen, in 0.15 s."""
MAX_FORMS = 5_000
"""Places in a document at which a word is looked for in other forms."""
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
    fragments: int = 1
    """Snippets of a hit."""
    exact: bool = False
    """Whether words are matched as typed."""


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
        self._page: FrontPage | None = None
        """What the open commit holds, once it was asked for."""

    def open(self) -> int:
        """Open the last commit and return its number of documents. Raises UnusableIndex."""
        with self._lock:
            searcher = search.Searcher.open(self.folder)
            if self._searcher is not None:
                self._searcher.close()
            self._searcher, self._page = searcher, None
            return searcher.document_count

    def switch(self, folder: Path) -> int:
        """Open another index and return its number of documents.

        Raises UnusableIndex; then the open index stays.
        """
        before, self.folder = self.folder, folder
        try:
            return self.open()
        except DalilError:
            self.folder = before
            raise

    @property
    def document_count(self) -> int:
        """Documents in the index; 0 before it is open."""
        return self._searcher.document_count if self._searcher else 0

    def renew(self) -> CatalogChanges | None:
        """Open the last commit if it is a later one; return what changed. Raises UnusableIndex."""
        with self._lock:
            changes = self._searcher.renew() if self._searcher else None
            self._page = None if changes is not None else self._page
            return changes

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
            options = Options(
                width=request.width,
                typing=request.typing,
                fragments=request.fragments,
                exact=request.exact,
            )
            listing = _looked(self._searcher, request.text, options)
            if not is_current():
                return None
            listing.window(0, request.rows)
            self._release_sometimes(self._searcher)
            return listing

    def completion(self, word: str, is_current: IsCurrent) -> str:
        """Return what completes a word to the commonest one that starts with it, or ""."""
        with self._lock:
            if self._searcher is None or not is_current():
                return ""
            return self._searcher.ask(partial(word_completion, word))

    def load_rows(
        self, listing: LazyResults, first: int, count: int, is_current: IsCurrent
    ) -> None:
        """Build the hits of ``count`` rows from ``first`` on."""
        with self._lock:
            if self._searcher is not None and is_current():
                listing.window(first, count)
                self._release_sometimes(self._searcher)

    def hits(self, listing: LazyResults, first: int, count: int) -> list[Hit]:
        """Return at most ``count`` hits of results from the row ``first`` on."""
        with self._lock:
            return listing.window(first, count) if self._searcher else []

    def hit(self, listing: LazyResults, path: str) -> Hit | None:
        """Return the hit of a document of the results; None if it is not among them."""
        with self._lock:
            return listing.by_path(path) if self._searcher else None

    def catalog(self) -> Catalog:
        """Return what the index was made of. Raises IndexCorrupt, or Stopped if it is closed."""
        with self._lock:
            if self._searcher is None:
                raise Stopped
            return self._searcher.catalog

    def _release_sometimes(self, searcher: Searcher) -> None:
        """Release the memory of what searches have read: the screen may be open all day."""
        self._answers += 1
        if self._answers % ANSWERS_BETWEEN_RELEASES == 0:
            searcher.release()

    def front_page(self, is_current: IsCurrent) -> FrontPage | None:
        """Return what the index holds; None if outdated or not open yet."""
        with self._lock:
            if self._searcher is None or not is_current():
                return None
            if self._page is None:
                newest = self._searcher.newest(NEWEST)
                newest.window(0, NEWEST)
                self._page = FrontPage(
                    newest,
                    newest.facets(),
                    time_of_commit(self.folder),
                    causes(newest.skipped),
                )
            return self._page

    def facets(self, listing: LazyResults, is_current: IsCurrent) -> Facets | None:
        """Count the facets of the results; None if outdated."""
        with self._lock:
            return listing.wanted_facets(is_current) if self._searcher else None

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

    def word_forms(self, listing: LazyResults, document: int, words: str) -> Sequence[Span]:
        """Return where a document has words in any form and spelling, as a search finds them."""
        with self._lock:
            if self._searcher is None:
                return ()
            targets, in_a_row = self._searcher.targets(words), len(words.split()) > 1
            return listing.found_in(document, targets, MAX_FORMS, in_a_row=in_a_row)

    def index(self, folder: Path, relay: ProgressRelay) -> IndexReport:
        """Index a folder and open the new commit. Raises DalilError."""
        with index.IndexWriter.open(self.folder, on_progress=relay.put) as writer:
            report = writer.add_path(folder)
        self.open()
        return report

    def save_search(self, name: str, query: str) -> SavedSearch:
        """Save a search, and remember what it finds now as seen. Raises DalilError."""
        from search.desk.new_hits import mark_seen  # noqa: PLC0415 (needs the searcher)

        kept = saved.save(self.folder, name, query)
        with self._lock:
            if self._searcher is not None:
                mark_seen(self._searcher, self.folder, kept)
        return kept

    def new_counts(self) -> list[tuple[SavedSearch, int | None]]:
        """Return the saved searches, each with the number of its new hits.

        It is None where counting would take long. Raises IndexCorrupt.
        """
        from search.desk.new_hits import new_count  # noqa: PLC0415 (needs the searcher)

        found: list[tuple[SavedSearch, int | None]] = []
        for each in saved.load(self.folder).searches if self.roots is not None else ():
            with self._lock:  # one at a time: a key that is pressed meanwhile is answered between
                if self._searcher is not None:
                    new = new_count(self._searcher, self.folder, each, MAX_COUNTED)
                    found.append((each, new))
        return found

    def annotation(self, path: str, sha256: str) -> Annotation:
        """Return the user's tags and note of a document."""
        known = AnnotationFile(self.folder).current().of(path, sha256)
        return known or Annotation(path, sha256)

    def annotate(self, path: str, sha256: str, change: Change) -> None:
        """Change the tags and the note of a document. Raises DalilError."""
        annotate(self.folder, path, sha256, change)

    def refresh(self, relay: ProgressRelay) -> IndexReport:
        """Read what changed in the folders of the index. Raises DalilError, Stopped."""
        with index.IndexWriter.open(self.folder, jobs=None, on_progress=relay.put) as writer:
            return writer.refresh()

    def close(self) -> None:
        """Close the index."""
        with self._lock:
            if self._searcher is not None:
                self._searcher.close()
                self._searcher = None


def _looked(searcher: Searcher, text: str, options: Options) -> LazyResults:
    """Return the results of a query; if nothing has its words, of those of the other keyboard."""
    from search.suggest.suggestions import in_other_layout  # noqa: PLC0415 (needs numpy)

    results = searcher.look(text, options)
    other = in_other_layout(text)
    if results.total or options.typing or options.exact or other == text:
        return results
    instead = searcher.look(other, options)
    if not instead.total:
        return results
    typed = f"; +{text} finds what was typed" if text.isprintable() and " " not in text else ""
    instead.query = text
    instead.notes = (f"searched as {other}, with the other keyboard{typed}", *instead.notes)
    return instead
