"""What a commit records of a segment: its name, its counts, its deleted documents."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from index.codec.array_file import Array
from index.codec.segment_layout import MAX_SEGMENT_DOCUMENTS
from index.codec.segment_name import INDEX_NAME, SUFFIX


def _new_id() -> str:
    return os.urandom(8).hex()


@dataclass(slots=True)
class SegmentInfo:
    """A segment as the table of contents has it."""

    id: str = field(default_factory=_new_id)
    """Lowercase letters and digits, different for every segment."""
    count: int = 0
    """Documents, deleted ones included; they are numbered from 0."""
    tokens: int = 0
    """Words of all bodies, as `SegmentBuilder.tokens` counts them."""
    deleted: set[int] = field(default_factory=set)
    """Numbers of the deleted documents."""

    @property
    def name(self) -> str:
        """The file's name."""
        return f"{INDEX_NAME}_{self.id}{SUFFIX}"

    def path(self, folder: Path) -> Path:
        """The segment's file in the folder of the index."""
        return folder / self.name

    @property
    def live_count(self) -> int:
        """Documents that are not deleted."""
        return self.count - len(self.deleted)

    def live(self) -> Array:
        """Mask of live documents: bool, one a document."""
        live = np.ones(self.count, bool)
        live[list(self.deleted)] = False
        return live

    def to_json(self) -> dict[str, Any]:
        """The segment as plain data."""
        return {
            "id": self.id,
            "documents": self.count,
            "tokens": self.tokens,
            "deleted": sorted(self.deleted),
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> SegmentInfo:
        """Read back the result of :meth:`to_json`. Raises ValueError for anything else."""
        deleted = {int(number) for number in data["deleted"]}
        info = cls(str(data["id"]), int(data["documents"]), int(data["tokens"]), deleted)
        if not info.id.isalnum() or not 0 <= info.count <= MAX_SEGMENT_DOCUMENTS:
            raise ValueError("an impossible segment")
        if deleted and not 0 <= min(deleted) <= max(deleted) < info.count:
            raise ValueError("a deleted document that the segment does not have")
        return info
