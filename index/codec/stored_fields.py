"""The stored fields of documents: JSON in compressed blocks.

A block is a few documents together, so that similar texts compress well and reading one hit
decompresses little else.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from types import NoneType
from typing import Any

import numpy as np

from index.analysis.lazy_pattern import lazy_pattern
from index.codec.array_file import Array, ArrayFile
from index.codec.arrays import starts
from index.errors import DAMAGED_SEGMENT, IndexCorrupt

DOCUMENTS_PER_BLOCK = 4
"""Measured: 16 make the index 4 % smaller and a page of hits three times slower."""
_LEVEL = 1
"""Measured on 20,000 passages: zlib's level 6 is 8 % smaller and takes six times the time."""
_CACHE_SIZE = 64
"""Blocks in memory, unless they are long."""
_CACHE_CHARACTERS = 32 << 20
"""Characters of blocks in memory, from which on they are dropped."""
_MAX_BYTES = 16 << 20
"""Bytes of any block."""
_MAX_RATIO = 24
"""Bytes for each byte of a packed block of more than :data:`_MAX_BYTES`; texts have 2 to 5."""
_MAX_STRUCTURE = 4 << 20
"""Bytes of a block outside strings, of each of which 25 bytes of memory can come; an eighth of
a block that is large."""
_STRING = lazy_pattern(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"')


_STRINGS = ("id", "path", "title", "author", "text", "type", "modified", "sha256")
_LISTS = ("languages", "checkpoints", "pages", "parts", "date_marks", "tags", "filename")
_FIELDS: Sequence[tuple[str, tuple[type, ...]]] = (
    *((name, (str,)) for name in _STRINGS),
    *((name, (str, NoneType)) for name in ("date", "date_source", "encoding")),
    *((name, (list,)) for name in _LISTS),
    ("first_line", (int,)),
)
"""Fields, and the types that their values have."""


class StoredWriter:
    """Packs documents into blocks."""

    def __init__(self) -> None:
        try:  # zlib's format, written four times as fast
            from isal.isal_zlib import compress  # noqa: PLC0415 (readers do not need it)
        except ImportError:  # there is none for this machine
            from zlib import compress  # noqa: PLC0415
        self._compress = compress
        self._open: list[dict[str, Any]] = []
        """Documents of the next block."""
        self._blocks: list[bytes] = []

    def add(self, stored: dict[str, Any]) -> None:
        """Add the next document."""
        self._open.append(stored)
        if len(self._open) == DOCUMENTS_PER_BLOCK:
            self._close_block()

    def _close_block(self) -> None:
        if self._open:
            text = _as_json(self._open)
            if _is_trap(text):  # pages without end, which the reader would refuse
                text = _as_json([_without_offsets(stored) for stored in self._open])
            encoded = text.encode("utf-8", "surrogatepass")
            packed = self._compress(encoded, _LEVEL)
            if len(encoded) > _most(packed):  # the reader would refuse it
                packed = zlib.compress(encoded, 0)  # isal's level 0 compresses
            self._blocks.append(packed)
            self._open = []

    def arrays(self) -> dict[str, Array]:
        """Return all documents as arrays for :class:`StoredReader`."""
        self._close_block()
        return {
            "stored/starts": starts([len(block) for block in self._blocks]).astype(np.uint64),
            "stored/blocks": np.frombuffer(b"".join(self._blocks), np.uint8),
        }


def _without_offsets(stored: dict[str, Any]) -> dict[str, Any]:
    """Return a document without the offsets of its pages and parts."""
    return {name: [] if name in ("pages", "parts") else value for name, value in stored.items()}


def _as_json(documents: Sequence[dict[str, Any]]) -> str:
    """Return JSON without escapes, with which Arabic takes three times the space."""
    return json.dumps(documents, ensure_ascii=False)


def _most(packed: bytes) -> int:
    """Return the number of bytes that may come of a packed block."""
    return max(_MAX_BYTES, _MAX_RATIO * len(packed))


def _unpacked(packed: bytes) -> str:
    """Return the JSON of a packed block. Raises zlib.error or ValueError."""
    unpacker = zlib.decompressobj()
    data = unpacker.decompress(packed, _most(packed) + 1)  # one more, to come to the end
    if not unpacker.eof:
        raise ValueError("it is cut short, or larger than a block can be")
    return data.decode("utf-8", "surrogatepass")


def _documents(text: str) -> list[dict[str, Any]]:
    """Return the documents of a block, whose fields are not checked.

    Raises ValueError or RecursionError; also for JSON that is made to fill the memory.
    """
    if _is_trap(text):
        raise ValueError("it is no list of documents")
    documents = json.loads(text)
    if not isinstance(documents, list):
        raise ValueError("it is no list of documents")
    return documents


def _is_document(data: object) -> bool:
    """Whether the fields of a document have values of their types."""
    if not isinstance(data, dict):
        return False
    for name, types in _FIELDS:
        if name in data and not isinstance(data[name], types):
            return False
    return all(isinstance(language, str) for language in data.get("languages", ()))


def _is_trap(text: str) -> bool:
    """Whether JSON has so much outside its strings that its values would fill the memory."""
    if len(text) <= _MAX_STRUCTURE:
        return False
    structure = len(text) - sum(match.end() - match.start() for match in _STRING.finditer(text))
    return structure > max(_MAX_STRUCTURE, len(text) // 8)


class StoredReader:
    """Reads the stored fields of documents by number."""

    def __init__(self, file: ArrayFile) -> None:
        self._starts = file.section("stored/starts")
        self._blocks = file.section("stored/blocks")
        self._cache: dict[int, list[dict[str, Any]]] = {}
        self._cached_characters = 0

    def __getitem__(self, number: int) -> dict[str, Any]:
        """Return the stored fields of a document. Raises IndexCorrupt if its block is damaged."""
        block, place = self._block(number // DOCUMENTS_PER_BLOCK), number % DOCUMENTS_PER_BLOCK
        if place >= len(block) or not _is_document(block[place]):
            raise IndexCorrupt(f"The index has lost the text of document {number}", DAMAGED_SEGMENT)
        return block[place]

    def _block(self, number: int) -> list[dict[str, Any]]:
        if number not in self._cache:
            if len(self._cache) >= _CACHE_SIZE or self._cached_characters > _CACHE_CHARACTERS:
                self._cache.clear()
                self._cached_characters = 0
            self._cache[number] = self._read(number)
        return self._cache[number]

    def _read(self, number: int) -> list[dict[str, Any]]:
        try:
            start, end = int(self._starts[number]), int(self._starts[number + 1])
            text = _unpacked(self._blocks.tobytes(start, end))
            block = _documents(text)
            self._cached_characters += len(text)
        except (zlib.error, ValueError, IndexError, RecursionError) as error:
            raise IndexCorrupt(
                f"A block of stored documents is damaged: {error}",
                DAMAGED_SEGMENT,
            ) from error
        return block
