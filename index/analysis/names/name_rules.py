"""The tables of names for the compiled kernel (``index/kernel/source/names.h``).

They are made of the tables and values that Python goes by, once a process: a rule is corrected in
one place.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from index.analysis.letter_tables import (
    ALPHABET,
    StopWords,
    address,
    forms_of,
    letter_pairs,
    stop_words,
    table,
)
from index.analysis.names.contexts import Context
from index.analysis.names.phonetic_keys import MIN_PHONEMES_SHORT_KEY
from index.analysis.names.phonology import FIRST_END_CODE, Array, Phonology
from index.analysis.names.pronunciations import (
    DIGRAPHS,
    OFTEN_DOUBLED,
    PLURAL,
    PLURAL_COST,
    TURKISH,
    plain_latin,
)
from index.analysis.names.transcription import CONTEXTS, Transcriber
from index.analysis.names.verification import MAX_LENGTH, MIN_LENGTH
from index.analysis.script import is_arabic

_CLASS = 0x8000
_FIRST, _LAST = 1, 2
_LETTERS, _PHONEMES = 8, 8
"""Places of a pattern."""
_PATTERN = np.dtype(
    [("letters", np.uint16, _LETTERS)]
    + [(name, np.uint8) for name in ("own", "total", "before", "place", "cost", "count")]
    + [("phonemes", np.uint8, _PHONEMES)]
)
_SOUND = np.dtype([("count", np.uint8), ("phonemes", np.uint8, 3)])
_KEY_PART = np.dtype([("length", np.uint8), ("letters", np.uint8, 3)])
_KEY_PARTS = np.dtype([("count", np.uint64), ("parts", _KEY_PART, 4)])


class _Script(ctypes.Structure):
    _fields_ = (
        ("first_rule", ctypes.c_void_p),
        ("rules", ctypes.c_void_p),
        ("alone", ctypes.c_void_p),
        ("prefixes", ctypes.c_void_p),
        ("prefix_of", ctypes.c_void_p),
        ("spellings", ctypes.c_uint64),
    )


class NameRules(ctypes.Structure):
    """All that the kernel goes by."""

    _fields_ = (
        ("stop", StopWords),
        ("latin", _Script),
        ("arabic", _Script),
        ("classes", ctypes.c_void_p),
        ("plain", ctypes.c_void_p),
        ("is_arabic", ctypes.c_void_p),
        ("is_digit", ctypes.c_void_p),
        ("plural", ctypes.c_uint8 * _PATTERN.itemsize),
        ("first_keys", ctypes.c_void_p),
        ("later_keys", ctypes.c_void_p),
        ("digraph_class", ctypes.c_uint32),
        ("often_doubled_class", ctypes.c_uint32),
        ("shortest", ctypes.c_uint32),
        ("longest", ctypes.c_uint32),
        ("short_key_phonemes", ctypes.c_uint32),
    )


class _Classes:
    """Classes of letters, each the inside of a character class of ``re``, numbered as they come."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def number(self, letters: str) -> int:
        return self._numbers.setdefault(letters, len(self._numbers))

    def bits(self) -> Array:
        """Return the classes of each letter, a bit each: uint32."""
        found = np.zeros(ALPHABET, np.uint32)
        alphabet = "".join(map(chr, range(ALPHABET)))
        for letters, number in self._numbers.items():
            for run in re.finditer(f"[{letters}]+", alphabet):
                found[run.start() : run.end()] |= np.uint32(1 << number)
        return found


class _Pattern(NamedTuple):
    """Letters in a context, and what becomes of them."""

    letters: str
    context: Context
    phonemes: bytes = b""
    cost: float = 0.0


@cache
def name_rules(rules: Phonology) -> NameRules:
    """Return the tables of names for the kernel. Raises ValueError if one of them is too long."""
    classes = _Classes()
    letters = {code: chr(code) for code in range(ALPHABET) if chr(code) not in TURKISH}
    plural = [*map(classes.number, PLURAL)]
    scripts = [_script(rules, name, classes) for name in ("en", "ar")]
    digraphs, often_doubled = (1 << classes.number(each) for each in (DIGRAPHS, OFTEN_DOUBLED))
    return NameRules(
        stop_words(),
        *scripts,
        address(classes.bits()),
        address(letter_pairs(forms_of(letters, _plain), letters)),
        address(table(is_arabic, np.uint8)),
        address(table(str.isdigit, np.uint8)),
        (ctypes.c_uint8 * _PATTERN.itemsize)(*_ending(plural, PLURAL_COST).tobytes()),
        address(_key_parts(phoneme.initial_keys for phoneme in rules.phonemes.values())),
        address(_key_parts(phoneme.keys for phoneme in rules.phonemes.values())),
        *(digraphs, often_doubled),
        *(MIN_LENGTH, MAX_LENGTH, MIN_PHONEMES_SHORT_KEY),
    )


def _script(rules: Phonology, script: str, classes: _Classes) -> _Script:
    transcriber = rules.latin if script == "en" else rules.arabic
    patterns = sorted(_rules(transcriber, rules), key=lambda pattern: pattern.letters[0])
    firsts = [ord(pattern.letters[0]) for pattern in patterns]
    first_rule = np.searchsorted(firsts, np.arange(ALPHABET + 1)).astype(np.uint32)
    spellings = [
        (_Pattern(letters, context, cost=prefix.cost), number)
        for number, prefix in enumerate(rules.prefixes[script])
        for letters, context in prefix.spellings.items()
    ]
    return _Script(
        address(first_rule),
        address(_patterns(patterns, classes)),
        address(_alone(transcriber, rules)),
        address(_patterns([pattern for pattern, _ in spellings], classes)),
        address(np.array([number for _, number in spellings], np.uint8)),
        len(spellings),
    )


def _rules(transcriber: Transcriber, rules: Phonology) -> Iterable[_Pattern]:
    for rule in transcriber.rules:
        codes = _codes(rule.phonemes.translate(transcriber.by_letter), rules)
        yield _Pattern(rule.letters, CONTEXTS[rule.context], codes)


def _codes(phonemes: str, rules: Phonology) -> bytes:
    return phonemes.translate(rules.codes).encode("latin-1")


def _alone(transcriber: Transcriber, rules: Phonology) -> Array:
    """Return the phonemes of each letter to which no rule applies."""
    sounds = np.zeros(ALPHABET, _SOUND)
    for code, phonemes in transcriber.by_letter.items():
        if code < ALPHABET:
            codes = _codes(phonemes, rules)
            sounds[code] = (len(codes), _padded(codes, 3))
    return sounds


def _patterns(patterns: Sequence[_Pattern], classes: _Classes) -> Array:
    rows = np.zeros(len(patterns), _PATTERN)
    for row, (letters, context, phonemes, cost) in zip(rows, patterns, strict=True):
        following = [_CLASS | classes.number(each) for each in context.following]
        row["letters"] = _padded([*map(ord, letters), *following], _LETTERS)
        row["own"], row["total"] = len(letters), len(letters) + len(following)
        row["before"] = context.before
        row["place"] = _FIRST * context.first | _LAST * context.last
        row["cost"] = round(cost * 100)
        row["count"], row["phonemes"] = len(phonemes), _padded(phonemes, _PHONEMES)
    return rows


def _ending(classes: Sequence[int], cost: float) -> Array:
    """Return the pattern of letters of these classes at the end of a word."""
    row = np.zeros((), _PATTERN)
    row["letters"] = _padded([_CLASS | each for each in classes], _LETTERS)
    row["own"] = row["total"] = len(classes)
    row["place"], row["cost"] = _LAST, round(cost * 100)
    return row


def _plain(letters: str) -> str:
    """Return letters without their accents, as they are in a word with accents."""
    return plain_latin("é" + letters)[1:]


def _key_parts(phonemes: Iterable[Sequence[str]]) -> Array:
    """Return the letters that each phoneme may have in a key."""
    rows = np.zeros(FIRST_END_CODE, _KEY_PARTS)
    for code, parts in enumerate(phonemes):
        padded = [(len(part), _padded(part.encode(), 3)) for part in parts]
        rows[code] = len(parts), _padded(padded, 4, (0, [0] * 3))
    return rows


def _padded(values: Sequence[Any], places: int, empty: Any = 0) -> list[Any]:
    if len(values) > places:
        raise ValueError(f"{len(values)} values in a table of the kernel with {places} places.")
    return [*values, *[empty] * (places - len(values))]
