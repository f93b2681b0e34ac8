"""The spellings that a search adds for a Latin name, with other limits and thresholds too."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import mean
from unittest.mock import patch

from index.analysis.names import verification
from index.analysis.names.verification import MAX_SPELLINGS
from search.searcher import Searcher
from tests.evaluation.name_lists import NamePairs
from tests.evaluation.name_vocabulary import listed_spellings, stems, without_prefixes


@dataclass(frozen=True, slots=True)
class Gain:
    """What a search adds for one spelling."""

    spellings: int
    wrong: int
    in_vocabulary: bool
    """Whether the vocabulary contains the Arabic name."""
    found: bool
    """Whether the Arabic name is among the spellings."""


def gains(names: NamePairs, vocabulary: Collection[str], searcher: Searcher) -> list[Gain]:
    """Search for every Latin spelling of a list.

    ``vocabulary`` has the words of the index, as ``without_prefixes`` returns them.
    """
    results = []
    for listed in listed_spellings(names):
        own = stems(listed.spelling)  # words of this stem are found in any case
        added = [s for s in searcher._names.spellings(listed.spelling) if s.stem not in own]
        arabic = [
            s.stem in listed.stems or not listed.arabic.isdisjoint(without_prefixes(s.written))
            for s in added
        ]
        latin = [s.written.lower() in listed.latin for s in added]
        right = [any(either) for either in zip(arabic, latin, strict=True)]
        in_vocabulary = any(form in vocabulary for form in listed.arabic)
        results.append(Gain(len(added), right.count(False), in_vocabulary, any(arabic)))
    return results


@contextmanager
def limits(difference: float, most: int) -> Iterator[None]:
    """Patch the limits for a while: thresholds higher by ``difference``, ``most`` spellings."""
    module = verification
    thresholds = module.MIN_SIMILARITY_BY_KEY_LENGTH
    with (
        patch.dict(thresholds, {size: least + difference for size, least in thresholds.items()}),
        patch.object(
            module, "MIN_SIMILARITY_OF_LONG_KEYS", module.MIN_SIMILARITY_OF_LONG_KEYS + difference
        ),
        patch.multiple("search.names.spellings", MAX_SPELLINGS=most, _MAX_FORMS=8 * most),
    ):
        yield


LIMITS = [(0.0, MAX_SPELLINGS), (0.0, MAX_SPELLINGS // 2), (0.0, MAX_SPELLINGS * 2)]
LIMITS += [(difference, MAX_SPELLINGS) for difference in (-0.04, -0.02, 0.02, 0.04)]
"""Difference of the thresholds, and maximum number of spellings; first those in use."""


def table_of_gains(names: NamePairs, words: Sequence[str], searcher: Searcher) -> str:
    """Return the third table of ``names.py``: spellings added by a search."""
    lines = [
        "| thresholds | at most | added a query | wrong | find their Arabic name | of |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    vocabulary = {form for word in words for form in without_prefixes(word)}
    for difference, most in LIMITS:
        searcher._names.spellings.cache_clear()
        with limits(difference, most):
            results = gains(names, vocabulary, searcher)
        found = [gain.found for gain in results if gain.in_vocabulary]
        cells = (
            *(f"{difference:+.2f}" if difference else "as they are", f"{most}"),
            f"{mean(gain.spellings for gain in results):.2f}",
            f"{mean(gain.wrong for gain in results):.2f}",
            *(f"{mean(found):.1%}" if found else "–", f"{len(found):,}"),
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"
