"""The table of contents: the segments that count, as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from index.codec.segment_info import SegmentInfo
from index.errors import REBUILD, IndexCorrupt
from index.store.layout import toc_name


def to_bytes(generation: int, segments: Sequence[SegmentInfo]) -> bytes:
    """A table of contents as it is written."""
    data = {"generation": generation, "segments": [segment.to_json() for segment in segments]}
    return (json.dumps(data) + "\n").encode()


def read(folder: Path, generation: int) -> list[SegmentInfo]:
    """The segments of a generation. Raises IndexCorrupt or FileNotFoundError."""
    path = folder / toc_name(generation)
    try:
        data = json.loads(path.read_text("utf-8"))
        segments = [SegmentInfo.from_json(segment) for segment in data["segments"]]
        if data["generation"] != generation:
            raise ValueError("it is of another generation")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise IndexCorrupt(f"{path} cannot be read: {error}", REBUILD) from error
    return segments
