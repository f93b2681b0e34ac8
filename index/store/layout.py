"""The files of an index folder: one table for all that make, keep or clear one.

==================  ==========================================================
``dalil.json``      what this is, and the version of its schema
``_MAIN_7.toc``     generation 7: the segments that count. Renamed into place last
``catalog-7.json``  what generation 7 was made of, and the checksums of its files
``MAIN_x1y2.arr``   a segment
``x1y2.arr.new``    a segment that no commit has named yet
``MAIN_WRITELOCK``  locked while a process writes
``aliases.txt``     the user's aliases
``history.txt``     the user's earlier queries
``searches.txt``    the user's saved searches
``seen.jsonl``      what they had found when they were last asked
``tags.jsonl``      the user's tags and notes on documents
``sizes.json``      how the user divided the screen
``desk.lock``       locked while a process changes searches, what was seen, or tags
==================  ==========================================================
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from index.codec.segment_name import INDEX_NAME, SUFFIX

MARKER = "dalil.json"
LOCK = f"{INDEX_NAME}_WRITELOCK"
ALIASES = "aliases.txt"
HISTORY = "history.txt"
SEARCHES = "searches.txt"
SEEN = "seen.jsonl"
TAGS = "tags.jsonl"
SIZES = "sizes.json"
DESK_LOCK = "desk.lock"
SEGMENTS = f"{INDEX_NAME}_*{SUFFIX}"
"""Pattern of the names of segments."""
NEW = ".new"
"""Suffix of a file that is renamed into place once it is whole."""
UNNAMED = ".arr" + NEW
"""Suffix of a segment that no commit has named yet."""

_TOC = re.compile(rf"_{INDEX_NAME}_(\d+)\.toc")


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file that Dalil makes in the folder of an index."""

    pattern: str
    """Regular expression of its whole name."""
    example: str
    committed: bool = False
    """Whether it belongs to one commit, and goes when another takes its place."""


FILES = (
    FileKind(re.escape(MARKER), MARKER),
    FileKind(re.escape(LOCK), LOCK),
    FileKind(re.escape(ALIASES), ALIASES),
    FileKind(re.escape(DESK_LOCK), DESK_LOCK),
    FileKind(re.escape(MARKER + NEW), MARKER + NEW),
    *(
        FileKind(rf"{re.escape(name)}(\.([0-9a-f]+\.)?new)?", name)
        for name in (HISTORY, SIZES, SEARCHES, SEEN, TAGS)
    ),
    FileKind(_TOC.pattern + r"(\.new)?", f"_{INDEX_NAME}_7.toc", committed=True),
    FileKind(r"catalog-\d+\.json", "catalog-7.json", committed=True),
    FileKind(rf"{INDEX_NAME}_[0-9a-z]+\..+", f"{INDEX_NAME}_x1y2.arr", committed=True),
    FileKind(r"[0-9a-z]+\.arr\.new", f"x1y2{UNNAMED}"),
    # Whoosh wrote it, when it was the writer.
    FileKind(rf"{INDEX_NAME}\.tmp", f"{INDEX_NAME}.tmp", committed=True),
)
"""Everything that Dalil makes there. A folder with any other file is never written to."""
COMMITTED = tuple(kind for kind in FILES if kind.committed)


@cache
def _names(kinds: tuple[FileKind, ...]) -> re.Pattern[str]:
    """The pattern of the names of these files, compiled when it is first used."""
    return re.compile("|".join(kind.pattern for kind in kinds))


def is_ours(name: str) -> bool:
    """Whether Dalil makes files of this name."""
    return _names(FILES).fullmatch(name) is not None


def is_segment(name: str) -> bool:
    """Whether a file is a segment of a commit."""
    return is_committed(name) and name.endswith(SUFFIX)


def is_committed(name: str) -> bool:
    """Whether a file belongs to one commit, finished or not."""
    return _names(COMMITTED).fullmatch(name) is not None


def toc_name(generation: int) -> str:
    """The table of contents of a generation."""
    return f"_{INDEX_NAME}_{generation}.toc"


def catalog_name(generation: int) -> str:
    """The catalog of a generation."""
    return f"catalog-{generation}.json"


ATTEMPTS = 10
"""How often the last commit is opened: a newer one may remove what was just about to be read."""


def latest_generation(folder: Path) -> int:
    """The generation of the last commit, or -1 if there is none."""
    found = (_TOC.fullmatch(entry.name) for entry in folder.iterdir())
    return max((int(match[1]) for match in found if match), default=-1)


@dataclass(frozen=True, slots=True)
class CommitStamp:
    """By what one commit of a folder differs from any other, also of an index made anew there."""

    generation: int
    inode: int = 0
    written_ns: int = 0


def commit_stamp(folder: Path) -> CommitStamp:
    """The stamp of the last commit; its generation is -1 if there is none. Raises OSError."""
    generation = latest_generation(folder)
    if generation < 0:
        return CommitStamp(generation)
    status = (folder / toc_name(generation)).lstat()
    return CommitStamp(generation, status.st_ino, status.st_mtime_ns)
