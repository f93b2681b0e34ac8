"""Analyze pieces by the compiled kernel (``index/kernel/source/words.c``)."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from index.analysis import stemmer
from index.analysis.columns import Column
from index.analysis.letter_tables import Array, text_of, word_starts
from index.analysis.word_rules import word_rules
from index.kernel import library

_MOST_LETTERS, _MOST_TERMS = 320, 64
"""Letters and terms of a piece in one field."""
RARE, ARABIC, LATIN, NUMBER = range(4)
"""Kinds of pieces; :data:`RARE` are those that are left to Python."""
BY_LANGUAGE = (ARABIC, LATIN, NUMBER)
"""The kind whose words are of each of ``index.analysis.columns.LANGUAGES``."""


class CompiledPieces(NamedTuple):
    """The terms of some pieces; none of those that are left to Python."""

    kinds: Array
    """uint8: what each piece is."""
    cases: Array
    """int8: 1 for a piece without capitals, -1 for one with any, 0 for other scripts."""
    widths: Array
    """uint8: the number of positions of each piece."""
    exact: Column
    stem: Column
    root: Column


class _Output(ctypes.Structure):
    """Where the terms of one field go."""

    _fields_ = (
        ("letters", ctypes.c_void_p),
        ("positions", ctypes.c_void_p),
        ("counts", ctypes.c_void_p),
    )


def compiled_pieces(raws: Sequence[str]) -> CompiledPieces | None:
    """Return the terms of pieces, at most ``columns.CHUNK``; None where there is no kernel."""
    call = _call()
    if call is None:
        return None
    count = len(raws)
    kinds, widths = np.empty((2, count), np.uint8)
    cases = np.empty(count, np.int8)
    fields = [_Field.of(count) for _ in range(3)]
    outputs = (_Output * 3)(*(field.output() for field in fields))
    starts = word_starts(raws)
    call(
        ctypes.byref(word_rules()),
        text_of(["".join(raws).replace("’", "'")]),  # beyond the tables, and in many words
        starts.ctypes.data,
        count,
        *(array.ctypes.data for array in (kinds, cases, widths)),
        outputs,
    )
    exact, stem, root = (
        field.column(output) for field, output in zip(fields, outputs, strict=True)
    )
    _stem_latin(stem, kinds)
    return CompiledPieces(kinds, cases, widths, exact, stem, root)


class _Field(NamedTuple):
    """Space for the terms of one field."""

    letters: Array
    positions: Array
    counts: Array

    @classmethod
    def of(cls, pieces: int) -> _Field:
        return cls(
            np.empty(pieces * _MOST_LETTERS, np.uint16),
            np.empty(pieces * _MOST_TERMS, np.uint8),
            np.zeros(pieces, np.uint8),
        )

    def output(self) -> _Output:
        return _Output(*(array.ctypes.data for array in self))

    def column(self, written: _Output) -> Column:
        """Return the terms, given the places behind them."""
        size = (written.letters - self.letters.ctypes.data) // self.letters.itemsize
        terms = self.letters[:size].tobytes().decode("utf-16-le").split("\n")[:-1]
        positions = self.positions[: len(terms)].astype(np.uint32)
        return Column(terms, positions, self.counts.astype(np.uint32))


def _stem_latin(stem: Column, kinds: Array) -> None:
    """Replace the Latin words of a column by their stems."""
    places = (np.repeat(kinds, stem.counts) == LATIN).nonzero()[0].tolist()
    stems = stemmer.english_stems([stem.terms[place] for place in places])
    for place, stemmed in zip(places, stems, strict=True):
        stem.terms[place] = stemmed


@cache
def _call() -> library.Function | None:
    pointer = ctypes.c_void_p
    arguments = (pointer, ctypes.c_char_p, pointer, ctypes.c_uint64, *[pointer] * 4)
    return library.function("dalil_words", None, *arguments, holds_lock=False)
