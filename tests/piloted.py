"""The interactive screen without a terminal, for tests: keys in, and what is seen out."""

from __future__ import annotations

import asyncio
import gc
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from unittest.mock import patch

from textual.pilot import Pilot
from textual.strip import Strip

from search.bidi import terminal_plan
from search.terminal.clipboard import Tool
from search.tui.app import DalilApp

XTERM = {"TERM": "xterm"}
ENDLESS = ("_loader",)
"""Workers that wait for work as long as their widget is there: Textual's tree of folders."""
PATIENCE = 300
"""Seconds after which a test that waits for what never comes is given up."""


@dataclass(frozen=True)
class Screen:
    """An open screen."""

    app: DalilApp
    pilot: Pilot[None]

    async def settle(self) -> None:
        """Wait until nothing is being searched, read or drawn, and no message is on its way.

        A message goes up from widget to widget, and begins the next search where it arrives.
        """
        quiet = 0
        while quiet < 3:
            await self.pilot.pause()
            quiet = 0 if self._is_busy else quiet + 1
            if not quiet:
                await asyncio.sleep(0.005)

    @property
    def _is_busy(self) -> bool:
        pumps = (self.app, self.app.screen, *self.app.screen.walk_children())
        return any(pump.message_queue_size for pump in pumps) or any(
            not worker.is_finished and worker.name not in ENDLESS for worker in self.app.workers
        )

    async def ask(self, query: str) -> None:
        """Put a query in the box: Pilot's keys lose the marks of Arabic letters."""
        self.app.box.fill(query)
        await self.settle()

    async def press(self, *keys: str) -> None:
        """Press keys, one after another."""
        for key in keys:
            await self.pilot.press(key)
            await self.settle()

    async def click(self, widget: str, x: int, y: int, times: int = 1) -> None:
        """Click a cell of a widget."""
        await self.pilot.click(widget, offset=(x, y), times=times)
        await self.settle()

    @property
    def strips(self) -> list[Strip]:
        """The rows of the screen."""
        return list(self.app.screen._compositor.render_strips())

    @property
    def text(self) -> str:
        """What is seen."""
        return "\n".join(strip.text.rstrip() for strip in self.strips)

    @property
    def toasts(self) -> list[str]:
        """The messages shown so far, the newest last."""
        return [notification.message for notification in self.app._notifications]

    @property
    def query(self) -> str:
        """What is in the box."""
        return self.app.box.value

    @property
    def title(self) -> str:
        """The title of the chosen hit, or its file's name."""
        hit = self.app.hits.hit
        return (hit.title or Path(hit.path).name) if hit else ""

    @property
    def focus(self) -> str:
        """The pane that has the keys."""
        return str(self.app.focused.id) if self.app.focused else ""

    def lit(self, background: str) -> list[str]:
        """What is seen on a background, row by row from the left."""
        return [
            segment.text
            for strip in self.strips
            for segment in strip
            if segment.style and segment.style.bgcolor
            and segment.style.bgcolor.name == background
        ]  # fmt: skip


def played(test: Callable[..., Awaitable[None]]) -> Callable[..., None]:
    """A test that is a coroutine, run to its end."""

    @wraps(test)
    def run(*arguments: object, **named: object) -> None:
        async def whole() -> None:
            async with asyncio.timeout(PATIENCE):
                await test(*arguments, **named)

        asyncio.run(whole())

    return run


@asynccontextmanager
async def screen(
    index: Path,
    size: tuple[int, int] = (140, 40),
    environ: Mapping[str, str] = XTERM,
    tools: tuple[Tool, ...] = (),
) -> AsyncIterator[Screen]:
    """The screen of an index, open and waiting for a query; no pause before a search.

    What is copied goes to the terminal, unless there are tools.
    """
    app = DalilApp(index, terminal_plan(environ, screen=True, tty=True))
    waits = {"TYPING_PAUSE": 0, "IDLE_PAUSE": 0, "WORD_PAUSE": 0}
    gc.freeze()  # the screen collects its garbage, and need not go through all that tests hold
    try:
        with (
            patch.multiple("search.tui.interaction.search_controller", **waits),
            patch.multiple("search.terminal.clipboard", TOOLS=tools),  # not the user's clipboard
            patch.dict(os.environ),
        ):
            os.environ.pop("TMUX", None)
            async with app.run_test(size=size, notifications=True) as pilot:
                opened = Screen(app, pilot)
                await opened.settle()
                yield opened
    finally:
        gc.unfreeze()
