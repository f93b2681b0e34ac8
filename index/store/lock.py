"""WriteLock: one process writes to an index at a time.

An advisory lock on a file: ``flock`` where there is one, ``msvcrt.locking`` on Windows. The
system releases it when the process ends, however it ends.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path

from index.private_file import open_private

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

_BUSY = (errno.EAGAIN, errno.EACCES, errno.EDEADLK)


class WriteLock:
    """An exclusive lock on a file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def acquire(self) -> bool:
        """Take the lock; False if another process has it. Raises OSError."""
        descriptor = open_private(self._path)
        try:
            _lock(descriptor)
        except OSError as error:
            os.close(descriptor)
            if error.errno not in _BUSY:
                raise
            return False
        self._descriptor = descriptor
        return True

    def release(self) -> None:
        """Release the lock, if it was taken."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def _lock(descriptor: int) -> None:
    if fcntl is not None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    else:
        import msvcrt  # noqa: PLC0415 (only there)

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
