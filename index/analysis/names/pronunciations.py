"""A word to the forms in which it may be a name: with its prefixes and without, as sounds."""

from __future__ import annotations

import re
import unicodedata

from index.analysis.names.phonology import Phonology
from index.analysis.normalizer import APOSTROPHES
from index.analysis.script import is_arabic

Pronunciation = tuple[str, float]
"""The sounds of a form, and what similarity loses for what was left out."""

# Accents that say how a letter sounds; all others are taken off.
_ACCENTED = str.maketrans(
    {"š": "sh", "ş": "sh", "ș": "sh", "ŝ": "sh", "č": "ch", "ć": "ch", "ç": "ch", "ž": "zh"}
    | {"ğ": "gh", "ġ": "gh", "ḡ": "gh", "ḫ": "kh", "ẖ": "kh", "ḵ": "kh", "ṯ": "th", "ḏ": "dh"}
    | {"ð": "dh", "þ": "th", "ñ": "ny", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "ə": "a"}
    | {"æ": "ae", "œ": "oe", "ß": "ss"}
)
_SIGNS = str.maketrans(dict.fromkeys(APOSTROPHES + "-\u2010\u2011"))
# A doubled letter is one letter in Arabic; aa ee oo and ss have rules of their own.
_DOUBLED = re.compile(r"([^aeios])\1+|([aeios])\2(?=\2)")


def forms(word: str, phonology: Phonology) -> list[Pronunciation]:
    """The forms of an exact word, as it stands first; a word of another script has no sounds."""
    if word > "\u05ff" and is_arabic(word[0]):
        return [(phonology.arabic(form), cost) for form, cost in _without(word, "ar", phonology)]
    return [
        (phonology.latin(_DOUBLED.sub(r"\1\2", form)), cost)
        for form, cost in _singular(_without(_plain(word), "en", phonology))
    ]


def _singular(forms: list[tuple[str, float]]) -> list[tuple[str, float]]:
    """The forms, and those of them that may be of many as they are of one."""
    return forms + [(form[:-1], cost + PLURAL_COST) for form, cost in forms if _PLURAL.search(form)]


def _without(word: str, script: str, phonology: Phonology) -> list[tuple[str, float]]:
    """The word, and what is left of it without each of the prefixes that it may have."""
    found = [(word, 0.0)]
    if word[:1] not in phonology.begins:
        return found
    for prefix in phonology.prefixes[script]:
        for form, cost in found[:]:
            if form[0] in prefix.begins and (begun := prefix.pattern.match(form)):
                found.append((form[begun.end() :], cost + prefix.cost))
    return found


_PLURAL = re.compile("(?<=[a-z]{4}[^aisu])s$")
"""Normans, Mongols: the English ending of many, which Arabic has its own for."""
PLURAL_COST = 0.04


def _plain(word: str) -> str:
    """A Latin word without its possessive and signs, and with the accents that count as letters."""
    word = word.removesuffix("'s")
    if not word.isascii() or "'" in word:
        word = unicodedata.normalize("NFD", word.translate(_ACCENTED).translate(_SIGNS))
        word = "".join(char for char in word if not unicodedata.combining(char))
    return word
