"""The terms of an index that fit a pattern: ``?`` is one letter, ``*`` any number of them.

A dictionary of half a million terms is not decoded for it. A pattern that begins with letters
is compared with the terms that begin so; of all others, the last letter and a pair of letters
inside are looked for among the bytes of the terms, by arrays. The few terms that are left are
folded and compared.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import product

import numpy as np

from index.analysis import stemmer
from index.codec.array_file import Array
from index.codec.postings import FieldPostings
from index.codec.segment_reader import IndexReader
from search.dictionary.folding import fold, fold_all, letter_variants
from search.dictionary.prefix import EXACT_FIELDS, spellings

SIGNS = "?؟*"
"""One letter, the same of an Arabic keyboard, and any number of letters."""
_SIGN = re.compile(f"([{SIGNS}])")
_STARS = re.compile(r"\*[*?]*\*")
_MIN_LETTERS = 2
"""Letters of a pattern behind the article, without which the article is part of it."""


def fitting(reader: IndexReader, pattern: str) -> Counter[str]:
    """Exact terms whose folded form fits a pattern, with or without ال; with frequencies.

    A document with the term in its title counts once more.
    """
    wanted = _folded(pattern)
    expression = re.compile(_expression(wanted), re.DOTALL)
    counts: Counter[str] = Counter()
    for segment in reader.segments:
        for field in EXACT_FIELDS:
            view = segment.fields[field]
            ranks = _candidates(view, wanted)
            terms = _terms(view, ranks)
            documents = np.diff(view.posting_starts.astype(np.int64))[ranks].tolist()
            for term, folded, count in zip(terms, fold_all(terms), documents, strict=True):
                if expression.fullmatch(folded):
                    counts[term] += count
    return counts


def _folded(pattern: str) -> str:
    """Fold the letters of a pattern, leave out its article, and unify its signs."""
    parts = _SIGN.split(pattern.replace("؟", "?"))
    folded = "".join(part if part in ("?", "*", "") else fold(part) for part in parts)
    folded = _STARS.sub(lambda match: "?" * match[0].count("?") + "*", folded)
    bare = folded.removeprefix(stemmer.ARTICLE)
    return bare if len(_SIGN.sub("", bare)) >= _MIN_LETTERS else folded


def _expression(pattern: str) -> str:
    """Return a regular expression without backtracking: each part is found where it is first."""
    first, *others = (re.escape(part).replace(r"\?", ".") for part in pattern.split("*"))
    middle = "".join(f"(?>.*?{part})" for part in others[:-1])
    end = f".*{others[-1]}" if others else ""
    article = f"(?:{stemmer.ARTICLE})?" if pattern[0] > "ء" else ""
    return article + first + middle + end


def _candidates(view: FieldPostings, pattern: str) -> Array:
    """Return the ranks of the terms that may fit a folded pattern: int64, ascending."""
    literals = re.split(r"[?*]+", pattern)
    if literals[0]:
        spans = [view.beginning(start.encode()) for start in spellings(literals[0])]
        ranks = np.unique(np.concatenate([np.arange(*span) for span in spans]))
    elif len(longest := max(literals, key=len)) > 1:
        ranks = _containing(view, longest)
    else:
        ranks = np.arange(len(view))
    return _ending(view, ranks, literals[-1][-1]) if literals[-1] else ranks


def _containing(view: FieldPostings, letters: str) -> Array:
    """Return the ranks of terms that have the rarest pair of some letters, and maybe of others.

    A pair that begins in one term and ends in the next is a candidate too.
    """
    pairs = [letters[at : at + 2] for at in range(len(letters) - 1)]
    spelled = min((_spelled(pair) for pair in pairs), key=len)
    terms = view.section("terms").whole
    found = [_offsets(terms, each.encode()) for each in spelled]
    ranks = view.term_starts.searchsorted(np.concatenate(found), "right") - 1
    return np.unique(ranks)


def _offsets(terms: Array, wanted: bytes) -> Array:
    """Return the offsets of some bytes among the bytes of the terms: int64."""
    last = max(len(terms) - len(wanted) + 1, 0)
    held = np.ones(last, bool)
    for at, byte in enumerate(wanted):
        held &= terms[at : at + last] == byte
    offsets: Array = np.flatnonzero(held)
    return offsets


def _ending(view: FieldPostings, ranks: Array, letter: str) -> Array:
    """Return those of the ranks whose term ends with a folded letter, however it is spelled."""
    terms, ends = view.section("terms").whole, view.term_starts[ranks + 1]
    if not len(ranks):
        return ranks
    held = np.zeros(len(ranks), bool)
    for spelled in _spelled(letter):
        written = spelled.encode()
        fits = ends >= len(written)
        for at, byte in enumerate(reversed(written), 1):
            fits &= terms[np.maximum(ends - at, 0)] == byte
        held |= fits
    # An apostrophe at the end is folded away.
    ending: Array = ranks[held | (terms[ends - 1] == ord("'"))]
    return ending


def _spelled(letters: str) -> list[str]:
    """Return the ways in which folded letters may be spelled in the exact fields."""
    variants = letter_variants()
    choices = ([letter, *variants.get(letter, ())] for letter in letters)
    return ["".join(choice) for choice in product(*choices)]


def _terms(view: FieldPostings, ranks: Array) -> list[str]:
    """Return the terms of some ranks. Raises IndexCorrupt if terms overlap."""
    starts = view.term_starts
    if (starts[1:] < starts[:-1]).any():  # each term could be all of them
        raise view.file.corrupt(f"has terms of the field {view.name} that overlap")
    begins, ends, blob = starts[ranks].tolist(), starts[ranks + 1].tolist(), view.blob
    return [
        blob[begin:end].decode("utf-8", "surrogatepass")
        for begin, end in zip(begins, ends, strict=True)
    ]
