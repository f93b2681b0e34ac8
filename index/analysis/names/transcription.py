"""Transcribe words to phonemes by the rules of their script."""

from __future__ import annotations

import re
from collections.abc import Mapping

from index.analysis.lazy_pattern import lazy_pattern
from index.analysis.names.contexts import Context
from index.analysis.names.rule_tables import Rule

CONTEXTS = {
    "any": Context(),
    "start": Context(first=True),
    "end": Context(last=True),
    "soft": Context(("eiy",)),
    "onset": Context(("aeiouy",)),
    "sun": Context(("تثدذرزسشصضطظن",), before=3),
}
"""The contexts of the tables."""
_CACHE_SIZE = 1 << 14
"""Words whose phonemes are cached: a word and its prefixed forms occur together."""


class Transcriber:
    """Transcribes words of one script to phonemes.

    A letter with one pronunciation in every context is translated by a table of
    characters; all other rules form one pattern, which is applied before. A phoneme
    written by the pattern must not be a letter that the table translates to something
    else, or it would be translated twice.
    """

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        everywhere = {r.letters: r for r in rules if len(r.letters) == 1 and r.context == "any"}
        unchanged = {phoneme: phoneme for rule in rules for phoneme in rule.phonemes}
        self.by_letter: Mapping[int, str] = _SilentByDefault(
            str.maketrans(unchanged | {letter: r.phonemes for letter, r in everywhere.items()})
        )
        """Code points to phonemes, where no rule applies."""
        self.rules = sorted(
            (r for r in rules if everywhere.get(r.letters) is not r),
            key=lambda r: (-len(r.letters), r.context == "any"),
        )
        """All other rules: of those that match, the first one applies."""
        self._pattern = lazy_pattern("|".join(map(_branch, self.rules)) or "(?!)")
        self._by_branch = ["", *(r.phonemes for r in self.rules)]
        self._cache: dict[str, str] = {}

    def __call__(self, word: str) -> str:
        """Return the phonemes of a word, one character each; the last words are cached."""
        cached = self._cache.get(word)
        if cached is None:
            if len(self._cache) >= _CACHE_SIZE:
                self._cache.clear()
            replaced = self._pattern.sub(self._phonemes_of_branch, word)
            cached = self._cache[word] = replaced.translate(self.by_letter)
        return cached

    def _phonemes_of_branch(self, match: re.Match[str]) -> str:
        return self._by_branch[match.lastindex or 0]


class _SilentByDefault(dict[int, str]):
    """Code points to phonemes; a character without a rule is silent."""

    def __missing__(self, code: int) -> str:
        return ""


def _branch(rule: Rule) -> str:
    """Return the pattern of a rule, with an empty group at its end that identifies it."""
    return CONTEXTS[rule.context].pattern(rule.letters) + "()"
