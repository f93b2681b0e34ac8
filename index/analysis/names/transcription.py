"""Transcribe words to phonemes by the rules of their script."""

from __future__ import annotations

import re

from index.analysis.names.rule_tables import Rule

CONTEXTS = {
    "any": "",
    "start": r"(?<=\A{})",
    "end": r"\Z",
    "soft": "(?=[eiy])",
    "onset": "(?=[aeiouy])",
    "sun": "(?<=...{})(?=[تثدذرزسشصضطظن])",
}
"""The condition of each context, as a pattern behind the letters of a rule; ``{}`` becomes
one dot for each letter."""
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
        self._by_letter = _SilentByDefault(
            str.maketrans(unchanged | {letter: r.phonemes for letter, r in everywhere.items()})
        )
        rest = sorted(
            (r for r in rules if everywhere.get(r.letters) is not r),
            key=lambda r: (-len(r.letters), r.context == "any"),
        )
        self._pattern = re.compile("|".join(map(_branch, rest)) or "(?!)")
        self._by_branch = ["", *(r.phonemes for r in rest)]
        self._cache: dict[str, str] = {}

    def __call__(self, word: str) -> str:
        """Return the phonemes of a word, one character each; the last words are cached."""
        cached = self._cache.get(word)
        if cached is None:
            if len(self._cache) >= _CACHE_SIZE:
                self._cache.clear()
            replaced = self._pattern.sub(self._phonemes_of_branch, word)
            cached = self._cache[word] = replaced.translate(self._by_letter)
        return cached

    def _phonemes_of_branch(self, match: re.Match[str]) -> str:
        return self._by_branch[match.lastindex or 0]


class _SilentByDefault(dict[int, str]):
    """Code points to phonemes; a character without a rule is silent."""

    def __missing__(self, code: int) -> str:
        return ""


def _branch(rule: Rule) -> str:
    """Return the pattern of a rule, with an empty group at its end that identifies it.

    The group is last because ``re`` skips a branch by its first letter.
    """
    return rule.letters + CONTEXTS[rule.context].format("." * len(rule.letters)) + "()"
