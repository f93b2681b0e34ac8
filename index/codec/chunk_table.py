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
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

import numpy as np

from index.analysis.lazy_pattern import lazy_pattern
from index.analysis.number_groups import SIGNS, SPACES
from index.analysis.script import INVISIBLE
from index.analysis.tokenizer import BLOCK_SIZE, MAX_UNSPACED, blocks, piece_texts
from index.codec.arrays import starts
from index.codec.piece_terms import GAP, PieceTerms
from index.codec.string_table import StringTable
from index.codec.text_pieces import TextPieces
from index.kernel import library

_POINTER, _SIZE = ctypes.c_void_p, ctypes.c_uint64
_cut_texts = library.function(
    "dalil_cut_texts",
    ctypes.c_int64,
    *(_POINTER, ctypes.c_char_p, ctypes.c_char_p, _POINTER, _SIZE, _POINTER),
)

_CLASSES = (
    *(r"\s", SPACES, r"\d", f"{INVISIBLE}{SIGNS}", "(", ")", "+"),
    r"""!"'(),.:;?\[\]«»“”‘’‹›…–—،؛؟-""",
)
"""Each class of ``chunks.c``, in the order of its bits, as the inside of a character class."""
_CLASSED = 0x20000
"""Code points that have classes."""
_LEFT = 0xFFFFFFFF
"""The count of a text that is left to the tokenizer."""
_ONE_PIECE = lazy_pattern("[A-Za-z]+|[ء-غف-ي][ء-غـ-ْ]*")
"""A chunk that is one piece, as most are."""


class _Chunks(ctypes.Structure):
    """``Chunks`` of ``chunks.c``."""

    _fields_ = (
        *((name, _POINTER) for name in ("numbers", "counts", "blocks", "block_counts")),
        *((name, _SIZE) for name in ("block_size", "max_block")),
    )


class ChunkTable:
    """Distinct chunks in the order of their first lookup, which analyses and numbers each."""

    most = 1_000_000
    """Chunks that a table should hold. Computed: one takes 170 bytes, with its terms and names."""

    def __init__(self) -> None:
        self.terms = PieceTerms()
        self._strings = StringTable()
        self._strings.numbers([GAP])

    def __len__(self) -> int:
        """Return the number of chunks."""
        return len(self.terms)

    @property
    def size(self) -> int:
        """Bytes of all chunks."""
        return self._strings.size

    def cut(self, texts: Sequence[str]) -> list[TextPieces]:
        """Return the chunks of texts, and add the new ones."""
        cut = cut_texts(self._strings, texts, character_classes())
        found = [
            self._left(text) if pieces is None else pieces
            for text, pieces in zip(texts, cut, strict=True)
        ]
        new = self._strings.encoded(len(self.terms))
        pieces = [_pieces(chunk.decode("utf-8", "surrogatepass")) for chunk in new]
        self.terms.add([piece for each in pieces for piece in each], [*map(len, pieces)])
        return found

    def _left(self, text: str) -> TextPieces:
        """Return the pieces of a text as the tokenizer finds them."""
        numbers, begins = [np.zeros(0, np.uint32)], []
        for start, end in blocks(text):
            begins.append((sum(map(len, numbers)), start))
            pieces = piece_texts(text, start, end)
            numbers.append(self._strings.numbers([GAP + piece for piece in pieces]))
        return TextPieces(np.concatenate(numbers), np.array(begins, np.uint32).reshape(-1, 2))


def cut_texts(
    table: StringTable, texts: Sequence[str], classes: bytes, block_size: int = BLOCK_SIZE
) -> list[TextPieces | None]:
    """Return the chunks of texts by their numbers in a table; None for one that is left.

    ``classes`` are those of :func:`character_classes`, ``block_size`` the characters of a block.
    """
    assert _cut_texts is not None  # noqa: S101 (see string_table.is_compiled)
    encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
    ends = starts([*map(len, encoded)])[1:].astype(np.uint64)
    size = int(ends[-1]) if texts else 0
    numbers = np.empty(size // 2 + len(texts), np.uint32)
    blocks = np.empty((size // block_size + 2 * len(texts), 2), np.uint32)
    counts, block_counts = np.empty((2, len(texts)), np.uint32)
    addresses = [each.ctypes.data for each in (numbers, counts, blocks, block_counts)]
    out = ctypes.byref(_Chunks(*addresses, block_size, block_size + MAX_UNSPACED))
    given = (classes, b"".join(encoded), ends.ctypes.data, len(texts), out)
    while _cut_texts(table.address, *given) == library.NO_ROOM:
        table.grow()
    left = counts == _LEFT
    counts[left] = 0
    first, block = starts(counts).tolist(), starts(block_counts).tolist()
    return [
        None if left[n] else TextPieces(numbers[begin:end], blocks[block[n] : block[n + 1]])
        for n, (begin, end) in enumerate(pairwise(first))
    ]


def _pieces(chunk: str) -> list[str]:
    """Return the pieces of a chunk, or the piece of a text that was left to the tokenizer."""
    if chunk.startswith(GAP):
        return [chunk.removeprefix(GAP)]
    return [chunk] if _ONE_PIECE.fullmatch(chunk) else piece_texts(chunk, 0, len(chunk))


@cache
def character_classes() -> bytes:
    """Return the classes of each code point below :data:`_CLASSED`, a byte each."""
    characters = "".join(map(chr, range(_CLASSED)))
    classes = np.zeros(_CLASSED, np.uint8)
    for bit, inside in enumerate(_CLASSES):
        for run in re.finditer(f"[{inside}]+", characters):
            classes[run.start() : run.end()] |= 1 << bit
    return classes.tobytes()
