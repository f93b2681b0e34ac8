"""The prefixes of names that do not belong to them: a name is tried with and without them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from index.analysis.lazy_pattern import lazy_pattern
from index.analysis.names.contexts import ANY, Context


class Prefix(NamedTuple):
    """An optional beginning of a name."""

    name: str
    script: str
    """``ar`` or ``en``."""
    spellings: Mapping[str, Context]
    """The letters of the prefix, in each of its spellings, and what must follow them."""
    cost: float
    """Similarity lost by removing the prefix."""
    pattern: re.Pattern[str]
    """Matches a spelling at the beginning of a name."""
    first_letters: str
    """The letters with which ``pattern`` can begin."""


def _prefix(
    name: str, script: str, cost: float, spellings: Mapping[str, tuple[str, ...]]
) -> Prefix:
    contexts = {letters: Context(following) for letters, following in spellings.items()}
    pattern = "|".join(context.pattern(letters) for letters, context in contexts.items())
    first_letters = "".join(letters[0] for letters in spellings)
    return Prefix(name, script, contexts, cost, lazy_pattern(pattern), first_letters)


_LETTER = "a-z"
_NO_VOWEL = "^aeiouy"
_SUN_LETTERS = ("sh", *"sdrnzt")

LATIN = (
    _prefix("article", "en", 0.0, dict.fromkeys(("al", "el", "ul"), (_LETTER,) * 3)),
    # as-Sarraj, an-Nayed: the article as it is pronounced before a sun letter
    _prefix(
        "article assimilated to a sun letter",
        "en",
        0.0,
        {
            vowel + sound: (*sound, *(_LETTER,) * (4 - len(sound)))
            for vowel in "ae"
            for sound in _SUN_LETTERS
        },
    ),
    # Idris and Driss, Ibrahim and Brahim
    _prefix(
        "vowel before two consonants",
        "en",
        0.04,
        dict.fromkeys("ei", (_NO_VOWEL, _NO_VOWEL, ANY, ANY)),
    ),
)
"""Prefixes of Latin spellings."""

_VOWELS = "اأإآىوةيئءؤ"

ARABIC = (
    _prefix("conjunction", "ar", 0.03, dict.fromkeys("وف", (ANY,) * 4)),
    _prefix("preposition and article", "ar", 0.03, dict.fromkeys(("بال", "كال", "لل"), (ANY,) * 3)),
    _prefix("article", "ar", 0.0, {"ال": (ANY,) * 3}),
    # Driss إدريس, Brahim إبراهيم, Scotland إسكتلندا: a vowel before two consonants
    _prefix(
        "vowel before two consonants",
        "ar",
        0.04,
        dict.fromkeys("اإ", (f"^{_VOWELS}ل", f"^{_VOWELS}", ANY, ANY)),
    ),
    # Lakhdar الأخضر, Larbi العربي: the l of the article has become part of the name
    _prefix("vowel of the article", "ar", 0.04, {"ا": ("ل", "اأإع", ANY, ANY)}),
)
"""Prefixes of Arabic spellings, in the order in which they occur in a word."""
