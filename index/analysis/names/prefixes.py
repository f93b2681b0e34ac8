"""What may stand before a name and not belong to it, and is left out to try."""

from __future__ import annotations

import re
from typing import NamedTuple


class Prefix(NamedTuple):
    """A beginning that is tried without."""

    name: str
    script: str
    """``ar`` or ``en``."""
    pattern: re.Pattern[str]
    begins: str
    """The letters that it may begin with."""
    cost: float
    """What similarity loses where it was left out."""


LATIN = (
    Prefix("article", "en", re.compile("(?:al|el|ul)(?=[a-z]{3})"), "aeu", 0.0),
    # as-Sarraj, an-Nayed: the article as it is heard before a letter of the sun
    Prefix(
        "article heard as the letter behind it",
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
    # Lakhdar الأخضر, Larbi العربي: the l of the article, grown into the name
    Prefix("vowel of the article", "ar", re.compile("ا(?=ل[اأإع]..)"), "ا", 0.04),
)
"""Prefixes of Arabic spellings, in the order in which they stand."""
