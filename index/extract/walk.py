"""Find the files under the given folders (roots), and report what is left out and why.

* The ``.gitignore`` and ``.ignore`` of a folder apply to everything under it, in a git
  repository or not; the deeper file decides, and within one folder ``.ignore`` does.
  Ignore files above a root do not count, because the user asked for that folder.
* Hidden entries (their name begins with a dot) and ignored ones are left out as a unit:
  a folder is one line in the report, and its entries are never read.
* Links are not followed. The target of a link within the roots is found under its own
  name, so nothing is visited twice and there are no loops; a link that leads out of the
  roots, or to no file, is reported.
* Only regular files are opened: no pipe, socket or device.
* A root that is a single file is always taken, even if hidden or ignored.

The order is by name within each folder, so it is the same on every run.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import time_ns

from index.document import Skipped
from index.extract.formats import format_of
from index.extract.ignore import IgnoreRules, rules_of

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file to read. ``path`` and ``root`` are absolute and resolved."""

    path: Path
    root: Path
    size: int
    """In bytes."""
    mtime_ns: int
    """The last change, in nanoseconds since 1970."""
    ctime_ns: int = field(default=0, compare=False)
    """The last change of the file or its attributes, in nanoseconds since 1970; 0 is unknown."""
    inode: int = field(default=0, compare=False)
    """The number of the file in its file system; 0 is unknown."""
    examined_ns: int = field(default=0, compare=False)
    """The time just before all this was asked of the system, in nanoseconds since 1970."""


@dataclass(frozen=True, slots=True)
class _Folder:
    """A folder to be visited, and the ignore rules of its parent folder."""

    path: Path
    rules: IgnoreRules | None


@dataclass(frozen=True, slots=True)
class _Walk:
    """The walk of one root. ``visited`` are the paths that this or an earlier root gave."""

    root: Path
    roots: tuple[Path, ...]
    max_size: int
    visited: set[str]


def walk(roots: Sequence[Path], *, max_size: int) -> Iterator[Candidate | Skipped]:
    """Yield each file under ``roots`` to be read, and a `Skipped` for everything left out.

    ``max_size`` is in bytes; a file of a format that streams may be larger. A root that
    does not exist or cannot be opened is reported too.
    """
    resolved = tuple(root.resolve() for root in roots)
    visited: set[str] = set()
    for root in resolved:
        walking = _Walk(root, resolved, max_size, visited)
        try:
            is_folder = stat.S_ISDIR(root.stat().st_mode)
        except OSError as error:
            yield _failed(root, error)
            continue
        yield from _tree(walking) if is_folder else _file(walking, root)


def _tree(walking: _Walk) -> Iterator[Candidate | Skipped]:
    """Walk everything under a root, on an explicit stack: folders nest deeper than calls may."""
    open_folders = [_folder(walking, _Folder(walking.root, None))]
    while open_folders:
        item = next(open_folders[-1], None)
        if item is None:
            open_folders.pop()
        elif isinstance(item, _Folder):
            open_folders.append(_folder(walking, item))
        else:
            yield item


def _folder(walking: _Walk, folder: _Folder) -> Iterator[Candidate | Skipped | _Folder]:
    """Yield the entries of a folder by name."""
    if str(folder.path) in walking.visited:
        return
    walking.visited.add(str(folder.path))
    try:
        with os.scandir(folder.path) as scan:
            entries = sorted(scan, key=lambda entry: entry.name)
    except OSError as error:
        yield _failed(folder.path, error)
        return
    rules = rules_of(folder.path, {entry.name for entry in entries}, folder.rules)
    for entry in entries:
        yield from _entry(walking, entry, rules)


def _entry(
    walking: _Walk, entry: os.DirEntry[str], rules: IgnoreRules | None
) -> Iterator[Candidate | Skipped | _Folder]:
    """Yield an entry of a folder: a folder to visit, a file, or a `Skipped`."""
    path = Path(entry.path)
    try:
        is_folder = entry.is_dir(follow_symlinks=False)
        if entry.name.startswith("."):
            yield _skipped(path, "hidden")
        elif rules and rules.ignores(path, folder=is_folder):
            yield _skipped(path, "ignored by .gitignore or .ignore")
        elif entry.is_symlink():
            yield from _link(walking, path)
        elif is_folder:
            yield _Folder(path, rules)
        else:
            yield from _file(walking, path)
    except OSError as error:
        yield _failed(path, error)


def _link(walking: _Walk, path: Path) -> Iterator[Skipped]:
    """Yield why a link is left out; nothing to report if its target is under a root."""
    try:
        target = Path(os.path.realpath(path, strict=True))
    except OSError:  # also a loop of links
        yield _skipped(path, "a broken link")
        return
    if not any(target.is_relative_to(root) for root in walking.roots):
        yield _skipped(path, f"a link to {target}, outside the folder")


def _file(walking: _Walk, path: Path) -> Iterator[Candidate | Skipped]:
    """Yield a file that is not a link, as a `Candidate` or a `Skipped`."""
    if str(path) in walking.visited:
        return
    walking.visited.add(str(path))
    examined = time_ns()
    try:
        status = path.lstat()
    except OSError as error:
        yield _failed(path, error)
        return
    row = format_of(path)
    if not stat.S_ISREG(status.st_mode):
        yield _skipped(path, "not a plain file but a pipe, socket or device")
    elif status.st_size > walking.max_size and not (row and row.streams):
        size, limit = _size(status.st_size), _size(walking.max_size)
        yield _skipped(path, f"{size}, and {limit} is the limit: see --max-size")
    else:
        yield _candidate(path, walking.root, status, examined)


def _candidate(path: Path, root: Path, status: os.stat_result, examined_ns: int) -> Candidate:
    return Candidate(  # in the order of its fields: it is made for every file
        path,
        root,
        status.st_size,
        status.st_mtime_ns,
        status.st_ctime_ns,
        status.st_ino,
        examined_ns,
    )


def _size(count: int) -> str:
    """Format a number of bytes with its unit."""
    for unit, name in ((MEGABYTE, "MB"), (1024, "kB")):
        if count >= unit:
            return f"{count / unit:.4g} {name}"
    return f"{count} bytes"


def _failed(path: Path, error: OSError) -> Skipped:
    """Return the error of the system for a path that it did not open."""
    if isinstance(error, FileNotFoundError):
        return _skipped(path, "there is no such file or folder any more", problem=True)
    return _skipped(
        path, f"may not be opened: {(error.strerror or str(error)).lower()}", problem=True
    )


def _skipped(path: Path, reason: str, *, problem: bool = False) -> Skipped:
    return Skipped(str(path), reason, problem)
