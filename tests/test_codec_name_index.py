"""`index.codec.name_index`: the name index of a field, in a segment and merged."""

from __future__ import annotations

import tracemalloc
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import islice, permutations
from pathlib import Path

import numpy as np
import pytest
from examples import builds_index
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import analyze
from index.analysis.names import may_be_name, name_keys
from index.analysis.names.columns import key_hashes
from index.analysis.names.phoneme_codes import encode_pronunciations
from index.analysis.names.phonology import phonology
from index.analysis.names.pronunciations import pronunciations
from index.codec.array_file import ArrayFile, write_arrays
from index.codec.merge import MergeInput, merge_segments
from index.codec.name_index import (
    NameTable,
    are_lowercase,
    ranks_with_keys,
    stored_codes,
)
from index.codec.postings import FieldPostings
from index.codec.segment_builder import SegmentBuilder
from index.codec.segment_layout import NAME_FIELDS

WORDS = [
    *("Dbeibah", "dbeibah", "Dubaybah", "الدبيبة", "والدبيبة", "Mild", "mild", "MILD", "ميلد"),
    *("the", "The", "على", "Sisi", "السيسي", "2016", "5+5", "al-Koni", "Alkoni", "الكوني", "é"),
]
RULES = phonology()
TEXTS = st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join)
FOLDERS = st.lists(TEXTS, max_size=8)
ASKED = ["dbeibah", "الدبيبة", "mild", "ميلد", "sisi", "koni", "alkoni", "الكوني"]


def built(folder: Path, name: str, bodies: Sequence[str]) -> ArrayFile:
    builder = SegmentBuilder()
    for number, body in enumerate(bodies):
        builder.texts["body"].add(body)
        builder.texts["title"].add(body[:12])
        builder.texts["filename"].add(body[:12])
        for field in ("path", "file", "id", "type"):
            builder.add_value(field, f"{field}{number}")
        builder.finish_document(number, number, {"text": body})
    return written(folder / f"{name}.arr", builder.arrays())


def written(path: Path, arrays: dict[str, np.ndarray]) -> ArrayFile:
    write_arrays(path, arrays)
    return ArrayFile(path)


def lowercase_words(bodies: Iterable[str]) -> set[str]:
    """Return the words that are written without capitals more often than with any."""
    balance: Counter[str] = Counter()
    for body in bodies:
        for token in analyze(body):
            if not token.alternative:
                piece = body[token.start : token.end]
                balance[token.term.exact] += piece.islower() - (piece != piece.lower())
    return {word for word, count in balance.items() if count > 0}


def document_frequencies(bodies: Iterable[str]) -> Counter[str]:
    """Count the texts in which each word occurs."""
    return Counter(word for body in bodies for word in {t.term.exact for t in analyze(body)})


def words_sharing_a_key(words: Iterable[str], asked: str) -> set[str]:
    """Return the words that have a key in common with ``asked``, comparing each with it."""
    return {
        word
        for word in words
        if may_be_name(word) and not set(name_keys(word)).isdisjoint(name_keys(asked))
    }


def lowercase_in(view: FieldPostings) -> set[str]:
    ranks = np.arange(len(view))
    return {view.term(rank).decode() for rank in ranks[are_lowercase(view, ranks)].tolist()}


def terms_sharing_a_key(view: FieldPostings, asked: str) -> set[str]:
    return {view.term(rank).decode() for rank in ranks_with_keys(view, key_hashes(asked)).tolist()}


def check(view: FieldPostings, words: set[str], lowercase: set[str]) -> None:
    """Compare the arrays with what comparing all words gives."""
    assert {term.decode() for term in view.terms()} == words
    assert lowercase_in(view) == lowercase & words
    sorted_keys = view.array("name_keys").tolist()
    assert sorted_keys == sorted(sorted_keys)
    letters, starts = stored_codes(view, np.arange(len(view)))
    for at, word in enumerate(sorted(words, key=str.encode)):
        own = letters[starts[at] : starts[at + 1]].tobytes()
        assert own == (
            encode_pronunciations(pronunciations(word, RULES), RULES) if may_be_name(word) else b""
        ), word
    for asked in ASKED:
        assert terms_sharing_a_key(view, asked) == words_sharing_a_key(words, asked), asked


@builds_index
@given(FOLDERS)
def test_a_segment_finds_the_words_that_share_a_key(
    tmp_path_factory: pytest.TempPathFactory, bodies: list[str]
) -> None:
    file = built(tmp_path_factory.mktemp("names"), "a", bodies)
    check(FieldPostings(file, "exact"), set(document_frequencies(bodies)), lowercase_words(bodies))


@builds_index
@given(st.lists(FOLDERS, min_size=1, max_size=4), st.data())
def test_merging_keeps_the_words_of_kept_documents_and_takes_the_majority_of_documents(
    tmp_path_factory: pytest.TempPathFactory, batches: list[list[str]], data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("merged")
    parts, kept_bodies = [], []
    votes: defaultdict[str, int] = defaultdict(int)
    for number, bodies in enumerate(batches):
        kept = data.draw(st.lists(st.booleans(), min_size=len(bodies), max_size=len(bodies)))
        kept_bodies += [body for body, keep in zip(bodies, kept, strict=True) if keep]
        parts.append(MergeInput(built(folder, str(number), bodies), np.array(kept, bool)))
        lowercase = lowercase_words(bodies)
        for word, count in document_frequencies(bodies).items():
            votes[word] += count if word in lowercase else -count
    view = FieldPostings(written(folder / "merged.arr", merge_segments(parts)), "exact")
    check(
        view,
        set(document_frequencies(kept_bodies)),
        {word for word, count in votes.items() if count > 0},
    )


def test_merging_the_merged_and_the_new_is_no_different(tmp_path: Path) -> None:
    """A segment is merged many times in its life."""
    bodies = ["Dbeibah met", "قال الدبيبة", "a mild wind", "mild mild", "Sisi السيسي"]
    everything = np.ones(1, bool)
    whole = built(tmp_path, "0", bodies[:1])
    for number, body in enumerate(bodies[1:], 1):
        part = built(tmp_path, str(number), [body])
        both = [MergeInput(whole, np.ones(number, bool)), MergeInput(part, everything)]
        whole = written(tmp_path / f"merged{number}.arr", merge_segments(both))
    for field in NAME_FIELDS:
        one, other = (FieldPostings(f, field) for f in (whole, built(tmp_path, "all", bodies)))
        assert lowercase_in(one) == lowercase_in(other)
        for asked in ASKED:
            assert terms_sharing_a_key(one, asked) == terms_sharing_a_key(other, asked)


@pytest.mark.parametrize(
    ("bodies", "lowercase"),
    [
        (["mild Mild"], False),
        (["mild mild Mild"], True),
        (["mild Mild MILD"], False),
        (["mild", "mild", "Mild"], True),
        (["ميلد"], False),
        (["iPhone"], False),
    ],
)
def test_a_word_is_lowercase_if_most_of_the_time_it_has_no_capital(
    tmp_path: Path, bodies: list[str], lowercase: bool
) -> None:
    view = FieldPostings(built(tmp_path, "a", bodies), "exact")
    assert are_lowercase(view, np.array([0])).tolist() == [lowercase]


def test_an_empty_field_has_no_names(tmp_path: Path) -> None:
    file = built(tmp_path, "a", [])
    again = written(
        tmp_path / "merged.arr", merge_segments([MergeInput(file, np.ones(0, bool))] * 2)
    )
    for each in (file, again):
        view = FieldPostings(each, "exact")
        assert not terms_sharing_a_key(view, "dbeibah")
        assert not view.array("small").size


def test_a_word_that_can_be_no_name_has_no_keys() -> None:
    for word in ("the", "على", "5+5", "2016", "ab", ""):
        assert key_hashes(word) == []
    assert len(key_hashes("dbeibah")) == len(set(name_keys("dbeibah")))


def test_the_pronunciations_of_all_words_of_a_batch_are_never_in_memory_at_once() -> None:
    """Measured: 574 bytes a word, and 937 if they are."""
    letters = [chr(code) for code in range(ord("ف"), ord("ي") + 1)]
    terms = ["".join(word) for word in islice(permutations(letters, 5), 3000)]
    NameTable().add(terms[:9])  # reads the tables
    tracemalloc.start()
    try:
        names = NameTable()
        names.add(terms)
        names.arrays(np.arange(len(terms)), np.zeros(len(terms), bool))
        assert tracemalloc.get_traced_memory()[1] < 750 * len(terms)
    finally:
        tracemalloc.stop()
