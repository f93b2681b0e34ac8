"""How quick the interactive screen is: from a key to what it finds being drawn.

Usage: ``python tests/benchmarks/screen.py INDEX WORD...``, with an index of any size. The words
are typed key by key, each when the answer to the key before has been drawn, so every figure has
the whole pause in it.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import quantiles

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

STARTED = time.perf_counter()

import memory  # noqa: E402 (the imports are a part of what is measured)
from textual.events import Key  # noqa: E402

from search.bidi import plan  # noqa: E402
from search.tui.app import DalilApp  # noqa: E402

SIZE = (140, 40)


async def _drawn(app: DalilApp, text: str) -> None:
    """Wait until the answer to a query is on the screen."""
    while app.listing is None or app.listing.query != text:
        await asyncio.sleep(0.001)
    done = asyncio.Event()
    app.call_after_refresh(done.set)
    await done.wait()
    app.screen._compositor.render_strips()


async def _typed(app: DalilApp, words: Sequence[str]) -> list[float]:
    """Milliseconds from each key to its answer."""
    taken = []
    for word in words:
        app.box.fill("")
        await asyncio.sleep(0.3)
        for length in range(1, len(word) + 1):
            started = time.perf_counter()
            app.post_message(Key(word[length - 1], word[length - 1]))
            await _drawn(app, word[:length].strip())
            taken.append((time.perf_counter() - started) * 1000)
    return taken


async def _scrolled(app: DalilApp, pages: int) -> list[float]:
    """Milliseconds of each page of hits that is seen for the first time."""
    taken = []
    for _ in range(pages):
        started = time.perf_counter()
        app.hits.action_page(1)
        app.screen._compositor.render_strips()
        taken.append((time.perf_counter() - started) * 1000)
        await asyncio.sleep(0)
    return taken


async def main(index: Path, words: Sequence[str]) -> None:
    """Print the figures."""
    app = DalilApp(index, plan({"TERM": "xterm"}, screen=True, tty=True))
    async with app.run_test(size=SIZE) as pilot:
        app.screen._compositor.render_strips()
        print(f"first frame: {(time.perf_counter() - STARTED) * 1000:.0f} ms from the imports on")
        while app.workers and any(not worker.is_finished for worker in app.workers):
            await pilot.pause(0.001)
        print(f"index open: {(time.perf_counter() - STARTED) * 1000:.0f} ms; {app.status.text}")
        _say("key to answer", await _typed(app, words))
        print(f"answer to {app.box.value!r}: {app.status.text}")
        _say("page of hits", await _scrolled(app, 100))
    print(f"peak memory: {memory.peak() / 2**20:.0f} MiB")
    sys.stdout.flush()
    os._exit(0)


def _say(what: str, taken: Sequence[float]) -> None:
    cuts = quantiles(taken, n=20)
    print(f"{what}: p50 {cuts[9]:.1f} ms, p95 {cuts[18]:.1f} ms, most {max(taken):.1f} ms "
          f"({len(taken)} of them)")  # fmt: skip


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2:]))
