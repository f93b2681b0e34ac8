"""Checksums of the pages of a file: written with it, verified when a page is first read.

A page of 4,096 bytes is what the system reads from a disk at least, and its checksum takes a
microsecond: a query that reads a few postings of a large file verifies only these.
"""

from __future__ import annotations

import zlib
from mmap import mmap
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

PAGE_SHIFT = 12
PAGE_BYTES = 1 << PAGE_SHIFT


class PageSummer:
    """Writes a file from its beginning, and computes the CRC-32 of each page."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._closed: list[int] = []
        """Checksums of the full pages."""
        self._open = 0
        """Checksum of the page that is not full yet."""
        self.size = 0
        """Bytes written."""

    def write(self, data: bytes | memoryview) -> None:
        """Append bytes to the file."""
        self._file.write(data)
        view, at = memoryview(data), 0
        while at < len(view):
            part = view[at : at + PAGE_BYTES - (self.size & (PAGE_BYTES - 1))]
            self._open = zlib.crc32(part, self._open)
            at += len(part)
            self.size += len(part)
            if not self.size & (PAGE_BYTES - 1):
                self._closed.append(self._open)
                self._open = 0

    def checksums(self) -> Array:
        """Return the checksums of all pages, the last one up to the end: uint32."""
        return np.array([*self._closed, self._open], np.uint32)


def page_checksums(data: bytes) -> Array:
    """Return the checksums of all pages of some bytes: uint32."""
    pages = range(0, len(data), PAGE_BYTES)
    return np.array([zlib.crc32(data[page : page + PAGE_BYTES]) for page in pages], np.uint32)


class Pages:
    """The pages of a mapped file up to ``end``, each verified at most once."""

    def __init__(self, data: mmap | memoryview, checksums: Array, end: int) -> None:
        self._data, self.end = memoryview(data), end
        self.checksums = checksums
        """CRC-32 of each page: uint32."""
        self.verified = bytearray(len(checksums))
        """1 for each page that was verified."""

    def verify(self, start: int, end: int) -> bool:
        """Verify the pages of the bytes from ``start`` to ``end``; False if one is damaged."""
        last = (end - 1) >> PAGE_SHIFT
        page = self.verified.find(0, start >> PAGE_SHIFT, last + 1)
        while page >= 0:
            data = self._data[page << PAGE_SHIFT : min((page + 1) << PAGE_SHIFT, self.end)]
            if zlib.crc32(data) != self.checksums[page]:
                return False
            self.verified[page] = 1
            page = self.verified.find(0, page + 1, last + 1)
        return last < len(self.verified)
