"""Whether the files of documents are still what was indexed."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import datetime

from index.document import containing_file
from index.store.catalog import CatalogReader
from index.store.trust import Roots, is_within
from search.hits.documents import Stored
from search.results import FileState


@dataclass(frozen=True, slots=True)
class FileStates:
    """The states of files as the hits of one query show them: each file is asked once."""

    catalog: CatalogReader
    roots: Roots | None
    """The files of a foreign index (None) are not touched: as indexed."""
    _known: dict[str, FileState | float] = field(default_factory=dict, init=False)
    """Path → the state; of a file that the catalog lacks, when it was changed."""

    def of(self, stored: Stored) -> FileState:
        """The state of a document's file, by its size and time of change."""
        if self.roots is None:
            return "current"
        path = containing_file(stored["path"], stored["id"], stored["type"])
        if path not in self._known:
            self._known[path] = self._ask(path, self.roots)
        known = self._known[path]
        if isinstance(known, str):
            return known
        recorded = datetime.fromisoformat(stored["modified"]).timestamp()
        return "current" if abs(known - recorded) < 1 else "changed"

    def _ask(self, path: str, roots: Roots) -> FileState | float:
        if not is_within(path, roots):
            return "missing"
        try:
            status = os.stat(path)  # noqa: PTH116 (a hot path)
        except (OSError, ValueError):
            return "missing"
        state = self.catalog.state(path)
        if state is None:
            return status.st_mtime
        same = (state.size, state.mtime_ns) == (status.st_size, status.st_mtime_ns)
        return "current" if same else "changed"
