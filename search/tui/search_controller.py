"""One question after another, asked off the screen: what is no longer wanted is dropped.

A search begins as soon as its key is drawn, and its answer is held back until the typing pauses.
The list comes first. The document of its first hit is asked for when the list has been drawn,
the counts to narrow it down by and the rows below when nobody has typed for a while.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from textual.app import App
from textual.message import Message
from textual.worker import WorkType

from index.errors import DalilError
from search.hits.facets import Facets
from search.hits.lazy_results import HighlightedDocument, LazyResults
from search.tui.search_session import SearchRequest, SearchSession

PAUSE = 0.05
"""Seconds without a key before an answer is shown, though it be found by then: less than people
notice, more than between keys."""
IDLE = 0.15
"""Seconds without a key after an answer, before more is done than it needs."""
SETTLED = 0.4
"""Seconds without a key more, after which half a word is taken for a whole one."""
Work = Callable[[], Coroutine[Any, Any, None]]
"""What is begun when its turn comes: another may take its place before."""


class SearchController:
    """What is asked of a session for a screen, which hears of the answers by messages."""

    @dataclass
    class Found(Message):
        """What the answer will be, if no other key comes before the pause is over."""

        listing: LazyResults

    @dataclass
    class Answered(Message):
        """The answer to the last question; nothing where nothing is asked."""

        listing: LazyResults | None

    @dataclass
    class Counted(Message):
        """What the documents of the answer have in common."""

        facets: Facets

    @dataclass
    class Made(Message):
        """Rows of the answer have been made."""

    @dataclass
    class Opened(Message):
        """The document that was asked for."""

        passage: HighlightedDocument

    @dataclass
    class Failed(Message):
        """The index could not be read."""

        error: DalilError

    def __init__(self, app: App[Any], session: SearchSession, still: Callable[[], bool]) -> None:
        self._app, self._session = app, session
        self._still = still
        """Whether another list may take the place of this one: nobody has gone on in it."""
        self._asked: SearchRequest | None = None
        self._listing: LazyResults | None = None
        self._document: int | None = None

    def ask(self, question: Callable[[], SearchRequest]) -> None:
        """Ask, to be told when the typing pauses; what was asked before is no longer wanted."""
        self._asked = None
        self._run("question", partial(self._ask, question, _Pause(PAUSE)))

    def open(self, document: int | None) -> None:
        """Ask for a document of the answer; a long one takes its time."""
        self._document = document
        if self._listing is not None and document is not None:
            self._run("document", partial(self._open, self._listing, document))

    def make(self, first: int, count: int) -> None:
        """Ask for rows of the answer."""
        if self._listing is not None:
            self._run("rows", partial(self._make, self._listing, first, count))

    def _run(self, group: str, work: Work) -> None:
        guarded: WorkType[None] = partial(self._guarded, work)
        self._app.run_worker(guarded, group=group, exclusive=True)

    async def _guarded(self, work: Work) -> None:
        try:
            await work()
        except DalilError as error:
            self._say(self.Failed(error))

    def _say(self, message: Message) -> None:
        self._app.post_message(message)

    async def _ask(self, asked: Callable[[], SearchRequest], pause: _Pause) -> None:
        await self._drawn()  # the key is seen first
        question = asked()
        if not question.text:
            await pause.over()
            self._answer(None)
            return
        listing = await self._answered(question, pause)
        if listing is None or listing.settled:
            return
        await asyncio.sleep(SETTLED)
        if self._still():
            await self._answered(replace(question, typing=False), _Pause(0))

    async def _answered(self, question: SearchRequest, pause: _Pause) -> LazyResults | None:
        def wanted() -> bool:
            return self._asked is question

        self._asked = question
        listing = await asyncio.to_thread(self._session.ask, question, wanted)
        if listing is None:
            return None
        if pause.left > 0:
            self._say(self.Found(listing))
            await pause.over()
        self._answer(listing)
        await self._drawn()
        await asyncio.sleep(IDLE)
        facets = await asyncio.to_thread(self._session.facets, listing, wanted)
        if facets is not None and listing is self._listing:
            self._say(self.Counted(facets))
            self._say(self.Made())
        return listing

    def _answer(self, listing: LazyResults | None) -> None:
        self._listing = listing
        self._say(self.Answered(listing))

    async def _open(self, listing: LazyResults, document: int) -> None:
        asked = self._asked

        def wanted() -> bool:
            return asked is self._asked and document == self._document

        await self._drawn()
        passage = await asyncio.to_thread(self._session.read, listing, document, wanted)
        if passage is not None and wanted():
            self._say(self.Opened(passage))

    async def _make(self, listing: LazyResults, first: int, count: int) -> None:
        def wanted() -> bool:
            return listing is self._listing

        await asyncio.to_thread(self._session.rows, listing, first, count, wanted)
        if wanted():
            self._say(self.Made())

    async def _drawn(self) -> None:
        """Wait until the screen shows what it was told."""
        drawn = asyncio.Event()
        self._app.call_after_refresh(drawn.set)
        await drawn.wait()


class _Pause:
    """So many seconds from now."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds, less than 0 once it is over."""
        return self._end - time.monotonic()

    async def over(self) -> None:
        """Wait for its end."""
        await asyncio.sleep(self.left)
