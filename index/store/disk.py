"""What is asked of the disk: bytes that stay, and refusals as sentences."""

from __future__ import annotations

import os
import zlib
from contextlib import suppress
from pathlib import Path

from index.errors import DAMAGED_SEGMENT, DalilError, IndexCorrupt, StorageFailed
from index.private_file import create_file, open_file


class writing:  # noqa: N801 (reads as a statement: with writing(path))
    """What the system refuses while writing becomes a sentence (StorageFailed)."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, OSError):
            raise StorageFailed(
                f"The index at {self._path} cannot be written: {error.strerror or error}",
                "what was committed before is safe; make room or choose another `--index DIR`",
            ) from error


class reading:  # noqa: N801 (like ``writing``)
    """Whatever is stumbled over in a damaged index becomes a sentence (IndexCorrupt).

    What the system refuses too, unless it is inside ``writing``: arrays lie in memory, so
    that nothing but a damaged value brings it up.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, Exception) and not isinstance(error, DalilError | MemoryError):
            raise IndexCorrupt(
                f"The index at {self._path} is damaged: {error!r}", DAMAGED_SEGMENT
            ) from error


def checksum(path: Path) -> int:
    """The CRC-32 of a file."""
    crc = 0
    with open_file(path) as file:
        while block := file.read(1 << 20):
            crc = zlib.crc32(block, crc)
    return crc


def remove(path: Path) -> None:
    """Delete what no commit needs; what cannot be deleted now is met again later."""
    if path.is_dir() and not path.is_symlink():
        import shutil  # noqa: PLC0415 (a search removes nothing)

        shutil.rmtree(path, ignore_errors=True)
    else:  # a link goes, not what it leads to
        with suppress(OSError):
            path.unlink()


def write_synced(path: Path, data: bytes) -> None:
    """Write a private file, and return when it is on the disk."""
    with create_file(path) as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(path: Path) -> None:
    """Return when the names in a folder are on the disk."""
    if not hasattr(os, "O_DIRECTORY"):  # Windows opens no folders
        return
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
