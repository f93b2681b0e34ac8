"""The forward index: the words of each document, which the second stage of ranking reads.

It holds Arabic words that are no stop words, each once a document, as ranks among the Arabic
terms of the field ``exact``: the words of the body and of the title. The ranks of a document
ascend and are stored as the gaps between them, in two bytes. Measured on passages of books,
half Arabic, half English: the index is 5 % larger.

====================  =====================================================
``forward/gaps``      uint16: from word to word; 65,535 is a part of a longer gap
``forward/starts``    uint32: where the gaps of each document start, then their total
``forward/lengths``   number of n-grams of the words of each document
``grams/keys``        uint32, ascending: the n-grams of all these words
``grams/counts``      documents of the words of each n-gram, summed; at least 2
====================  =====================================================
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping

import numpy as np

from index.analysis.stopwords import are_arabic_stop_words
from index.codec.array_file import Array, ArrayFile
from index.codec.arrays import narrowed, radix_argsort, starts
from index.codec.ngrams import MAX_LETTERS, are_arabic_words, extract_ngrams, folded_letters
from index.codec.section import Section

_MAX_GAP = 0xFFFF
"""Stored for a part of a gap that leads to no word; a gap is a number of these and a rest that
is less."""
_LEAD_BYTES = (0xD8, 0xDC)
"""First byte of the first Arabic term, and of the first term after the last Arabic one."""
_DOCUMENT_SHIFT = 32
_RANK_MASK = 0xFFFFFFFF
"""Words of documents are sorted as ``document << 32 | rank``."""
Field = Mapping[str, Array]
"""The arrays of a field, by name."""


def forward_arrays(body: Field, count: int) -> dict[str, Array]:
    """Return the arrays of a segment of ``count`` documents, given its field ``exact``."""
    first, last = _arabic_ranks(body["terms"], body["term_starts"])
    kept = _content_words(body)
    words = _words(body, kept)
    documents, ranks = words >> _DOCUMENT_SHIFT, (words & _RANK_MASK) - first
    letters = _letters(body, kept)[first:last]
    begins = starts(np.bincount(documents, minlength=count))
    ngram_counts = np.count_nonzero(letters, axis=1) - 1
    lengths = np.bincount(documents, ngram_counts[ranks], count)
    return {
        **_gap_arrays(ranks, begins),
        "forward/lengths": narrowed(lengths.astype(np.uint32)),
        **_ngram_arrays(letters, np.diff(body["posting_starts"].astype(np.int64))[first:last]),
    }


def _arabic_ranks(terms: Array | Section, begins: Array | Section) -> tuple[int, int]:
    """Return the rank of the first Arabic term, and of the first term after the last."""
    ranks = range(len(begins) - 1)
    first, last = (
        bisect_left(ranks, lead, key=lambda n: terms[int(begins[n])]) for lead in _LEAD_BYTES
    )
    return first, last


def _gap_arrays(ranks: Array, begins: Array) -> dict[str, Array]:
    """Pack ranks that ascend within each document; ``begins`` is where the documents start."""
    gaps = np.diff(ranks, prepend=0)
    firsts = begins[:-1][np.diff(begins) > 0]
    gaps[firsts] = ranks[firsts]
    parts = starts(gaps // _MAX_GAP)
    packed = np.full(len(gaps) + int(parts[-1]), _MAX_GAP, np.uint16)
    packed[np.arange(len(gaps)) + parts[1:]] = gaps % _MAX_GAP
    return {
        "forward/gaps": packed,
        "forward/starts": (begins + parts[begins]).astype(np.uint32),
    }


def _content_words(body: Field) -> Array:
    """bool: whether each term is an Arabic word and no stop word."""
    kept = are_arabic_words(body["terms"], body["term_starts"])
    words = [term.decode() for term in _terms(body, kept)]
    kept[kept] = ~np.array(are_arabic_stop_words(words), bool)
    return kept


def _terms(field: Field, selected: Array) -> list[bytes]:
    """Return the terms that are selected; ``selected`` is bool, a term each."""
    blob, numbers = field["terms"].tobytes(), np.flatnonzero(selected)
    begins, ends = field["term_starts"][numbers], field["term_starts"][numbers + 1]
    spans = zip(begins.tolist(), ends.tolist(), strict=True)
    return [blob[begin:end] for begin, end in spans]


def _words(field: Field, kept: Array) -> Array:
    """Return ``document << 32 | rank`` for every word that is kept: int64, ascending."""
    counts: Array = np.diff(field["posting_starts"].astype(np.int64))
    kept_postings = np.repeat(kept, counts)
    documents = field["documents"][kept_postings]
    order = np.argsort(documents, kind="stable")
    words: Array = documents[order].astype(np.int64) << _DOCUMENT_SHIFT
    words |= np.repeat(np.arange(len(counts)), counts)[kept_postings][order]
    return words


def _letters(body: Field, kept: Array) -> Array:
    """Return the folded letters of the terms that are kept: uint8, a row for each term."""
    begins = body["term_starts"].astype(np.int64)
    numbers = np.flatnonzero(kept)
    letters = np.zeros((len(kept), MAX_LETTERS), np.uint8)
    letters[numbers] = folded_letters(body["terms"], begins[numbers], np.diff(begins)[numbers])
    return letters


def _ngram_arrays(letters: Array, frequency: Array) -> dict[str, Array]:
    """Return all n-grams that are counted more than once, given the words' document frequencies."""
    words, keys = extract_ngrams(letters)
    order = radix_argsort(keys)
    keys = keys[order]
    new = np.flatnonzero(np.append(True, keys[1:] != keys[:-1])[: len(keys)])
    totals = starts(frequency[words[order]])
    counts = np.diff(totals[np.append(new, len(keys))])
    frequent = counts > 1  # half of them are in one document: they are known by their absence
    return {"grams/keys": keys[new][frequent], "grams/counts": narrowed(counts[frequent])}


class ForwardIndex:
    """Reads the words of documents. Raises IndexCorrupt if the segment lacks an array."""

    def __init__(self, file: ArrayFile) -> None:
        self.lengths = file["forward/lengths"]
        """Unsigned: number of n-grams of each document."""
        self._gaps = file.section("forward/gaps")
        self._starts = file.section("forward/starts")
        self._terms, self._begins = file.section("exact/terms"), file.section("exact/term_starts")
        self._first, _ = _arabic_ranks(self._terms, self._begins)

    def letters(self, documents: Array) -> tuple[Array, Array]:
        """Return the words of documents: the index of the document of each, and its letters.

        The indexes are into ``documents`` (int64); the letters are rows of
        :func:`index.codec.ngrams.folded_letters`.
        """
        owners, ranks = self.ranks(documents)
        begins = self._begins.take(ranks + self._first).astype(np.int64)
        sizes = self._begins.take(ranks + (self._first + 1)) - begins
        self._terms.verify(np.concatenate((begins, begins + sizes - 1)))
        return owners, folded_letters(self._terms.unverified, begins, sizes)

    def ranks(self, documents: Array) -> tuple[Array, Array]:
        """Return the words of documents: the index of the document of each, and its rank.

        The indexes are into ``documents``, the ranks among the Arabic terms (both int64).
        """
        begins, counts = self._starts.spans(documents, len(self._gaps))
        ends = counts.cumsum()
        at = np.repeat(begins - ends + counts, counts)
        at += np.arange(len(at))
        gaps = self._gaps.take(at)
        ranks = gaps.cumsum(dtype=np.int64)
        total = np.append(0, ranks)
        ranks -= np.repeat(total[ends - counts], counts)
        owners = np.repeat(np.arange(len(documents)), counts)
        is_word = gaps != _MAX_GAP
        return (owners, ranks) if is_word.all() else (owners[is_word], ranks[is_word])
