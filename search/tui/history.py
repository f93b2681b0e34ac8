"""Earlier queries, kept in the index's own folder, which is private to its owner."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from index.store.layout import HISTORY, NEW

_MOST = 500


class History:
    """Queries from the oldest to the newest, each once, and a place among them."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / HISTORY
        self.queries: list[str] = []
        with suppress(OSError, UnicodeError):
            lines = self._path.read_text("utf-8").splitlines()
            self.queries = [line for line in lines if line.strip()][-_MOST:]
        self._at = len(self.queries)

    def add(self, query: str) -> None:
        """Remember a query, the newest now. One that cannot be kept is remembered for today."""
        query = " ".join(query.split())
        if query:
            self.queries = [*(q for q in self.queries if q != query), query][-_MOST:]
            with suppress(OSError):
                self._write()
        self._at = len(self.queries)

    def _write(self) -> None:
        new = self._path.with_name(HISTORY + NEW)
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with open(descriptor, "w", encoding="utf-8", errors="replace") as file:  # noqa: PTH123
            file.write("".join(f"{query}\n" for query in self.queries))
        new.replace(self._path)

    def restart(self) -> None:
        """Back to the place behind the newest query."""
        self._at = len(self.queries)

    def holding(self, words: str) -> str | None:
        """The newest query before the place that holds the words and more; the place is there."""
        for at in range(self._at - 1, -1, -1):
            if words in self.queries[at] and self.queries[at] != words:
                self._at = at
                return self.queries[at]
        return None
