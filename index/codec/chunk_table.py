"""The distinct chunks of texts, which the compiled kernel cuts, looks up and counts.

A chunk is what stands between white space. It is analysed as a whole, once, and takes the place of
a piece: its parts are the pieces that the tokenizer finds in it. The pieces of a text are those of
its chunks, because of all patterns of the tokenizer

- only numbers with spaces (``index.analysis.number_groups``) match white space, or look across
  it. White space that may be in one does not end a chunk: it has a digit, a sign or a bracket on
  each side and a digit behind, or a digit on one side and a capital of an account number on the
  other;
- none needs the signs before and behind a word of plain letters, which are taken off: an address
  or an acronym has more signs within it, and an endless text is cut only within a chunk.

A text with a chunk of more than 1,024 bytes, or with a block that has no usual end, is left to the
tokenizer. Its pieces are in the table behind a line end, which is in no chunk.
"""

from __future__ import annotations

import ctypes
import re
from array import array
from collections.abc import Iterable, Sequence
from functools import cache

import numpy as np

from index.analysis.analyzer import scan
from index.analysis.chains import analyze_piece
from index.analysis.number_groups import SIGNS, SPACES
from index.analysis.script import INVISIBLE
from index.analysis.tokenizer import BLOCK_SIZE, MAX_UNSPACED, blocks, kind_of, piece_texts
from index.codec.array_file import Array
from index.codec.inversion import as_array
from index.codec.piece_table import TextPieces
from index.codec.piece_terms import GAP, LANGUAGES, Part, PieceTerms, named_counts
from index.codec.string_table import StringTable
from index.kernel import library

_POINTER, _SIZE = ctypes.c_void_p, ctypes.c_uint64
_chunks = library.function(
    "dalil_chunks", ctypes.c_int64, _POINTER, _POINTER, ctypes.c_char_p, _SIZE, _POINTER
)
_chunk_sums = library.function(
    "dalil_chunk_sums",
    _SIZE,
    *(_POINTER, _SIZE, _POINTER, _POINTER, _POINTER, _SIZE, _POINTER),
)

_CLASSES = (
    *(r"\s", SPACES, r"\d", f"{INVISIBLE}{SIGNS}", "(", ")", "+"),
    r"""!"'(),.:;?\[\]«»“”‘’‹›…–—،؛؟-""",
)
"""Each class of ``chunks.c``, in the order of its bits, as the inside of a character class."""
_CLASSED = 0x20000
"""Code points that have classes."""
_BUFFER = 1 << 16
"""Bytes of the longest text whose buffers are kept for the next."""
_ONE_WORD = re.compile(r"(?P<word>[A-Za-z]+)|(?P<arabic>[ء-غف-ي][ء-غـ-ْ]*)")
"""A chunk that is one piece, as most are."""


class _Chunks(ctypes.Structure):
    """``Chunks`` of ``chunks.c``."""

    _fields_ = (
        *((name, _POINTER) for name in ("numbers", "fresh", "blocks")),
        *((name, _SIZE) for name in ("fresh_count", "block_count", "block_size", "max_block")),
    )


class _Buffers:
    """What the kernel writes for one text."""

    def __init__(self, size: int) -> None:
        self.size = size
        """Bytes of the longest text."""
        most = size // 2 + 1
        self.numbers = np.empty(most, np.uint32)
        self.fresh = np.empty(2 * most, np.uint32)
        self.blocks = np.empty(2 * (size // BLOCK_SIZE + 2), np.uint32)
        self.words = np.empty(len(LANGUAGES), np.uint64)
        self.chunks = _Chunks(
            *(each.ctypes.data for each in (self.numbers, self.fresh, self.blocks)),
            block_size=BLOCK_SIZE,
            max_block=BLOCK_SIZE + MAX_UNSPACED,
        )
        self.address = ctypes.addressof(self.chunks)
        self.words_address = self.words.ctypes.data


class ChunkTable:
    """Distinct chunks in the order of their first lookup, which analyses and numbers each."""

    def __init__(self) -> None:
        self.terms = PieceTerms()
        self._strings = StringTable()
        self._strings.numbers([GAP])
        self._classes = character_classes()
        self._buffers = _Buffers(_BUFFER)

    def __len__(self) -> int:
        """Return the number of chunks."""
        return len(self.terms)

    def read(self, text: str) -> TextPieces:
        """Return the chunks of a text, and add the new ones."""
        data = text.encode("utf-8", "surrogatepass")
        buffers = self._buffers if len(data) <= _BUFFER else _Buffers(len(data))
        count = self._cut(data, buffers)
        return self._summed(count, buffers) if count >= 0 else self._read_pieces(text)

    def _cut(self, data: bytes, buffers: _Buffers) -> int:
        """Write the numbers of the chunks to the buffers; return how many, or CANNOT."""
        assert _chunks is not None  # noqa: S101 (see string_table.is_compiled)
        while True:
            count: int = _chunks(
                self._strings.address, self._classes, data, len(data), buffers.address
            )
            if fresh := 2 * buffers.chunks.fresh_count:
                spans = buffers.fresh[:fresh].tolist()
                self._add(
                    data[start:end].decode("utf-8", "surrogatepass")
                    for start, end in zip(spans[::2], spans[1::2], strict=True)
                )
            if count != library.NO_ROOM:
                return count
            self._strings.grow()

    def _summed(self, count: int, buffers: _Buffers) -> TextPieces:
        terms, chunks = self.terms, buffers.chunks
        assert _chunk_sums is not None  # noqa: S101 (see string_table.is_compiled)
        positions = _chunk_sums(
            *(chunks.numbers, count),
            *(terms.widths.buffer_info()[0], terms.languages.buffer_info()[0]),
            *(chunks.blocks, chunks.block_count, buffers.words_address),
        )
        numbers = array("I")
        numbers.frombytes(buffers.numbers[:count].tobytes())
        blocks = buffers.blocks[: 2 * chunks.block_count].tolist()
        checkpoints = [*zip(blocks[::2], blocks[1::2], strict=True)]
        return TextPieces(numbers, positions, checkpoints, named_counts(buffers.words.tolist()))

    def _add(self, chunks: Iterable[str]) -> None:
        for chunk in chunks:
            self.terms.add(_parts(chunk))

    def _read_pieces(self, text: str) -> TextPieces:
        """Return the pieces of a text as the tokenizer finds them."""
        numbers, position, checkpoints = array("I"), 0, []
        for start, end in blocks(text):
            checkpoints.append((position, start))
            of_block = self._piece_numbers(piece_texts(text, start, end))
            position += int(as_array(self.terms.widths)[of_block].sum())
            numbers.frombytes(of_block.tobytes())
        words = self.terms.word_counts(as_array(numbers))
        return TextPieces(numbers, position, checkpoints, words)

    def _piece_numbers(self, pieces: Sequence[str]) -> Array:
        known = len(self._strings)
        numbers = self._strings.numbers([GAP + piece for piece in pieces])
        for number, piece in dict(zip(numbers.tolist(), pieces, strict=True)).items():
            if number >= known:
                self.terms.add([(piece, analyze_piece(piece, kind_of(piece)))])
        return numbers


def _parts(chunk: str) -> list[Part]:
    """Return the pieces of a chunk."""
    if word := _ONE_WORD.fullmatch(chunk):
        return [(chunk, analyze_piece(chunk, word.lastgroup or ""))]
    return [(chunk[start:end], piece) for piece, start, end in scan(chunk)]


@cache
def character_classes() -> bytes:
    """Return the classes of each code point below :data:`_CLASSED`, a byte each."""
    characters = "".join(map(chr, range(_CLASSED)))
    classes = np.zeros(_CLASSED, np.uint8)
    for bit, inside in enumerate(_CLASSES):
        for run in re.finditer(f"[{inside}]+", characters):
            classes[run.start() : run.end()] |= 1 << bit
    return classes.tobytes()
