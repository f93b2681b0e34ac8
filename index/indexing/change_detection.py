"""Tell whether a file may have changed since it was read, without reading it.

As git does for its index (Documentation/technical/racy-git.txt of git), by size, times and
inode, with one more rule. A file may be written again after it was read, within the same tick
of the clock that its file system stamps it with: size and times then stay the same. So a file
whose stamp was not older than a tick when it was examined is hashed by the next run. From
then on it is settled.
"""

from __future__ import annotations

import os
from dataclasses import replace

from index.extract.formats import format_of
from index.extract.walk import Candidate
from index.store.catalog import FileState

TICK_NS = 2 * 10**9
"""Nanoseconds of the coarsest tick: FAT and exFAT store the time of a write in steps of 2 s."""


def examined_state(state: FileState, file: Candidate) -> FileState:
    """Return a state with the times and the inode of a file as it was examined."""
    return replace(
        state,
        mtime_ns=file.mtime_ns,
        ctime_ns=file.ctime_ns,
        inode=file.inode,
        examined_ns=file.examined_ns,
    )


def state_of_read_file(state: FileState, file: Candidate) -> FileState:
    """Return the state of a file that was just read, with its times and its inode.

    A streamed file is hashed after it was read. If it was written in between, it gets no
    digest, so that the next run reads it again.
    """
    row = format_of(file.path)
    if row and row.streams and not _is_as_examined(file):
        state = replace(state, sha256="")
    return examined_state(state, file)


def has_same_stamps(state: FileState, file: Candidate) -> bool:
    """Whether size, times and inode are the same; ctime and inode count only if known."""
    return (
        state.size == file.size
        and state.mtime_ns == file.mtime_ns
        and (state.ctime_ns == file.ctime_ns or not state.ctime_ns)
        and (state.inode == file.inode or not state.inode)
    )


def may_hide_change(state: FileState, now_ns: int) -> bool:
    """Whether a file may have changed since it was examined although its stamps are the same.

    That is so if it was examined before the tick of a stamp was over, and ``now_ns`` is not
    before that stamp: a time in the future counts once the clock has reached it, so that such
    a file is not hashed by every run. If the clock went back, no earlier comparison counts.
    """
    examined = state.examined_ns
    if not examined or max(state.mtime_ns, state.ctime_ns) + TICK_NS <= examined <= now_ns:
        return False
    return now_ns < examined or any(
        examined < stamp + TICK_NS and stamp <= now_ns for stamp in (state.mtime_ns, state.ctime_ns)
    )


def _is_as_examined(file: Candidate) -> bool:
    try:
        status = os.lstat(file.path)
    except OSError:
        return False
    now = (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
    return now == (file.size, file.mtime_ns, file.ctime_ns, file.inode)
