"""Open the files of an index: regular ones, never through a link.

An index may come from a stranger: a link in its folder must not lead a write, a change of
mode or a deletion outside, and a FIFO or a device must not be read at all.
"""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

_FLAGS = (
    getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)  # opening a FIFO must not wait for the other end
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
_PRIVATE = 0o600


def open_file(path: Path) -> BinaryIO:
    """Open a regular file for reading. Raises OSError for a link and for anything else."""
    return os.fdopen(_checked(path, os.O_RDONLY), "rb")


def create_file(path: Path) -> BinaryIO:
    """Create a file that only its owner can read, in place of any of that name; open it.

    A link of that name is removed, not followed. Raises OSError.
    """
    with suppress(FileNotFoundError):
        path.unlink()
    return os.fdopen(_checked(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL), "wb")


def replace_file(path: Path, data: bytes) -> None:
    """Write a file that only its owner can read as a whole, or leave it as it was. Raises OSError.

    What is not whole yet has a name of its own: two processes may write at once, and the last wins.
    """
    new = path.with_name(f"{path.name}.{os.urandom(4).hex()}.new")
    try:
        with create_file(new) as file:
            file.write(data)
        new.replace(path)
    except OSError:
        with suppress(OSError):
            new.unlink()
        raise


def open_private(path: Path) -> int:
    """Open a file for writing, created if it is missing, and make it private to its owner.

    Returns a file descriptor. Raises OSError for a link and for anything but a file.
    """
    descriptor = _checked(path, os.O_WRONLY | os.O_CREAT)
    make_private(descriptor, path)
    return descriptor


def make_private(descriptor: int, path: Path) -> None:
    """Let only its owner read an open file."""
    if hasattr(os, "fchmod"):
        os.fchmod(descriptor, _PRIVATE)
    else:  # Windows
        path.chmod(_PRIVATE)


def read_file(path: Path, limit: int) -> bytes:
    """The bytes of a regular file. Raises OSError, also if there are more than ``limit``."""
    with open_file(path) as file:
        size = os.fstat(file.fileno()).st_size
        if size > limit:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
        return file.read(size)  # it may take this memory at once


def _checked(path: Path, flags: int) -> int:
    descriptor = os.open(path, flags | _FLAGS, _PRIVATE)
    if stat.S_ISREG(os.fstat(descriptor).st_mode):
        return descriptor
    os.close(descriptor)
    raise OSError(errno.EINVAL, "it is no regular file", str(path))
