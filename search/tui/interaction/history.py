"""Earlier queries, stored in the index folder, which only its owner can read."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from index.private_file import read_file, replace_file
from index.store.layout import HISTORY

_MAX_QUERIES = 500
_MAX_BYTES = 1 << 20


class History:
    """Earlier queries, oldest first, without duplicates, and a position among them."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / HISTORY
        self.queries: list[str] = []
        with suppress(OSError, UnicodeError):
            lines = read_file(self._path, _MAX_BYTES).decode("utf-8").splitlines()
            self.queries = [line for line in lines if line.strip()][-_MAX_QUERIES:]
        self._at = len(self.queries)

    def add(self, query: str) -> None:
        """Append a query and store it; if it cannot be stored, keep it for this session."""
        query = " ".join(query.split())
        if query:
            self.queries = [*(q for q in self.queries if q != query), query][-_MAX_QUERIES:]
            with suppress(OSError):
                self._write()
        self._at = len(self.queries)

    def _write(self) -> None:
        lines = "".join(f"{query}\n" for query in self.queries)
        replace_file(self._path, lines.encode("utf-8", "replace"))

    def restart(self) -> None:
        """Move the position behind the newest query."""
        self._at = len(self.queries)

    def previous_containing(self, words: str) -> str | None:
        """Move back to the newest longer query that contains ``words``; None if there is none."""
        for at in range(self._at - 1, -1, -1):
            if words in self.queries[at] and self.queries[at] != words:
                self._at = at
                return self.queries[at]
        return None
