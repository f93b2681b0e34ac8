"""The terms of an index that fit a pattern: ``?`` is one letter, ``*`` any number of them.

A dictionary of half a million terms is not decoded for it. A pattern that begins with letters
is compared with the terms that begin so; of all others, the longest row of letters inside is
looked for among the bytes of the terms, by arrays, and so are the length and the last letter.
The few terms that are left are folded and compared. An apostrophe among the letters of a row,
where none was typed, may hide a term.
"""

from __future__ import annotations

import re
from collections import Counter

import numpy as np

from index.analysis import stemmer
from index.analysis.lazy_pattern import lazy_pattern
from index.codec.array_file import Array
from index.codec.postings import FieldPostings
from index.codec.segment_reader import IndexReader
from search.dictionary.folding import fold, fold_all, letter_variants
from search.dictionary.prefix import EXACT_FIELDS, spellings

SIGNS = "?؟*"
"""One letter, the same of an Arabic keyboard, and any number of letters."""
_SIGN = lazy_pattern(f"([{SIGNS}])")
_STARS = lazy_pattern(r"\*[*?]*\*")
_MAX_COMPARED = 1 << 16
"""Terms of a field that are compared one by one: those that most documents have."""
_ACCENTED = (0xC3, 0xD8)
"""Lower and upper bound of the first byte of a Latin letter that is not ASCII, or Greek or so."""
_MAX_BYTES = 4
"""Bytes of a letter in UTF-8."""
_MIN_LETTERS = 2
"""Letters of a pattern behind the article, without which the article is part of it."""


def fitting(reader: IndexReader, pattern: str) -> Counter[str]:
    """Exact terms whose folded form fits a pattern, with or without ال; with frequencies.

    A document with the term in its title counts once more.
    """
    wanted = _folded(pattern)
    if not _SIGN.sub("", wanted):  # its letters were signs that folding drops
        return Counter()
    expression = re.compile(_expression(wanted), re.DOTALL)
    counts: Counter[str] = Counter()
    for segment in reader.segments:
        for field in EXACT_FIELDS:
            view = segment.fields[field]
            ranks, frequencies = _commonest(view, _candidates(view, wanted))
            terms = _terms(view, ranks)
            for term, folded, count in zip(terms, fold_all(terms), frequencies, strict=True):
                if expression.fullmatch(folded):
                    counts[term] += count
    return counts


def _commonest(view: FieldPostings, ranks: Array) -> tuple[Array, list[int]]:
    """Return at most :data:`_MAX_COMPARED` of the ranks, and their document frequencies."""
    starts = view.posting_starts.whole
    frequencies = starts[ranks + 1].astype(np.int64) - starts[ranks]
    if len(ranks) > _MAX_COMPARED:
        best = np.sort(frequencies.argpartition(-_MAX_COMPARED)[-_MAX_COMPARED:])
        ranks, frequencies = ranks[best], frequencies[best]
    return ranks, frequencies.tolist()


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
    elif len(longest := max(literals, key=len)) > 1 or not literals[-1]:
        ranks = _containing(view, longest)
    else:
        ranks = np.arange(len(view))
    if "*" not in pattern:
        letters = len(pattern) + len(stemmer.ARTICLE) + 1  # and an apostrophe
        ranks = ranks[np.diff(view.term_starts)[ranks] <= letters * _MAX_BYTES]
    return _ending(view, ranks, literals[-1][-1]) if literals[-1] else ranks


def _containing(view: FieldPostings, letters: str) -> Array:
    """Return the ranks of terms that may have a row of folded letters: int64, ascending.

    A row that begins in one term and ends in the next counts too, and so does every term with
    accents if the letters have none.
    """
    terms = view.section("terms").whole
    if letters.isascii():
        accented = terms - np.uint8(_ACCENTED[0]) < _ACCENTED[1] - _ACCENTED[0]
        found = [_rows(terms, letters, 1), np.flatnonzero(accented)]
    elif all(len(letter.encode()) == 2 for letter in letters):
        found = [_rows(terms[:-1].astype(np.uint16) << 8 | terms[1:], letters, 2)]
    else:
        return np.arange(len(view))
    return np.unique(view.term_starts.searchsorted(np.concatenate(found), "right") - 1)


def _rows(codes: Array, letters: str, width: int) -> Array:
    """Return the offsets at which a row of letters begins: int64.

    ``codes`` are the ``width`` bytes from each offset on, as one number.
    """
    first, *others = (_table(letter, width) for letter in letters)
    offsets: Array = np.flatnonzero(first[codes])
    for forward, table in enumerate(others, 1):
        offsets = offsets[offsets < len(codes) - forward * width]
        offsets = offsets[table[codes[offsets + forward * width]]]
    return offsets


def _table(letter: str, width: int) -> Array:
    """Return which numbers of ``width`` bytes are a folded letter in any spelling: bool."""
    table = np.zeros(1 << 8 * width, bool)
    written = (spelled.encode() for spelled in _spelled(letter))
    table[[int.from_bytes(each) for each in written if len(each) == width]] = True
    return table


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


def _spelled(letter: str) -> list[str]:
    """Return the ways in which a folded letter may be spelled in the exact fields."""
    return [letter, *letter_variants().get(letter, ())]


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
