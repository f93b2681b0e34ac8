"""How quick the interactive screen is, from outside: keys into a terminal, frames out of it.

Usage: ``python tests/benchmarks/screen.py INDEX WORD...``, with an index of any size. The words
are typed key by key, each when the answer to the key before has been drawn, so every figure has
the whole pause in it. ``*`` below stands for a query that finds a long list.

    first frame      from the start of the process, before the index is open
    key to echo      to the end of the frame with the key in the box
    key to list      to the end of the frame with the hits, their texts in it
    key to document  to the frame with the document of the first hit
    page, row        of a long list: to the frame with the next chosen hit, and to its text
    a long document  to be opened, and a page of it

A machine that is lent to others meanwhile is slower than itself, so a second figure is of the
keys while whose answer no processor's time was stolen by the host (``steal`` in /proc/stat).
"""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from fcntl import ioctl
from pathlib import Path
from statistics import quantiles
from struct import pack
from termios import TIOCSWINSZ

ROOT = Path(__file__).resolve().parents[2]
COLUMNS, ROWS = 140, 40
LONG_LIST = "lang:en"
TEXT = "The railway board met the oil ministry in Tripoli, and said nothing of it.\n"
CHOSEN, FILLED, DOCUMENT = re.compile("▌"), re.compile(r"· \d{4}-"), re.compile(r"match [\d,]+ of")
EMPTY, ECHO = re.compile("▌|Nothing found"), re.compile("\x1b\\[2;")
"""An answer, and the row of the query box."""
_QUIET = 0.004
"""Seconds without a byte after which a frame is over: the next one comes 16 ms later at least."""
_PATIENCE = 10.0
_RECKONED = 0.2
"""Seconds after which time that was stolen has been counted."""


class Screen:
    """Dalil in a terminal that a program reads."""

    def __init__(self, index: Path) -> None:
        self.started = time.perf_counter()
        self._ours, theirs = pty.openpty()
        ioctl(theirs, TIOCSWINSZ, pack("HHHH", ROWS, COLUMNS, 0, 0))
        environ = {**os.environ, "TERM": "xterm-256color", "VTE_VERSION": "7006"}
        environ.pop("NO_COLOR", None)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "search", "--index", str(index)],
            stdin=theirs, stdout=theirs, stderr=theirs, cwd=ROOT, env=environ,
            start_new_session=True,
        )  # fmt: skip
        self._seen, self._last = "", self.started

    def until(self, wanted: re.Pattern[str], since: float) -> float:
        """Milliseconds until what is wanted is drawn: to the last byte of its frame."""
        while time.perf_counter() < since + _PATIENCE:
            found = wanted.search(self._seen)
            if not select.select([self._ours], [], [], _QUIET if found else 1)[0]:
                if found:
                    self._seen = self._seen[found.end() :]  # two frames may be read at once
                    return (self._last - since) * 1000
                continue
            self._seen += os.read(self._ours, 1 << 16).decode("utf-8", "replace")
            self._last = time.perf_counter()
        raise TimeoutError(f"{wanted.pattern} is not in {self._seen[-500:]!r}")

    def press(self, keys: str, *wanted: re.Pattern[str]) -> list[float]:
        """Milliseconds from a key to each thing that is wanted, one after the other."""
        self.rest(0.3)
        self._seen = ""
        since = time.perf_counter()
        os.write(self._ours, keys.encode())
        return [self.until(each, since) for each in wanted]

    def rest(self, seconds: float) -> None:
        """Take what is drawn meanwhile."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            if select.select([self._ours], [], [], left)[0]:
                os.read(self._ours, 1 << 16)

    def memory(self) -> dict[str, int]:
        """MiB: the most there was resident, and what is not the index's own files now."""
        rows = Path(f"/proc/{self._process.pid}/status").read_text("utf-8").splitlines()
        known = dict(row.split(":", 1) for row in rows)
        return {name: int(known[name].split()[0]) >> 10 for name in ("VmHWM", "RssAnon")}

    def close(self) -> None:
        """Leave."""
        os.write(self._ours, b"\x03")
        self.rest(0.5)
        self._process.wait(_PATIENCE)
        os.close(self._ours)


def typed(screen: Screen, words: Sequence[str]) -> None:
    """The figures of typing."""
    echoes, lists, undisturbed, documents = [], [], [], []
    for word in words:
        for key in word:
            before = stolen()
            echo, shown = screen.press(key, ECHO, EMPTY)
            echoes.append(echo)
            lists.append(shown)
            screen.rest(_RECKONED)
            if stolen() == before:
                undisturbed.append(shown)
        screen.press("\x15")
        screen.rest(0.5)
        documents += screen.press(word, DOCUMENT)
        screen.press("\x15")
        screen.rest(0.5)
    say("key to echo", echoes)
    say("key to list", lists)
    say("key to list, nothing stolen", undisturbed)
    say("pasted query to its document", documents)


def stolen() -> int:
    """Ticks that the host has taken of the processors since the start of the machine."""
    return int(Path("/proc/stat").read_text("ascii").split(maxsplit=9)[8])


def scrolled(screen: Screen, times: int) -> None:
    """The figures of a long list."""
    screen.press(LONG_LIST, FILLED)
    screen.rest(1)
    for name, key in (("page", "\x1b[6~"), ("row", "\x1b[B"), ("back a page", "\x1b[5~")):
        taken = [screen.press(key, CHOSEN) for _ in range(times)]
        say(f"{name} of the list, to its frame", [each[0] for each in taken])
    screen.press("\x15")
    screen.rest(0.5)


def read(folder: Path, times: int) -> None:
    """The figures of a document of five megabytes."""
    docs = folder / "docs"
    docs.mkdir()
    (docs / "long.txt").write_text(TEXT * (5_000_000 // len(TEXT)), "utf-8")
    command = [sys.executable, "-m", "search", "index", str(docs), "--index", str(folder / "ix")]
    subprocess.run([*command, "-q"], check=True, cwd=ROOT)
    screen = Screen(folder / "ix")
    screen.until(re.compile("1 document"), screen.started)
    screen.rest(0.5)
    say("a long document, key to its match", screen.press("railway", DOCUMENT))
    screen.press("\r")
    screen.rest(0.3)
    for name, key in (("page", "\x1b[6~"), ("next match", "n")):
        wanted = re.compile("railway") if key == "n" else re.compile("Tripoli")
        taken = [each for _ in range(times) for each in screen.press(key, wanted)]
        say(f"{name} of the long document", taken)
    print("memory with the long document, MiB:", screen.memory())
    screen.close()


def say(what: str, taken: Sequence[float]) -> None:
    """One line of figures, in milliseconds."""
    if len(taken) < 3:
        print(f"{what}: {', '.join(f'{each:.0f} ms' for each in taken) or 'none'}")
        return
    cuts = quantiles(taken, n=20, method="inclusive")
    print(f"{what}: p50 {cuts[9]:.0f} ms, p95 {cuts[18]:.0f} ms, most {max(taken):.0f} ms "
          f"({len(taken)} of them)")  # fmt: skip


def main(index: Path, words: Sequence[str]) -> None:
    """Print the figures."""
    screen = Screen(index)
    print(f"first frame: {screen.until(re.compile('a word, a phrase'), screen.started):.0f} ms")
    steps: tuple[Callable[[], None], ...] = (
        lambda: typed(screen, words),
        lambda: scrolled(screen, 60),
    )
    screen.until(re.compile("documents · type"), screen.started)
    screen.rest(1)
    for step in steps:
        step()
    print("memory, MiB:", screen.memory())
    screen.close()
    with tempfile.TemporaryDirectory() as folder:
        read(Path(folder), 30)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
