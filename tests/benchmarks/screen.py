"""Measure the interactive screen from outside: keys into a terminal, frames out of it.

    uv run python tests/benchmarks/screen.py INDEX WORD...

INDEX is the folder of an index of any size. The words are typed key by key, each key after the
answer to the one before has been drawn, so that every figure includes the whole pause.

    first frame      from the start of the process, before the index is open
    key to echo      to the end of the frame with the key in the query box
    key to list      to the end of the frame with the hits and their snippets
    key to document  to the frame with the document of the first hit
    page, row        of a long list: to the frame with the next selected hit
    a long document  to open it, and to show a page of it

On a virtual machine whose host takes processor time, all figures are higher. A second figure
therefore counts only the keys during whose answer no time was stolen (``steal`` in /proc/stat).
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
SELECTED, FILLED = re.compile("▌"), re.compile(r"· \d{4}-")
DOCUMENT = re.compile(r"match [\d,]+ of")
ANSWER, ECHO = re.compile("▌|Nothing found"), re.compile("\x1b\\[2;")
"""An answer, and the row of the query box."""
_FRAME_GAP = 0.004
"""Seconds without a byte after which a frame is complete; frames are at least 16 ms apart."""
_TIMEOUT = 10.0
_STEAL_DELAY = 0.2
"""Seconds after which the system has counted stolen time."""


class Screen:
    """Dalil in a pseudo-terminal."""

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

    def until(self, pattern: re.Pattern[str], since: float) -> float:
        """Return milliseconds until a pattern is drawn: to the last byte of its frame."""
        while time.perf_counter() < since + _TIMEOUT:
            match = pattern.search(self._seen)
            if not select.select([self._ours], [], [], _FRAME_GAP if match else 1)[0]:
                if match:
                    self._seen = self._seen[match.end() :]  # two frames may be read together
                    return (self._last - since) * 1000
                continue
            self._seen += os.read(self._ours, 1 << 16).decode("utf-8", "replace")
            self._last = time.perf_counter()
        raise TimeoutError(f"{pattern.pattern} is not in {self._seen[-500:]!r}")

    def press(self, keys: str, *patterns: re.Pattern[str]) -> list[float]:
        """Return milliseconds from a key to each pattern, drawn one after the other."""
        self.rest(0.3)
        self._seen = ""
        since = time.perf_counter()
        os.write(self._ours, keys.encode())
        return [self.until(pattern, since) for pattern in patterns]

    def rest(self, seconds: float) -> None:
        """Discard everything that is drawn within some seconds."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            if select.select([self._ours], [], [], left)[0]:
                os.read(self._ours, 1 << 16)

    def memory(self) -> dict[str, int]:
        """Return MiB: peak resident memory, and current memory that does not belong to files."""
        rows = Path(f"/proc/{self._process.pid}/status").read_text("utf-8").splitlines()
        status = dict(row.split(":", 1) for row in rows)
        return {name: int(status[name].split()[0]) >> 10 for name in ("VmHWM", "RssAnon")}

    def close(self) -> None:
        """Quit Dalil and close the terminal."""
        os.write(self._ours, b"\x03")
        self.rest(0.5)
        self._process.wait(_TIMEOUT)
        os.close(self._ours)


def measure_typing(screen: Screen, words: Sequence[str]) -> None:
    """Type the words and print the figures."""
    echoes, lists, undisturbed, documents = [], [], [], []
    for word in words:
        for key in word:
            before = stolen_ticks()
            echo, answer = screen.press(key, ECHO, ANSWER)
            echoes.append(echo)
            lists.append(answer)
            screen.rest(_STEAL_DELAY)
            if stolen_ticks() == before:
                undisturbed.append(answer)
        screen.press("\x15")
        screen.rest(0.5)
        documents += screen.press(word, DOCUMENT)
        screen.press("\x15")
        screen.rest(0.5)
    print_times("key to echo", echoes)
    print_times("key to list", lists)
    print_times("key to list, no time stolen", undisturbed)
    print_times("pasted query to its document", documents)


def stolen_ticks() -> int:
    """Return the processor ticks that the host has stolen since the machine was started."""
    return int(Path("/proc/stat").read_text("ascii").split(maxsplit=9)[8])


def measure_list(screen: Screen, times: int) -> None:
    """Scroll a long list and print the figures."""
    screen.press(LONG_LIST, FILLED)
    screen.rest(1)
    for name, key in (("page", "\x1b[6~"), ("row", "\x1b[B"), ("back a page", "\x1b[5~")):
        milliseconds = [ms for _ in range(times) for ms in screen.press(key, SELECTED)]
        print_times(f"{name} of the list, to its frame", milliseconds)
    screen.press("\x15")
    screen.rest(0.5)


def measure_document(folder: Path, times: int) -> None:
    """Open and scroll a document of five megabytes, and print the figures."""
    docs = folder / "docs"
    docs.mkdir()
    (docs / "long.txt").write_text(TEXT * (5_000_000 // len(TEXT)), "utf-8")
    command = [sys.executable, "-m", "search", "index", str(docs), "--index", str(folder / "ix")]
    subprocess.run([*command, "-q"], check=True, cwd=ROOT)
    screen = Screen(folder / "ix")
    screen.until(re.compile("1 document"), screen.started)
    screen.rest(0.5)
    print_times("a long document, key to its match", screen.press("railway", DOCUMENT))
    screen.press("\r")
    screen.rest(0.3)
    for name, key in (("page", "\x1b[6~"), ("next match", "n")):
        pattern = re.compile("railway") if key == "n" else re.compile("Tripoli")
        milliseconds = [ms for _ in range(times) for ms in screen.press(key, pattern)]
        print_times(f"{name} of the long document", milliseconds)
    print("memory with the long document, MiB:", screen.memory())
    screen.close()


def print_times(label: str, milliseconds: Sequence[float]) -> None:
    """Print p50, p95 and maximum, or all values if there are fewer than three."""
    if len(milliseconds) < 3:
        print(f"{label}: {', '.join(f'{ms:.0f} ms' for ms in milliseconds) or 'none'}")
        return
    cuts = quantiles(milliseconds, n=20, method="inclusive")
    print(f"{label}: p50 {cuts[9]:.0f} ms, p95 {cuts[18]:.0f} ms, maximum "
          f"{max(milliseconds):.0f} ms ({len(milliseconds)} values)")  # fmt: skip


def main(index: Path, words: Sequence[str]) -> None:
    """Measure and print the figures."""
    screen = Screen(index)
    print(f"first frame: {screen.until(re.compile('a word, a phrase'), screen.started):.0f} ms")
    steps: tuple[Callable[[], None], ...] = (
        lambda: measure_typing(screen, words),
        lambda: measure_list(screen, 60),
    )
    screen.until(re.compile("documents · type"), screen.started)
    screen.rest(1)
    for step in steps:
        step()
    print("memory, MiB:", screen.memory())
    screen.close()
    with tempfile.TemporaryDirectory() as folder:
        measure_document(Path(folder), 30)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
