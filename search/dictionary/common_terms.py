"""The words of an index by how common they are, and the nearest of them to one it lacks.

Only the commonest are weighed: who mistypes a word mostly means one that is there often,
and a dictionary has hundreds of thousands that are there once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np

from index.analysis import analyze, stemmer
from index.codec.postings import FieldPostings
from search.dictionary.edit_distance import edit_distance
from search.dictionary.folding import fold

_FIELDS = ("exact", "title_exact")
_MOST = 192
"""Words of a segment's field that are weighed: more than there are stop words of a language."""
_ALIKE = (2, 1)
"""First letters that the nearest word has to share; fewer where none does."""
_SHORTEST = 3
"""Letters of a word to which another can be near."""
_LONG = 5
"""Letters from which on a word may differ in two of them, and not in one alone."""
LAST = chr(0x10FFFF)
"""No word has it: the words that begin with ``b`` are between ``b`` and ``b`` with this."""


def common(reader: Any, low: str, high: str) -> Iterator[str]:
    """The commonest words from ``low`` up to ``high``; single letters and stop words last."""
    last = []
    for word in _counted(reader, low, high):
        if len(word) > 1 and any(token.term.stem is not None for token in analyze(word)):
            yield word
        else:
            last.append(word)
    yield from last


def nearest(reader: Any, word: str) -> list[str]:
    """Common words that begin like one and are a letter or two apart, the nearest first."""
    if not word.isalpha() or len(word) < _SHORTEST:  # what has digits is meant as it stands
        return []
    article = len(stemmer.ARTICLE) if word.startswith(stemmer.ARTICLE) else 0
    starts = (word[: article + letters] for letters in _ALIKE)
    return next(filter(None, (_nearest(reader, word, start) for start in starts)), [])


def _nearest(reader: Any, word: str, start: str) -> list[str]:
    folded = fold(word)
    most = 1 if len(folded) < _LONG else 2
    apart = {
        other: edit_distance(folded, letters)
        for other in _counted(reader, start, start + LAST)
        if abs(len(letters := fold(other)) - len(folded)) <= most and other.isalpha()
    }
    near = [other for other, letters in apart.items() if letters <= most]
    return sorted(near, key=lambda other: apart[other])  # equal ones by how common they are


def _counted(reader: Any, low: str, high: str) -> dict[str, int]:
    """The commonest words of each segment in a range → the documents that hold them."""
    counts: Counter[str] = Counter()
    for segment, _ in reader.leaf_readers():
        if segment.doc_count_all():
            for name in _FIELDS:
                counts.update(_of_field(segment._terms.fields[name], low, high))
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _of_field(view: FieldPostings, low: str, high: str) -> dict[str, int]:
    first = view.rank(low.encode("utf-8", "surrogatepass"))
    last = view.rank(high.encode("utf-8", "surrogatepass"), first)
    held = np.diff(view.posting_starts[first : last + 1].astype(np.int64))
    best = held.argpartition(-_MOST)[-_MOST:] if len(held) > _MOST else np.arange(len(held))
    terms = [view.term(first + at).decode("utf-8", "surrogatepass") for at in best.tolist()]
    return dict(zip(terms, held[best].tolist(), strict=True))
