"""Which words a document holds: what the second stage of ranking reads of each hit.

Only Arabic words that are no stop words, each once, as their ranks among the Arabic
terms of the field ``exact``: those of the body, and those of the title that any body
holds as well. They ascend, so they are kept as the gaps between them, two bytes each.
Measured on passages of books, half Arabic, half English: the index is 5 % larger.

====================  =====================================================
``forward/gaps``      uint16: from word to word; 65,535 goes so far and names none
``forward/starts``    uint32: where each document's begin, and where all end
``forward/lengths``   how many grams the words of each document have
``extract_ngrams/keys``        uint32, ascending: the grams of all these words
``extract_ngrams/counts``      how many documents hold each, summed over its words; 2 at least
====================  =====================================================
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping

import numpy as np

from index.analysis import stopwords
from index.codec.array_file import Array, ArrayFile
from index.codec.inversion import narrowed, radix_argsort, starts
from index.codec.ngrams import MAX_LETTERS, are_arabic_words, extract_ngrams, folded_letters

_STEP = 0xFFFF
"""A gap that only goes on. A word is at most so many ranks behind it, less one."""
_LEADS = (0xD8, 0xDC)
"""The first byte of the first Arabic words, and of the first words behind them."""
Field = Mapping[str, Array]


def forward_arrays(body: Field, title: Field, count: int) -> dict[str, Array]:
    """The arrays of a segment of ``count`` documents, out of those of its exact forms."""
    first, last = _arabic(body["terms"], body["term_starts"])
    kept = _kept(body)
    words = _with_titles(_words(body, kept), body, title, kept)
    documents, ranks = words >> 32, (words & _RANK) - first
    letters = _letters(body, kept)[first:last]
    begins = starts(np.bincount(documents, minlength=count))
    lengths = np.bincount(documents, (np.count_nonzero(letters, axis=1) - 1)[ranks], count)
    return {
        **_packed(ranks, begins),
        "forward/lengths": narrowed(lengths.astype(np.uint32)),
        **_gram_arrays(letters, np.diff(body["posting_starts"].astype(np.int64))[first:last]),
    }


_RANK = 0xFFFFFFFF


def _arabic(terms: Array, begins: Array) -> tuple[int, int]:
    """The ranks from which and up to which terms are Arabic."""
    ranks = range(len(begins) - 1)
    first, last = (bisect_left(ranks, b, key=lambda n: terms[begins[n]]) for b in _LEADS)
    return first, last


def _packed(ranks: Array, begins: Array) -> dict[str, Array]:
    """Ranks that ascend within each document, of which ``begins`` says where it begins."""
    gaps = np.diff(ranks, prepend=0)
    firsts = begins[:-1][np.diff(begins) > 0]
    gaps[firsts] = ranks[firsts]
    further = starts(gaps // _STEP)
    packed = np.full(len(gaps) + int(further[-1]), _STEP, np.uint16)
    packed[np.arange(len(gaps)) + further[1:]] = gaps % _STEP
    return {
        "forward/gaps": packed,
        "forward/starts": (begins + further[begins]).astype(np.uint32),
    }


def _kept(body: Field) -> Array:
    """bool, a term each: whether it is an Arabic word, and no stop word."""
    kept = are_arabic_words(body["terms"], body["term_starts"])
    for number, term in _terms(body, kept):
        kept[number] = not stopwords.is_arabic_stop_word(term.decode())
    return kept


def _terms(field: Field, wanted: Array) -> Iterator[tuple[int, bytes]]:
    """The ranks and the terms of those that are wanted: bool, a term each."""
    blob, numbers = field["terms"].tobytes(), np.flatnonzero(wanted)
    begins, ends = field["term_starts"][numbers], field["term_starts"][numbers + 1]
    for number, begin, end in zip(numbers.tolist(), begins.tolist(), ends.tolist(), strict=True):
        yield number, blob[begin:end]


def _words(field: Field, kept: Array) -> Array:
    """int64, ascending: ``document << 32 | rank`` of every word that is kept."""
    counts: Array = np.diff(field["posting_starts"].astype(np.int64))
    held = np.repeat(kept, counts)
    documents = field["documents"][held]
    order = np.argsort(documents, kind="stable")
    found: Array = documents[order].astype(np.int64) << 32
    found |= np.repeat(np.arange(len(counts)), counts)[held][order]
    return found


def _with_titles(words: Array, body: Field, title: Field, kept: Array) -> Array:
    """The same with the words of titles that are kept as words of bodies."""
    inside = are_arabic_words(title["terms"], title["term_starts"])
    if not inside.any():
        return words
    rank = {term: number for number, term in _terms(body, kept)}
    ranks = np.full(len(inside), -1)
    for number, term in _terms(title, inside):
        ranks[number] = rank.get(term, -1)
    found = _words(title, ranks >= 0)
    found = (found >> 32 << 32) | ranks[found & _RANK]
    found = np.concatenate((words, np.sort(found)))
    found.sort(kind="stable")  # two runs, which a stable sort finds
    new = np.append(True, found[1:] != found[:-1])[: len(found)]
    distinct: Array = found[new]
    return distinct


def _letters(body: Field, kept: Array) -> Array:
    """uint8, terms by letters: those of the terms that are kept, and zeros."""
    begins = body["term_starts"].astype(np.int64)
    held = np.flatnonzero(kept)
    found = np.zeros((len(kept), MAX_LETTERS), np.uint8)
    found[held] = folded_letters(body["terms"], begins[held], np.diff(begins)[held])
    return found


def _gram_arrays(letters: Array, frequency: Array) -> dict[str, Array]:
    words, keys = extract_ngrams(letters)
    order = radix_argsort(keys)
    keys = keys[order]
    new = np.flatnonzero(np.append(True, keys[1:] != keys[:-1])[: len(keys)])
    totals = starts(frequency[words[order]])
    counts = np.diff(totals[np.append(new, len(keys))])
    often = counts > 1  # the half of them that is in one document is known by not being there
    return {"grams/keys": keys[new][often], "grams/counts": narrowed(counts[often])}


class ForwardIndex:
    """Reads them back. Raises IndexCorrupt where a segment has none."""

    def __init__(self, file: ArrayFile) -> None:
        self.lengths = file["forward/lengths"]
        self._gaps = file["forward/gaps"]
        self._starts = file["forward/starts"]
        terms, begins = file["exact/terms"], file["exact/term_starts"]
        first, last = _arabic(terms, begins)
        self._terms, self._begins = terms, begins[first : last + 1]

    def letters(self, documents: Array) -> tuple[Array, Array]:
        """The words of documents: which of them holds it, as a place, and its letters."""
        owners, ranks = self.ranks(documents)
        begins = self._begins.take(ranks).astype(np.int64)
        sizes = self._begins.take(ranks + 1) - begins
        return owners, folded_letters(self._terms, begins, sizes)

    def ranks(self, documents: Array) -> tuple[Array, Array]:
        """The words of documents, one document after the other: int64 twice.

        First which of the documents holds it, as a place among them, then its rank among
        the Arabic terms.
        """
        begins = self._starts.take(documents).astype(np.int64)
        counts = self._starts.take(documents + 1) - begins
        ends = counts.cumsum()
        at = np.repeat(begins - ends + counts, counts)
        at += np.arange(len(at))
        gaps = self._gaps.take(at)
        ranks = gaps.cumsum(dtype=np.int64)
        total = np.append(0, ranks)
        ranks -= np.repeat(total[ends - counts], counts)
        owners = np.repeat(np.arange(len(documents)), counts)
        named = gaps != _STEP
        return (owners, ranks) if named.all() else (owners[named], ranks[named])
