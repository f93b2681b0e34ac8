"""Read the tables of pronunciation rules: the one place to correct a rule.

``latin.txt``, ``arabic.txt``   letters → phonemes, with an example on each line
``phonemes.txt``                weight, gap cost and key letters of each phoneme
``costs.txt``                   cost of one phoneme in place of another

Both scripts are transcribed to the same phonemes, one character each, so that a spelling
in one script can be aligned with a spelling in the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from index.analysis.names.prefixes import ARABIC, LATIN, Prefix


class Rule(NamedTuple):
    """The phonemes of a sequence of letters in one context."""

    letters: str
    context: str
    """A key of ``transcription.CONTEXTS``."""
    phonemes: str


class Phoneme(NamedTuple):
    """The properties of a phoneme for keys and for similarity."""

    keys: tuple[str, ...]
    """Alternative letters of the phoneme in a key."""
    initial_keys: tuple[str, ...]
    """Alternative letters of the phoneme in a key at the beginning of a word."""
    weight: float
    """Its share of the length of a word; a consonant has 1."""
    gap: float
    """Cost of its absence from the other word."""


class Tables(NamedTuple):
    """The tables as read from the files."""

    latin: tuple[Rule, ...]
    arabic: tuple[Rule, ...]
    phonemes: Mapping[str, Phoneme]
    costs: Mapping[tuple[str, str], float]
    """Cost of one phoneme in place of another, each pair in one order."""
    prefixes: tuple[Prefix, ...] = (*LATIN, *ARABIC)


def read_tables() -> Tables:
    """Read the tables from the folder of this file."""
    return Tables(_rules("latin.txt"), _rules("arabic.txt"), _phonemes(), _costs())


def _rules(name: str) -> tuple[Rule, ...]:
    return tuple(
        Rule(letters, context, phonemes.replace("-", ""))
        for letters, context, phonemes, *_ in _rows(name)
    )


def _phonemes() -> dict[str, Phoneme]:
    return {
        name: Phoneme(_alternatives(keys), _alternatives(initial), float(weight), float(gap))
        for name, keys, initial, weight, gap, *_ in _rows("phonemes.txt")
    }


def _alternatives(column: str) -> tuple[str, ...]:
    return tuple(column.replace("-", "").split(","))


def _costs() -> dict[tuple[str, str], float]:
    return {
        (one, other): float(cost)
        for some, others, cost, *_ in _rows("costs.txt")
        for one in some
        for other in others
    }


def _rows(name: str) -> list[list[str]]:
    """Return the columns of each line of a table that is not a comment."""
    text = Path(__file__).with_name(name).read_text("utf-8")
    return [line.split() for line in text.splitlines() if line and not line.startswith("#")]
