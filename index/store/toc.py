"""The table of contents: the segments that count, and the schema of their terms, as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from index.codec.segment_info import SegmentInfo
from index.errors import REBUILD, IndexCorrupt
from index.private_file import read_file
from index.schema import SCHEMA_VERSION
from index.store.layout import toc_name

MAX_BYTES = 1 << 30
"""Bytes of a table of contents; most of them are the numbers of deleted documents."""


def to_bytes(generation: int, segments: Sequence[SegmentInfo]) -> bytes:
    """A table of contents as it is written."""
    data = {
        "generation": generation,
        "schema": SCHEMA_VERSION,
        "segments": [segment.to_json() for segment in segments],
    }
    return (json.dumps(data) + "\n").encode()


def read(folder: Path, generation: int) -> list[SegmentInfo]:
    """The segments of a generation. Raises IndexCorrupt or FileNotFoundError."""
    path = folder / toc_name(generation)
    try:
        data = json.loads(read_file(path, MAX_BYTES))
        segments = [SegmentInfo.from_json(segment) for segment in data["segments"]]
        if data["generation"] != generation:
            raise ValueError("it is of another generation")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise IndexCorrupt(f"{path} cannot be read: {error}", REBUILD) from error
    return segments


def schema_of(folder: Path, generation: int) -> object:
    """The schema version that a table of contents states, or None if it states none.

    An older one states none; then the marker of the folder says it.
    """
    try:
        data = json.loads(read_file(folder / toc_name(generation), MAX_BYTES))
    except (OSError, ValueError, RecursionError):
        return None
    return data.get("schema") if isinstance(data, dict) else None
