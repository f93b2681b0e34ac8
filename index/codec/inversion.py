"""Tokens in the order of the text to postings in the order of the terms, by arrays.

While documents come in, a field is two growing arrays: the number of each token's term,
and how many tokens each document has. When the batch is full, one stable sort by term
puts every posting in its place; what is counted per posting and per block is a
reduction over runs.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from index.codec.array_file import Array

POSTINGS_PER_BLOCK = 16
"""Postings that share a place in the positions. Measured: with 128 the index is 1 % smaller
and a phrase of rare words takes a half longer."""
MAX_CODED_FREQUENCY = 255
"""Frequencies a posting's code can hold; larger ones are listed beside it."""


class Vocabulary(dict[str, int]):
    """Terms in the order in which they were first met: looking one up numbers it."""

    def __missing__(self, term: str) -> int:
        number = self[term] = len(self)
        return number


class FieldInverter:
    """One field of a batch, whose documents are given as terms in a row."""

    def __init__(self, *, positions: bool = True) -> None:
        self.vocabulary = Vocabulary()
        self.terms = array("I")
        self.lengths = array("I")
        self._positions = positions

    def add(self, terms: Sequence[int]) -> None:
        """The terms of the next document, as numbers of the vocabulary."""
        self.terms.extend(array("I", terms))
        self.lengths.append(len(terms))

    def arrays(self) -> dict[str, Array]:
        """The field's arrays, named as :class:`index.codec.postings.FieldPostings` reads them."""
        lengths = as_array(self.lengths)
        positions = ranges_from_zero(lengths) if self._positions else None
        return inverted(self.vocabulary, as_array(self.terms), positions, lengths)


def inverted(
    vocabulary: Iterable[str], terms: Array, positions: Array | None, lengths: Array
) -> dict[str, Array]:
    """The arrays of a field out of its tokens in the order of the text.

    ``terms`` are numbers of the vocabulary, ``positions`` where they stand in their
    documents (both uint32), ``lengths`` how many of them each document has.
    """
    names = [term.encode() for term in vocabulary]
    order = sorted(range(len(names)), key=names.__getitem__)
    rank = np.empty(len(names), np.uint32)
    rank[order] = np.arange(len(names), dtype=np.uint32)
    tokens = rank[terms]
    sort = radix_argsort(tokens)
    documents = np.repeat(np.arange(len(lengths), dtype=np.uint32), lengths)
    occurrences = Occurrences(
        tokens[sort], documents[sort], None if positions is None else positions[sort]
    )
    return {
        **term_arrays([names[n] for n in order]),
        **posting_arrays(occurrences, len(names), lengths),
    }


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Every token of a field, sorted by term, then document, then position."""

    terms: Array
    """uint32: the rank of the term."""
    documents: Array
    """uint32: the number of the document in the segment."""
    positions: Array | None
    """uint32, or nothing for a field without positions."""


def term_arrays(names: Sequence[bytes]) -> dict[str, Array]:
    """Sorted terms as one run of bytes and where each begins."""
    return {
        "terms": np.frombuffer(b"".join(names), np.uint8),
        "term_starts": starts([len(name) for name in names]).astype(np.uint32),
    }


def terms_of(arrays: Mapping[str, Array]) -> Iterator[bytes]:
    """The terms back out of :func:`term_arrays`."""
    blob = arrays["terms"].tobytes()
    for begin, end in pairwise(arrays["term_starts"].tolist()):
        yield blob[begin:end]


def posting_arrays(tokens: Occurrences, terms: int, lengths: Array) -> dict[str, Array]:
    """The postings of sorted tokens: documents, codes, positions, and what blocks share."""
    first = _run_starts(tokens)
    frequency = np.diff(np.append(first, len(tokens.terms)))
    documents = tokens.documents[first]
    counts = np.bincount(tokens.terms[first], minlength=terms)
    result: dict[str, Array] = {
        "documents": documents.astype(np.uint16),
        "posting_starts": starts(counts).astype(np.uint32),
    }
    if tokens.positions is None:
        return result
    codes = length_codes(lengths)
    return {
        **result,
        "length_codes": codes,
        "length_total": np.array([int(lengths.sum())], np.uint64),
        "positions": narrowed(tokens.positions),
        **frequency_arrays(frequency, codes[documents]),
    }


def _run_starts(tokens: Occurrences) -> Array:
    """Where a new posting begins: another term, or another document."""
    if not len(tokens.terms):
        return np.zeros(0, np.int64)
    new = np.empty(len(tokens.terms), bool)
    new[0] = True
    np.not_equal(tokens.terms[1:], tokens.terms[:-1], out=new[1:])
    new[1:] |= tokens.documents[1:] != tokens.documents[:-1]
    return np.flatnonzero(new)


def frequency_arrays(frequency: Array, length_code: Array) -> dict[str, Array]:
    """Codes ``tf << 8 | length``, the frequencies too large for one, and block positions."""
    large = np.flatnonzero(frequency > MAX_CODED_FREQUENCY)
    small = np.minimum(frequency, MAX_CODED_FREQUENCY).astype(np.uint16)
    return {
        "codes": (small << 8) | length_code,
        "large_at": large.astype(np.uint32),
        "large_tf": frequency[large].astype(np.uint32),
        "block_positions": narrowed(starts(frequency)[:-1][::POSTINGS_PER_BLOCK]),
    }


def as_array(values: array[int]) -> Array:
    """A growing array of numbers as uint32; numpy takes no empty buffer."""
    return np.frombuffer(values, np.uint32) if values else np.zeros(0, np.uint32)


def starts(counts: Sequence[int] | Array) -> Array:
    """Where each of some runs begins, and at last where all end: int64, one longer."""
    result = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=result[1:])
    return result


def ranges_from_zero(counts: Array) -> Array:
    """``0 … counts[0] - 1``, then ``0 … counts[1] - 1`` and so on: uint32."""
    ends = np.cumsum(counts, dtype=np.int64)
    total = int(ends[-1]) if len(ends) else 0
    return (np.arange(total) - np.repeat(ends - counts, counts)).astype(np.uint32)


def narrowed(values: Array) -> Array:
    """Unsigned numbers in the smallest type that holds them."""
    return values.astype(np.min_scalar_type(int(values.max(initial=0))))


def radix_argsort(values: Array) -> Array:
    """A stable argsort of uint32. numpy's stable sort is a radix sort for 16 bits: two passes."""
    order = np.argsort(values.astype(np.uint16), kind="stable")
    high = (values >> 16).astype(np.uint16)
    return order[np.argsort(high[order], kind="stable")] if high.any() else order


LENGTH_BY_CODE = np.round((1.033 ** np.arange(256) - 1) * 27)
"""Code of a field length → the length that scoring uses: float64, 256.

Whoosh's one-byte code, so that scores equal Whoosh's: about logarithmic, exact up to 10.
"""


def length_codes(lengths: Array) -> Array:
    """Field lengths in Whoosh's one-byte code, so that scores equal Whoosh's."""
    return np.searchsorted(LENGTH_BY_CODE, lengths).clip(0, 255).astype(np.uint8)
