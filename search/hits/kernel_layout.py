"""A text and what the kernel finds in it, as ``excerpts.h`` lays them out."""

from __future__ import annotations

import ctypes
from array import array
from collections.abc import Iterable, Iterator, Sequence

from index.analysis.chains import position_count
from index.analysis.tokenizer import pieces
from search.hits.snippet import MAX_EXAMINED
from search.results import Span

_KINDS = ("arabic", "word", "number", "groups", "account", "phrase", "acronym", "url", "email")
"""The kinds of pieces by number: those of ``pieces.c``, then those that only the patterns cut."""
_NUMBERS = {kind: number for number, kind in enumerate(_KINDS)}
_COLUMNS = ("starts", "ends", "kinds", "firsts")
_FRAGMENT, _SPAN, _WORD = 6, 2, 5
"""Numbers of a fragment, a span, and a word."""
_MIN_SIZES = (2048, 4, 32)
"""Characters, blocks and events that there is room for at first: those of most texts."""
LEFT_TITLE = 0xFFFF_FFFF
"""Pieces of a title that the patterns must cut."""

RawPiece = tuple[int, int, str]
"""Start, end and kind of a piece."""


class Wanted(ctypes.Structure):
    """What a query wants of every text."""

    _fields_ = (
        ("weights", ctypes.c_void_p),
        *((name, ctypes.c_uint64) for name in ("targets", "fragments", "width", "reach")),
        ("classes", ctypes.c_void_p),
    )


class Text(ctypes.Structure):
    """A text, what is asked about it, and where the answer is."""

    _fields_ = (
        ("codes", ctypes.c_void_p),
        *((name, ctypes.c_uint64) for name in ("size", "title_size")),
        *((name, ctypes.c_void_p) for name in (*_COLUMNS, "checkpoints")),
        ("blocks", ctypes.c_uint64),
        *((name, ctypes.c_void_p) for name in ("cut", "events")),
        ("event_count", ctypes.c_uint64),
        ("stories", ctypes.c_void_p),
        *((name, ctypes.c_uint64) for name in ("story_count", "title_end")),
        *((name, ctypes.c_void_p) for name in ("worth", "seen", "left", "windows")),
        *((name, ctypes.c_void_p) for name in ("shown", "spans", "found")),
        *((name, ctypes.c_uint64) for name in ("shown_count", "found_count", "is_new")),
        *((name, ctypes.c_uint64) for name in ("title_pieces", "block")),
    )
    size: int
    shown_count: int
    found_count: int
    title_pieces: int
    block: int


class Room:
    """The memory for one text after the other; all of it is used again."""

    def __init__(self, targets: int, fragments: int) -> None:
        self.text = Text()
        self._targets, self._fragments = targets, fragments
        self._sizes: tuple[int, ...] = (0, 0, 0)
        self._room = array("I")
        self._places: dict[str, int] = {}
        """Where each array is in the room."""
        self._by_target = array("d", bytes(8 * (2 * targets + 1)))
        worth, _ = self._by_target.buffer_info()
        self.text.worth, self.text.seen = worth, worth + 8 * targets
        self._grow(_MIN_SIZES)

    def fit(self, characters: int, blocks: int, events: int) -> None:
        """Make room for a text."""
        room = self._sizes
        if characters > room[0] or blocks > room[1] or events > room[2]:
            self._grow([1 << size.bit_length() for size in (characters, blocks, events)])

    def _grow(self, wanted: Iterable[int]) -> None:
        self._sizes = sizes = tuple(map(max, self._sizes, wanted))
        characters, blocks, events = sizes
        fragments = max(min(self._fragments, events), 1)
        arrays = {
            "shown": _FRAGMENT * fragments,
            "spans": _SPAN * events,
            "found": _WORD * min(MAX_EXAMINED * self._targets, events),
            "windows": 2 * fragments,
            "left": 2 * events,
            "cut": 2 * blocks,
            **dict.fromkeys(_COLUMNS, characters),
        }
        self._room = array("I", bytes(4 * sum(arrays.values())))
        address, place = self._room.buffer_info()[0], 0
        for name, size in arrays.items():
            setattr(self.text, name, address + 4 * place)
            self._places[name] = place
            place += size

    def cut_by_patterns(self, text: str, block: int, start: int, end: int, position: int) -> int:
        """Cut a block that the kernel cannot cut; return the position behind its last word."""
        starts, ends, kinds, firsts = (self._places[name] + start for name in _COLUMNS)
        room, number = self._room, -1
        for number, (raw, first, last, kind) in enumerate(pieces(text, start, end)):
            room[starts + number], room[ends + number] = first, last
            room[kinds + number], room[firsts + number] = _NUMBERS[kind], position
            position += position_count(raw, kind)
        at = self._places["cut"] + 2 * block
        room[at], room[at + 1] = number + 2, position
        return position

    def fragments(self) -> Iterator[tuple[Sequence[int], tuple[Span, ...]]]:
        """Yield the fragments: start, end, start of the first match, cuts; and their spans."""
        room = self._room
        at, span = self._places["shown"], self._places["spans"]
        for _ in range(self.text.shown_count):
            *fragment, spans = room[at : at + _FRAGMENT]
            end = span + _SPAN * spans
            pairs = zip(room[span:end:2], room[span + 1 : end : 2], strict=True)
            yield fragment, tuple(pairs)
            at, span = at + _FRAGMENT, end

    def words(self) -> list[tuple[int, RawPiece, int]]:
        """Return the words that match: target, piece, and which word of the piece it is."""
        room, begin = self._room, self._places["found"]
        numbers = iter(room[begin : begin + _WORD * self.text.found_count])
        return [
            (target, (start, end, _KINDS[kind]), word)
            for target, start, end, kind, word in zip(*[numbers] * _WORD, strict=True)
        ]

    def title(self) -> list[RawPiece] | None:
        """Return the pieces of the title; None if the patterns must cut it."""
        size, count = self.text.size, self.text.title_pieces
        if count == LEFT_TITLE:
            return None
        places = (self._places[name] + size for name in _COLUMNS[:3])
        starts, ends, kinds = (self._room[at : at + count] for at in places)
        return [
            (start - size, end - size, _KINDS[kind])
            for start, end, kind in zip(starts, ends, kinds, strict=True)
        ]
