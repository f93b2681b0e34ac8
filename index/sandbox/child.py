"""The process that reads files: requests come in, documents go out, and the doors are closed.

It reads requests from standard input and writes frames to standard output, which libraries and
their error messages cannot reach. It ends with its input.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import BinaryIO

from index import extract
from index.document import Document, Skipped
from index.errors import BadOption, DalilError, Unreachable
from index.sandbox import messages, system_calls
from index.sandbox.limits import excess, limit_this_process
from index.sandbox.messages import Failure, FileEnd, Item

FRAME_CHARACTERS = 1 << 16
"""Characters of text after which a frame is sent."""
FRAME_ITEMS = 256
"""Items after which a frame is sent."""
SENT_AT_ONCE = ("pdf",)
"""Formats whose documents are not kept for a frame: what is read next, a file attached to it, may
end the process."""


def main() -> None:
    """Serve requests until standard input ends. The argument has the settings, as JSON."""
    requests, answers = _own_streams()
    system_calls.end_with_parent()
    settings = json.loads(sys.argv[1])
    encodings = [(glob, name) for glob, name in settings["encodings"]]
    for name in settings["modules"]:  # before the doors close, so that their bytecode is kept
        import_module(name)
    limit_this_process(settings["memory"])
    system_calls.forbid()
    for line in requests:
        request = json.loads(line)
        items = _answer(Path(request["path"]), encodings, request["characters"])
        for frame in _frames(items):
            answers.write(frame)
            answers.flush()


def _own_streams() -> tuple[BinaryIO, BinaryIO]:
    """Return the two pipes, and leave nothing at the places where libraries expect them."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for place in (0, 1):
        os.dup2(nothing, place)
    return requests, answers


def _answer(path: Path, encodings: Sequence[tuple[str, str]], characters: int) -> Iterator[Item]:
    """Yield what a file holds, and its end or a failure."""
    try:
        for item in extract.read(path, encodings=encodings):
            reason = excess(item.text, characters) if isinstance(item, Document) else None
            if reason and item.path == str(path):
                yield Failure(f"{path} {reason}", "", messages.OVER_LIMIT)
                return
            yield Skipped(item.path, reason, problem=True) if reason else item
        yield FileEnd()
    except MemoryError:
        yield Failure(f"{path} needs more memory than a file may take", "", messages.OVER_LIMIT)
    except DalilError as error:
        yield Failure(error.message, error.hint, _kind(error))
    except Exception as error:  # any error of a reader concerns this file alone
        reason = f"{path} cannot be read: {error!r}"
        yield Failure(reason, "leave it out", messages.UNREADABLE)


def _kind(error: DalilError) -> str:
    kinds = {Unreachable: messages.UNREACHABLE, BadOption: messages.BAD_OPTION}
    return kinds.get(type(error), messages.UNREADABLE)


def _frames(items: Iterable[Item]) -> Iterator[bytes]:
    """Yield frames of several items each, for a frame wakes the parent."""
    waiting: list[Item] = []
    characters = 0
    for item in items:
        waiting.append(item)
        is_urgent = isinstance(item, Document) and item.type in SENT_AT_ONCE
        characters += len(item.text) if isinstance(item, Document) else 0
        if is_urgent or characters >= FRAME_CHARACTERS or len(waiting) >= FRAME_ITEMS:
            yield messages.encode(waiting)
            waiting, characters = [], 0
    if waiting:
        yield messages.encode(waiting)
