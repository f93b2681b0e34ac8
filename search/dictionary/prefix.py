"""The terms of an index that start with a prefix."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from heapq import nsmallest
from itertools import product

import numpy as np

from index.analysis import stemmer
from index.codec.segment_reader import IndexReader
from index.codec.word_finder import Beginnings, WordFinder
from index.schema import DISJOINT_PREFIXES
from search.dictionary.folding import (
    MIN_WITH_ARTICLE,
    fold,
    fold_all,
    letter_variants,
    without_article,
)
from search.dictionary.letter_tables import folding_table

EXACT_FIELDS = tuple(prefix + "exact" for prefix in DISJOINT_PREFIXES)
"""The fields that hold all terms as spelled."""
_MAX_SPELLINGS = 40
"""Spellings of a prefix that are looked up; with more, fewer of its letters are varied."""


def starting_with(reader: IndexReader, prefix: str) -> Counter[str]:
    """Exact terms whose folded form starts with a prefix, with or without ال; with frequencies.

    A document with the term in the name of its file counts once more. An apostrophe among the first
    letters, where none was typed, may hide a term.
    """
    wanted = without_article(prefix)
    counts = _counted(reader, spellings(wanted))
    beginnings = prefix, wanted, stemmer.ARTICLE + wanted
    likely = [
        (term, folded)
        for term, folded in zip(counts, fold_all(list(counts)), strict=True)
        if folded.startswith(beginnings)
    ]
    return Counter({term: counts[term] for term, folded in likely if _starts(folded, prefix)})


def commonest_starting_with(
    reader: IndexReader, prefix: str, most: int, finder: WordFinder
) -> tuple[int, dict[str, int]]:
    """How many terms :func:`starting_with` gives, and the ``most`` commonest of them.

    ``finder`` finds them without giving the others; where it does not, they are counted here.
    """
    found = None
    if beginnings := _beginnings(prefix):
        starts = spellings(without_article(prefix))
        found = finder.words_beginning(
            Beginnings(EXACT_FIELDS, tuple(starts), folding_table(), beginnings), most
        )
    if found is None:
        counts = starting_with(reader, prefix)
        return len(counts), commonest(counts, most)
    further = {term: count for term, count in found.unsure.items() if _starts(fold(term), prefix)}
    if not further:
        return found.found, dict.fromkeys(found.words, 0)
    return found.found + len(further), commonest(Counter({**found.words, **further}), most)


def commonest_completions(
    reader: IndexReader, prefix: str, most: int, finder: WordFinder
) -> dict[str, int]:
    """The ``most`` commonest exact terms that start with a word that is being typed.

    Quicker than :func:`commonest_starting_with`, for only whole prefixes are compared: an accent
    in a Latin word is found where it was typed.
    """
    starts = spellings(without_article(prefix)) if prefix[0] > "ء" else [prefix]
    found = finder.words_beginning(
        Beginnings(EXACT_FIELDS, tuple(starts), folding_table(), ()), most
    )
    if found is None:
        return commonest(_counted(reader, starts), most)
    return dict.fromkeys(found.words, 0)


def _starts(folded: str, prefix: str) -> bool:
    """Whether a folded term starts with a prefix, either with or without ال."""
    return folded.startswith(prefix) or without_article(folded).startswith(without_article(prefix))


def _beginnings(prefix: str) -> tuple[tuple[str, int], ...]:
    """What terms that start with a prefix are folded with, and how many letters they have at least.

    Empty where a term may have three letters at most: the kernel is not asked for such ones.
    """
    wanted = without_article(prefix)
    with_article = stemmer.ARTICLE + wanted
    least = {with_article: max(len(with_article), MIN_WITH_ARTICLE), prefix: len(prefix)}
    if wanted != prefix and wanted.startswith(stemmer.ARTICLE):  # of a term that has it once more
        return tuple(least.items()) if len(wanted) >= MIN_WITH_ARTICLE else ()
    return tuple({**least, wanted: len(wanted)}.items())


def commonest(counts: Counter[str], most: int) -> dict[str, int]:
    """The ``most`` terms with the highest document frequency, each at distance 0."""
    return dict.fromkeys(nsmallest(most, counts, key=lambda term: (-counts[term], term)), 0)


def _counted(reader: IndexReader, starts: Sequence[str]) -> Counter[str]:
    """The terms that start with any of several strings, and their document frequencies."""
    counts: Counter[str] = Counter()
    views = (segment.fields[field] for segment in reader.segments for field in EXACT_FIELDS)
    for view, start in product(views, starts):
        low, high = view.beginning(start.encode())
        if low == high:
            continue
        documents = np.diff(view.posting_starts[low : high + 1].astype(np.int64)).tolist()
        terms = map(bytes.decode, view.terms(low, high))
        found = dict(zip(terms, documents, strict=True))
        for term in counts.keys() & found.keys():
            found[term] += counts[term]
        dict.update(counts, found)  # Counter's own adds one term after the other
    return counts


def spellings(prefix: str) -> list[str]:
    """The ways in which a folded prefix may be spelled in the exact fields."""
    spelled = letter_variants()
    letters = [[letter, *spelled.get(letter, ())] for letter in prefix]
    count, size = 0, 1
    while count < len(letters) and size * len(letters[count]) <= _MAX_SPELLINGS:
        size *= len(letters[count])
        count += 1
    starts = ["".join(choice) for choice in product(*letters[: max(count, 1)])]
    with_article = [stemmer.ARTICLE + start for start in starts if start[0] > "ء"]
    return starts + [start for start in with_article if not start.startswith(tuple(starts))]
