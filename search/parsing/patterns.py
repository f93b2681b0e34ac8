"""Which words of a query are patterns: ``lib?a``, ``*bya``, ``l*a``.

``?`` and ``؟`` are one letter and ``*`` is any number of them, within a word of letters and
digits. At the end of a word a question mark ends a question, unless the query is that word
alone: then the word is searched as well as those with a letter more.
"""

from __future__ import annotations

import re

from index.analysis.normalizer import APOSTROPHES
from index.analysis.script import MARKS
from index.analysis.tokenizer import HYPHENS
from search.parsing.field_values import FIELD, FILTERS

PUNCTUATION = ",;?!،؛؟"
"""Signs that are no part of a word at its end."""
PUNCTUATION_BUT_QUESTION_MARKS = ",;!،؛"
SIGN = re.compile("[?؟*]")
"""A sign of a pattern."""
_MIN_LETTERS = 2
"""Letters of a pattern; with one it would fit a good part of all words."""
_MIN_DIGITS = 3
"""Digits of a pattern without letters: 5*5 is arithmetic."""
_PATTERN = re.compile(rf"[\w{MARKS}{APOSTROPHES}?؟*{HYPHENS[1:]}-]+")
_HYPHEN = re.compile(f"[{HYPHENS}]")


def is_pattern(text: str) -> bool:
    """Whether a word is a pattern, of which each part between hyphens is definite enough."""
    if not SIGN.search(text) or not _PATTERN.fullmatch(text):
        return False
    return all(_is_definite(part) for part in _HYPHEN.split(text) if SIGN.search(part))


def ends_as_pattern(text: str) -> bool:
    """Whether a word with its punctuation ends with a question mark and may be a pattern."""
    bare = text.rstrip(PUNCTUATION_BUT_QUESTION_MARKS)
    return bare.endswith(("?", "؟")) and is_pattern(bare)


def is_single_word(query: str) -> bool:
    """Whether a query has one word besides its filters."""
    fields = (FIELD.match(word.lstrip("+-(")) for word in query.split())
    return sum(not field or field[1].lower() not in (*FILTERS, "sort") for field in fields) == 1


def _is_definite(part: str) -> bool:
    letters, digits = sum(map(str.isalpha, part)), sum(map(str.isdigit, part))
    return letters + digits >= (_MIN_LETTERS if letters else _MIN_DIGITS)
