"""The tables of words for the compiled kernel (``index/kernel/source/words.h``).

They are made of the tables and values that Python goes by, once a process: a rule is corrected in
one place.
"""

from __future__ import annotations

import ctypes
import re
import string
from collections.abc import Callable, Iterable, Sequence
from functools import cache

import numpy as np

from index.analysis import normalizer, roots, small_vowels, stemmer
from index.analysis.chains import MAX_JOINED_WORDS
from index.analysis.letter_tables import (
    ALPHABET,
    Array,
    StopWords,
    WordSet,
    address,
    forms_of,
    letter_pairs,
    stop_words,
    table,
    word_list,
    word_set,
)
from index.analysis.normalizer import APOSTROPHES
from index.analysis.number_groups import MIN_INTERNATIONAL
from index.analysis.script import ARABIC_LETTERS, INVISIBLE, MARK_LIKE, MARKS, language_of
from index.analysis.tokenizer import HYPHENS

_ARABIC_LETTER, _ARABIC_PART, _LATIN_LETTER, _CAPITAL, _APOSTROPHE, _HYPHEN, _DIGIT = (
    1 << bit for bit in range(7)
)
"""What a letter may be in a piece."""


class _Affixes(ctypes.Structure):
    _fields_ = (("words", WordSet), ("numbers", ctypes.c_void_p))


class WordRules(ctypes.Structure):
    """All that the kernel goes by."""

    _fields_ = (
        ("stop", StopWords),
        ("kinds", ctypes.c_void_p),
        ("exact", ctypes.c_void_p),
        ("folded", ctypes.c_void_p),
        ("bare", ctypes.c_void_p),
        ("lexical_waw", WordSet),
        ("articles", _Affixes),
        ("suffixes", WordSet),
        ("for_god", WordSet),
        ("god", WordSet),
        ("hamza_on_alef", ctypes.c_void_p),
        ("weak", ctypes.c_void_p),
        ("pronouns", WordSet),
        ("root_prefixes", _Affixes),
        ("conjunction", ctypes.c_uint32),
        ("alef", ctypes.c_uint32),
        ("feminine", ctypes.c_uint32),
        ("shortest_stem", ctypes.c_uint32),
        ("shortest_behind_article", ctypes.c_uint32),
        ("shortest_before_pronoun", ctypes.c_uint32),
        ("shortest_root", ctypes.c_uint32),
        ("most_joined_words", ctypes.c_uint32),
        ("longest_number", ctypes.c_uint32),
    )


@cache
def word_rules() -> WordRules:
    """Return the tables of words for the kernel."""
    letters = [code for code in range(ALPHABET) if normalizer.is_charwise(chr(code))]
    exact, folded = normalizer.tables()
    straight = {ord(sign): "'" for sign in APOSTROPHES}
    folded_letters = {code: folded.get(code, chr(code)) for code in letters}
    bare = forms_of(folded_letters, normalizer.strip_accents)
    return WordRules(
        stop_words(),
        address(_kinds(letters)),
        address(letter_pairs(exact | straight, letters)),
        address(letter_pairs(folded, letters)),
        address(letter_pairs(bare | straight, letters)),
        word_set(stemmer.lexical_waw()),
        _affixes(stemmer.ARTICLES, (article.find(stemmer.ALEF) for article in stemmer.ARTICLES)),
        word_list(stemmer.SUFFIXES),
        word_list([stemmer.FOR_GOD]),
        word_list([stemmer.GOD]),
        address(table(stemmer.HAMZA_ON_ALEF.__contains__, np.uint8)),
        address(table(lambda letter: not letter.translate(roots.WEAK_LETTERS), np.uint8)),
        word_list(roots.PRONOUNS),
        _affixes(*zip(*roots.PREFIXES, strict=True)),
        *map(ord, (stemmer.CONJUNCTION, stemmer.ALEF, roots.FEMININE)),
        *(stemmer.MIN_STEM_LENGTH, stemmer.MIN_BEHIND_ARTICLE),
        *(roots.MIN_BEFORE_PRONOUN, roots.MIN_LENGTH),
        *(MAX_JOINED_WORDS, MIN_INTERNATIONAL - 1),
    )


def _affixes(words: Sequence[str], numbers: Iterable[int]) -> _Affixes:
    return _Affixes(word_list(words), address(np.array([*numbers], np.int32)))


_IS_ARABIC_LETTER = re.compile(f"[{ARABIC_LETTERS}]").match
_IS_ARABIC_PART = re.compile(f"[{ARABIC_LETTERS}{MARKS}{MARK_LIKE}{INVISIBLE}]").match


def _is_digit(letter: str) -> bool:
    return letter.isdecimal() and normalizer.folded(letter) in string.digits


def _is_latin(letter: str) -> bool:
    is_cased = letter.isupper() if letter.lower() != letter else letter.islower()
    return is_cased and language_of(normalizer.exact(letter)) == "en"


_KINDS: tuple[tuple[int, Callable[[str], object]], ...] = (
    (_ARABIC_LETTER, _IS_ARABIC_LETTER),
    (_ARABIC_PART, _IS_ARABIC_PART),
    (_LATIN_LETTER, _is_latin),
    (_CAPITAL, str.isupper),
    (_APOSTROPHE, APOSTROPHES.__contains__),
    (_HYPHEN, HYPHENS.__contains__),
    (_DIGIT, _is_digit),
)


def _kinds(letters: Iterable[int]) -> Array:
    """Return what each letter may be in a piece, a bit each; 0 for letters left to Python: uint8.

    A word with a small vowel has several spellings.
    """
    kinds = np.zeros(ALPHABET, np.uint8)
    for code in letters:
        if chr(code) not in small_vowels.SMALL_VOWELS:
            kinds[code] = sum(bit for bit, is_kind in _KINDS if is_kind(chr(code)))
    return kinds
