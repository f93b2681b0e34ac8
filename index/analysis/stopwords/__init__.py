"""Stop words: indexed as they stand for phrases and exact search, never scored."""

from __future__ import annotations

from functools import cache
from itertools import product
from pathlib import Path

_SPELLING = str.maketrans("أإآٱیک", "اااايك")


@cache
def english() -> frozenset[str]:
    """The English list, case folded."""
    return frozenset(_words("english.txt"))


@cache
def arabic() -> frozenset[str]:
    """The Arabic list, each word also behind و and ف, in the spelling of :func:`spelling`."""
    words = {spelling(word) for word in _words("arabic.txt")}
    return frozenset(words | {conjunction + word for word in words for conjunction in "وف"})


@cache
def _kept() -> frozenset[str]:
    return frozenset(_words("arabic_kept.txt"))


def is_arabic(exact: str) -> bool:
    """Whether an Arabic word, as spelled without marks, carries grammar alone."""
    return spelling(exact) in arabic() and exact not in _kept()


def spelling(exact: str) -> str:
    """How an Arabic word is compared with the list: ا for any hamza on alef.

    ى and ي stay apart, for على (on) must not take علي (Ali) with it; a Persian ی
    counts as ي, which keeps the name.
    """
    return exact.translate(_SPELLING)


def spellings(exact: str) -> list[str]:
    """The ways in which an Arabic stop word may be written: hamzas, and ى for a final ي.

    الذى is الذي and الي is إلى; but على stays apart from علي, which is no stop word.
    """
    word = spelling(exact)
    finals = {word, word[:-1] + _OTHER_YEH.get(word[-1], word[-1])} & arabic()
    return [
        "".join(letters)
        for form in sorted(finals)
        for letters in product(*(_ALEFS if letter == "ا" else letter for letter in form))
    ]


_ALEFS = "اأإآ"
_OTHER_YEH = {"ى": "ي", "ي": "ى"}


def _words(name: str) -> list[str]:
    lines = Path(__file__).with_name(name).read_text("utf-8").splitlines()
    return [word for line in lines if not line.startswith("#") for word in line.split()]
