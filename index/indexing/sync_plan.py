"""Plan a run of the indexer: compare the files on the disk with the catalog."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from index.document import Skipped
from index.extract.walk import Candidate, walk
from index.indexing.change_detection import examined_state, has_same_stamps, may_hide_change
from index.store.catalog import Catalog


@dataclass(slots=True)
class SyncPlan:
    """The files that a run reads, drops and leaves alone."""

    added: list[Candidate] = field(default_factory=list)
    updated: list[Candidate] = field(default_factory=list)
    moved: dict[str, Candidate] = field(default_factory=dict)
    """Former path of a file → the file where it is now."""
    removed: list[str] = field(default_factory=list)
    unchanged: list[Candidate] = field(default_factory=list)
    touched: list[Candidate] = field(default_factory=list)
    """Hashed, with the same content: only their times in the catalog change."""
    skipped: list[Skipped] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def to_read(self) -> list[Candidate]:
        """All files whose text is read, moved ones first."""
        return [*self.moved.values(), *self.updated, *self.added]


def plan_sync(
    roots: Sequence[Path],
    catalog: Catalog,
    *,
    index: Path,
    max_size: int,
    reread: bool = False,
    checksum: bool = False,
) -> SyncPlan:
    """Compare the files below the roots with the catalog.

    ``index`` is the folder of the index, which is never read. ``max_size`` is in bytes.
    With ``reread`` files that did not change are read again as well, as they have to be
    when the user has stated encodings. With ``checksum`` every file of the same size is hashed.
    """
    plan = SyncPlan()
    present = [root for root in roots if root.exists()]
    for root in roots:
        if root not in present:
            plan.warnings.append(f"{root} is not there; its documents are kept")
    entries = walk(present, max_size=max_size)
    comparison = _Comparison(catalog, plan, reread=reread, checksum=checksum)
    seen = comparison.add_all(entries, own=str(index.resolve()))
    known = dict.fromkeys(path for root in present for path in catalog.under(str(root)))
    unreadable = [skipped.path for skipped in plan.skipped if skipped.problem]
    plan.removed = [path for path in known if path not in seen and _is_gone(path, unreadable)]
    _match_moves(plan, catalog)
    return plan


@dataclass(frozen=True, slots=True)
class _Comparison:
    """Sorts the files on the disk into a plan."""

    catalog: Catalog
    plan: SyncPlan
    reread: bool
    checksum: bool

    def add_all(self, entries: Iterable[Candidate | Skipped], *, own: str) -> set[str]:
        """Add files on the disk to the plan, and return the paths of all that are not skipped.

        ``own`` is the folder of the index.
        """
        seen: set[str] = set()
        contains_index = False
        for entry in entries:
            if is_below(str(entry.path), own):
                contains_index = True
            elif isinstance(entry, Skipped):
                self.plan.skipped.append(entry)
            elif str(entry.path) not in seen:
                seen.add(str(entry.path))
                self._list_for(entry).append(entry)
        if contains_index:
            self.plan.skipped.append(Skipped(own, "the index itself"))
        return seen

    def _list_for(self, file: Candidate) -> list[Candidate]:
        """Return the list of the plan to which a file belongs."""
        plan, state = self.plan, self.catalog.files.get(str(file.path))
        if state is None:
            return plan.added
        is_named = not state.documents and file.path == file.root
        if not state.complete or self.reread or state.size != file.size or is_named:
            return plan.updated
        same, hidden = has_same_stamps(state, file), may_hide_change(state, file.examined_ns)
        if same and not hidden and not self.checksum:
            return plan.unchanged if state.examined_ns else plan.touched  # of an older catalog
        if not state.sha256 or state.sha256 != digest(file.path):
            return plan.updated
        settled = not may_hide_change(examined_state(state, file), file.examined_ns)
        gains = (hidden and settled) or not state.examined_ns
        return plan.touched if gains or not same else plan.unchanged


def _is_gone(path: str, unreadable: Iterable[str]) -> bool:
    """Whether a file was deleted or left out on purpose, rather than being out of reach.

    ``unreadable`` are files and folders that could not be opened.
    """
    try:
        Path(path).lstat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return not any(is_below(path, closed) for closed in unreadable)


def _match_moves(plan: SyncPlan, catalog: Catalog) -> None:
    """Change a removed file and a new one with the same content to one that moved."""
    states = {path: catalog.files[path] for path in plan.removed}
    gone = {
        (state.size, state.sha256): path
        for path, state in states.items()
        if state.sha256 and state.documents
    }
    sizes = {size for size, _ in gone}
    added, plan.added = plan.added, []
    for file in added:
        origin = gone.pop((file.size, digest(file.path)), None) if file.size in sizes else None
        if origin is None:
            plan.added.append(file)
        else:
            plan.moved[origin] = file
    plan.removed = [path for path in plan.removed if path not in plan.moved]


def is_below(path: str, root: str) -> bool:
    """Whether a path is a root or below it."""
    return path == root or path.startswith(root.rstrip("/") + "/")


def digest(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal, or "" if it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
