"""The pieces of a part of a text by the positions of their words, cut by the kernel."""

from __future__ import annotations

import ctypes
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache

from index.analysis.chains import position_count
from index.analysis.character_classes import classes
from index.analysis.tokenizer import addresses, first_plain
from index.kernel.library import Function, function

_KINDS = ("arabic", "word", "number")
"""The kinds that the kernel cuts, by number; pieces of others are cut by the patterns."""

RawPiece = tuple[str, int, int, str]
"""A piece as ``tokenizer.pieces`` yields it: its text, start, end and kind."""


class _Cut(ctypes.Structure):
    """A text that is cut, and its pieces: as in ``pieces.c``."""

    _fields_ = (
        ("codes", ctypes.c_char_p),
        ("classes", ctypes.c_void_p),
        *((name, ctypes.c_void_p) for name in ("starts", "ends", "kinds", "firsts")),
        *((name, ctypes.c_uint64) for name in ("at", "end", "pieces", "words")),
    )
    at: int
    end: int
    pieces: int
    words: int


@cache
def _functions() -> tuple[Function | None, Function | None, int]:
    """Return what cuts, what looks for addresses, and the address of the classes."""
    cut = function("dalil_cut", None, ctypes.c_void_p)
    may_have_address = function("dalil_may_have_address", ctypes.c_int32, ctypes.c_void_p)
    return cut, may_have_address, classes().ctypes.data if cut else 0


class CutText:
    """The pieces of ``text[start:end]``, in order, and the piece of every position."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text, self._start = text, start
        self._codes = text[start:end].encode("utf-32-le", "surrogatepass")
        self._size = size = len(self._codes) // 4
        self._table = array("I", bytes(16 * size))
        """Starts, ends, kinds and first positions of the pieces, one column after the other."""
        self._others: dict[int, str] = {}
        """Piece → its kind, if the patterns have cut it."""
        self._cut_all()

    @classmethod
    def of(cls, text: str, start: int, end: int) -> CutText | None:
        """Return the pieces of a part of a text; None where Python does the work."""
        if _functions()[0] is None or not 0 <= start < end <= len(text):
            return None
        return cls(text, start, end)

    def __len__(self) -> int:
        """Return the number of positions."""
        return self._words

    def pieces(self) -> Iterator[RawPiece]:
        """Yield all pieces."""
        return map(self._piece, range(self._pieces))

    def at(self, positions: list[int]) -> Iterator[tuple[RawPiece, int]]:
        """Yield the pieces at ascending positions, counted from 0, each with its first one."""
        table, firsts, last = self._table, 3 * self._size, -1
        for position in positions:
            number = bisect_right(table, position, firsts, firsts + self._pieces) - firsts - 1
            if number != last:
                yield self._piece(number), table[firsts + number]
            last = number

    def _piece(self, number: int) -> RawPiece:
        start = self._start + self._table[number]
        end = self._start + self._table[self._size + number]
        kind = self._others.get(number) or _KINDS[self._table[2 * self._size + number]]
        return self._text[start:end], start, end, kind

    def _cut_all(self) -> None:
        cut_plain, may_have_address, class_table = _functions()
        assert cut_plain is not None and may_have_address is not None  # noqa: PT018, S101
        first, _ = self._table.buffer_info()
        columns = (first + 4 * n * self._size for n in range(4))
        cut = _Cut(self._codes, class_table, *columns, 0, self._size, 0, 0)
        where = ctypes.addressof(cut)
        if may_have_address(where):
            end = self._start + self._size
            for address in addresses(self._text, self._start, end):
                self._cut_to(cut, address[1] - self._start, cut_plain)
                self._add(cut, address)
        self._cut_to(cut, self._size, cut_plain)
        self._pieces, self._words = cut.pieces, cut.words

    def _cut_to(self, cut: _Cut, end: int, cut_plain: Function) -> None:
        """Cut plain pieces up to an offset, those that the kernel leaves by the pattern."""
        where, start = ctypes.addressof(cut), self._start
        cut.end = end
        cut_plain(where)
        while cut.at < end:
            other = first_plain(self._text, start + cut.at, start + end)
            if other is None:
                cut.at += 1
            else:
                self._add(cut, other)
            cut_plain(where)

    def _add(self, cut: _Cut, piece: RawPiece) -> None:
        """Add a piece that the patterns have cut."""
        raw, start, end, kind = piece
        number, size = cut.pieces, self._size
        self._table[number] = start - self._start
        self._table[size + number] = end - self._start
        self._table[3 * size + number] = cut.words
        self._others[number] = kind
        cut.at, cut.pieces = end - self._start, number + 1
        cut.words += position_count(raw, kind)
