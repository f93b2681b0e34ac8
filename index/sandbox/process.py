"""The process that reads files, seen from outside: start it, talk to it, end it."""

from __future__ import annotations

import json
import queue
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from index.sandbox import messages
from index.sandbox.messages import BadFrame, Item

QUEUED_FRAMES = 4
"""Frames that wait to be used; the process waits when there are more."""
_ABORTS = ("SIGABRT", "SIGTRAP", "SIGILL")
"""Signals with which libraries end a process that gets no more memory."""
_KILLS = (signal.SIGTERM, 9)  # SIGKILL, which Windows does not know
END_SECONDS = 1.0
"""How long a process may take to end after it closed its pipe."""
_START = "import sys; sys.path[:] = {path!r}; from index.sandbox.child import main; main()"


class ProcessEnded(Exception):
    """The process is gone, or sends what it must not; the message is a clause."""

    def __init__(self, reason: str, *, was_killed: bool = False) -> None:
        super().__init__(reason)
        self.was_killed = was_killed
        """Whether somebody else ended it, such as the system when memory ran out."""


@dataclass(frozen=True, slots=True)
class ReaderSettings:
    """What a process that reads files has to know when it starts."""

    memory: int
    """Bytes that it may hold."""
    encodings: tuple[tuple[str, str], ...] = ()
    """Pairs of a glob and the encoding of the files that it matches."""
    modules: tuple[str, ...] = ()
    """Modules that will be needed."""


class ReaderProcess:
    """A process that reads one file after the other.

    It does not import the script that was started, so a script needs no
    ``if __name__ == "__main__"``; it belongs to no terminal, so Ctrl-C reaches its parent alone.
    """

    def __init__(self, settings: ReaderSettings) -> None:
        start = _START.format(path=sys.path)
        self._process = subprocess.Popen(  # noqa: S603 (this interpreter, and no argument from a document)
            [sys.executable, "-c", start, json.dumps(asdict(settings))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._frames: queue.Queue[list[Item] | BadFrame | None] = queue.Queue(QUEUED_FRAMES)
        self._closed = False
        self._thread = threading.Thread(target=self._receive_all, daemon=True)
        self._thread.start()

    def request(self, path: Path, characters: int) -> None:
        """Ask for a file; its text may have up to ``characters``. A few requests may wait."""
        line = json.dumps({"path": str(path), "characters": characters})
        stream = _pipe(self._process.stdin)
        with suppress(OSError):  # a process that is gone is noticed by `receive`
            stream.write(line.encode() + b"\n")
            stream.flush()

    def receive(self, seconds: float) -> list[Item]:
        """Return the next items. Raises TimeoutError after ``seconds``, or ProcessEnded."""
        try:
            found = self._frames.get(timeout=seconds)
        except queue.Empty:
            raise TimeoutError from None
        if isinstance(found, list):
            return found
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(END_SECONDS)
        self.kill()
        if found:
            raise ProcessEnded(f"its reader sent {found}")
        was_killed = -self._process.returncode in _KILLS
        raise ProcessEnded(self._how_it_ended(), was_killed=was_killed)

    def kill(self) -> None:
        """End the process at once, and the thread that reads from it."""
        self._closed = True
        self._process.kill()
        self._process.wait()
        while self._thread.is_alive():  # it may wait for room in the queue
            with suppress(queue.Empty):
                self._frames.get_nowait()
            self._thread.join(0.01)
        _pipe(self._process.stdout).close()
        with suppress(OSError):  # a request that was never read
            _pipe(self._process.stdin).close()

    def _how_it_ended(self) -> str:
        code = self._process.returncode
        if code >= 0:
            return f"its reader ended with code {code}"
        try:
            name = signal.Signals(-code).name
        except ValueError:
            name = f"signal {-code}"
        if name in _ABORTS:
            return f"its reader gave up, probably for lack of memory ({name})"
        return f"its reader crashed ({name})"

    def _receive_all(self) -> None:
        """Put every frame into the queue; at the end None, or what was wrong."""
        end: BadFrame | None = None
        try:
            while not self._closed and (frame := _read_frame(_pipe(self._process.stdout))):
                self._frames.put(messages.decode(*frame))
        except BadFrame as error:
            end = error
        except (OSError, ValueError):  # the pipe was closed
            pass
        self._frames.put(end)


def _read_frame(stream: IO[bytes]) -> tuple[bytes, bytes] | None:
    """Return the head and the text of the next frame; None at the end. Raises BadFrame."""
    prefix = stream.read(messages.SIZES.size)
    if len(prefix) < messages.SIZES.size:
        return None
    head_size, text_size = messages.sizes(prefix)
    head, text = stream.read(head_size), stream.read(text_size)
    return (head, text) if (len(head), len(text)) == (head_size, text_size) else None


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None  # noqa: S101 (both are pipes)
    return stream
