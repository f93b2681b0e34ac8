"""One file of named arrays, written once and then memory-mapped.

::

    header    DALILSEG, format version                      16 bytes
    sections  each array at a multiple of 64 bytes
    table     JSON: name → [dtype, offset, count, CRC-32]
    trailer   length and CRC-32 of the table, DALILEND      16 bytes

Numbers are little-endian. Opening a file checks the header, the table and that every
section lies inside the file. The last section, ``pages``, has the CRC-32 of each page of 4,096
bytes before it (``page_checksums``): nothing that is read of an array was not verified before.
"""

from __future__ import annotations

import json
import os
import struct
import zlib
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.codec.page_checksums import Pages, PageSummer
from index.codec.section import Section
from index.errors import DAMAGED_SEGMENT, IndexCorrupt
from index.mapped_file import MappedFile
from index.private_file import create_file

Array = NDArray[Any]

FORMAT_VERSION = 1
_ALIGNMENT = 64
_HEADER = struct.Struct("<8sII")
_TRAILER = struct.Struct("<II8s")
_MAGIC, _END = b"DALILSEG", b"DALILEND"
_DTYPES = {"|u1", "<u2", "<u4", "<u8", "<i8"}
_PAGES = "pages"
"""The section of the checksums of pages; a file of an earlier version has none."""


def write_arrays(path: Path, sections: Mapping[str, Array]) -> None:
    """Write arrays to a file, and return when they are on the disk. Raises OSError."""
    table: dict[str, tuple[str, int, int, int]] = {}
    with create_file(path) as file:
        pages = PageSummer(file)
        pages.write(_HEADER.pack(_MAGIC, FORMAT_VERSION, 0))
        for name, array in sections.items():
            table[name] = _write_array(pages, array)
        pages.write(b"\0" * (-pages.size % _ALIGNMENT))
        table[_PAGES] = _write_array(pages, pages.checksums())
        encoded = json.dumps(table).encode()
        file.write(encoded)
        file.write(_TRAILER.pack(len(encoded), zlib.crc32(encoded), _END))
        file.flush()
        os.fsync(file.fileno())


def _write_array(file: PageSummer, array: Array) -> tuple[str, int, int, int]:
    """Write an array at the next multiple of ``_ALIGNMENT``; return its row of the table."""
    file.write(b"\0" * (-file.size % _ALIGNMENT))
    flat = np.ascontiguousarray(array).astype(array.dtype.newbyteorder("<"), copy=False)
    data = flat.data.cast("B") if len(flat) else memoryview(b"")
    row = (flat.dtype.str, file.size, len(flat), zlib.crc32(data))
    file.write(data)
    return row


class ArrayFile:
    """The arrays of a memory-mapped file. Raises IndexCorrupt if the file is damaged."""

    def __init__(self, path: Path) -> None:
        self._path = path
        if path.lstat().st_size < _HEADER.size + _TRAILER.size:
            raise self.corrupt("is cut short")
        self.mapping = MappedFile(path)
        self._map = self.mapping.data
        self._table = self._read_table(len(self._map))
        self._sections: dict[str, Section] = {}
        self.pages = self._read_pages()
        """The pages with their checksums; None for a file of an earlier version."""

    def _read_table(self, size: int) -> dict[str, tuple[str, int, int, int]]:
        magic, version, _ = _HEADER.unpack_from(self._map, 0)
        length, crc, end = _TRAILER.unpack_from(self._map, size - _TRAILER.size)
        start = size - _TRAILER.size - length
        if magic != _MAGIC or end != _END or start < _HEADER.size:
            raise self.corrupt("is not a complete segment")
        if version != FORMAT_VERSION:
            raise self.corrupt(f"has format {version}; this Dalil reads format {FORMAT_VERSION}")
        encoded = self._map[start : start + length]
        if zlib.crc32(encoded) != crc:
            raise self.corrupt("has a damaged table")
        try:
            table = {name: tuple(row) for name, row in json.loads(encoded).items()}
            for name, (dtype, offset, count, _) in table.items():
                if dtype not in _DTYPES or offset < 0 or count < 0:
                    raise self.corrupt(f"has an impossible section {name}")
                if offset + count * np.dtype(dtype).itemsize > start:
                    raise self.corrupt(f"has a section {name} beyond its end")
        except (ValueError, TypeError, AttributeError, RecursionError) as error:
            raise self.corrupt(f"has a table that cannot be read: {error}") from error
        return table

    def _read_pages(self) -> Pages | None:
        """Return the verified checksums of all pages; None if the file has none."""
        if _PAGES not in self._table:
            return None
        if not self._is_intact(_PAGES):
            raise self.corrupt(f"has a damaged section {_PAGES}")
        return Pages(self._map, self._array(_PAGES), self._table[_PAGES][1])

    def corrupt(self, fault: str) -> IndexCorrupt:
        """Return the error that this file is damaged in some way."""
        return IndexCorrupt(f"{self._path} {fault}", DAMAGED_SEGMENT)

    def __contains__(self, name: str) -> bool:
        return name in self._table

    def __getitem__(self, name: str) -> Array:
        """Return a whole array, verified, without copying it.

        Raises IndexCorrupt if it is missing or damaged.
        """
        return self.section(name).whole

    def section(self, name: str) -> Section:
        """Return an array of which each part is verified before its first use.

        Raises IndexCorrupt if it is missing; using it raises IndexCorrupt if it is damaged.
        """
        section = self._sections.get(name)
        if section is None:
            if name not in self._table:
                raise self.corrupt(f"has no section {name}")
            section = Section(
                self._array(name),
                self._table[name][1],
                partial(self._verify, name),
                self.pages.verified if self.pages else bytearray(),
            )
            self._sections[name] = section
        return section

    def _array(self, name: str) -> Array:
        dtype, offset, count, _ = self._table[name]
        return np.frombuffer(self._map, dtype, count, offset)

    def _verify(self, name: str, start: int, end: int) -> bool:
        """Verify the bytes from ``start`` to ``end`` of the file, in the section ``name``.

        Returns whether the whole section is verified now. Raises IndexCorrupt.
        """
        if self.pages is None or name == _PAGES:
            intact, whole = self._is_intact(name), True
        else:
            intact, whole = self.pages.verify(start, end), False
        if not intact:
            raise self.corrupt(f"is damaged in its section {name}")
        return whole

    def _is_intact(self, name: str) -> bool:
        data = self._array(name)
        return zlib.crc32(data.data.cast("B") if len(data) else b"") == self._table[name][3]

    def release(self) -> None:
        """Free the memory of all that was read; what is needed later is read again.

        That costs little, for the system caches the pages of the file while it has memory.
        """
        self.mapping.release()

    def names(self) -> list[str]:
        """Return the names of all arrays, in the order in which they were written."""
        return [name for name in self._table if name != _PAGES]

    def damaged(self) -> list[str]:
        """Read all arrays, and return the names of those whose checksum is wrong."""
        return [name for name in self._table if not self._is_intact(name)]
