"""Chunks by the compiled kernel against the pieces of the tokenizer: every array is the same."""

from __future__ import annotations

from itertools import product
from unittest.mock import patch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.analysis import tokenizer
from index.codec import chunk_table, field_terms
from index.codec.chunk_table import ChunkTable
from index.codec.piece_table import PieceTable
from index.codec.string_table import StringTable, is_compiled
from index.codec.text_inverter import Pieces, TextInverter
from index.codec.text_pieces import TextFacts
from index.kernel import library

pytestmark = pytest.mark.skipif(not is_compiled(), reason=library.state())

WORDS = st.sampled_from([
    *("the", "Wire", "UN", "don't", "al-Koni", "ليبيا", "والدبيبةِ", "ـعلى", "ﷺ", "é", "وiPhone"),
    *("2016", "021", "(021)", "+218", "+", "00218", "333", "4455", "12", "/", "-", "–", "25", "10"),
    *("LY83", "0020", "ABCD", "048", "٠٢١", "٣٣٣", "10:30am", "1.5bn", "5+5", "3.5", "(", ")", "."),
    *("U.N.", "A.", "www.x.ly/a", "www", "http://a.b", "a@b.ly", "«", "»", "،", "؛", "“", "…", "'"),
    *("_", "ʼ", "\u200f", "\u200b", "\u061c", "\u064b", "\x1c", "\ufeff", "𝟏", "𐎠", "\ud800", "١"),
])  # fmt: skip
SPACES = st.sampled_from([*" " * 6, "", "", "\n", "\t", "  ", "\u00a0", "\u2009", "\u3000", "\x85"])
TEXTS = st.lists(st.tuples(WORDS, SPACES).map("".join), max_size=30).map("".join)
LONG_TEXTS = st.tuples(TEXTS, st.integers(1, 40)).map(lambda pair: pair[0] * pair[1])
FIELDS = ("exact", "stem", "root")


Inverted = tuple[list[TextFacts], dict[str, dict[str, tuple[str, list[int]]]]]


def by_python(texts: list[tuple[str, str]]) -> Inverted:
    """Invert texts by the tokenizer, dictionaries and numpy."""
    with (
        patch.object(field_terms, "is_compiled", return_value=False),
        patch.object(field_terms, "inverted_by_kernel", return_value=None),
    ):
        return inverted(PieceTable(), texts)


def inverted(pieces: Pieces, texts: list[tuple[str, str]]) -> Inverted:
    """Return the facts of texts, and the arrays of their fields."""
    inverter = TextInverter(pieces)
    facts = [inverter.add(text, title) for text, title in texts]
    fields = inverter.arrays(FIELDS, named=True)
    return facts, {
        field: {name: (values.dtype.str, values.tolist()) for name, values in arrays.items()}
        for field, arrays in fields.items()
    }


@example([("12   34 5", ""), ("25 10 2016 7", "021 333 4455")])
@example([("x" * 1025, ""), ("a" + " 1" * 6000, ""), ("ab. " * 3000, "ab. ")])
@example([("word " * 200 + "(end). (End) 12 34", ""), ("word " * 153 + "a 12 34", "")])
@given(st.lists(st.tuples(LONG_TEXTS, TEXTS), max_size=4))
def test_the_chunks_of_texts_have_the_terms_of_their_pieces(texts: list[tuple[str, str]]) -> None:
    assert inverted(ChunkTable(), texts) == by_python(texts)


@given(st.text(max_size=40), st.integers(1, 300))
def test_any_text_has_the_terms_of_its_pieces(text: str, times: int) -> None:
    texts = [(text, ""), (text * times, text), (f"{text} " * times, "")]
    assert inverted(ChunkTable(), texts) == by_python(texts)


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u2009", "  ", "\n", " - ", " / "])
def test_white_space_ends_a_chunk_unless_a_number_may_have_it(space: str) -> None:
    groups = ["021", "(021)", "+218", "2016", "25", "10", "A1", "LY83", "ABCD", "word", "The", "+"]
    orders = product(groups, repeat=3)
    texts = [(space.join((*order, "333", "4455")), "") for order in orders]
    assert inverted(ChunkTable(), texts) == by_python(texts)


def test_the_kernel_knows_where_a_block_may_end() -> None:
    classes = chunk_table.character_classes()
    inside = [code for code, bits in enumerate(classes) if bits & (4 | 8 | 16 | 32)]
    text = "".join(f"{chr(code)} " for code in range(len(classes)) if not chr(code).isspace())
    ends = {match.start() for match in tokenizer._BLOCK_END.finditer(text)}
    found = {ord(text[at - 1]) for at in range(1, len(text), 2) if at not in ends}
    follows = {ord(text[at + 1]) for at in range(1, len(text) - 1, 2) if at not in ends}
    assert set(inside) <= found | follows
    assert all(classes[ord(text[at - 1])] & 60 or classes[ord(text[at + 1])] & 60
               for at in range(1, len(text) - 1, 2) if at not in ends)  # fmt: skip


@given(st.lists(st.text(max_size=9), max_size=60), st.lists(st.text(max_size=9), max_size=60))
def test_a_string_table_numbers_strings_as_a_dictionary_does(
    first: list[str], second: list[str]
) -> None:
    table, numbers = StringTable(), dict[str, int]()
    for words in (first, second * 40, [f"{word}{n}" for n in range(90) for word in first]):
        expected = [numbers.setdefault(word, len(numbers)) for word in words]
        assert table.numbers(words).tolist() == expected
    encoded = [word.encode("utf-8", "surrogatepass") for word in numbers]
    assert table.encoded() == encoded
    assert table.size == sum(map(len, encoded))
    assert len(table) == len(numbers)
