"""What letters sound like, as tables: the one place to correct a rule.

``latin.txt``, ``arabic.txt``   letters to sounds, with an example a line
``sounds.txt``                  what a sound weighs, and the letters it has in a key
``costs.txt``                   how far two sounds are from each other

The sounds are the same for both scripts, one character each, so that a spelling in
one can be laid beside a spelling in the other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.analysis.names.prefixes import ARABIC, LATIN, Prefix

END = 128
"""The first byte that is no number of a sound; there are fewer sounds."""
FAR = 200
"""What it costs, in hundredths, that a sound stands for one it never stands for: as much as
leaving both out."""
Array = NDArray[Any]
_REMEMBERED = 1 << 14
"""Words whose sounds are kept at hand: a word and its prefixed forms come together."""
PLACES = {
    "any": "",
    "start": r"(?<=\A{})",
    "end": r"\Z",
    "soft": "(?=[eiy])",
    "onset": "(?=[aeiouy])",
    "sun": "(?<=...{})(?=[تثدذرزسشصضطظن])",
}
"""Where a rule holds, as what follows its letters in a pattern; ``{}`` is their number."""


class Rule(NamedTuple):
    """Letters that sound so in a place."""

    letters: str
    place: str
    sounds: str


class Sound(NamedTuple):
    """What a sound is to keys and to similarity."""

    keys: tuple[str, ...]
    """The letters it may have in a key, any of them enough to meet."""
    first: tuple[str, ...]
    """The same where the word begins with it."""
    weight: float
    """How much of a word it is; a consonant is 1."""
    gap: float
    """What it costs to find nothing in the other word where it stands."""


class Tables(NamedTuple):
    """The tables as they are read."""

    latin: tuple[Rule, ...]
    arabic: tuple[Rule, ...]
    sounds: Mapping[str, Sound]
    costs: Mapping[tuple[str, str], float]
    prefixes: tuple[Prefix, ...] = (*LATIN, *ARABIC)


class _Letters(dict[int, str]):
    """Code points to sounds; a sign that no rule knows is silent."""

    def __missing__(self, code: int) -> str:
        return ""


class Reader:
    """The rules of a script, ready to read a word.

    A letter alone that sounds the same everywhere is translated; everything else is
    a pattern before that. A sound of a pattern is therefore no letter with a sound of
    its own in the same script, or it would be read twice.
    """

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        everywhere = {r.letters: r for r in rules if len(r.letters) == 1 and r.place == "any"}
        heard = {sound: sound for rule in rules for sound in rule.sounds}
        self._letters = _Letters(
            str.maketrans(heard | {letter: r.sounds for letter, r in everywhere.items()})
        )
        rest = sorted(
            (r for r in rules if everywhere.get(r.letters) is not r),
            key=lambda r: (-len(r.letters), r.place == "any"),
        )
        # The group of a branch stands at its end: re skips a branch by its first letter.
        branches = (r.letters + PLACES[r.place].format("." * len(r.letters)) + "()" for r in rest)
        self._pattern = re.compile("|".join(branches) or "(?!)")
        self._sounds = ["", *(r.sounds for r in rest)]
        self._known: dict[str, str] = {}

    def __call__(self, word: str) -> str:
        """The sounds of a word in the letters of the table; the last words are remembered."""
        known = self._known.get(word)
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            heard = self._pattern.sub(self._heard, word)
            known = self._known[word] = heard.translate(self._letters)
        return known

    def _heard(self, found: re.Match[str]) -> str:
        return self._sounds[found.lastindex or 0]


@dataclass(frozen=True, slots=True, eq=False)
class Phonology:
    """The tables, ready for use."""

    latin: Reader
    arabic: Reader
    prefixes: Mapping[str, tuple[Prefix, ...]]
    """By script."""
    begins: frozenset[str]
    """The letters that a prefix may begin with."""
    sounds: Mapping[str, Sound]
    letters: Mapping[int, str]
    """A sound with one letter in keys to that letter; every other stands for itself."""
    ambiguous: re.Pattern[str]
    """A sound with several letters in keys."""
    numbers: Mapping[int, str]
    """A sound to a character with its number."""
    weights: Array
    """int16, a byte each: what the sound with that number weighs, in hundredths; others nothing."""
    gaps: Array
    """The same of what it costs to leave it out."""
    costs: Array
    """int16, bytes by bytes: what it costs that one sound stands for another."""

    @classmethod
    def of(cls, tables: Tables) -> Phonology:
        """The tables made ready."""
        return cls(
            Reader(tables.latin),
            Reader(tables.arabic),
            {s: tuple(p for p in tables.prefixes if p.script == s) for s in ("ar", "en")},
            frozenset(letter for prefix in tables.prefixes for letter in prefix.begins),
            tables.sounds,
            str.maketrans({n: s.keys[0] for n, s in tables.sounds.items() if len(s.keys) == 1}),
            re.compile(
                "([" + "".join(n for n, s in tables.sounds.items() if len(s.keys) > 1) + "])"
            ),
            str.maketrans({sound: chr(place) for place, sound in enumerate(tables.sounds)}),
            *_numbered(tables),
        )


def _numbered(tables: Tables) -> tuple[Array, Array, Array]:
    """What sounds weigh, what it costs to leave one out, and to take one for another."""
    number = {sound: place for place, sound in enumerate(tables.sounds)}
    weights, gaps = np.zeros((2, 256), np.int16)
    for place, sound in enumerate(tables.sounds.values()):
        weights[place], gaps[place] = round(sound.weight * 100), round(sound.gap * 100)
    costs = np.full((256, 256), FAR, np.int16)
    np.fill_diagonal(costs, 0)
    for pair, cost in tables.costs.items():
        one, other = (number[sound] for sound in pair)
        if one != other:
            costs[one, other] = costs[other, one] = round(cost * 100)
    return weights, gaps, costs


@cache
def phonology() -> Phonology:
    """The tables beside this file, made ready."""
    return Phonology.of(tables())


def tables() -> Tables:
    """The tables beside this file."""
    return Tables(_rules("latin.txt"), _rules("arabic.txt"), _sounds(), _costs())


def _rules(name: str) -> tuple[Rule, ...]:
    return tuple(
        Rule(letters, place, sounds.replace("-", "")) for letters, place, sounds, *_ in _lines(name)
    )


def _sounds() -> dict[str, Sound]:
    return {
        name: Sound(_alternatives(keys), _alternatives(first), float(weight), float(gap))
        for name, keys, first, weight, gap, *_ in _lines("sounds.txt")
    }


def _alternatives(column: str) -> tuple[str, ...]:
    return tuple(column.replace("-", "").split(","))


def _costs() -> dict[tuple[str, str], float]:
    return {
        (one, other): float(cost)
        for some, others, cost, *_ in _lines("costs.txt")
        for one in some
        for other in others
    }


def _lines(name: str) -> list[list[str]]:
    """The columns of a table, without its remarks."""
    text = Path(__file__).with_name(name).read_text("utf-8")
    return [line.split() for line in text.splitlines() if line and not line.startswith("#")]
