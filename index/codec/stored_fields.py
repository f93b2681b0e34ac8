"""What is shown of documents: JSON in small compressed blocks.

A block is a few documents together, so that similar texts compress well and one hit
unpacks little else.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from index.codec.array_file import Array, ArrayFile
from index.codec.inversion import starts
from index.errors import REBUILD, IndexCorrupt

DOCUMENTS = 4
"""In a block. Measured: 16 make the index 4 % smaller and a page of hits three times slower."""
_LEVEL = 1
"""Measured on 20,000 passages: zlib's level 6 is 8 % smaller and takes six times the time."""
_CACHED = 64


class StoredWriter:
    """Gathers documents into blocks."""

    def __init__(self) -> None:
        try:  # zlib's format, written four times as fast
            from isal.isal_zlib import compress  # noqa: PLC0415 (readers need it not)
        except ImportError:  # there is none for this machine
            from zlib import compress  # noqa: PLC0415
        self._compress = compress
        self._open: list[dict[str, Any]] = []
        self.blocks: list[bytes] = []

    def add(self, stored: dict[str, Any]) -> None:
        """The next document."""
        self._open.append(stored)
        if len(self._open) == DOCUMENTS:
            self._close()

    def _close(self) -> None:
        if self._open:
            self.blocks.append(self._compress(_encoded(self._open), _LEVEL))
            self._open = []

    def arrays(self) -> dict[str, Array]:
        """All documents as arrays for :class:`StoredReader`."""
        self._close()
        return block_arrays(self.blocks)


def block_arrays(blocks: Sequence[bytes]) -> dict[str, Array]:
    """Compressed blocks as one run of bytes and where each begins."""
    return {
        "stored/starts": starts([len(block) for block in blocks]).astype(np.uint64),
        "stored/blocks": np.frombuffer(b"".join(blocks), np.uint8),
    }


def _encoded(documents: Sequence[dict[str, Any]]) -> bytes:
    """As UTF-8: Arabic as escapes would take three times the room before compression."""
    return json.dumps(documents, ensure_ascii=False).encode("utf-8", "surrogatepass")


class StoredReader:
    """Documents by number."""

    def __init__(self, file: ArrayFile) -> None:
        self._starts = file["stored/starts"]
        self._blocks = file["stored/blocks"]
        self._cache: dict[int, list[dict[str, Any]]] = {}

    def __getitem__(self, number: int) -> dict[str, Any]:
        """A document. Raises IndexCorrupt where its block cannot be read."""
        block = self._block(number // DOCUMENTS)
        try:
            return block[number % DOCUMENTS]
        except IndexError as error:
            raise IndexCorrupt(f"The index has lost the text of document {number}") from error

    def _block(self, number: int) -> list[dict[str, Any]]:
        if number not in self._cache:
            if len(self._cache) >= _CACHED:
                self._cache.clear()
            self._cache[number] = self._read(number)
        return self._cache[number]

    def _read(self, number: int) -> list[dict[str, Any]]:
        try:
            start, end = int(self._starts[number]), int(self._starts[number + 1])
            packed = self._blocks[start:end].tobytes()
            text = zlib.decompress(packed).decode("utf-8", "surrogatepass")
            block: list[dict[str, Any]] = json.loads(text)
        except (zlib.error, ValueError, IndexError) as error:
            raise IndexCorrupt(
                f"A block of stored documents is damaged: {error}",
                REBUILD,
            ) from error
        return block

    def documents(self, count: int) -> Iterable[dict[str, Any]]:
        """The first ``count`` documents, in order."""
        return (self[number] for number in range(count))
