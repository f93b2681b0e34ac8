"""`index.analysis.ligatures`: signs that are a phrase are its words, and ﷲ has one alef."""

from __future__ import annotations

import re
import sys
import unicodedata

import pytest

from index.analysis import analyze, normalizer
from index.analysis.ligatures import GOD, PHRASES, spell_god


def words(text: str) -> list[str]:
    return [token.term.exact for token in analyze(text) if not token.alternative]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("اﷲ", "الله"),
        ("ﷲ", "الله"),
        ("عبد اﷲ", "عبد الله"),
        ("عبداﷲ", "عبدالله"),
        ("واﷲ", "والله"),
        ("وﷲ", "والله"),
        ("باﷲ", "بالله"),
        ("اَﷲُ", "الله"),
        ("ا\u200dﷲ", "الله"),
        ("اـﷲ", "الله"),
        ("\ufe8dﷲ", "الله"),
        ("حزب اﷲ ورسول اﷲ", "حزب الله ورسول الله"),
    ],
)
def test_the_ligature_of_god_is_the_word_with_or_without_an_alef(written: str, meant: str) -> None:
    assert words(written) == words(meant)
    assert [normalizer.folded(word) for word in words(written)] == meant.split()


def test_wasla_before_the_ligature_is_its_alef() -> None:
    assert [token.term.folded for token in analyze("ٱﷲ")] == ["الله"]


def test_a_word_without_the_ligature_is_unchanged() -> None:
    assert spell_god("االله") == "االله"


@pytest.mark.parametrize("sign", PHRASES)
def test_a_sign_is_the_words_of_its_phrase(sign: str) -> None:
    assert words(f"قال{sign} ثم") == ["قال", *words(PHRASES[sign]), "ثم"]
    assert {(t.start, t.end) for t in analyze(sign)} == {(0, 1)}


@pytest.mark.parametrize("sign", [sign for sign in PHRASES if unicodedata.decomposition(sign)])
def test_a_phrase_agrees_with_unicode_where_it_has_one(sign: str) -> None:
    unicode = unicodedata.normalize("NFKC", sign)
    assert normalizer.folded(PHRASES[sign]) == normalizer.folded(unicode)


def test_every_presentation_form_of_a_word_is_spelled_out() -> None:
    """Ligatures by name, whether Unicode calls them letters or symbols."""
    ligatures = [
        char
        for char in map(chr, range(0xFB50, min(0xFE00, sys.maxunicode)))
        if re.search("LIGATURE|RIAL SIGN", unicodedata.name(char, ""))
    ]
    assert GOD in ligatures
    for char in ligatures:
        spelled = "".join(words(f"ب {char}"))
        assert char not in spelled, unicodedata.name(char)
        if not unicodedata.name(char).startswith("ARABIC LIGATURE SHADDA"):
            assert spelled != "ب", unicodedata.name(char)
