"""Verification: every file of an index folder is read, and each damaged one gets its remedy."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from index.codec.array_file import ArrayFile
from index.errors import REBUILD, REPAIR, DalilError, IndexCorrupt
from index.private_file import read_file
from index.store.catalog import Catalog
from index.store.disk import checksum
from index.store.layout import (
    ALIASES,
    HISTORY,
    MARKER,
    SEGMENTS,
    catalog_name,
    is_segment,
    latest_generation,
    toc_name,
)
from index.store.toc import read as read_toc

_MAX_TEXT = 1 << 26
"""Bytes of the marker and of the user's own files."""
_BY_HAND = "correct it in an editor, or delete it: documents do not depend on it"


@dataclass(frozen=True, slots=True)
class DamagedFile:
    """A file of an index folder that is not as it was written."""

    name: str
    fault: str
    """What is wrong, as the rest of a sentence about the file."""
    remedy: str
    """What the user can do, in the imperative."""

    def __str__(self) -> str:
        return f"{self.name} {self.fault}: {self.remedy}"


def damaged_files(folder: Path) -> list[DamagedFile]:
    """Return the damaged files of an index. Reads all of them. Raises OSError for the folder."""
    generation = latest_generation(folder)
    return [
        *_damaged_marker(folder),
        *(_damaged_commit(folder, generation) if generation >= 0 else ()),
        *_damaged_texts(folder),
    ]


def damaged_segments(folder: Path) -> dict[str, DamagedFile]:
    """Return the damaged segments by name. Reads all files.

    Raises IndexCorrupt if another file of the commit is damaged: what was in a segment is then
    not known.
    """
    damaged = {file.name: file for file in damaged_files(folder) if file.remedy != _BY_HAND}
    for name, file in damaged.items():
        if not is_segment(name):
            raise IndexCorrupt(f"{folder / name} {file.fault}", REBUILD)
    return damaged


def _damaged_marker(folder: Path) -> Iterator[DamagedFile]:
    try:
        marker = json.loads(read_file(folder / MARKER, _MAX_TEXT))
    except (OSError, ValueError, RecursionError) as error:
        yield DamagedFile(MARKER, f"cannot be read ({error})", REBUILD)
        return
    if not isinstance(marker, dict) or marker.get("format") != "dalil":
        yield DamagedFile(MARKER, "is not the marker of an index", REBUILD)


def _damaged_commit(folder: Path, generation: int) -> Iterator[DamagedFile]:
    """Yield the damaged files among catalog, table of contents and segments."""
    toc = toc_name(generation)
    try:
        catalog = Catalog.read(folder, generation)
    except (OSError, DalilError) as error:
        yield DamagedFile(catalog_name(generation), f"cannot be read ({error})", REBUILD)
        yield from _damaged_toc(folder, generation)
        for path in folder.glob(SEGMENTS):
            if fault := segment_fault(path):
                yield DamagedFile(path.name, fault, REBUILD)
        return
    for name, written in catalog.checksums.items():
        if fault := _fault(folder, name, *written):
            yield DamagedFile(name, fault, REPAIR if is_segment(name) else REBUILD)
        elif name == toc:
            yield from _damaged_toc(folder, generation)


def _damaged_toc(folder: Path, generation: int) -> Iterator[DamagedFile]:
    try:
        read_toc(folder, generation)
    except (OSError, DalilError) as error:
        yield DamagedFile(toc_name(generation), f"cannot be read ({error})", REBUILD)


def _fault(folder: Path, name: str, size: int, crc: int) -> str | None:
    """Return what is wrong with a file of ``size`` bytes and this CRC-32; None if nothing is."""
    try:
        found = (folder / name).lstat().st_size
        if found != size:
            return f"has {found:,} bytes where {size:,} were written"
        return None if checksum(folder / name) == crc else "has a wrong checksum"
    except FileNotFoundError:
        return "is missing"
    except OSError as error:
        return f"cannot be read ({error.strerror or error})"


def segment_fault(path: Path) -> str | None:
    """Return what is wrong with a segment by its own checksums; None if nothing is."""
    try:
        damaged = ArrayFile(path).damaged()
    except FileNotFoundError:
        return "is missing"
    except OSError as error:
        return f"cannot be read ({error.strerror or error})"
    except (DalilError, ValueError) as error:
        return f"cannot be read ({error})"
    return f"is damaged in its section {', '.join(damaged)}" if damaged else None


def _damaged_texts(folder: Path) -> Iterator[DamagedFile]:
    """Yield those of the user's own files that are no text."""
    for name in (ALIASES, HISTORY):
        try:
            read_file(folder / name, _MAX_TEXT).decode("utf-8")
        except FileNotFoundError:
            continue
        except UnicodeDecodeError:
            yield DamagedFile(name, "is not all UTF-8", _BY_HAND)
        except OSError as error:
            yield DamagedFile(name, f"cannot be read ({error.strerror or error})", _BY_HAND)
