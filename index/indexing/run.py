"""The run: carries out a plan batch by batch, and keeps the report."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from index.document import Skipped
from index.indexing.change_detection import examined_state, state_of_read_file
from index.indexing.file_reader import FilePart
from index.indexing.report import IndexReport
from index.indexing.segment_batch import SegmentBatch
from index.indexing.sync_plan import SyncPlan, is_below
from index.indexing.transaction import Transaction


class IndexingRun:
    """Commits the batches that were read for a plan, and reports what became of each file.

    Whatever the order of the batches, the skipped files stand in the order of the plan.
    """

    def __init__(self, plan: SyncPlan, transaction: Transaction) -> None:
        self._plan = plan
        self._transaction = transaction
        self._files = {str(file.path): file for file in plan.to_read}
        self._order = {path: number for number, path in enumerate(self._files)}
        self._origins = {str(file.path): origin for origin, file in plan.moved.items()}
        known = transaction.catalog.files
        self._outcomes = {
            path: "updated"
            for path in (str(file.path) for file in plan.updated)
            if known[path].documents
        }
        self._outcomes |= dict.fromkeys(self._origins, "moved")
        self._skipped_by_file: dict[int, list[Skipped]] = {}
        """Number of a file in the plan → what was skipped of it."""
        self._skipped_elsewhere: list[Skipped] = []
        """Entries of the catalog about files outside the roots."""
        unread = {str(file.path) for file in (*plan.unchanged, *plan.touched)}
        self._skipped_unread = plan.skipped + [
            skipped
            for skipped in transaction.catalog.skipped
            if not unread.isdisjoint(possible_files(skipped))
        ]
        """Files that were left out, and entries of the catalog about files that are not read."""
        self.report = IndexReport(
            removed=sum(known[path].documents > 0 for path in plan.removed),
            unchanged=len(plan.unchanged) + len(plan.touched),
            warnings=plan.warnings,
        )

    def begin(self, roots: Sequence[Path]) -> None:
        """Change all that needs no reading: roots, skipped files, removed and touched files."""
        catalog = self._transaction.catalog
        for root in map(str, roots):
            if not any(is_below(root, known) for known in catalog.roots):
                catalog.roots = [r for r in catalog.roots if not is_below(r, root)] + [root]
            catalog.skipped = [s for s in catalog.skipped if not is_about(s, root)]
        self._skipped_elsewhere = catalog.skipped
        self._update_skipped()
        for path in self._plan.removed:
            self._transaction.delete_file(path)
        for file in self._plan.touched:
            path = str(file.path)
            catalog.files[path] = examined_state(catalog.files[path], file)

    def add_batch(self, batch: SegmentBatch) -> None:
        """Add the files of a batch to the index, and commit."""
        for part in batch.parts:
            self._add_part(part)
        if batch.segment is not None:
            self._transaction.add_segment(batch.segment)
        self._update_skipped()
        self._transaction.commit()

    def _add_part(self, part: FilePart) -> None:
        if origin := self._origins.pop(part.path, None):
            self._transaction.delete_file(origin)
        if part.deletes_committed:
            self._transaction.delete_file(part.path)
        self._transaction.delete_documents(part.replaced)
        if part.state is not None:
            state = state_of_read_file(part.state, self._files[part.path])
            self._transaction.catalog.files[part.path] = state
            if part.is_last and state.documents:
                outcome = self._outcomes.get(part.path, "added")
                setattr(self.report, outcome, getattr(self.report, outcome) + 1)
        if part.skipped:
            self._skipped_by_file.setdefault(self._order[part.path], []).extend(part.skipped)

    def _update_skipped(self) -> None:
        """Write the skipped files to the report and to the catalog."""
        read = [skipped for _, each in sorted(self._skipped_by_file.items()) for skipped in each]
        self.report.skipped = self._skipped_unread + read
        self._transaction.catalog.skipped = self._skipped_elsewhere + self.report.skipped


def possible_files(skipped: Skipped) -> set[str]:
    """Return the files that an entry may be about: ``FILE`` of ``FILE:line`` or ``FILE#id``."""
    path = skipped.path
    return {path} | {path[:at] for at, char in enumerate(path) if char in ":#"}


def is_about(skipped: Skipped, root: str) -> bool:
    """Whether an entry is about something at or below a path."""
    return any(is_below(path, root) for path in possible_files(skipped))
