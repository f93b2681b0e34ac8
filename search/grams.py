"""Words of the index that share most of their letters in a row with a word of the query.

Four letters in a row with the edges marked, for a word of the index is met by them that
is neither the same stem nor a letter or two apart: a broken plural, a longer form. The
measure is Dice's. The dictionary of a segment is one run of bytes, so a gram is looked
for in all its words at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np

from index.codec.postings import FieldPostings

LENGTH = 4
LEAST = 0.5
"""Of the grams of both words that are shared; below it words have little to do with each other."""
MOST = 8
"""Words that one stands for at most: the nearest."""
_SHORTEST = 4
"""Letters of a word that is widened; a shorter one has no grams of its own."""
_EDGE = "_"


def grams(word: str) -> set[str]:
    """The grams of a word: ``{"_lav", "lavr", "avro", "vrov", "rov_"}`` for lavrov."""
    marked = f"{_EDGE}{word}{_EDGE}"
    return {marked[at : at + LENGTH] for at in range(max(len(marked) - LENGTH + 1, 1))}


def similar(view: FieldPostings, word: str) -> dict[str, float]:
    """Words of a field with their likeness, from :data:`LEAST` to 1, the likest first."""
    if len(word) < _SHORTEST:
        return {}
    wanted = grams(word)
    shared: Counter[int] = Counter()
    for gram in wanted:
        shared.update(set(_holding(view, gram)))
    needed = LEAST * len(wanted) / (2 - LEAST)  # a word with fewer cannot be like enough
    found = {}
    for number, count in shared.items():
        if count >= needed:
            term = view.term(number).decode()
            likeness = 2 * len(wanted & (own := grams(term))) / (len(wanted) + len(own))
            if likeness >= LEAST and term != word:
                found[term] = likeness
    nearest = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
    return dict(nearest[:MOST])


def _holding(view: FieldPostings, gram: str) -> Iterator[int]:
    """The numbers of the terms that hold a gram."""
    begins, ends = gram.startswith(_EDGE), gram.endswith(_EDGE)
    letters = gram.strip(_EDGE).encode()
    blob, starts = view.blob, view.term_starts
    at = blob.find(letters)
    places = []
    while at >= 0:
        places.append(at)
        at = blob.find(letters, at + 1)
    found = np.array(places, np.int64)
    numbers = starts.searchsorted(found, "right") - 1
    inside = found + len(letters) <= starts[numbers + 1] if len(found) else found > 0
    if begins:
        inside &= found == starts[numbers]
    if ends:
        inside &= found + len(letters) == starts[numbers + 1]
    yield from numbers[inside].tolist()
