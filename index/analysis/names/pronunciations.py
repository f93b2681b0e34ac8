"""Transcribe a word to its possible pronunciations as a name, with and without its prefixes."""

from __future__ import annotations

import unicodedata

from index.analysis.lazy_pattern import lazy_pattern
from index.analysis.names.phonology import Phonology
from index.analysis.normalizer import APOSTROPHES
from index.analysis.script import is_arabic

Pronunciation = tuple[str, float]
"""Phonemes, and the similarity lost by what was removed from the word."""

# Accents that change the pronunciation of their letter; all others are removed.
_ACCENTED = str.maketrans(
    {"š": "sh", "ş": "sh", "ș": "sh", "ŝ": "sh", "č": "ch", "ć": "ch", "ç": "ch", "ž": "zh"}
    | {"ğ": "gh", "ġ": "gh", "ḡ": "gh", "ḫ": "kh", "ẖ": "kh", "ḵ": "kh", "ṯ": "th", "ḏ": "dh"}
    | {"ð": "dh", "þ": "th", "ñ": "ny", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "ə": "a"}
    | {"æ": "ae", "œ": "oe", "ß": "ss"}
)
_NO_SIGNS = str.maketrans(dict.fromkeys(APOSTROPHES + "-\u2010\u2011"))
DIGRAPHS = "dgkstz"
"""Letters that are one consonant with an h behind them."""
OFTEN_DOUBLED = "aeios"
"""Letters that have rules of their own where they are double, as aa, ee, oo and ss."""
# Any other doubled letter is one letter in Arabic, as is dhdh (Qaḏḏāfī).
_DOUBLED = lazy_pattern(rf"([{DIGRAPHS}]h|[^{OFTEN_DOUBLED}])\1+|([{OFTEN_DOUBLED}])\2(?=\2)")
_PHARYNGEAL = lazy_pattern("(?<=[cdgkstz])ḥ")
"""A ḥ that is no second half of a digraph: Isḥāq is no Ishaq with sh."""
TURKISH = "şğı"
"""Letters that are only in Turkish words, in which c is ج, and ü at the end ي."""
_TURKISH = lazy_pattern(f"[{TURKISH}]")
_TURKISH_LETTERS = lazy_pattern("c|ü$")
PLURAL = ("a-z", "a-z", "a-z", "a-z", "^aisu", "s")
"""The last letters of Normans, Mongols: the English plural ending s, which Arabic expresses by
endings of its own."""
_PLURAL = lazy_pattern("".join(f"[{each}]" for each in PLURAL) + r"\Z")
PLURAL_COST = 0.04


def pronunciations(word: str, rules: Phonology) -> list[Pronunciation]:
    """Return the pronunciations of an exact word, that of the whole word first.

    A word of a third script has one pronunciation without phonemes.
    """
    if word > "\u05ff" and is_arabic(word[0]):
        return [(rules.arabic(form), cost) for form, cost in _without_prefixes(word, "ar", rules)]
    return [
        (rules.latin(_DOUBLED.sub(r"\1\2", form)), cost)
        for form, cost in _with_singulars(_without_prefixes(plain_latin(word), "en", rules))
    ]


def _with_singulars(forms: list[tuple[str, float]]) -> list[tuple[str, float]]:
    """Return the forms, then the singular of each that may be an English plural."""
    return forms + [(form[:-1], cost + PLURAL_COST) for form, cost in forms if _PLURAL.search(form)]


def _without_prefixes(word: str, script: str, rules: Phonology) -> list[tuple[str, float]]:
    """Return the word, then its rests without each possible prefix, each with its cost."""
    forms = [(word, 0.0)]
    if word[:1] not in rules.prefix_letters:
        return forms
    for prefix in rules.prefixes[script]:
        for form, cost in forms[:]:
            if form[0] in prefix.first_letters and (match := prefix.pattern.match(form)):
                forms.append((form[match.end() :], cost + prefix.cost))
    return forms


def plain_latin(word: str) -> str:
    """Return a Latin word without possessive ending, signs and accents.

    Accents that change the pronunciation become letters: š is sh.
    """
    word = word.removesuffix("'s")
    if _TURKISH.search(word):
        word = _TURKISH_LETTERS.sub(lambda letter: "j" if letter[0] == "c" else "i", word)
    if not word.isascii() or "'" in word:
        word = _PHARYNGEAL.sub("\N{MIDDLE DOT}h", word)
        word = unicodedata.normalize("NFD", word.translate(_ACCENTED).translate(_NO_SIGNS))
        word = "".join(char for char in word if not unicodedata.combining(char))
    return word
