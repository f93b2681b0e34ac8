"""An index with wrong values under fitting checksums is an error, never a crash or much memory."""

from __future__ import annotations

import json
import random
import shutil
import sys
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index import IndexWriter
from index.codec.array_file import Array, ArrayFile, write_arrays
from index.codec.segment_info import SegmentInfo
from index.codec.stored_fields import StoredReader, StoredWriter
from index.errors import DalilError
from index.store.catalog import Catalog, FileState
from index.store.commit import write_commit
from index.store.disk import checksum
from index.store.layout import latest_generation
from index.store.toc import read
from search import Searcher
from tests.commands import run

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="memory is limited by Linux")

MEMORY = 900 << 20
"""Bytes that a command may take on top of what the process of the tests has."""
WORDS = (
    *("libya", "russia", "committee", "railway", "Dbeibah", "Khalifa", "oil", "railroad"),
    *("ليبيا", "روسيا", "الدبيبة", "والنفط", "خليفة", "عبدالحميد", "الحكومة", "السكة"),
)
COMMANDS = (
    ["search", "libya russia Dbeibah الحكومة"],
    ["search", '"committee russia"~5 rail* Dbeibeh~ خليفه', "--json", "--sort", "date"],
    ["search", "lybia حكومتنا type:text", "--sort", "path"],
    ["show", "DOCUMENT", "libya", "--bidi", "off"],
    ["status"],
    ["status", "--verify"],
)
Arrays = dict[str, Array]
Change = Callable[[Arrays], object]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of one segment."""
    folder, chance = tmp_path_factory.mktemp("crafted"), random.Random(1)
    (folder / "docs").mkdir()
    for number in range(80):
        text = (
            " ".join(chance.choices(WORDS, k=60)) + f" word{number} كلمة{chr(1575 + number % 20)}"
        )
        (folder / "docs" / f"{number}.txt").write_text(text, "utf-8")
    with IndexWriter.open(folder / "index") as writer:
        writer.add_path(folder / "docs")
    return folder / "index"


@pytest.fixture
def index(sound: Path, tmp_path: Path) -> Path:
    """A copy of the index, to be changed; a file beside it names one of its documents."""
    (tmp_path / "document").write_text(str(sound.with_name("docs") / "7.txt"))
    return Path(shutil.copytree(sound, tmp_path / "index"))


@pytest.fixture
def limited_memory() -> Iterator[None]:
    """Refuse more than :data:`MEMORY` to this process."""
    import resource  # noqa: PLC0415 (Windows has none)

    pages = int(Path("/proc/self/statm").read_text().split()[0])
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + MEMORY, hard))
    yield
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def rewrite_segment(index: Path, change: Change) -> None:
    """Change the arrays of the segment, and commit it with fitting checksums."""

    def change_segment(catalog: Catalog, segments: list[SegmentInfo]) -> None:
        path = segments[0].path(index)
        file = ArrayFile(path)
        arrays = {name: np.array(file[name]) for name in file.names()}
        change(arrays)
        write_arrays(path, arrays)
        catalog.checksums[path.name] = (path.stat().st_size, checksum(path))

    rewrite_commit(index, change_segment)


def rewrite_commit(index: Path, change: Callable[[Catalog, list[SegmentInfo]], object]) -> None:
    """Change what the last commit says, and write it again."""
    generation = latest_generation(index)
    catalog, segments = Catalog.read(index, generation), read(index, generation)
    change(catalog, segments)
    write_commit(index, catalog, generation, segments)


def require_sentences(index: Path) -> None:
    """Run every command; a raw exception, or one for memory, fails the test."""
    document = index.with_name("document").read_text()
    with suppress(DalilError), Searcher.open(index) as searcher:
        results = searcher.look("libya russia الحكومة")
        results.window(0, 80)
        results.facets()
    for arguments in COMMANDS:
        given = [document if argument == "DOCUMENT" else argument for argument in arguments]
        ran = run(*given, "--index", index, terminal=given[0] == "show")
        assert ran.code in (0, 1, 2), ran.err
        assert "Traceback" not in ran.err
    more = index.with_name("more")
    more.mkdir()
    for number in range(12):  # until the segment is merged
        (more / f"{number}.txt").write_text(f"wire {number}")
        ran = run("index", more, "--index", index, "-q")
        assert ran.code in (0, 2), ran.err
        if ran.code:
            break


# --- stored documents -------------------------------------------------------------------


def blocks(arrays: Arrays, packed: list[bytes]) -> None:
    """Store these blocks."""
    arrays["stored/blocks"] = np.frombuffer(b"".join(packed), np.uint8)
    arrays["stored/starts"] = np.cumsum([0, *map(len, packed)]).astype(np.uint64)


def one_block(packed: bytes) -> Change:
    """Store the same block in place of each."""
    return lambda arrays: blocks(arrays, [packed] * (len(arrays["stored/starts"]) - 1))


def compressed(parts: Iterator[bytes]) -> bytes:
    packer = zlib.compressobj(9)
    return b"".join([*(packer.compress(part) for part in parts), packer.flush()])


def bomb(megabytes: int) -> Change:
    """Store a text that is a thousand times larger than its block."""

    def parts() -> Iterator[bytes]:
        yield b'[{"text":"'
        yield from (b"a" * (1 << 20) for _ in range(megabytes))
        yield b'"}]'

    return one_block(compressed(parts()))


def stored(**fields: Any) -> Change:
    """Give each stored document these values."""

    def change(arrays: Arrays) -> None:
        begins, data = arrays["stored/starts"].tolist(), arrays["stored/blocks"].tobytes()
        packed = [data[a:b] for a, b in pairwise(begins)]
        read = [[{**old, **fields} for old in json.loads(zlib.decompress(p))] for p in packed]
        blocks(arrays, [zlib.compress(json.dumps(each).encode()) for each in read])

    return change


def only_text(arrays: Arrays) -> None:
    blocks(arrays, [zlib.compress(b'[{"text":"libya"}]')] * (len(arrays["stored/starts"]) - 1))


STORED: Mapping[str, Change] = {
    "a text of 2 GB in 2 MB": bomb(2000),
    "texts of 15 MB in each block": bomb(15),
    "nested lists": one_block(zlib.compress(b"[" * 200_000)),
    "millions of empty lists": one_block(zlib.compress(b"[" + b"[]," * 20_000_000 + b"0]")),
    "no list": one_block(zlib.compress(b"17")),
    "no fields": only_text,
    "numbers as fields": stored(path=17, id=17, title=17, text=17, type=17, languages=17),
    "no path": stored(path=None),
    "a path with NUL": stored(path="/a\0b"),
    "a path with a lone surrogate": stored(path="/a\ud800b"),
    "a text with a lone surrogate": stored(text="libya \ud800 russia", title="\udfff"),
    "huge checkpoints": stored(checkpoints=[[0, 0], [10**18, 10**18]]),
    "many checkpoints": stored(checkpoints=[[n, 0] for n in range(20_000)]),
    "pages that are no numbers": stored(pages=["x"]),
    "parts that are no pairs": stored(parts=["x", [1]]),
    "parts with control characters": stored(parts=[[0, "\x1b]0;x\x07"]]),
    "parts of numbers": stored(parts=[["x", 7]]),
    "a time that is none": stored(modified="never"),
    "languages that are no list": stored(languages=17),
    "a date that is a number": stored(date=17, encoding=17),
    "checkpoints that are no pairs": stored(checkpoints=["x", [1]]),
    "control characters": stored(date="\x1b[31m", type="\x1b]0;x\x07", languages=["\x9b31m"]),
    "starts that descend": lambda arrays: arrays.update(
        {"stored/starts": arrays["stored/starts"][::-1].copy()}
    ),
}


@pytest.mark.usefixtures("limited_memory")
@pytest.mark.parametrize("change", STORED.values(), ids=STORED)
def test_wrong_stored_documents_are_a_sentence(index: Path, change: Change) -> None:
    rewrite_segment(index, change)
    require_sentences(index)


def test_a_long_text_of_one_letter_is_no_trap(tmp_path: Path) -> None:
    text = "a " * (9 << 20)  # packed to a hundredth
    writer = StoredWriter()
    writer.add({"text": text})
    write_arrays(tmp_path / "stored.arr", writer.arrays())
    assert StoredReader(ArrayFile(tmp_path / "stored.arr"))[0]["text"] == text


@pytest.mark.usefixtures("limited_memory")
def test_a_text_of_escapes_is_packed_and_read_back_in_bounded_memory(tmp_path: Path) -> None:
    writer = StoredWriter()
    writer.add({"text": "\n" * (20 << 20)})
    write_arrays(tmp_path / "stored.arr", writer.arrays())
    assert len(StoredReader(ArrayFile(tmp_path / "stored.arr"))[0]["text"]) == 20 << 20


def test_a_document_of_endless_pages_is_read_back_without_their_offsets(tmp_path: Path) -> None:
    writer = StoredWriter()
    writer.add({"text": "wire", "pages": list(range(10**6)), "parts": [[0, ""]]})
    write_arrays(tmp_path / "stored.arr", writer.arrays())
    assert StoredReader(ArrayFile(tmp_path / "stored.arr"))[0] == {
        "text": "wire",
        "pages": [],
        "parts": [],
    }


# --- arrays -----------------------------------------------------------------------------


def each(end: str, change: Callable[[Array], Array]) -> Change:
    """Change every array whose name ends so."""
    return lambda arrays: arrays.update(
        {name: change(array) for name, array in arrays.items() if name.endswith(end)}
    )


def reverse(array: Array) -> Array:
    return array[::-1].copy()


def highest(array: Array) -> Array:
    return np.full_like(array, np.iinfo(array.dtype).max)


def alternate(array: Array) -> Array:
    """Every second start 0, the others the end: each second element is all the rest."""
    found = np.zeros_like(array)
    found[1::2] = array[-1]
    found[-1] = array[-1]
    return found


def steep(array: Array) -> Array:
    found = np.full_like(array, np.iinfo(array.dtype).max)
    found[:1] = 0
    return found


def frequent(arrays: Arrays) -> None:
    """A frequency of four thousand million in the first posting of each field."""
    for name in [name for name in arrays if name.endswith("/large_at")]:
        field = name.removesuffix("/large_at")
        arrays[f"{field}/codes"][:] |= np.uint16(0xFF00)
        arrays[name] = np.arange(len(arrays[f"{field}/codes"]), dtype=np.uint32)
        arrays[f"{field}/large_tf"] = np.full(len(arrays[name]), 2**32 - 1, np.uint32)


ARRAYS: Mapping[str, Change] = {
    "documents beyond the last": each("/documents", highest),
    "positions without end": each("/positions", highest),
    "frequencies without end": frequent,
    "block positions without end": each("/block_positions", highest),
    "codes of another type": each("/codes", lambda array: array.astype(np.uint64)),
    "days without end": each("day", highest),
    "all arrays empty": each("", lambda array: array[:0]),
    "terms that are no text": each("/terms", highest),
    "n-grams that descend": each("grams/keys", reverse),
    "name keys that descend": each("name_keys", reverse),
    "name words beyond the last": each("name_words", highest),
    "gaps without end": each("forward/gaps", highest),
    **{
        f"{name} {kind}": each(name, change)
        for name in ("posting_starts", "term_starts", "sound_starts", "forward/starts")
        for kind, change in {
            "descend": reverse,
            "without end": steep,
            "alternate": alternate,
        }.items()
    },
}


@pytest.mark.usefixtures("limited_memory")
@pytest.mark.parametrize("change", ARRAYS.values(), ids=ARRAYS)
def test_wrong_values_of_an_array_are_a_sentence(index: Path, change: Change) -> None:
    rewrite_segment(index, change)
    require_sentences(index)


# --- the commit -------------------------------------------------------------------------

COMMITS: Mapping[str, Callable[[Catalog, list[SegmentInfo]], object]] = {
    "too many documents": lambda _, segments: setattr(segments[0], "count", 65_536),
    "no documents": lambda _, segments: setattr(segments[0], "count", 0),
    "roots that are no text": lambda catalog, _: setattr(catalog, "roots", [1, None, {}]),
    "a root with control characters": lambda catalog, _: catalog.roots.append("/\x1b]52;c;x\x07"),
    "a checksum of a file elsewhere": lambda catalog, _: catalog.checksums.update(
        {"../../etc/passwd": (1, 1)}
    ),
    "a state that is none": lambda catalog, _: catalog.files.update(
        {"/x": FileState(None, "x", [], {}, -1)}  # type: ignore[arg-type]
    ),
}
NESTED = "[" * 200_000


@pytest.mark.usefixtures("limited_memory")
@pytest.mark.parametrize("name", COMMITS)
def test_wrong_values_of_a_commit_are_a_sentence(index: Path, name: str) -> None:
    try:
        rewrite_commit(index, COMMITS[name])
    except TypeError:
        catalog = index / f"catalog-{latest_generation(index)}.json"
        catalog.write_text(catalog.read_text().replace(": [", ": [null, ", 1))
    require_sentences(index)


@pytest.mark.parametrize("text", [NESTED, '{"format":"dalil","schema":' + NESTED + "}"])
def test_a_nested_marker_is_a_sentence(index: Path, text: str) -> None:
    (index / "dalil.json").write_text(text)
    require_sentences(index)


def with_sum(text: str) -> str:
    return f"{zlib.crc32(text.encode()):08x} {len(text)}\n{text}"


def test_a_nested_catalog_is_a_sentence(index: Path) -> None:
    catalog = index / f"catalog-{latest_generation(index)}.json"
    catalog.write_text(with_sum(NESTED) + "\n" + with_sum(""))
    require_sentences(index)


def test_nested_files_of_a_catalog_are_a_sentence(index: Path) -> None:
    catalog = index / f"catalog-{latest_generation(index)}.json"
    head = "\n".join(catalog.read_text().split("\n")[:2])
    catalog.write_text(head + "\n" + with_sum(NESTED + "\n"))
    require_sentences(index)


def test_a_nested_table_of_contents_is_a_sentence(index: Path) -> None:
    generation = latest_generation(index)
    toc = index / f"_MAIN_{generation}.toc"
    toc.write_text(NESTED)
    catalog = Catalog.read(index, generation)
    catalog.checksums[toc.name] = (toc.stat().st_size, checksum(toc))
    (index / f"catalog-{generation}.json").write_text(catalog.to_lines())
    require_sentences(index)
