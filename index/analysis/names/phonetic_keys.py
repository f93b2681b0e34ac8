"""Compute the phonetic keys of a word: spellings of one name have a key in common."""

from __future__ import annotations

from collections.abc import Iterable

from index.analysis.lazy_pattern import lazy_pattern
from index.analysis.names.phonology import Phonology, phonology
from index.analysis.names.pronunciations import Pronunciation, pronunciations

MAX_KEYS = 16
"""Keys of one pronunciation. Beyond it a phoneme contributes only its first letter: a word of
twenty letters is a compound, and its first keys are as good as all of them."""
MIN_PHONEMES_SHORT_KEY = 4
"""Phonemes that a pronunciation must have for a key of one letter: زاوية (Zawiya) is
distinguished from other words by its vowels, ما and he are not."""

_REPEATED = lazy_pattern(r"(.)\1+")


def name_keys(word: str, rules: Phonology | None = None) -> tuple[str, ...]:
    """Return the distinct keys of an exact word of either script, in a fixed order.

    Empty for a word of a third script, a number, or a word with too few phonemes.
    """
    rules = rules or phonology()
    return pronunciation_keys(pronunciations(word, rules), rules)


def pronunciation_keys(of_word: Iterable[Pronunciation], rules: Phonology) -> tuple[str, ...]:
    """Return the distinct keys of the pronunciations of a word, in a fixed order."""
    keys: dict[str, None] = {}
    for phonemes, _ in of_word:
        for key in _raw_keys(phonemes, rules) if phonemes else ():
            if len(key) > 1 or (key and len(phonemes) >= MIN_PHONEMES_SHORT_KEY):
                keys[_without_repetitions(key)] = None
    return tuple(keys)


def _without_repetitions(key: str) -> str:
    """Return the key with doubled letters single, because they may be written once: Allah الله.

    A key of one repeated letter keeps two: Sisi, Tetteh.
    """
    if len(set(key)) == len(key):
        return key  # the usual case, in a third of the time of a search for repetitions
    short = _REPEATED.sub(r"\1", key)
    return short if len(short) > 1 else key[:2]


def _raw_keys(phonemes: str, rules: Phonology) -> list[str]:
    """Return the phonemes in the letters of keys, once for each choice among alternatives."""
    plain, *rest = rules.ambiguous.split(phonemes[1:].translate(rules.key_letters))
    keys = [letter + plain for letter in rules.phonemes[phonemes[0]].initial_keys]
    for phoneme, plain in zip(rest[::2], rest[1::2], strict=True):
        letters = rules.phonemes[phoneme].keys
        if len(keys) * len(letters) > MAX_KEYS:
            letters = letters[:1]
        keys = [key + letter + plain for key in keys for letter in letters]
    return keys
