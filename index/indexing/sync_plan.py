"""What a run of the indexer has to do: the files as they are against the catalog."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from index.document import Skipped
from index.extract.walk import Candidate, walk
from index.store.catalog import Catalog


@dataclass(slots=True)
class SyncPlan:
    """Which files to read and which to drop, before anything is done."""

    added: list[Candidate] = field(default_factory=list)
    updated: list[Candidate] = field(default_factory=list)
    moved: dict[str, Candidate] = field(default_factory=dict)
    """The path a file had → the file as it is now."""
    removed: list[str] = field(default_factory=list)
    unchanged: list[Candidate] = field(default_factory=list)
    touched: list[Candidate] = field(default_factory=list)
    """Written again with the same content: only their time in the catalog changes."""
    skipped: list[Skipped] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    met_itself: bool = False
    """Whether the folder of the index lies below the roots."""

    @property
    def to_read(self) -> list[Candidate]:
        """All files whose text has to be read, moved ones first."""
        return [*self.moved.values(), *self.updated, *self.added]


def plan(
    roots: Sequence[Path], catalog: Catalog, *, index: Path, max_size: int, encoding: bool = False
) -> SyncPlan:
    """Compare what is below the roots with the catalog.

    ``index`` is the folder of the index, which is never read. ``max_size`` is in
    bytes. With ``encoding`` the user has told how to read some files, so that a file
    may have to be read anew although it did not change.
    """
    result = SyncPlan()
    present = [root for root in roots if root.exists()]
    for root in roots:
        if root not in present:
            result.warnings.append(f"{root} is not there; its documents are kept")
    seen: set[str] = set()
    own = str(index.resolve())
    for found in walk(present, max_size=max_size):
        if is_below(str(found.path), own):
            result.met_itself = True
        elif isinstance(found, Skipped):
            result.skipped.append(found)
        elif str(found.path) not in seen:
            seen.add(str(found.path))
            _compare(found, catalog, result, encoding)
    if result.met_itself:
        result.skipped.append(Skipped(own, "the index itself"))
    known = dict.fromkeys(path for root in present for path in catalog.under(str(root)))
    closed = [skipped.path for skipped in result.skipped if skipped.problem]
    result.removed = [path for path in known if path not in seen and _is_gone(path, closed)]
    _match_moves(result, catalog)
    return result


def _compare(file: Candidate, catalog: Catalog, result: SyncPlan, encoding: bool) -> None:
    state = catalog.files.get(str(file.path))
    if state is None:
        result.added.append(file)
    elif not state.complete or encoding:
        result.updated.append(file)
    elif (state.size, state.mtime_ns) == (file.size, file.mtime_ns):
        result.unchanged.append(file)
    elif state.size == file.size and state.sha256 == digest(file.path):
        result.touched.append(file)
    else:
        result.updated.append(file)


def _is_gone(path: str, closed: Iterable[str]) -> bool:
    """Whether a file was deleted, or left out on purpose; not whether it is out of reach.

    ``closed`` are files and folders that could not be opened.
    """
    try:
        Path(path).lstat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return not any(is_below(path, place) for place in closed)


def _match_moves(result: SyncPlan, catalog: Catalog) -> None:
    """Find among the new files those that have the content of one that is gone."""
    states = {path: catalog.files[path] for path in result.removed}
    gone = {(state.size, state.sha256): path for path, state in states.items() if state.sha256}
    sizes = {size for size, _ in gone}
    added, result.added = result.added, []
    for file in added:
        origin = gone.pop((file.size, digest(file.path)), None) if file.size in sizes else None
        if origin is None:
            result.added.append(file)
        else:
            result.moved[origin] = file
    result.removed = [path for path in result.removed if path not in result.moved]


def is_below(path: str, root: str) -> bool:
    """Whether a path is a root or under it."""
    return path == root or path.startswith(root.rstrip("/") + "/")


def digest(path: Path) -> str:
    """The SHA-256 of a file in hexadecimal, or nothing where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
