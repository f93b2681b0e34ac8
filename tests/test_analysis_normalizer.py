"""`index.analysis.normalizer`: the tables equal the functions of CAMeL Tools."""

import gzip
import json
import unicodedata
from pathlib import Path

import pytest
from camel_tools.utils.charmap import CharMapper
from camel_tools.utils.dediac import dediac_ar
from camel_tools.utils.normalize import (
    normalize_alef_ar,
    normalize_alef_maksura_ar,
    normalize_teh_marbuta_ar,
    normalize_unicode,
)
from hypothesis import example, given
from hypothesis import strategies as st

from index.analysis.ligatures import spell_god
from index.analysis.normalizer import TABLES, compatible, derive, exact, folded, strip_accents
from index.analysis.script import ARABIC_BLOCKS, INVISIBLE
from index.analysis.tokenizer import pieces

COLLECTIONS = Path(__file__).parents[2] / "shared" / "collections"
ARCLEAN = CharMapper.builtin_mapper("arclean")
ARABIC = [chr(code) for first, last in ARABIC_BLOCKS for code in range(first, last + 1)]
LISTED = {ord(char): ARCLEAN(char) for char in ARABIC if char in ARCLEAN._charmap}
CORRECTIONS = str.maketrans(dict.fromkeys(INVISIBLE, "") | {"\u06d5": "ه", "٫": "."})
MARKS = (
    *(char for char in ARABIC if unicodedata.category(char) == "Mn"),
    *map(chr, range(0x300, 0x370)),
    *(*INVISIBLE, "\u0640", "\u0674", "\u06e5", "\u06e6", "\ufe73", " "),
)
NO_MARKS = str.maketrans(dict.fromkeys(MARKS, ""))

words_of_arabic = st.text(st.sampled_from([*ARABIC, *INVISIBLE]), max_size=12)
words_of_latin = st.text(
    st.characters(max_codepoint=0x24F) | st.characters(min_codepoint=0x300, max_codepoint=0x36F),
    max_size=12,
)
words_of_anything = st.text(max_size=12)
words = words_of_arabic | words_of_latin | words_of_anything


def composed(word: str) -> str:
    """Apply the functions of CAMeL Tools in order, with the corrections of the module."""
    text = normalize_unicode(spell_god(word)).translate(LISTED | CORRECTIONS)
    text = normalize_alef_ar(dediac_ar(text))
    text = normalize_teh_marbuta_ar(normalize_alef_maksura_ar(text))
    # Without its marks a word may compose anew; so may a word whose case was folded.
    text = unicodedata.normalize("NFKC", text.translate(NO_MARKS).casefold())
    return text.translate(NO_MARKS)


def test_the_stored_tables_are_what_camel_tools_derives() -> None:
    assert json.loads(TABLES.read_text("utf-8")) == derive()


@given(words)
def test_compatibility_forms_are_those_of_camel_tools(word: str) -> None:
    assert compatible(word) == normalize_unicode(word)


def test_compatibility_forms_of_all_characters_are_those_of_camel_tools() -> None:
    characters = "\n".join(map(chr, range(0x110000)))  # a line break composes with nothing
    assert compatible(characters) == normalize_unicode(characters)


@given(words_of_arabic)
@example("ا\u0654لأزمة")
@example("ا\u0300\u0653")
@example("ﻷ\u064b")
@example("واﷲ")
def test_folding_arabic_is_the_composition_of_camels_functions(word: str) -> None:
    assert folded(word) == composed(word)


@given(words_of_latin | words_of_anything)
@example("ΐ")
@example("İ")
@example("ǰ")
@example("か\u034f\u3099")
def test_folding_any_script_is_that_composition(word: str) -> None:
    assert folded(word) == composed(word)


def distinct_tokens(path: Path) -> set[str]:
    chunks: set[str] = set()
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            chunks.update(json.loads(line)["text"].split())
    return {piece for piece, _, _, _ in pieces("\n".join(chunks))}


@pytest.mark.slow
@pytest.mark.skipif(not COLLECTIONS.is_dir(), reason="needs ../shared/collections")
def test_folding_every_token_of_the_collections_is_that_composition(
    capsys: pytest.CaptureFixture[str],
) -> None:
    tokens = sorted(set().union(*map(distinct_tokens, COLLECTIONS.glob("*/docs.jsonl.gz"))))
    # CAMeL's functions take them all at once: a line break composes with nothing.
    differ = [
        (token, to)
        for token, to in zip(tokens, composed("\n".join(tokens)).split("\n"), strict=True)
        if folded(token) != to
    ]
    with capsys.disabled():
        print(f" [{len(tokens):,} distinct tokens, {len(differ)} exceptions] ", end="")
    assert differ == []


@given(words)
def test_exact_is_idempotent(word: str) -> None:
    assert exact(exact(word)) == exact(word)


@given(words)
def test_folded_is_idempotent(word: str) -> None:
    assert folded(folded(word)) == folded(word)


@given(words)
def test_words_with_equal_exact_forms_have_equal_folded_forms(word: str) -> None:
    assert folded(exact(word)) == folded(word)


@pytest.mark.parametrize(
    ("written", "spelled"),
    [
        ("الأزمة", "الأزمة"),  # hamza and ة stay
        ("على", "على"),  # ى stays
        ("وزیر", "وزیر"),  # Persian letters stay
        ("الدُّبَيْبَةُ", "الدبيبة"),
        ("الدبيبـــة", "الدبيبة"),
        ("ٱلرَّحۡمَـٰنِ", "ٱلرحمن"),
        ("إِنَّهُۥ", "إنه"),
        ("بن\u200cغازي", "بنغازي"),
        ("\u200fليبيا\u202c", "ليبيا"),
        ("ﻟﻴﺒﻴﺎ", "ليبيا"),
        ("ﻷن", "لأن"),
        ("ا\u0654زمة", "أزمة"),
        ("٢٠١٦", "2016"),
        ("۲۰۱۶", "2016"),
        ("LIBYA", "libya"),
        ("ﬁle", "file"),
        ("inter\u00adnational", "international"),
        ("Erdoğan", "erdoğan"),
        ("Erdog\u0306an", "erdoğan"),
        ("İstanbul", "istanbul"),
        ("ＡＢＣ１", "abc1"),
        ("straße", "strasse"),
    ],
)
def test_exact_keeps_the_spelling_of_the_author(written: str, spelled: str) -> None:
    assert exact(written) == spelled


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("الأزمة", "الازمه"),
        ("آخر", "اخر"),
        ("على", "علي"),
        ("وزیر", "وزير"),
        ("کتاب", "كتاب"),
        ("پوتين", "بوتين"),
        ("گوگل", "كوكل"),
        ("ەوە", "هوه"),
        ("مؤتمر", "مؤتمر"),  # hamza on a carrier other than alef stays
        ("٣٫٥", "3.5"),
        ("Erdoğan", "erdoğan"),
        ("Šahin", "šahin"),
        ("Привет", "привет"),
        ("€", "€"),
    ],
)
def test_folded_unifies_the_letters_that_camel_tools_treats_as_equal(
    written: str, form: str
) -> None:
    assert folded(written) == form


@pytest.mark.parametrize(
    ("word", "bare"),
    [
        ("erdoğan", "erdogan"),
        ("šahin", "sahin"),
        ("łódź", "lodz"),
        ("øst", "ost"),
        ("مؤتمر", "مؤتمر"),
        ("حà", "حa"),
        ("àؤ", "aؤ"),
        ("한국어", "한국어"),
        ("ελλάδα", "ελλαδα"),
        ("", ""),
    ],
)
def test_accents_of_latin_letters_are_removed(word: str, bare: str) -> None:
    assert strip_accents(word) == bare
