"""Invert a field: from tokens in the order of the text to postings in the order of the terms.

While documents are added, a field is two growing arrays: the term number of each token,
and the number of tokens of each document. At the end one stable sort by term puts every
posting in its place; counts per posting and per block are reductions over runs of equal
values. All of it works on whole arrays.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from index.codec.array_file import Array
from index.codec.arrays import as_array, narrowed, radix_argsort, ranges_from_zero, starts
from index.codec.posting_codes import MAX_CODED_FREQUENCY, POSTINGS_PER_BLOCK, length_codes
from index.codec.term_bytes import encode_term

if TYPE_CHECKING:
    from index.codec.string_table import StringTable  # a search has none


class Vocabulary(dict[str, int]):
    """Terms in the order of their first lookup, which gives each its number."""

    def __missing__(self, term: str) -> int:
        number = self[term] = len(self)
        return number

    def numbers(self, terms: Sequence[str]) -> Array:
        """Return the number of each term; a new one gets the next: uint32."""
        return np.fromiter(map(self.__getitem__, terms), np.uint32, len(terms))

    def encoded(self, first: int = 0) -> list[bytes]:
        """Return the terms from one number on, as bytes."""
        return [*map(encode_term, islice(self, first, None))]


class FieldInverter:
    """One field of a batch; each document is added as a sequence of terms."""

    def __init__(self, *, positions: bool = True) -> None:
        self.vocabulary = Vocabulary()
        self.terms = array("I")
        """Term numbers of all documents."""
        self.lengths = array("I")
        """Number of terms of each document."""
        self._positions = positions

    def add(self, terms: Sequence[int]) -> None:
        """Add the next document by its terms, as numbers of the vocabulary."""
        self.terms.extend(array("I", terms))
        self.lengths.append(len(terms))

    def arrays(self) -> dict[str, Array]:
        """Return the arrays that :class:`index.codec.postings.FieldPostings` reads, by name."""
        lengths = as_array(self.lengths)
        positions = ranges_from_zero(lengths) if self._positions else None
        return inverted(self.vocabulary, as_array(self.terms), positions, lengths).arrays


@dataclass(frozen=True, slots=True)
class Postings:
    """The postings of a field, in the order of its terms; those of a term by document."""

    documents: Array
    """Unsigned: number of the document of each posting."""
    frequencies: Array
    """Unsigned: number of tokens of each posting."""
    starts: Array
    """Unsigned: the first posting of each term, then the number of all."""
    positions: Array
    """uint32: of each token."""


@dataclass(frozen=True, slots=True)
class InvertedField:
    """The arrays of a field, and which terms of a vocabulary it has."""

    arrays: dict[str, Array]
    """As :class:`index.codec.postings.FieldPostings` reads them, by name."""
    numbers: Array
    """int64: the number in the vocabulary of each term of the field, in the order of the field."""

    @classmethod
    def of(
        cls, names: Sequence[bytes], numbers: Array, postings: Postings, lengths: Array
    ) -> InvertedField:
        """Return a field, given its terms, postings and the numbers of tokens of its documents."""
        return cls({**term_arrays(names), **scored_arrays(postings, lengths)}, numbers)


def terms_in_order(
    vocabulary: Vocabulary | StringTable, counts: Array
) -> tuple[Array, list[bytes]]:
    """Return the terms of a vocabulary that have a count above 0, in the order of their bytes.

    Returns their numbers (int64) and the terms.
    """
    names = vocabulary.encoded()
    used = np.flatnonzero(counts).tolist()
    used.sort(key=names.__getitem__)
    return np.array(used, np.int64), [names[number] for number in used]


def inverted(
    vocabulary: Vocabulary | StringTable, terms: Array, positions: Array | None, lengths: Array
) -> InvertedField:
    """Return a field, given its tokens in the order of the text.

    ``terms`` are numbers of the vocabulary, which may have others too, and ``positions`` are
    positions in the documents (both uint32, a token each); ``lengths`` are the numbers of
    tokens of the documents.
    """
    counts = np.bincount(terms, minlength=len(vocabulary))
    numbers, names = terms_in_order(vocabulary, counts)
    rank = np.zeros(len(vocabulary), np.uint32)
    rank[numbers] = np.arange(len(numbers), dtype=np.uint32)
    tokens = _sorted_by_term(rank[terms], positions, lengths)
    return InvertedField(
        {**term_arrays(names), **posting_arrays(tokens, len(numbers), lengths)}, numbers
    )


def _sorted_by_term(tokens: Array, positions: Array | None, lengths: Array) -> Occurrences:
    """Sort tokens, given as ranks of their terms in the order of the text."""
    sort = radix_argsort(tokens)
    documents = np.repeat(np.arange(len(lengths), dtype=np.uint32), lengths)
    return Occurrences(
        tokens[sort], documents[sort], None if positions is None else positions[sort]
    )


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Every token of a field, sorted by term, then document, then position."""

    terms: Array
    """uint32: rank of the term."""
    documents: Array
    """uint32: number of the document in the segment."""
    positions: Array | None
    """uint32; None for a field without positions."""


def term_arrays(terms: Sequence[bytes]) -> dict[str, Array]:
    """Return sorted terms as one array of bytes and the start of each."""
    return {
        "terms": np.frombuffer(b"".join(terms), np.uint8),
        "term_starts": starts([len(term) for term in terms]).astype(np.uint32),
    }


def posting_arrays(tokens: Occurrences, terms: int, lengths: Array) -> dict[str, Array]:
    """Return the postings of a field with this number of terms: documents, codes and positions."""
    first = _posting_starts(tokens)
    frequency = np.diff(np.append(first, len(tokens.terms)))
    documents = tokens.documents[first]
    counts = np.bincount(tokens.terms[first], minlength=terms)
    begins = starts(counts)
    if tokens.positions is None:
        return unscored_arrays(documents, begins)
    return scored_arrays(Postings(documents, frequency, begins, tokens.positions), lengths)


def unscored_arrays(documents: Array, begins: Array) -> dict[str, Array]:
    """Return the postings of a field without frequencies, given where each term begins."""
    return {
        "documents": documents.astype(np.uint16, copy=False),
        "posting_starts": begins.astype(np.uint32, copy=False),
    }


def scored_arrays(postings: Postings, lengths: Array) -> dict[str, Array]:
    """Return the postings of a field, given the numbers of tokens of its documents."""
    codes = length_codes(lengths)
    return {
        **unscored_arrays(postings.documents, postings.starts),
        "length_codes": codes,
        "length_total": np.array([int(lengths.sum())], np.uint64),
        "positions": narrowed(postings.positions),
        **frequency_arrays(postings.frequencies, codes[postings.documents]),
    }


def _posting_starts(tokens: Occurrences) -> Array:
    """int64: the first token of each posting, where the term or the document changes."""
    if not len(tokens.terms):
        return np.zeros(0, np.int64)
    new = np.empty(len(tokens.terms), bool)
    new[0] = True
    np.not_equal(tokens.terms[1:], tokens.terms[:-1], out=new[1:])
    new[1:] |= tokens.documents[1:] != tokens.documents[:-1]
    return np.flatnonzero(new)


def frequency_arrays(frequency: Array, length_code: Array) -> dict[str, Array]:
    """Return codes ``tf << 8 | length``, frequencies too large for them, and block starts."""
    large = np.flatnonzero(frequency > MAX_CODED_FREQUENCY)
    coded = np.minimum(frequency, MAX_CODED_FREQUENCY).astype(np.uint16)
    return {
        "codes": (coded << 8) | length_code,
        "large_at": large.astype(np.uint32),
        "large_tf": frequency[large].astype(np.uint32),
        "block_positions": narrowed(starts(frequency)[:-1][::POSTINGS_PER_BLOCK]),
    }
