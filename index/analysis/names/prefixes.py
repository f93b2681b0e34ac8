"""The prefixes of names that do not belong to them: a name is tried with and without them."""

from __future__ import annotations

import re
from typing import NamedTuple


class Prefix(NamedTuple):
    """An optional beginning of a name."""

    name: str
    script: str
    """``ar`` or ``en``."""
    pattern: re.Pattern[str]
    first_letters: str
    """The letters with which ``pattern`` can begin."""
    cost: float
    """Similarity lost by removing the prefix."""


LATIN = (
    Prefix("article", "en", re.compile("(?:al|el|ul)(?=[a-z]{3})"), "aeu", 0.0),
    # as-Sarraj, an-Nayed: the article as it is pronounced before a sun letter
    Prefix(
        "article assimilated to a sun letter",
        "en",
        re.compile("[ae](?:sh(?=sh)|([sdrnzt])(?=\\1))(?=[a-z]{4})"),
        "ae",
        0.0,
    ),
    # Idris and Driss, Ibrahim and Brahim
    Prefix("vowel before two consonants", "en", re.compile("[ei](?=[^aeiouy]{2}..)"), "ei", 0.04),
)
"""Prefixes of Latin spellings."""

_VOWELS = "اأإآىوةيئءؤ"

ARABIC = (
    Prefix("conjunction", "ar", re.compile("[وف](?=....)"), "وف", 0.03),
    Prefix("preposition and article", "ar", re.compile("(?:[بك]ال|لل)(?=...)"), "بكل", 0.03),
    Prefix("article", "ar", re.compile("ال(?=...)"), "ا", 0.0),
    # Driss إدريس, Brahim إبراهيم, Scotland إسكتلندا: a vowel before two consonants
    Prefix(
        "vowel before two consonants",
        "ar",
        re.compile(f"[اإ](?!ل)(?=[^{_VOWELS}]{{2}}..)"),
        "اإ",
        0.04,
    ),
    # Lakhdar الأخضر, Larbi العربي: the l of the article has become part of the name
    Prefix("vowel of the article", "ar", re.compile("ا(?=ل[اأإع]..)"), "ا", 0.04),
)
"""Prefixes of Arabic spellings, in the order in which they occur in a word."""
