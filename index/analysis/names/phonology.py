"""The tables of pronunciation compiled for lookup by phoneme and by phoneme code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.analysis.lazy_pattern import lazy_pattern
from index.analysis.names.prefixes import Prefix
from index.analysis.names.rule_tables import Phoneme, Tables, read_tables
from index.analysis.names.transcription import Transcriber

if TYPE_CHECKING:
    import re

FIRST_END_CODE = 128
"""The first byte that is not the code of a phoneme; there are fewer phonemes."""
UNRELATED_COST = 200
"""Cost in hundredths of a phoneme in place of one that ``costs.txt`` does not pair with it: as
much as two gaps."""
Array = NDArray[Any]


@dataclass(frozen=True, slots=True, eq=False)
class Phonology:
    """The compiled tables. The code of a phoneme is its row in ``phonemes.txt``, from 0."""

    latin: Transcriber
    arabic: Transcriber
    prefixes: Mapping[str, tuple[Prefix, ...]]
    """By script."""
    prefix_letters: frozenset[str]
    """The letters with which a prefix can begin."""
    phonemes: Mapping[str, Phoneme]
    key_letters: Mapping[int, str]
    """Phonemes with one letter in keys → that letter, for ``str.translate``."""
    ambiguous: re.Pattern[str]
    """Matches a phoneme with several letters in keys."""
    codes: Mapping[int, str]
    """Phoneme → character of its code, for ``str.translate``."""
    weights: Array
    """int16, 256 long: weight of each phoneme code in hundredths; 0 for other bytes."""
    gap_costs: Array
    """int16, 256 long: gap cost of each phoneme code in hundredths; 0 for other bytes."""
    substitution_costs: Array
    """int16, 256 × 256: cost in hundredths of one phoneme code in place of another."""

    @classmethod
    def of(cls, tables: Tables) -> Phonology:
        """Compile the tables."""
        phonemes = tables.phonemes
        ambiguous = "".join(name for name, p in phonemes.items() if len(p.keys) > 1)
        return cls(
            Transcriber(tables.latin),
            Transcriber(tables.arabic),
            {s: tuple(p for p in tables.prefixes if p.script == s) for s in ("ar", "en")},
            frozenset(letter for prefix in tables.prefixes for letter in prefix.first_letters),
            phonemes,
            str.maketrans({name: p.keys[0] for name, p in phonemes.items() if len(p.keys) == 1}),
            lazy_pattern(f"([{ambiguous}])"),
            str.maketrans({name: chr(code) for code, name in enumerate(phonemes)}),
            *_cost_arrays(tables),
        )


def _cost_arrays(tables: Tables) -> tuple[Array, Array, Array]:
    """Return the weights, gap costs and substitution costs by phoneme code, in hundredths."""
    code_of = {name: code for code, name in enumerate(tables.phonemes)}
    weights, gaps = np.zeros((2, 256), np.int16)
    for code, phoneme in enumerate(tables.phonemes.values()):
        weights[code], gaps[code] = round(phoneme.weight * 100), round(phoneme.gap * 100)
    costs = np.full((256, 256), UNRELATED_COST, np.int16)
    np.fill_diagonal(costs, 0)
    for pair, cost in tables.costs.items():
        one, other = (code_of[name] for name in pair)
        if one != other:
            costs[one, other] = costs[other, one] = round(cost * 100)
    return weights, gaps, costs


@cache
def phonology() -> Phonology:
    """Return the compiled tables of this package."""
    return Phonology.of(read_tables())
