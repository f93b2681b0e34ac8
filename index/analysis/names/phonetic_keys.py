"""The keys of a word: two spellings of one name have one in common."""

from __future__ import annotations

import re
from collections.abc import Iterable

from index.analysis.names.phonology import Phonology, phonology
from index.analysis.names.pronunciations import Pronunciation, forms

MOST = 16
"""Keys of one form at the most. Beyond, a sound has its first letter alone: a word of
twenty letters is a compound, and its first keys are as good as all of them."""
VOWELLED = 4
"""Sounds that a form with one consonant must have for a key: زاوية (Zawiya) is told apart
from other words by its vowels, and ما or he is not."""

_REPEATED = re.compile(r"(.)\1+")


def keys(word: str, rules: Phonology | None = None) -> tuple[str, ...]:
    """The keys of an exact word of either script, in a fixed order and none twice.

    None for a word of another script, a number, or one with too little in it to tell.
    """
    rules = rules or phonology()
    return keys_of(forms(word, rules), rules)


def keys_of(forms: Iterable[Pronunciation], rules: Phonology) -> tuple[str, ...]:
    """The same of a word's forms."""
    found: dict[str, None] = {}
    for sounds, _ in forms:
        for letters in _written(sounds, rules) if sounds else ():
            if len(letters) > 1 or (letters and len(sounds) >= VOWELLED):
                found[_single(letters)] = None
    return tuple(found)


def _single(letters: str) -> str:
    """The letters without repetitions, for a doubled one may be written once: Allah الله.

    What is nothing but one letter keeps it twice: Sisi, Tetteh.
    """
    if len(set(letters)) == len(letters):
        return letters  # most are; a third of the time of looking for a repetition
    short = _REPEATED.sub(r"\1", letters)
    return short if len(short) > 1 else letters[:2]


def _written(sounds: str, rules: Phonology) -> list[str]:
    """Every way to write sounds in the letters of keys."""
    plain, *rest = rules.ambiguous.split(sounds[1:].translate(rules.letters))
    found = [letter + plain for letter in rules.sounds[sounds[0]].first]
    for sound, plain in zip(rest[::2], rest[1::2], strict=True):
        letters = rules.sounds[sound].keys
        if len(found) * len(letters) > MOST:
            letters = letters[:1]
        found = [key + letter + plain for key in found for letter in letters]
    return found
