"""Run the searches of the screen one after another in a thread, and drop outdated ones.

A search starts as soon as its key is drawn; its results are held back until the typing pauses.
The list of hits comes first. The document of the first hit is loaded once the list is drawn;
facets and the rows below once nobody has typed for :data:`IDLE_PAUSE`.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.message import Message
from textual.worker import WorkType

from index.errors import DalilError
from search.hits.facets import Facets
from search.tui.interaction.front_page import FrontPage
from search.tui.interaction.search_session import SearchRequest, SearchSession

if TYPE_CHECKING:  # they need numpy, and the first frame is drawn before
    from search.hits.lazy_results import HighlightedDocument, LazyResults

TYPING_PAUSE = 0.045
"""Seconds without a key before results are shown, even if they are ready earlier: shorter than
people notice, longer than the time between two repeats of a key that is held (33 ms)."""
IDLE_PAUSE = 0.15
"""Seconds without a key after the results, before facets are counted."""
WORD_PAUSE = 0.4
"""Further seconds without a key, after which the last word is taken as complete."""
Work = Callable[[], Coroutine[Any, Any, None]]
"""Work to start; newer work of its group cancels it."""


class SearchController:
    """Runs searches of a session for a screen, and posts their results as messages."""

    @dataclass
    class Prepared(Message):
        """The results are ready; they are shown unless a key comes before the pause is over."""

        listing: LazyResults

    @dataclass
    class Answered(Message):
        """The results of the last query; None if the query is empty."""

        listing: LazyResults | None

    @dataclass
    class PageMade(Message):
        """What the index holds is known, for an empty query."""

        page: FrontPage

    @dataclass
    class FacetsCounted(Message):
        """The facets of the results are counted."""

        facets: Facets

    @dataclass
    class RowsLoaded(Message):
        """Hits of more rows are built."""

    @dataclass
    class DocumentLoaded(Message):
        """The requested document is loaded."""

        passage: HighlightedDocument

    @dataclass
    class Failed(Message):
        """The index could not be read."""

        error: DalilError

    def __init__(
        self, app: App[Any], session: SearchSession, may_replace: Callable[[], bool]
    ) -> None:
        self._app, self._session = app, session
        self._may_replace = may_replace
        """Whether the list may be replaced: the user has not moved in it."""
        self._request: SearchRequest | None = None
        self._listing: LazyResults | None = None
        self._document: int | None = None

    def search(self, request: Callable[[], SearchRequest]) -> None:
        """Search, show the results when the typing pauses, and drop the search before it."""
        self._request = None
        self._run("search", partial(self._search, request, _Pause(TYPING_PAUSE)))

    def load_document(self, document: int | None) -> None:
        """Load a document of the results; a long one takes time."""
        self._document = document
        if self._listing is not None and document is not None:
            self._run("document", partial(self._load_document, self._listing, document))

    def load_rows(self, first: int, count: int) -> None:
        """Build the hits of ``count`` rows from ``first`` on."""
        if self._listing is not None:
            self._run("rows", partial(self._load_rows, self._listing, first, count))

    def _run(self, group: str, work: Work) -> None:
        guarded: WorkType[None] = partial(self._guarded, work)
        self._app.run_worker(guarded, group=group, exclusive=True)

    async def _guarded(self, work: Work) -> None:
        try:
            await work()
        except DalilError as error:
            self._post(self.Failed(error))

    def _post(self, message: Message) -> None:
        self._app.post_message(message)

    async def _search(self, make_request: Callable[[], SearchRequest], pause: _Pause) -> None:
        await self._drawn()  # the key appears first
        request = make_request()
        if not request.text:
            await pause.over()
            await self._show_page(request)
            return
        listing = await self._results(request, pause)
        if listing is None or listing.settled:
            return
        await asyncio.sleep(WORD_PAUSE)
        if self._may_replace():
            await self._results(replace(request, typing=False), _Pause(0))

    async def _show_page(self, request: SearchRequest) -> None:
        """Show what the index holds."""

        def is_current() -> bool:
            return self._request is request

        self._request = request
        self._show(None)
        await self._drawn()
        page = await asyncio.to_thread(self._session.front_page, is_current)
        if page is not None and is_current():
            self._listing = page.newest
            self._post(self.PageMade(page))
            await self._count_saved(page, is_current)

    async def _count_saved(self, page: FrontPage, is_current: Callable[[], bool]) -> None:
        """Count the new hits of the saved searches, once nobody has typed for a while."""
        await asyncio.sleep(IDLE_PAUSE)
        if is_current():
            saved = await asyncio.to_thread(self._session.new_counts)
            if saved and is_current():
                self._post(self.PageMade(replace(page, saved=saved)))

    async def _results(self, request: SearchRequest, pause: _Pause) -> LazyResults | None:
        def is_current() -> bool:
            return self._request is request

        self._request = request
        listing = await asyncio.to_thread(self._session.search, request, is_current)
        if listing is None:
            return None
        if pause.left > 0:
            self._post(self.Prepared(listing))
            await pause.over()
        self._show(listing)
        await self._drawn()
        await asyncio.sleep(IDLE_PAUSE)
        facets = await asyncio.to_thread(self._session.facets, listing, is_current)
        if facets is not None and listing is self._listing:
            self._post(self.FacetsCounted(facets))
            self._post(self.RowsLoaded())
        return listing

    def _show(self, listing: LazyResults | None) -> None:
        self._listing = listing
        self._post(self.Answered(listing))

    async def _load_document(self, listing: LazyResults, document: int) -> None:
        request = self._request

        def is_current() -> bool:
            return request is self._request and document == self._document

        await self._drawn()
        passage = await asyncio.to_thread(
            self._session.load_document, listing, document, is_current
        )
        if passage is not None and is_current():
            self._post(self.DocumentLoaded(passage))

    async def _load_rows(self, listing: LazyResults, first: int, count: int) -> None:
        def is_current() -> bool:
            return listing is self._listing

        await asyncio.to_thread(self._session.load_rows, listing, first, count, is_current)
        if is_current():
            self._post(self.RowsLoaded())

    async def _drawn(self) -> None:
        """Wait until the screen has been redrawn."""
        drawn = asyncio.Event()
        self._app.call_after_refresh(drawn.set)
        await drawn.wait()


class _Pause:
    """A pause that ends ``seconds`` from now."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds to its end, negative after it."""
        return self._end - time.monotonic()

    async def over(self) -> None:
        """Wait until the pause ends."""
        await asyncio.sleep(self.left)
