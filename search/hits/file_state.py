"""Whether the file of a document is still what was indexed."""

from __future__ import annotations

import os
from datetime import datetime

from index.document import containing_file
from index.store.catalog import CatalogReader
from index.store.trust import Roots, is_within
from search.hits.documents import Stored
from search.results import FileState


def file_state(stored: Stored, catalog: CatalogReader, roots: Roots | None) -> FileState:
    """The state of a document's file, by its size and time of change.

    The files of a foreign index (``roots`` is None) are not touched: as indexed.
    """
    if roots is None:
        return "current"
    path = containing_file(stored["path"], stored["id"], stored["type"])
    if not is_within(path, roots):
        return "missing"
    try:
        status = os.stat(path)  # noqa: PTH116 (a hot path)
    except (OSError, ValueError):
        return "missing"
    state = catalog.state(path)
    if state is None:
        recorded = datetime.fromisoformat(stored["modified"]).timestamp()
        return "current" if abs(status.st_mtime - recorded) < 1 else "changed"
    same = (state.size, state.mtime_ns) == (status.st_size, status.st_mtime_ns)
    return "current" if same else "changed"
