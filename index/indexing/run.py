"""Run: a plan being carried out, batch by batch, and what is said of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from index.document import Skipped
from index.extract.walk import Candidate
from index.indexing.file_reader import FilePart
from index.indexing.report import IndexReport
from index.indexing.segment_batch import SegmentBatch
from index.indexing.sync_plan import SyncPlan, is_below
from index.indexing.transaction import Transaction
from index.store.catalog import Catalog


class IndexingRun:
    """Makes of a plan, and of the batches that were read for it, changes and a report.

    In whatever order the batches come, the notes stand in the order of the plan.
    """

    def __init__(self, todo: SyncPlan, changes: Transaction) -> None:
        self._changes = changes
        self._places = {str(file.path): place for place, file in enumerate(todo.to_read)}
        self._origins = {str(file.path): origin for origin, file in todo.moved.items()}
        self._verbs = {str(file.path): "updated" for file in todo.updated}
        self._verbs |= dict.fromkeys(self._origins, "moved")
        self._notes: dict[int, list[Skipped]] = {}
        self._elsewhere: list[Skipped] = []
        """What the catalog says of other folders."""
        same = {str(file.path) for file in (*todo.unchanged, *todo.touched)}
        self._told = todo.skipped + [
            note for note in changes.catalog.skipped if not same.isdisjoint(named_in(note))
        ]
        """What was left out of the folders, and of files that are not read again."""
        self.report = IndexReport(
            removed=len(todo.removed),
            unchanged=len(todo.unchanged) + len(todo.touched),
            warnings=todo.warnings,
        )

    def begin(self, roots: Sequence[Path], todo: SyncPlan) -> None:
        """What needs no reading: roots and notes, files that have gone or were touched."""
        catalog = self._changes.catalog
        for root in map(str, roots):
            if not any(is_below(root, known) for known in catalog.roots):
                catalog.roots = [r for r in catalog.roots if not is_below(r, root)] + [root]
            catalog.skipped = [note for note in catalog.skipped if not concerns(note, root)]
        self._elsewhere = catalog.skipped
        self._note()
        for path in todo.removed:
            self._changes.drop(path)
        for file in todo.touched:
            _touch(catalog, file)

    def take(self, batch: SegmentBatch) -> None:
        """What was read, and a commit that makes it last."""
        for part in batch.parts:
            self._take(part)
        if batch.segment is not None:
            self._changes.add(batch.segment)
        self._note()
        self._changes.commit()

    def _take(self, part: FilePart) -> None:
        if origin := self._origins.pop(part.path, None):
            self._changes.drop(origin)
        if part.drops:
            self._changes.drop(part.path)
        self._changes.take_out(part.replaced)
        if part.state is not None:
            self._changes.catalog.files[part.path] = part.state
            if part.ends:
                verb = self._verbs.get(part.path, "added")
                setattr(self.report, verb, getattr(self.report, verb) + 1)
        if part.skipped:
            self._notes.setdefault(self._places[part.path], []).extend(part.skipped)

    def _note(self) -> None:
        """Let the report and the catalog say what was left out."""
        read = [note for _, notes in sorted(self._notes.items()) for note in notes]
        self.report.skipped = self._told + read
        self._changes.catalog.skipped = self._elsewhere + self.report.skipped


def _touch(catalog: Catalog, file: Candidate) -> None:
    path = str(file.path)
    catalog.files[path] = replace(catalog.files[path], mtime_ns=file.mtime_ns)


def named_in(note: Skipped) -> set[str]:
    """The paths that a note may be about: ``FILE``, ``FILE:line`` or ``FILE#id``."""
    path = note.path
    return {path} | {path[:at] for at, char in enumerate(path) if char in ":#"}


def concerns(note: Skipped, root: str) -> bool:
    """Whether a note is about something at or below a path."""
    return any(is_below(path, root) for path in named_in(note))
