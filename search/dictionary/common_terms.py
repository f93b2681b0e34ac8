"""The commonest terms of an index, and those near a word that it lacks.

Only the commonest are compared: who mistypes a word mostly means one that is there often,
and a dictionary has hundreds of thousands that are there once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np

from index.analysis import analyze, stemmer
from index.codec.postings import FieldPostings
from index.codec.segment_reader import IndexReader
from search.dictionary.edit_distance import edit_distance
from search.dictionary.folding import fold
from search.dictionary.prefix import EXACT_FIELDS

_MAX_TERMS = 192
"""Terms of a segment's field that are compared: more than a language has stop words."""
_SHARED_LETTERS = (2, 1)
"""First letters that the nearest term has to share; fewer if none does."""
_MIN_LENGTH = 3
"""Letters of a word to which another can be near."""
_MIN_LENGTH_FOR_TWO = 5
"""Letters from which on a word may differ in two of them; a shorter one in one."""
LAST = chr(0x10FFFF)
"""No term has it: the terms that start with ``b`` are between ``b`` and ``b`` with this."""


def common(reader: IndexReader, low: str, high: str) -> Iterator[str]:
    """The commonest terms from ``low`` up to ``high``; single letters and stop words last."""
    last = []
    for term in _counted(reader, low, high):
        if len(term) > 1 and any(token.term.stem is not None for token in analyze(term)):
            yield term
        else:
            last.append(term)
    yield from last


def nearest(reader: IndexReader, word: str) -> list[str]:
    """Common terms with the same first letters and a letter or two apart, the nearest first."""
    if not word.isalpha() or len(word) < _MIN_LENGTH:  # a word with digits is meant as it stands
        return []
    article = len(stemmer.ARTICLE) if word.startswith(stemmer.ARTICLE) else 0
    starts = (word[: article + letters] for letters in _SHARED_LETTERS)
    return next(filter(None, (_nearest(reader, word, start) for start in starts)), [])


def _nearest(reader: IndexReader, word: str, start: str) -> list[str]:
    folded = fold(word)
    most = 1 if len(folded) < _MIN_LENGTH_FOR_TWO else 2
    distances = {
        other: edit_distance(folded, letters)
        for other in _counted(reader, start, start + LAST)
        if abs(len(letters := fold(other)) - len(folded)) <= most and other.isalpha()
    }
    near = [other for other, distance in distances.items() if distance <= most]
    return sorted(near, key=distances.__getitem__)  # equal ones by how common they are


def _counted(reader: IndexReader, low: str, high: str) -> dict[str, int]:
    """The commonest terms of each segment in a range, with their document frequencies."""
    counts: Counter[str] = Counter()
    for segment in reader.segments:
        for field in EXACT_FIELDS:
            counts.update(_commonest(segment.fields[field], low, high))
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _commonest(view: FieldPostings, low: str, high: str) -> dict[str, int]:
    """The commonest terms of a field in a range, with their document frequencies."""
    first = view.lower_bound(low.encode("utf-8", "surrogatepass"))
    last = view.lower_bound(high.encode("utf-8", "surrogatepass"), first)
    frequencies = np.diff(view.posting_starts[first : last + 1].astype(np.int64))
    best = np.arange(len(frequencies))
    if len(frequencies) > _MAX_TERMS:
        best = frequencies.argpartition(-_MAX_TERMS)[-_MAX_TERMS:]
    terms = [view.term(first + at).decode("utf-8", "surrogatepass") for at in best.tolist()]
    return dict(zip(terms, frequencies[best].tolist(), strict=True))
