"""One question after another, asked off the screen: what is no longer wanted is dropped.

The list comes first. The document of its first hit is asked for when the list has been drawn,
the counts to narrow it down by and the rows below when nobody has typed for a while.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from textual.app import App
from textual.message import Message
from textual.worker import WorkType

from index.errors import DalilError
from search.facets import Facets
from search.listing import Listing, Passage
from search.tui.session import Question, Session

PAUSE = 0.05
"""Seconds without a key before a search: less than people notice, more than between keys."""
IDLE = 0.15
"""Seconds without a key after an answer, before more is done than it needs."""
SETTLED = 0.4
"""Seconds without a key more, after which half a word is taken for a whole one."""
Work = Callable[[], Coroutine[Any, Any, None]]
"""What is begun when its turn comes: another may take its place before."""


class Inquiry:
    """What is asked of a session for a screen, which hears of the answers by messages."""

    @dataclass
    class Answered(Message):
        """The answer to the last question; nothing where nothing is asked."""

        listing: Listing | None

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

        passage: Passage

    @dataclass
    class Failed(Message):
        """The index could not be read."""

        error: DalilError

    def __init__(self, app: App[Any], session: Session, still: Callable[[], bool]) -> None:
        self._app, self._session = app, session
        self._still = still
        """Whether another list may take the place of this one: nobody has gone on in it."""
        self._asked = Question("")
        self._listing: Listing | None = None
        self._document: int | None = None

    def ask(self, question: Callable[[], Question]) -> None:
        """Ask when the typing pauses; what was asked before is no longer wanted."""
        self._run("question", partial(self._ask, question))

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

    async def _ask(self, asked: Callable[[], Question]) -> None:
        await asyncio.sleep(PAUSE)
        self._asked = question = asked()
        if not question.text:
            self._answer(None)
            return
        listing = await self._answered(question)
        if listing is None or listing.settled:
            return
        await asyncio.sleep(SETTLED)
        if self._still():
            await self._answered(replace(question, typing=False))

    async def _answered(self, question: Question) -> Listing | None:
        def wanted() -> bool:
            return self._asked.text == question.text

        listing = await asyncio.to_thread(self._session.ask, question, wanted)
        if listing is None or not wanted():
            return None  # something else is asked by now
        self._answer(listing)
        await self._drawn()
        await asyncio.sleep(IDLE)
        facets = await asyncio.to_thread(self._session.facets, listing, wanted)
        if facets is not None and listing is self._listing:
            self._say(self.Counted(facets))
            self._say(self.Made())
        return listing

    def _answer(self, listing: Listing | None) -> None:
        self._listing = listing
        self._say(self.Answered(listing))

    async def _open(self, listing: Listing, document: int) -> None:
        asked = self._asked

        def wanted() -> bool:
            return asked is self._asked and document == self._document

        await self._drawn()
        passage = await asyncio.to_thread(self._session.read, listing, document, wanted)
        if passage is not None and wanted():
            self._say(self.Opened(passage))

    async def _make(self, listing: Listing, first: int, count: int) -> None:
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
