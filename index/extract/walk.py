"""Folders to files: what is under the roots, and what of it is left out and why.

* A folder's ``.gitignore`` and ``.ignore`` hold for what is under it, inside a git
  repository or not; the deeper file decides, and in one folder ``.ignore`` does.
  Ignore files above a root do not count: who names a folder wants what is in it.
* What is hidden (its name starts with a dot) or ignored is cut off where it is met:
  a folder is one line in the report, and what is in it is never looked at.
* Links are not followed. What a link inside the roots points to is met under its own
  name, so nothing is visited twice and there are no loops; a link that leads out of
  them, or nowhere, is reported.
* Only plain files are ever opened: no pipe, socket or device.
* A root that is a single file is taken, hidden or ignored or not.

The order is by name within each folder, and the same on every run.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.document import Skipped
from index.extract import format_of
from index.extract.ignore import Rules, rules_under

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


@dataclass(frozen=True, slots=True)
class _Folder:
    """A folder still to be looked into, and the rules that hold around it."""

    path: Path
    rules: Rules | None


@dataclass(frozen=True, slots=True)
class _Walk:
    """What holds for one root. ``met`` are the paths that this or an earlier root gave."""

    root: Path
    roots: tuple[Path, ...]
    max_size: int
    met: set[str]


def walk(roots: Sequence[Path], *, max_size: int) -> Iterator[Candidate | Skipped]:
    """Every file under ``roots`` that is to be read, and everything left out with its reason.

    ``max_size`` is in bytes; a file of a format that is read a piece at a time may be
    larger. A root that cannot be found or opened is reported like anything else.
    """
    resolved = tuple(root.resolve() for root in roots)
    met: set[str] = set()
    for root in resolved:
        walking = _Walk(root, resolved, max_size, met)
        try:
            is_folder = stat.S_ISDIR(root.stat().st_mode)
        except OSError as error:
            yield _failed(root, error)
            continue
        yield from _tree(walking) if is_folder else _file(walking, root)


def _tree(walking: _Walk) -> Iterator[Candidate | Skipped]:
    """Everything under a root, with a stack of our own: folders nest deeper than calls may."""
    open_folders = [_folder(walking, _Folder(walking.root, None))]
    while open_folders:
        found = next(open_folders[-1], None)
        if found is None:
            open_folders.pop()
        elif isinstance(found, _Folder):
            open_folders.append(_folder(walking, found))
        else:
            yield found


def _folder(walking: _Walk, folder: _Folder) -> Iterator[Candidate | Skipped | _Folder]:
    """What is directly in a folder, by name."""
    if str(folder.path) in walking.met:
        return
    walking.met.add(str(folder.path))
    try:
        with os.scandir(folder.path) as scan:
            entries = sorted(scan, key=lambda entry: entry.name)
    except OSError as error:
        yield _failed(folder.path, error)
        return
    rules = rules_under(folder.path, {entry.name for entry in entries}, folder.rules)
    for entry in entries:
        yield from _entry(walking, entry, rules)


def _entry(
    walking: _Walk, entry: os.DirEntry[str], rules: Rules | None
) -> Iterator[Candidate | Skipped | _Folder]:
    """One entry of a folder: a folder to look into, a file, or why it is left out."""
    path = Path(entry.path)
    try:
        is_folder = entry.is_dir(follow_symlinks=False)
        if entry.name.startswith("."):
            yield _skipped(path, "hidden")
        elif rules and rules.leave_out(path, folder=is_folder):
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
    """Why a link is left out; nothing when its target is under a root, and so met there."""
    try:
        target = Path(os.path.realpath(path, strict=True))
    except OSError:  # also a loop of links
        yield _skipped(path, "a link to nothing")
        return
    if not any(target.is_relative_to(root) for root in walking.roots):
        yield _skipped(path, f"a link out of the folder, to {target}")


def _file(walking: _Walk, path: Path) -> Iterator[Candidate | Skipped]:
    """A file that is no link: whether it is one to read."""
    if str(path) in walking.met:
        return
    walking.met.add(str(path))
    try:
        facts = path.lstat()
    except OSError as error:
        yield _failed(path, error)
        return
    row = format_of(path)
    if not stat.S_ISREG(facts.st_mode):
        yield _skipped(path, "not a plain file but a pipe, socket or device")
    elif _printable(path) != str(path):
        yield _skipped(path, "its name is not valid UTF-8: rename it")
    elif facts.st_size > walking.max_size and not (row and row.streams):
        size, limit = _size(facts.st_size), _size(walking.max_size)
        yield _skipped(path, f"{size}, and {limit} is the limit: see --max-size")
    else:
        yield Candidate(path, walking.root, facts.st_size, facts.st_mtime_ns)


def _size(count: int) -> str:
    """Bytes as a person reads them."""
    for unit, name in ((MEGABYTE, "MB"), (1024, "kB")):
        if count >= unit:
            return f"{count / unit:.4g} {name}"
    return f"{count} bytes"


def _failed(path: Path, error: OSError) -> Skipped:
    """What the system says about a path it would not open."""
    if isinstance(error, FileNotFoundError):
        return _skipped(path, "there is no such file or folder any more", problem=True)
    return _skipped(
        path, f"may not be opened: {(error.strerror or str(error)).lower()}", problem=True
    )


def _skipped(path: Path, reason: str, *, problem: bool = False) -> Skipped:
    """A path that is left out, with a name that can be written anywhere."""
    return Skipped(_printable(path), reason, problem)


def _printable(path: Path) -> str:
    """The path with U+FFFD for bytes of its name that are not UTF-8."""
    return os.fsencode(path).decode("utf-8", "replace")
