"""What a run of the indexer did, and while it runs how far it has come, as data."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from index.document import Skipped


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run has come."""

    files: int
    of: int
    documents: int
    path: str
    """A file that is being read."""


@dataclass(slots=True)
class IndexReport:
    """Counts files, not documents, except where it says so."""

    added: int = 0
    updated: int = 0
    moved: int = 0
    removed: int = 0
    unchanged: int = 0
    documents: int = 0
    """Documents in the index when the run had ended."""
    skipped: list[Skipped] = field(default_factory=list)
    """What could not be read or was not meant to be, below the paths of this run."""
    warnings: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def changed(self) -> bool:
        """Whether the run changed what the index holds."""
        return bool(self.added or self.updated or self.moved or self.removed)

    def to_json(self) -> dict[str, Any]:
        """The report as plain data."""
        return asdict(self)
