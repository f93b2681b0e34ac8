"""Recognise stop words: they have an exact form for phrases and exact search, but no stem."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import product
from pathlib import Path

_COMPARED = (*zip("أإآٱیک", "اااايك", strict=True),)


@cache
def english() -> frozenset[str]:
    """Return the English stop words, case folded."""
    return frozenset(_words("english.txt"))


@cache
def arabic() -> frozenset[str]:
    """Return the Arabic stop words in their :func:`compared_form`, each also behind و and ف."""
    words = {compared_form(word) for word in _words("arabic.txt")}
    return frozenset(words | {conjunction + word for word in words for conjunction in "وف"})


@cache
def arabic_kept() -> frozenset[str]:
    """Return the exact Arabic forms that look like a stop word and are none."""
    return frozenset(_words("arabic_kept.txt"))


def is_arabic_stop_word(exact: str) -> bool:
    """Whether an exact Arabic form is a stop word."""
    return compared_form(exact) in arabic() and exact not in arabic_kept()


def are_arabic_stop_words(exact: Sequence[str]) -> list[bool]:
    """Return :func:`is_arabic_stop_word` of many words, none of which has a line end."""
    words, kept = arabic(), arabic_kept()
    compared = compared_form("\n".join(exact)).split("\n") if exact else []
    pairs = zip(exact, compared, strict=True)
    return [form in words and word not in kept for word, form in pairs]


def compared_form(exact: str) -> str:
    """Return the form in which an Arabic word is looked up in the list: ا for any hamza on alef.

    ى and ي remain different, so that على (on) does not include the name علي (Ali); a
    Persian ی becomes ي, which keeps the name.
    """
    for letter, compared in _COMPARED:  # a sixth of the time of str.translate
        exact = exact.replace(letter, compared)
    return exact


def spelling_variants(exact: str) -> list[str]:
    """Return the spellings of an Arabic stop word: hamzas, and ى for a final ي.

    الذى is الذي and الي is إلى; على does not become علي, which is not a stop word.
    """
    word = compared_form(exact)
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
