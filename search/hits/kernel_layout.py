"""A text and what the kernel finds in it, as ``excerpts.h`` lays them out."""

from __future__ import annotations

import ctypes
from array import array
from collections.abc import Iterable, Iterator, Sequence
from struct import Struct

from index.analysis.chains import position_count
from index.analysis.tokenizer import pieces
from search.hits.found_words import FoundWord
from search.hits.snippet import MAX_EXAMINED
from search.results import Span

_KINDS = ("arabic", "word", "number", "groups", "account", "phrase", "acronym", "url", "email")
"""The kinds of pieces by number: those of ``pieces.c``, then those that only the patterns cut."""
_NUMBERS = {kind: number for number, kind in enumerate(_KINDS)}
_COLUMNS = ("starts", "ends", "kinds", "firsts")
_FRAGMENT, _SPAN, _WORD = Struct("=6I"), Struct("=2I"), Struct("=5I")
"""A fragment with the number of its spans, a span, and a word."""
_MIN_SIZES = (2048, 4, 32)
"""Characters, blocks and events that there is room for at first: those of most texts."""


Fragment = Sequence[int]
"""Its start and end, the start of its first match, whether it begins and ends in a sentence."""


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
        ("size", ctypes.c_uint64),
        *((name, ctypes.c_void_p) for name in (*_COLUMNS, "checkpoints")),
        ("blocks", ctypes.c_uint64),
        *((name, ctypes.c_void_p) for name in ("cut", "events")),
        ("event_count", ctypes.c_uint64),
        ("stories", ctypes.c_void_p),
        *((name, ctypes.c_uint64) for name in ("story_count", "title_end")),
        *((name, ctypes.c_void_p) for name in ("worth", "seen", "left", "windows")),
        *((name, ctypes.c_void_p) for name in ("shown", "spans", "found")),
        *((n, ctypes.c_uint64) for n in ("shown_count", "found_count", "is_new", "block")),
    )
    size: int
    shown_count: int
    found_count: int
    block: int


class Room:
    """The memory for one text after the other; all of it is used again."""

    def __init__(self, targets: int, fragments: int) -> None:
        self.text = Text()
        self._targets, self._fragments = targets, fragments
        self._sizes: tuple[int, ...] = (0, 0, 0)
        self._room = array("I")
        self._bytes = memoryview(b"")
        self._places: dict[str, int] = {}
        """Name of an array → its first byte in the room."""
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
        self._sizes = tuple(map(max, self._sizes, wanted))
        characters, blocks, events = self._sizes
        fragments = max(min(self._fragments, events), 1)
        arrays = {
            "shown": _FRAGMENT.size * fragments,
            "spans": _SPAN.size * events,
            "found": _WORD.size * min(MAX_EXAMINED * self._targets, events),
            "windows": 8 * fragments,
            "left": 8 * events,
            "cut": 8 * blocks,
            **dict.fromkeys(_COLUMNS, 4 * characters),
        }
        self._room = array("I", bytes(sum(arrays.values())))
        self._bytes = memoryview(self._room).cast("B")
        address, place = self._room.buffer_info()[0], 0
        for name, size in arrays.items():
            setattr(self.text, name, address + place)
            self._places[name] = place
            place += size

    def cut_by_patterns(self, text: str, block: int, start: int, end: int, position: int) -> int:
        """Cut a block that the kernel cannot cut; return the position behind its last word."""
        starts, ends, kinds, firsts = (self._places[name] // 4 + start for name in _COLUMNS)
        room, number = self._room, -1
        for number, (raw, first, last, kind) in enumerate(pieces(text, start, end)):
            room[starts + number], room[ends + number] = first, last
            room[kinds + number], room[firsts + number] = _NUMBERS[kind], position
            position += position_count(raw, kind)
        at = self._places["cut"] // 4 + 2 * block
        room[at], room[at + 1] = number + 2, position
        return position

    def fragments(self) -> Iterator[tuple[Fragment, tuple[Span, ...]]]:
        """Yield the fragments, each with its spans."""
        at, span = self._places["shown"], self._places["spans"]
        for _ in range(self.text.shown_count):
            *fragment, spans = _FRAGMENT.unpack_from(self._bytes, at)
            end = span + _SPAN.size * spans
            yield fragment, tuple(_SPAN.iter_unpack(self._bytes[span:end]))
            at, span = at + _FRAGMENT.size, end

    def words(self, text: str) -> list[FoundWord]:
        """Return the words that match."""
        begin = self._places["found"]
        end = begin + _WORD.size * self.text.found_count
        return [
            (target, text[start:end], _KINDS[kind], word)
            for target, start, end, kind, word in _WORD.iter_unpack(self._bytes[begin:end])
        ]
