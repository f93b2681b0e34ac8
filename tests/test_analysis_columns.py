"""`index.analysis.columns`: the compiled kernel analyses pieces as Python does."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis import columns, compiled, roots, scan, stemmer, stopwords
from index.analysis.columns import CHUNK, Column, PieceColumns, analyze_pieces
from index.analysis.compiled import RARE, compiled_pieces
from index.analysis.tokenizer import pieces
from index.kernel import library

LATIN = "abcdeghinostuABISéßŉſİıæøÆŁǅªΐ'’ʼ-\u2010\u00ad\u0301"
ARABIC = "ابتجدرسعفقكلمنهويىةأإآءئؤٱٵپیکھگۀە"
SIGNS = "ًَُِّْٰٓٔٗۥۦـ\u200c\u200f\u0345"
DIGITS = "0123٠١٢۳.,/ "
PARTS = (
    *stemmer.ARTICLES, *stemmer.SUFFIXES, *stemmer.PRONOUNS, *(p for p, _ in roots.PREFIXES),
    *("و", "أل", "إل", "كتب", "مدرسة", "قال", "الله", "ﷲ", "ﷺ", "ﻻ"),
)  # fmt: skip
TEXT = (
    st.text(st.sampled_from(LATIN), max_size=16)
    | st.text(st.sampled_from(ARABIC), max_size=12)
    | st.text(st.sampled_from(ARABIC + SIGNS), max_size=12)
    | st.text(st.sampled_from(DIGITS + "ab"), max_size=12)
    | st.lists(st.sampled_from(PARTS), max_size=5).map("".join)
    | st.lists(st.sampled_from(sorted(stopwords.english())), max_size=6).map("-".join)
    | st.text(max_size=80)
)


def raws_of(text: str) -> list[str]:
    """Return the pieces of a text."""
    return [raw for raw, *_ in pieces(text)]


def assert_analyzed_as_by_python(raws: Sequence[str]) -> PieceColumns:
    """Compare with Python's way, which analyses one piece at a time."""
    analyzed, expected = analyze_pieces(raws), columns._interpreted(raws)
    for name, found, right in zip(PieceColumns._fields, analyzed, expected, strict=True):
        if isinstance(found, Column):
            assert found.terms == right.terms, name
            assert found.positions.tolist() == right.positions.tolist(), name
            assert found.counts.tolist() == right.counts.tolist(), name
        else:
            assert found.tolist() == right.tolist(), name
            assert found.dtype == right.dtype, name
    return analyzed


@given(st.lists(TEXT, max_size=6))
@settings(max_examples=1500)
def test_pieces_are_analysed_as_by_python(texts: list[str]) -> None:
    assert_analyzed_as_by_python([raw for text in texts for raw in raws_of(text)])


@given(TEXT)
def test_the_columns_have_the_terms_that_a_text_has(text: str) -> None:
    found = [piece for piece, _, _ in scan(text)]
    analyzed = analyze_pieces(raws_of(text))
    words = [[*piece.alternatives, *piece.words] for piece in found]
    assert analyzed.exact.terms == [term.exact for piece in words for term in piece]
    assert analyzed.widths.tolist() == [len(piece.words) for piece in found]


def test_each_letter_is_analysed_as_by_python() -> None:
    letters = [chr(code) for code in range(0x900)]
    around = ("{0}", "a{0}b", "A{0}", "{0}{0}", "ب{0}ت", "الكتاب{0}", "و{0}لد", "1{0}", "a-{0}b")
    text = "\n".join(form.format(letter) for letter in letters for form in around)
    assert_analyzed_as_by_python(raws_of(text))


def test_stop_words_have_no_stem() -> None:
    stop = [*stopwords.english(), *stopwords.arabic(), *stopwords.arabic_kept()]
    capitals = [word.upper() for word in stop] + [word.title() for word in stop]
    assert_analyzed_as_by_python([raw for word in stop + capitals for raw in raws_of(word)])
    assert analyze_pieces(["the", "Who", "في"]).stem.terms == []
    assert analyze_pieces(["WHO"]).stem.terms == ["who"]


def test_words_with_a_waw_of_their_own_keep_it() -> None:
    words = [prefix + word for word in stemmer.lexical_waw() for prefix in ("", "و", "ال")]
    assert_analyzed_as_by_python(words)


def test_pieces_of_any_length_are_analysed_as_by_python() -> None:
    parts = ("م", "ch", "a-", "AB’", "7", "٣", "ß", "ab-")
    assert_analyzed_as_by_python(
        [raw for count in range(90) for part in parts for raw in raws_of(part * count)]
    )


def test_pieces_of_several_calls_are_in_order() -> None:
    raws = [
        f"{letter}{n}" if n % 3 else letter * (n % 9 + 1) for n in range(800) for letter in "بax"
    ]
    assert len(raws) > CHUNK
    assert_analyzed_as_by_python([raw for raw in raws for raw in raws_of(raw)])


def test_no_pieces_have_no_terms() -> None:
    analyzed = assert_analyzed_as_by_python([])
    assert analyzed.exact.terms == []
    assert analyzed.languages.shape == (3, 0)


def test_the_kernel_leaves_only_rare_pieces_to_python() -> None:
    common = ["والكتاب", "كِتَابٌ", "don’t", "Erdoğan", "UN-backed", "2016", "٢٠١٦", "الـكتاب"]
    rare = ["مَٰلِك", "U.N.", "12/2016", "a@b.ly", "Σωκράτης", "ﷲ", "5G"]
    analyzed = compiled_pieces(common + rare)
    if analyzed is None:
        pytest.skip(library.state())
    assert (analyzed.kinds == RARE).tolist() == [False] * len(common) + [True] * len(rare)


def test_without_a_kernel_python_analyses_them(monkeypatch: pytest.MonkeyPatch) -> None:
    raws = ["والكتاب", "the", "UN-backed", "2016"]
    with_kernel = analyze_pieces(raws)
    monkeypatch.setattr(compiled, "compiled_pieces", lambda raws: None)
    assert analyze_pieces(raws).stem.terms == with_kernel.stem.terms
    assert_analyzed_as_by_python(raws)
