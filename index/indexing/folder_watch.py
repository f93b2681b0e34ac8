"""Keep the folders of an index fresh: refresh a folder when the system says that it changed.

The system is asked by watchfiles (inotify, FSEvents, ReadDirectoryChangesW; polling where
``WATCHFILES_FORCE_POLLING`` is set, for a network drive that tells nothing). Whatever changed,
the whole folder that the user named is compared with the catalog: so moves, ignore files and
mass changes need no rules of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

from watchfiles import Change, watch

from index.errors import IndexLocked
from index.indexing.report import IndexReport
from index.indexing.writer import IndexWriter
from index.store.directory import IndexDirectory
from index.store.layout import CommitStamp, commit_stamp

QUIET_MS = 500
"""Milliseconds without a change after which changes are read: editors write in several steps."""
LONGEST_MS = 10_000
"""Milliseconds of changes without a pause after which they are read all the same."""
LOOK_MS = 5_000
"""Milliseconds without a change after which the list of folders is read again: a disk was
mounted, another process indexed a folder, or the index is no longer locked."""


@dataclass(slots=True)
class FolderWatch:
    """Watches all folders of one index until ``stop`` is set."""

    folder: Path
    """The folder of the index."""
    open_writer: Callable[[], IndexWriter]
    stop: Event = field(default_factory=Event)
    _waiting: set[Path] = field(default_factory=set)
    """Folders that changed and are not read yet."""
    _watched: tuple[Path, ...] = ()
    _commit: CommitStamp | None = None
    """The commit whose catalog was read last."""
    _named: tuple[Path, ...] = ()
    """The folders and files that this catalog names."""

    def reports(self) -> Iterator[IndexReport]:
        """Yield the report of each refresh that changed something. Raises DalilError."""
        while not self.stop.is_set():
            roots = self._roots()
            self._waiting |= {root for root in roots if root not in self._watched}
            self._watched = roots
            yield from self._refreshed()
            folders = sorted({_folder_of(root) for root in roots})
            if folders:
                yield from self._until_roots_change(folders)
            else:
                self.stop.wait(LOOK_MS / 1000)

    def _until_roots_change(self, folders: Sequence[Path]) -> Iterator[IndexReport]:
        """Yield reports as long as the folders to watch are the same."""
        changes = watch(
            *folders,
            watch_filter=self._matters,
            debounce=LONGEST_MS,
            step=QUIET_MS,
            rust_timeout=LOOK_MS,
            yield_on_timeout=True,
            stop_event=self.stop,
            ignore_permission_denied=True,
        )
        missed = set(self._watched)  # what changed since they were read, before the watch began
        for changed in changes:
            if not changed:
                self._waiting |= missed
                missed = set()
            paths = [Path(path) for _, path in changed]
            self._waiting |= {
                root for root in self._watched if any(path.is_relative_to(root) for path in paths)
            }
            yield from self._refreshed()
            if self._roots() != self._watched:
                return

    def _refreshed(self) -> Iterator[IndexReport]:
        """Read the folders that changed, unless another process writes: then at the next look."""
        if not self._waiting:
            return
        try:
            with self.open_writer() as writer:
                report = writer.add_paths(sorted(self._waiting))
        except IndexLocked:
            return
        self._waiting = set()
        if report.changed or report.warnings:
            yield report

    def _roots(self) -> tuple[Path, ...]:
        """Return the folders and files that the user named, as far as they are there now."""
        directory = IndexDirectory.open(self.folder)
        commit = None
        with suppress(OSError):  # a newer commit came while it was looked for
            commit = commit_stamp(self.folder)
        if commit is None or commit != self._commit:  # reading a large catalog takes .1 s
            self._named = tuple(map(Path, directory.last_catalog().roots))
            self._commit = commit
        return tuple(sorted(root for root in self._named if root.exists()))

    def _matters(self, _change: Change, path: str) -> bool:
        """Whether a path may be a document or change what is one: not hidden, not of the index."""
        changed = Path(path)
        if changed.is_relative_to(self.folder):
            return False
        roots = [root for root in self._watched if changed.is_relative_to(root)]
        names = [changed.relative_to(root).parts for root in roots]
        return any(not _is_hidden(parts) for parts in names)


_RULES = (".ignore", ".gitignore")
"""Hidden files that say what is no document."""


def _is_hidden(names: Sequence[str]) -> bool:
    return any(name.startswith(".") and name not in _RULES for name in names)


def _folder_of(root: Path) -> Path:
    """Return what to watch for a root: of a file its folder, for editors replace files."""
    return root if root.is_dir() else root.parent
