"""What is shown of a text, its fragments and the words that match, found by the kernel.

``snippet.fragments`` and ``snippet.matches`` are the same in Python.
"""

from __future__ import annotations

import ctypes
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from threading import Lock

from index.analysis.chains import position_count
from index.analysis.character_classes import classes
from index.analysis.tokenizer import pieces
from index.kernel.library import Function, function
from search.hits.found_words import FoundWord
from search.hits.snippet import MAX_EXAMINED, reach_of
from search.hits.stored_text import StoredText
from search.query.query_terms import Positions
from search.results import Snippet

_MAX_CHARACTERS = 1 << 18
"""Of a longer text Python cuts the blocks that it needs, and does not copy the rest."""
_KINDS = ("arabic", "word", "number", "groups", "account", "phrase", "acronym", "url", "email")
"""The kinds of pieces by number: those of ``pieces.c``, then those that only the patterns cut."""
_NUMBERS = {kind: number for number, kind in enumerate(_KINDS)}
_COLUMNS = ("starts", "ends", "kinds", "firsts")
_FRAGMENT, _SPAN, _WORD = 6, 2, 5
"""Numbers of a fragment, a span, and a word in the arrays of the kernel."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What is shown of a text."""

    snippets: tuple[Snippet, ...]
    words: Sequence[FoundWord]
    """The first of each target, in the order of the text."""


class _Wanted(ctypes.Structure):
    """What a query wants of every text: as in ``excerpts.h``, as the next one."""

    _fields_ = (
        ("weights", ctypes.c_void_p),
        *((name, ctypes.c_uint64) for name in ("targets", "fragments", "width", "reach")),
        ("classes", ctypes.c_void_p),
    )


class _Text(ctypes.Structure):
    _fields_ = (
        ("codes", ctypes.c_void_p),
        ("size", ctypes.c_uint64),
        *((name, ctypes.c_void_p) for name in (*_COLUMNS, "checkpoints")),
        ("blocks", ctypes.c_uint64),
        ("cut", ctypes.c_void_p),
        ("events", ctypes.c_void_p),
        ("event_count", ctypes.c_uint64),
        ("stories", ctypes.c_void_p),
        *((name, ctypes.c_uint64) for name in ("story_count", "title_end")),
        *((name, ctypes.c_void_p) for name in ("worth", "seen", "left", "windows")),
        *((name, ctypes.c_void_p) for name in ("shown", "spans", "found")),
        *((n, ctypes.c_uint64) for n in ("shown_count", "found_count", "is_new", "block")),
    )


class Excerpts:
    """Makes the excerpts of texts for one query, one at a time."""

    def __init__(self, weights: Sequence[float], count: int, width: int, cut: Function) -> None:
        self._cut = cut
        self._weights = array("d", weights)
        self._scratch = array("d", bytes(16 * len(weights) + 16))
        self._count = count
        self._lock = Lock()
        self._text = _Text()
        self._room = array("I")
        self._sizes = (0, 0, 0)
        """Characters, blocks and events that there is room for."""
        self._places: dict[str, int] = {}
        """Where each array is in the room."""
        worth, _ = self._scratch.buffer_info()
        self._text.worth, self._text.seen = worth, worth + 8 * len(weights)
        self._wanted = _Wanted(
            self._weights.buffer_info()[0], len(weights), count, width, reach_of(width),
            classes().ctypes.data,
        )  # fmt: skip

    @classmethod
    def of(cls, weights: Sequence[float], count: int, width: int) -> Excerpts | None:
        """Return what makes excerpts of ``count`` fragments of about ``width`` characters.

        ``weights`` has the weight of each target. None where Python does the work.
        """
        arguments = (ctypes.c_char_p, ctypes.c_void_p, ctypes.c_void_p)
        cut = function("dalil_excerpt", ctypes.c_int64, *arguments)
        if cut is None or not (0 <= width < _MAX_CHARACTERS and 0 <= count < _MAX_CHARACTERS):
            return None
        return cls(weights, count, width, cut)

    def excerpt(self, source: StoredText, positions: Positions, title_end: int) -> Excerpt | None:
        """Return what is shown of a text; None if Python must find it.

        The text repeats its title up to ``title_end``; 0 if it does not.
        """
        size = len(source.text)
        if not 0 < size <= _MAX_CHARACTERS:
            return None
        try:
            checkpoints = array("I", chain.from_iterable(source.checkpoints))
            events = array("I", _pairs(positions))
            stories = _stories(source)
        except (OverflowError, TypeError):  # numbers of a file that cannot be right
            return None
        blocks, count = len(source.checkpoints), len(events) // 2
        if len(checkpoints) != 2 * blocks or stories is None:
            return None
        with self._lock:
            text = self._text
            if size > self._sizes[0] or blocks > self._sizes[1] or count > self._sizes[2]:
                self._make_room(size, blocks, count)
            text.size, text.title_end, text.is_new = size, title_end, 1
            text.checkpoints, text.blocks = checkpoints.buffer_info()[0], blocks
            text.events, text.event_count = events.buffer_info()[0], count
            text.stories, text.story_count = stories.buffer_info()
            if not self._find(source):
                return None
            return Excerpt(tuple(self._snippets(source)), tuple(self._words(source.text)))

    def _make_room(self, *wanted: int) -> None:
        """Make room for a text of so many characters, blocks and events, and of fewer."""
        self._sizes = tuple(max(one, 1 << size.bit_length()) for one, size in zip(self._sizes, wanted, strict=True))  # fmt: skip
        characters, blocks, events = self._sizes
        fragments = max(min(self._count, events), 1)
        words = min(MAX_EXAMINED * len(self._weights), events)
        sizes = {
            "shown": _FRAGMENT * fragments,
            "spans": _SPAN * events,
            "found": _WORD * words,
            "windows": 2 * fragments,
            "left": 2 * events,
            "cut": 2 * blocks,
            **dict.fromkeys(_COLUMNS, characters),
        }
        self._room = array("I", bytes(4 * sum(sizes.values())))
        address, place = self._room.buffer_info()[0], 0
        for name, size in sizes.items():
            setattr(self._text, name, address + 4 * place)
            self._places[name] = place
            place += size

    def _find(self, source: StoredText) -> bool:
        """Let the kernel find all; return whether it could."""
        codes = source.text.encode("utf-32-le", "surrogatepass")
        text, wanted = ctypes.addressof(self._text), ctypes.addressof(self._wanted)
        while self._cut(codes, text, wanted):
            block = self._text.block - 1
            if block < 0 or not self._cut_by_patterns(source, block):
                return False
        return True

    def _cut_by_patterns(self, source: StoredText, block: int) -> bool:
        """Cut a block that the kernel cannot cut alone; return whether it is as it was indexed."""
        position = source.checkpoints[block][0]
        start, end = source.block_span(block)
        starts, ends, kinds, firsts = (self._places[name] + start for name in _COLUMNS)
        room, number = self._room, -1
        for number, (raw, first, last, kind) in enumerate(pieces(source.text, start, end)):
            room[starts + number], room[ends + number] = first, last
            room[kinds + number], room[firsts + number] = _NUMBERS[kind], position
            position += position_count(raw, kind)
        following = source.checkpoints[block + 1 : block + 2]
        at = self._places["cut"] + 2 * block
        room[at], room[at + 1] = number + 2, position
        return not following or following[0][0] == position

    def _snippets(self, source: StoredText) -> Iterator[Snippet]:
        """Yield the fragments that the kernel has found."""
        room, text = self._room, source.text
        at, span = self._places["shown"], self._places["spans"]
        for _ in range(self._text.shown_count):
            start, end, first, before, behind, spans = room[at : at + _FRAGMENT]
            behind_span = span + _SPAN * spans
            yield Snippet(
                text=text[start:end],
                start=start,
                line=source.line(first),
                page=source.page(first),
                spans=tuple(
                    zip(room[span:behind_span:2], room[span + 1 : behind_span : 2], strict=True)
                ),
                part=source.part(first),
                cut=(bool(before), bool(behind)),
            )
            at, span = at + _FRAGMENT, behind_span

    def _words(self, text: str) -> Iterator[FoundWord]:
        """Yield the words that the kernel has found."""
        begin = self._places["found"]
        end = begin + _WORD * self._text.found_count
        for at in range(begin, end, _WORD):
            target, start, end, kind, word = self._room[at : at + _WORD]
            yield target, text[start:end], _KINDS[kind], word


def _pairs(positions: Positions) -> list[int]:
    """Return each position with each of its targets, ascending, one after the other."""
    return [each for at in sorted(positions) for n in positions[at] for each in (at, n)]


def _stories(source: StoredText) -> array[int] | None:
    """Return the first character of each story of a text; None if they are not in order."""
    starts = [start for start, _ in source.story_spans()] if source.parts else [0]
    return array("I", starts) if all(a < b for a, b in pairwise(starts)) else None
