"""The report of a run of the indexer, and its progress while it runs."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from index.document import Skipped


@dataclass(frozen=True, slots=True)
class Progress:
    """Progress of a run."""

    files: int
    """Files that have been read."""
    of: int
    """Files that the run reads."""
    documents: int
    """Documents that have been read."""
    path: str
    """A file that is being read; "" if none is left to read."""
    bytes: int = 0
    """Bytes that have been read, of the files on the disk."""
    of_bytes: int = 0
    """Bytes that the run reads."""

    @property
    def share(self) -> float:
        """The share that has been read, from 0 to 1, by bytes."""
        return min(self.bytes / self.of_bytes, 1.0) if self.of_bytes else 1.0


@dataclass(slots=True)
class IndexReport:
    """Counts of a run: files, except for ``documents``."""

    added: int = 0
    updated: int = 0
    moved: int = 0
    removed: int = 0
    unchanged: int = 0
    documents: int = 0
    """Documents in the index after the run."""
    skipped: list[Skipped] = field(default_factory=list)
    """Files below the paths of this run that could not be read or were left out on purpose."""
    warnings: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def changed(self) -> bool:
        """Whether the run changed the documents of the index."""
        return bool(self.added or self.updated or self.moved or self.removed)

    def to_json(self) -> dict[str, Any]:
        """Return the report as plain data."""
        return asdict(self)
