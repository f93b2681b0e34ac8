"""The arrays of a segment against the plainest possible inverted index."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest
from examples import builds_index
from hypothesis import given
from hypothesis import strategies as st
from whoosh.util.numeric import length_to_byte

from index.analysis import analyze
from index.codec.array_file import ArrayFile, write_arrays
from index.codec.arrays import radix_argsort
from index.codec.merge import MergeInput, merge_segments
from index.codec.merge_policy import SegmentSize, to_merge
from index.codec.posting_codes import length_codes
from index.codec.postings import FieldPostings
from index.codec.segment_builder import SegmentBuilder
from index.codec.stored_fields import StoredReader
from index.codec.text_inverter import Pieces, new_table
from index.errors import IndexCorrupt

WORDS = ["libya", "russia", "the", "UN-backed", "5+5", "ليبيا", "والدبيبة", "على", "al-Koni", "a.b"]
texts = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
folders = st.lists(texts, max_size=12)


def built(bodies: list[str], first: int = 0, pieces: Pieces | None = None) -> SegmentBuilder:
    builder = SegmentBuilder(pieces)
    for number, body in enumerate(bodies, first):
        builder.texts["body"].add(body)
        builder.texts["title"].add(body[:7])
        builder.texts["filename"].add(body[:7])
        for name in ("path", "file", "id", "type"):
            builder.add_value(name, f"{name}{number}")
        builder.add_value("language", "ar", "en")
        builder.finish_document(number, number, {"text": body, "number": number})
    return builder


def assert_equal(first: dict[str, np.ndarray], second: dict[str, np.ndarray]) -> None:
    """Compare the arrays of two segments: names, types and every number."""
    assert first.keys() == second.keys()
    for name, values in first.items():
        assert values.dtype == second[name].dtype, name
        assert values.tolist() == second[name].tolist(), name


def written(path: Path, arrays: dict[str, np.ndarray]) -> ArrayFile:
    write_arrays(path, arrays)
    return ArrayFile(path)


def plain_index(bodies: list[str]) -> dict[str, dict[bytes, dict[int, list[int]]]]:
    """field → term → document → positions"""
    index: dict[str, dict[bytes, dict[int, list[int]]]] = {
        "exact": defaultdict(lambda: defaultdict(list)),
        "stem": defaultdict(lambda: defaultdict(list)),
    }
    for number, body in enumerate(bodies):
        for token in analyze(body):
            index["exact"][token.term.exact.encode()][number].append(token.position)
            if token.term.stem is not None:
                index["stem"][token.term.stem.encode()][number].append(token.position)
    return index


def read_back(file: ArrayFile, name: str) -> dict[bytes, dict[int, list[int]]]:
    view = FieldPostings(file, name)
    found: dict[bytes, dict[int, list[int]]] = {}
    for number in range(len(view)):
        postings = view.postings(number)
        found[view.term(number)] = {
            document: view.positions(number, n)
            for n, document in enumerate(postings.documents.tolist())
        }
        _, counts = view.position_spans(number, np.arange(len(postings.documents)))
        assert counts.tolist() == [len(p) for p in found[view.term(number)].values()]
    return found


@given(folders, folders)
def test_the_words_of_earlier_batches_leave_no_trace_in_a_segment(
    earlier: list[str], bodies: list[str]
) -> None:
    pieces = new_table()
    built(earlier, pieces=pieces).arrays()
    assert_equal(built(bodies, pieces=pieces).arrays(), built(bodies).arrays())


@builds_index
@given(folders)
def test_a_segment_holds_what_a_plain_index_holds(
    tmp_path_factory: pytest.TempPathFactory, bodies: list[str]
) -> None:
    file = written(tmp_path_factory.mktemp("s") / "a.arr", built(bodies).arrays())
    for name, expected in plain_index(bodies).items():
        assert read_back(file, name) == expected
        codes = file[f"{name}/length_codes"]
        lengths = [
            sum(len(documents.get(n, [])) for documents in expected.values())
            for n in range(len(bodies))
        ]
        assert codes.tolist() == length_codes(np.array(lengths)).tolist()
        assert int(file[f"{name}/length_total"][0]) == sum(lengths)


@builds_index
@given(st.lists(folders, min_size=1, max_size=4), st.data())
def test_merging_is_building_from_the_documents_that_are_kept(
    tmp_path_factory: pytest.TempPathFactory, batches: list[list[str]], data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("m")
    parts, kept_bodies = [], []
    for number, bodies in enumerate(batches):
        kept = data.draw(st.lists(st.booleans(), min_size=len(bodies), max_size=len(bodies)))
        kept_bodies += [body for body, keep in zip(bodies, kept, strict=True) if keep]
        file = written(folder / f"{number}.arr", built(bodies).arrays())
        parts.append(MergeInput(file, np.array(kept, bool)))
    one = written(folder / "merged.arr", merge_segments(parts))
    again = written(folder / "again.arr", built(kept_bodies).arrays())
    for name in ("exact", "stem"):
        assert read_back(one, name) == read_back(again, name)
        for section in ("codes", "length_codes", "positions", "block_positions", "length_total"):
            assert one[f"{name}/{section}"].tolist() == again[f"{name}/{section}"].tolist()
    stored = StoredReader(one)
    assert [stored[n]["text"] for n in range(len(kept_bodies))] == kept_bodies


def test_frequencies_above_a_byte_are_kept(tmp_path: Path) -> None:
    file = written(tmp_path / "a.arr", built(["libya " * 700 + "russia", "libya"]).arrays())
    view = FieldPostings(file, "stem")
    number = view.rank(b"libya")
    assert view.frequencies(*view.posting_starts[number : number + 2].tolist()).tolist() == [700, 1]
    assert view.positions(number, 0) == list(range(700))
    assert view.positions(number, 1) == [0]
    assert view.positions(view.rank(b"russia"), 0) == [700]


def test_an_empty_segment_can_be_read(tmp_path: Path) -> None:
    file = written(tmp_path / "a.arr", built([]).arrays())
    view = FieldPostings(file, "stem")
    assert len(view) == 0
    assert view.rank(b"libya") == -1


def test_terms_are_found_by_rank(tmp_path: Path) -> None:
    file = written(tmp_path / "a.arr", built(["alpha beta gamma"]).arrays())
    view = FieldPostings(file, "stem")
    assert list(view.terms_from(b"b")) == [b"beta", b"gamma"]
    assert view.rank(b"bet") == -1
    assert view.rank(b"gamma") == 2


@given(st.lists(st.integers(0, 2**32 - 1)))
def test_the_radix_sort_is_a_stable_sort(values: list[int]) -> None:
    array = np.array(values, np.uint32)
    assert radix_argsort(array).tolist() == np.argsort(array, kind="stable").tolist()


def test_lengths_have_whooshs_codes() -> None:
    lengths = [*range(5000), 100_000, 108_116, 10**6]
    assert length_codes(np.array(lengths)).tolist() == [length_to_byte(n) for n in lengths]


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda data: data[:-1], id="cut by a byte"),
        pytest.param(lambda data: data[: len(data) // 2], id="cut in half"),
        pytest.param(lambda data: b"", id="empty"),
        pytest.param(lambda data: b"X" + data[1:], id="another magic"),
        pytest.param(lambda data: data[:8] + b"\x63" + data[9:], id="another version"),
        pytest.param(lambda data: data[:-40] + b"\0" + data[-39:], id="table changed"),
        pytest.param(lambda data: data[:-16] + b"\xff" * 4 + data[-12:], id="table too long"),
    ],
)
def test_a_damaged_file_is_an_error_on_opening(tmp_path: Path, damage) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "a.arr"
    write_arrays(path, built(["libya russia"]).arrays())
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(IndexCorrupt):
        ArrayFile(path)


def test_a_flipped_byte_is_found_by_its_checksum(tmp_path: Path) -> None:
    path = tmp_path / "a.arr"
    write_arrays(path, {"one": np.arange(100, dtype=np.uint32), "two": np.zeros(8, np.uint8)})
    data = bytearray(path.read_bytes())
    data[64] ^= 1
    path.write_bytes(data)
    assert ArrayFile(path).damaged() == ["one"]


@pytest.mark.parametrize(
    ("documents", "expected"),
    [
        ([], []),
        ([5] * 7, []),
        ([5] * 8, list(range(8))),
        ([100_000, *[5] * 8], list(range(1, 9))),
        ([40_000] * 8, [0]),
    ],
)
def test_full_tiers_are_merged(documents: list[int], expected: list[int]) -> None:
    sizes = [SegmentSize(count, count * 100, 0) for count in documents]
    assert to_merge(sizes) == ([] if len(expected) == 1 else expected)


def test_a_segment_of_which_most_is_deleted_is_written_anew() -> None:
    assert to_merge([SegmentSize(100, 1000, 0), SegmentSize(10, 1000, 90)]) == [1]


def test_long_texts_of_few_words_are_not_merged_without_end() -> None:
    builder = SegmentBuilder()
    builder.texts["body"].add("x" * 8000)
    builder.texts["body"].add("libya and sirte")
    assert builder.tokens == 1001
