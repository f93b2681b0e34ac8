"""Likelihood: how much a spelling may count beside one that is likelier to be the name.

Latin letters do not tell ط from ت: Tabari sounds like الطبري, and less well like تبرا. Arabic
authors do tell them apart, so of the Arabic spellings of a Latin name only those with the emphatic
and guttural consonants of the likeliest are sure to be that name. The others are found, but their
weights are such that no text with them alone, however short, stands above a text with the likeliest
spelling or with the one typed, however long, if as many documents have either.
"""

from __future__ import annotations

from collections.abc import Sequence

from index.analysis.script import language_of
from search.names.false_friends import has_consonants_of
from search.ranking.bm25 import K1, WEIGHTS, bm25

_MAX_SCORE = K1 + 1
"""What BM25 approaches for an idf of 1, for ever more matches in ever shorter texts."""
FIELDS = ("stem", "title_stem", "filename_stem")
"""Those in which a spelling scores."""


def unlikely(name: str, written: Sequence[str]) -> list[int]:
    """Return which of the spellings of a name, the likeliest first, may be another word.

    None for an Arabic name: ``without_false_friends`` has left out its other consonants.
    """
    arabic = [at for at, word in enumerate(written) if language_of(word) == "ar"]
    if language_of(name) == "ar" or not arabic:
        return []
    likeliest = written[arabic[0]]
    return [at for at in arabic if not has_consonants_of(likeliest, written[at])]


def least_score(longest: int, average: float) -> float:
    """Return the least score, for an idf of 1, of texts of at most ``longest`` words."""
    return float(bm25(1.0, float(longest), average, 1.0))


def greatest_weight(least: float, idfs: Sequence[float], spellings: int) -> float:
    """Return the weight with which ``spellings`` stems in one document score at most ``least``.

    ``idfs`` are those of one stem in texts, titles and names of files.
    """
    shares = (WEIGHTS[field] * idf / idfs[0] for field, idf in zip(FIELDS, idfs, strict=True))
    return least / (_MAX_SCORE * sum(shares) * spellings)
