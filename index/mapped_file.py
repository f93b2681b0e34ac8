"""Map a file into memory, so that its loss is an error and not the end of the process.

If a mapped file is cut, or its disk or network fails, the system answers a read with SIGBUS, whose
default is to end the process. Here the signal replaces the page by zeros and marks the file as
lost; :func:`require_intact` reports it before an answer is given. So an index on a network drive is
mapped too: to read it whole would make a first query wait for every byte of it. Only Linux on 64
bits is guarded in this way.
"""

from __future__ import annotations

import ctypes
import mmap
import os
import signal
import sys
import weakref
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from index.errors import REBUILD, IndexCorrupt
from index.private_file import open_file

_IS_GUARDED = sys.platform == "linux" and os.uname().machine in ("x86_64", "aarch64")
_SA_SIGINFO, _SA_NODEFER = 4, 0x40000000
_ADDRESS_AT = 16
"""Offset of ``si_addr`` in ``siginfo_t`` on Linux with 64 bits."""
_MAP_FIXED = 0x10
_LIBRARY: Any = ctypes.PyDLL(None) if _IS_GUARDED else None
"""The C library; a call does not release the lock of the interpreter."""


class MappedFile:
    """A file, mapped for reading. Raises OSError; ValueError if the file is empty."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with open_file(path) as file:
            self.data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            self._descriptor = os.dup(file.fileno())
        self._state = self._current_state()
        self.is_lost = False
        """Whether a page could not be read and has zeros in its place."""
        # At the exit the system closes it: no code is to run there that Ctrl-C could meet.
        weakref.finalize(self, os.close, self._descriptor).atexit = False
        _add(self)

    @property
    def changed(self) -> bool:
        """Whether the file was cut or written to since it was mapped, or a page was lost."""
        return self.is_lost or self._current_state() != self._state

    def _current_state(self) -> tuple[int, int]:
        status = os.fstat(self._descriptor)
        return status.st_size, status.st_mtime_ns

    def release(self) -> None:
        """Free the memory of all that was read; what is needed later is read again."""
        if hasattr(mmap, "MADV_DONTNEED"):
            self.data.madvise(mmap.MADV_DONTNEED)


def require_intact(files: Iterable[MappedFile]) -> None:
    """Raise IndexCorrupt if a file has changed since it was mapped. A microsecond for each file."""
    for file in files:
        if file.changed:
            raise IndexCorrupt(
                f"{file.path} was cut or overwritten while it was open",
                f"search again, or {REBUILD}",
            )


class _Range:
    """The addresses of a mapped file."""

    def __init__(self, file: MappedFile) -> None:
        data = np.frombuffer(file.data, np.uint8)
        self.start = int(data.ctypes.data)
        self.end = self.start + len(data)
        self.file = weakref.ref(file)


_ranges: tuple[_Range, ...] = ()
"""Replaced, never changed: the signal may come at any moment."""


def _add(file: MappedFile) -> None:
    global _ranges  # noqa: PLW0603 (the signal handler finds it here)
    if _IS_GUARDED and not _ranges:
        _guard()
    _ranges = (*(each for each in _ranges if each.file() is not None), _Range(file))


# --- the signal --------------------------------------------------------------------------------


class _Action(ctypes.Structure):
    """``struct sigaction`` of the C library on Linux with 64 bits."""

    _fields_ = (
        ("handler", ctypes.c_void_p),
        ("mask", ctypes.c_ubyte * 128),
        ("flags", ctypes.c_int),
        ("restorer", ctypes.c_void_p),
    )


_HANDLER = ctypes.CFUNCTYPE(None, ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)


def _replace_page(number: int, info: int, _context: int) -> None:
    """Handle SIGBUS: put a page of zeros in the place of one that cannot be read.

    The interrupted instruction only reads memory, so Python may run here; it then goes on.
    """
    address = ctypes.c_void_p.from_address(info + _ADDRESS_AT).value or 0
    for each in _ranges:
        file = each.file()
        if file is not None and each.start <= address < each.end:
            file.is_lost = True
            page = address & -mmap.PAGESIZE
            flags = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | _MAP_FIXED
            _LIBRARY.mmap(page, mmap.PAGESIZE, mmap.PROT_READ, flags, -1, 0)
            return
    _LIBRARY.signal(int(signal.SIGBUS), None)  # another read: it ends the process, as always


_handler = _HANDLER(_replace_page)


def _guard() -> None:
    """Handle SIGBUS from now on."""
    _LIBRARY.mmap.restype = ctypes.c_void_p
    _LIBRARY.mmap.argtypes = (
        ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long,
    )  # fmt: skip
    _LIBRARY.signal.argtypes = (ctypes.c_int, ctypes.c_void_p)
    action = _Action(ctypes.cast(_handler, ctypes.c_void_p).value, flags=_SA_SIGINFO | _SA_NODEFER)
    _LIBRARY.sigaction(int(signal.SIGBUS), ctypes.byref(action), None)
