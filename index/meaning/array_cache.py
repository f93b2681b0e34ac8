"""Arrays in a file of the user's cache: written once, mapped into memory from then on.

::

    magic, bytes of the header, its CRC-32 │ header: JSON │ arrays, each from a multiple of 64

The header has the identity of the model, and of each array its type, shape, place and, but for the
table of pieces (65 MB, which no query reads whole), CRC-32.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO, Protocol

import numpy as np
import numpy.typing as npt

from index.private_file import create_file, open_file

try:
    from isal.isal_zlib import crc32  # ten times as fast, of the same value
except ImportError:
    from zlib import crc32

Arrays = Mapping[str, npt.NDArray[np.generic]]

_MAGIC = b"dalil arrays 1\n\0"
_HEAD = struct.Struct("<16sII")
_ALIGNMENT = 64
_UNCHECKED = 1 << 25
"""An array as large as this has no CRC: to compute it would take longer than a query may."""


class Source(Protocol):
    """Where the arrays come from, if the cache has none."""

    @property
    def identity(self) -> str:
        """What the arrays are: a file of another identity is not theirs."""

    def read(self) -> Arrays:
        """Return the arrays."""


def open_arrays(source: Source, folder: Path) -> tuple[Arrays, str]:
    """Return the arrays of ``source``, mapped from ``folder``, and a note, mostly empty.

    A file that is missing, damaged, cut or of another model is written again. Where that fails
    (a full disk, a folder that cannot be written), the arrays are in memory, and the note says why.
    """
    path = folder / f"{source.identity.replace(' ', '-')}.arrays"
    try:
        return _mapped(path, source.identity), ""
    except (OSError, ValueError, KeyError, TypeError):
        pass  # whatever is wrong with it, it is made again
    arrays = source.read()
    try:
        _replace(path, source.identity, arrays)
        return _mapped(path, source.identity), ""
    except (OSError, ValueError) as error:
        return arrays, f"the encoder's arrays could not be kept in {path}: {error}"


def _mapped(path: Path, identity: str) -> Arrays:
    """The arrays of a file. Raises OSError, or what :func:`open_arrays` takes for damage."""
    with open_file(path) as file:
        data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    if len(data) < _HEAD.size:
        raise ValueError("it has no header")
    magic, length, checksum = _HEAD.unpack_from(data)
    written = data[_HEAD.size : _HEAD.size + length]
    if magic != _MAGIC or crc32(written) != checksum:
        raise ValueError("its header is damaged")
    header = json.loads(written)
    if header["identity"] != identity or header["size"] != len(data):
        raise ValueError("it is cut, or of another model")
    return {name: _array(data, **row) for name, row in header["arrays"].items()}


def _array(
    data: mmap.mmap, dtype: str, shape: list[int], start: int, size: int, crc: int | None
) -> npt.NDArray[np.generic]:
    """One array of the file. Raises ValueError if it is damaged."""
    array = np.frombuffer(data, np.uint8, size, start)
    if crc is not None and crc32(array.data) != crc:
        raise ValueError("an array is damaged")
    return array.view(dtype).reshape(shape)


def _replace(path: Path, identity: str, arrays: Arrays) -> None:
    """Write the file as a whole, or leave it as it was: two processes may do so at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.{os.urandom(4).hex()}.new")
    try:
        with create_file(new) as file:
            _write(file, identity, arrays)
        new.replace(path)
    except OSError:
        new.unlink(missing_ok=True)
        raise


def _write(file: BinaryIO, identity: str, arrays: Arrays) -> None:
    contiguous = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
    header = _header(identity, contiguous)
    file.write(_HEAD.pack(_MAGIC, len(header), crc32(header)) + header)
    for array in contiguous.values():
        file.write(bytes(-file.tell() % _ALIGNMENT))
        file.write(array.tobytes())


def _header(identity: str, arrays: Arrays) -> bytes:
    """The header as JSON. Its own length moves the arrays: it is filled up to a fixed one."""
    start = room = _ALIGNMENT * (8 + 4 * len(arrays))
    rows: dict[str, dict[str, Any]] = {}
    for name, array in arrays.items():
        crc = None if array.nbytes >= _UNCHECKED else crc32(array.tobytes())
        rows[name] = {"dtype": array.dtype.str, "shape": list(array.shape), "start": start,
                      "size": array.nbytes, "crc": crc}  # fmt: skip
        start += array.nbytes + -array.nbytes % _ALIGNMENT
    size = start - (-array.nbytes % _ALIGNMENT) if rows else room
    header = json.dumps({"identity": identity, "size": size, "arrays": rows}).encode()
    return header.ljust(room - _HEAD.size)
