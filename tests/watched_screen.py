"""Press ``e`` and ``o`` on every hit of an index, and report all that the process asked for.

    python -m tests.watched_screen INDEX QUERY

prints JSON: ``paths``, the stored paths of the hits; ``started``, the commands of programs;
``asked``, all text in the arguments of what Python audits (``open``, ``os.*``, ``shutil.*``)
and of ``os.stat`` and ``os.lstat``, which it does not audit; ``notices``, what the screen said.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from search.tui.app import DalilApp
from tests.piloted import screen

_STARTS = ("subprocess.Popen", "os.exec", "os.posix_spawn", "os.system", "os.startfile")


class Watch:
    """What the process asked for since it was switched on."""

    def __init__(self) -> None:
        self.on = False
        self.started: list[str] = []
        self.asked: set[str] = set()

    def audit(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Note an event, as ``sys.addaudithook`` passes it."""
        if not self.on:
            return
        if event in _STARTS:
            self.started.append(repr(arguments))
        elif event == "open" or event.startswith(("os.", "shutil.", "socket.", "webbrowser.")):
            self.asked.update(_texts(arguments))

    def watched(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function of ``os`` that notes its path."""

        def noting(path: Any, *rest: Any, **named: Any) -> Any:
            if self.on:
                self.asked.update(_texts((path,)))
            return function(path, *rest, **named)

        return noting


def _texts(arguments: tuple[Any, ...]) -> Iterator[str]:
    for argument in arguments:
        if isinstance(argument, str | bytes | os.PathLike):
            yield os.fsdecode(argument)


async def press_on_all(index: Path, query: str, watch: Watch) -> dict[str, Any]:
    """Open the screen, press the keys on each hit, and return the report."""
    paths: list[str] = []
    notices: list[str] = []
    watch.on = True
    async with screen(index) as on:
        with patch.object(DalilApp, "suspend", not_suspended), _noticing(notices):
            await on.ask(query)
            await on.press("tab")
            for _ in range(on.app.hits.hit is not None and 100):
                hit = on.app.hits.hit
                assert hit is not None
                if hit.path in paths:
                    break
                paths.append(hit.path)
                await on.press("e", "o", "j")
    watch.on = False
    report = {"paths": paths, "started": watch.started, "asked": sorted(watch.asked)}
    return {**report, "notices": notices}


@contextmanager
def not_suspended(app: DalilApp) -> Iterator[None]:
    """Stand in for ``suspend`` of an app without a terminal."""
    yield


@contextmanager
def _noticing(notices: list[str]) -> Iterator[None]:
    """Collect what the screen says instead of showing it."""

    def notify(app: DalilApp, message: str, **_: Any) -> None:
        notices.append(message)

    with patch.object(DalilApp, "notify", notify):
        yield


def main(index: str, query: str) -> None:
    """Watch this process from now on, and print the report."""
    watch = Watch()
    sys.addaudithook(watch.audit)
    with patch.multiple(os, stat=watch.watched(os.stat), lstat=watch.watched(os.lstat)):
        report = asyncio.run(press_on_all(Path(index), query, watch))
    sys.stdout.write(json.dumps(report))


if __name__ == "__main__":
    main(*sys.argv[1:])
