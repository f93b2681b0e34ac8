"""The clause of a word: as it is, a prefix, a pattern such as ``lib?a`` and ``*bya``, or fuzzy.

In a pattern ``?`` and ``؟`` are one letter and ``*`` is any number of them, within a word of
letters and digits. At the end of a word a question mark ends a question, unless the query is
that word alone: then the word is searched as well as those with a letter more.
"""

from __future__ import annotations

from index.analysis.lazy_pattern import lazy_pattern
from index.analysis.normalizer import APOSTROPHES
from index.analysis.script import MARKS
from index.analysis.tokenizer import HYPHENS
from search.parsing.ast import Clause, Fuzzy, ParsedGroup, Prefix, Wildcard, Word
from search.parsing.field_values import FIELD, FILTERS

_PUNCTUATION = ",;?!،؛؟"
"""Signs that are no part of a word at its end."""
_PUNCTUATION_BUT_QUESTION_MARKS = ",;!،؛"
_SIGN = lazy_pattern("[?؟*]")
"""A sign of a pattern."""
_MIN_LETTERS = 2
"""Letters of a pattern; with one it would fit a good part of all words."""
_MIN_DIGITS = 3
"""Digits of a pattern without letters: 5*5 is arithmetic."""
_PATTERN = lazy_pattern(rf"[\w{MARKS}{APOSTROPHES}?؟*{HYPHENS[1:]}-]+")
_HYPHEN = lazy_pattern(f"[{HYPHENS}]")
_FUZZY = lazy_pattern(r"(.+)~(\d*)")
_MAX_DISTANCE = 2
"""Edit distance of a fuzzy word."""
_MAX_DIGITS = 4
"""Digits of a number behind ``~``: nobody means more than 9,999."""


def word_clause(value: str, *, alone: bool) -> Clause | None:
    """Return the clause of a word with the punctuation behind it; None for none.

    ``alone`` says that it is the only word of the query.
    """
    clause = _clause(value.rstrip(_PUNCTUATION))
    pattern = value.rstrip(_PUNCTUATION_BUT_QUESTION_MARKS)
    if alone and clause and pattern.endswith(("?", "؟")) and _is_pattern(pattern):
        return ParsedGroup(should=(clause, Wildcard(pattern)))
    return clause


def _clause(text: str) -> Clause | None:
    if len(text) > 1 and text.endswith("*") and not _SIGN.search(text.rstrip("*")):
        return Prefix(text.rstrip("*"))
    if _is_pattern(text):
        return Wildcard(text)
    fuzzy = _FUZZY.fullmatch(text)
    if fuzzy:
        return Fuzzy(fuzzy[1], min(_MAX_DISTANCE, trailing_number(fuzzy[2])))
    return Word(text) if text else None


def trailing_number(digits: str) -> int:
    """Return the number behind ``~``; 1 if there is none."""
    return int(digits[:_MAX_DIGITS]) if digits else 1


def _is_pattern(text: str) -> bool:
    """Whether a word is a pattern, of which each part between hyphens is definite enough."""
    if not _SIGN.search(text) or not _PATTERN.fullmatch(text):
        return False
    return all(_is_definite(part) for part in _HYPHEN.split(text) if _SIGN.search(part))


def is_single_word(query: str) -> bool:
    """Whether a query has one word besides its filters."""
    fields = (FIELD.match(word.lstrip("+-(")) for word in query.split())
    return sum(not field or field[1].lower() not in (*FILTERS, "sort") for field in fields) == 1


def _is_definite(part: str) -> bool:
    letters, digits = sum(map(str.isalpha, part)), sum(map(str.isdigit, part))
    return letters + digits >= (_MIN_LETTERS if letters else _MIN_DIGITS)
