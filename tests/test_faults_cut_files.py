"""A file that is cut or overwritten while it is mapped is an error, and no wrong answer."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from commands import indexed, written

from index import mapped_file
from index.errors import IndexCorrupt
from index.mapped_file import MappedFile, require_intact
from search.searcher import Searcher

GUARDED = pytest.mark.skipif(not mapped_file._IS_GUARDED, reason="this system has no guard")
SIZE = 1 << 20


def mapped(folder: Path) -> tuple[MappedFile, np.ndarray]:
    """Map a file of random bytes, and read all of it once."""
    (folder / "a").write_bytes(os.urandom(SIZE))
    file = MappedFile(folder / "a")
    numbers = np.frombuffer(file.data, np.uint32)
    assert numbers.sum() > 0
    return file, numbers


READS: dict[str, Callable[[MappedFile, np.ndarray], object]] = {
    "sum": lambda _, numbers: numbers.sum(),
    "take": lambda _, numbers: numbers.take(np.arange(0, len(numbers), 1000)),
    "sort": lambda _, numbers: np.sort(numbers),
    "checksum": lambda file, _: zlib.crc32(file.data),
    "slice": lambda file, _: file.data[:],
    "find": lambda file, _: file.data.find(b"nowhere"),
}


@GUARDED
@pytest.mark.parametrize("read", READS.values(), ids=READS)
def test_reading_a_file_that_was_cut_gives_zeros_and_an_error(
    read: Callable[[MappedFile, np.ndarray], object], tmp_path: Path
) -> None:
    file, numbers = mapped(tmp_path)
    require_intact([file])
    os.truncate(file.path, 0)
    read(file, numbers)
    assert file.is_lost
    with pytest.raises(IndexCorrupt, match="was cut or overwritten"):
        require_intact([file])


@GUARDED
def test_threads_that_read_a_file_that_was_cut_all_end(tmp_path: Path) -> None:
    file, numbers = mapped(tmp_path)
    os.truncate(file.path, 0)
    reads = [threading.Thread(target=read, args=(file, numbers)) for read in READS.values()]
    for thread in reads:
        thread.start()
    for thread in reads:
        thread.join(20)
        assert not thread.is_alive()
    assert file.is_lost


def test_a_file_that_has_grown_is_damaged_for_who_has_it_open(tmp_path: Path) -> None:
    file, _ = mapped(tmp_path)
    with file.path.open("ab") as stream:
        stream.write(b"more")
    require_intact([MappedFile(file.path)])
    with pytest.raises(IndexCorrupt):
        require_intact([file])


@GUARDED
def test_any_other_failed_read_still_ends_the_process(tmp_path: Path) -> None:
    code = (
        "import mmap, os, sys; from pathlib import Path; from index.mapped_file import MappedFile\n"
        "for name in 'ab': Path(name).write_bytes(bytes(9999))\n"
        "ours = MappedFile(Path('a').absolute())\n"
        "with open('b', 'rb') as b: other = mmap.mmap(b.fileno(), 0, access=mmap.ACCESS_READ)\n"
        "os.truncate('b', 0); other[0]"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=False)
    assert ran.returncode == -signal.SIGBUS


# --- an index ------------------------------------------------------------------------------------


def _cut(index: Path, size: int) -> None:
    for path in (*index.glob("*.arr"), *index.glob("catalog-*")):
        os.truncate(path, min(size, path.stat().st_size))


def _overwrite(index: Path) -> None:
    for path in index.glob("*.arr"):
        with path.open("r+b") as file:
            file.write(os.urandom(path.stat().st_size))


DAMAGES: dict[str, Callable[[Path], None]] = {
    "cut to nothing": lambda index: _cut(index, 0),
    "cut to one page": lambda index: _cut(index, 4096),
    "overwritten": _overwrite,
}
QUERIES = ("libya", "libya russia", "ليبيا", "rail*", '"committee russia"~5')


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_an_index_that_is_damaged_while_it_is_open_gives_no_wrong_answer(
    damage: Callable[[Path], None], tmp_path: Path
) -> None:
    if damage is not _overwrite and not mapped_file._IS_GUARDED:
        pytest.skip("this system has no guard")
    words = "libya russia ليبيا railway committee met in russia"
    index = indexed(written(tmp_path / "docs", {f"{n}.txt": f"{words} {n}" for n in range(300)}))
    with Searcher.open(index) as searcher:
        assert searcher.search("libya").total == 300
        damage(index)
        for query in QUERIES:
            with pytest.raises(IndexCorrupt):
                searcher.search(query)


def test_an_index_whose_folder_is_deleted_still_answers_while_it_is_open(tmp_path: Path) -> None:
    index = indexed(written(tmp_path / "docs", {"a.txt": "libya and russia"}))
    with Searcher.open(index) as searcher:
        shutil.rmtree(index)
        assert searcher.search("libya russia").total == 1
