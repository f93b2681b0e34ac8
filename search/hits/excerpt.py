"""What is shown of a text, its fragments and the words that match, found by the kernel.

``snippet.fragments`` and ``snippet.matches`` do the same in Python.
"""

from __future__ import annotations

import ctypes
from array import array
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from threading import Lock
from typing import NamedTuple

from index.analysis.character_classes import classes
from index.kernel.library import Function, function
from search.hits.found_words import FoundWord
from search.hits.kernel_layout import Room, Wanted
from search.hits.snippet import reach_of
from search.hits.stored_text import StoredText
from search.query.query_terms import Positions
from search.results import Snippet

_MAX_CHARACTERS = 1 << 18
"""Of a longer text Python cuts the blocks that it needs, and does not copy the rest."""
_ONE_STORY = array("I", [0])


class Excerpt(NamedTuple):
    """What is shown of a text."""

    snippets: tuple[Snippet, ...]
    words: Sequence[FoundWord]
    """The first of each target, in the order of the text."""


class Excerpts:
    """Makes the excerpts of texts for one query, one at a time."""

    def __init__(self, weights: Sequence[float], count: int, width: int, find: Function) -> None:
        self._find = find
        self._lock = Lock()
        self._room = Room(len(weights), count)
        self._weights = array("d", weights)
        self._wanted = Wanted(
            self._weights.buffer_info()[0],
            *(len(weights), count, width, reach_of(width)),
            classes().ctypes.data,
        )
        self._arguments = ctypes.addressof(self._room.text), ctypes.addressof(self._wanted)

    @classmethod
    def of(cls, weights: Sequence[float], count: int, width: int) -> Excerpts | None:
        """Return what makes excerpts of ``count`` fragments of about ``width`` characters.

        ``weights`` has the weight of each target. None where Python does the work.
        """
        arguments = (ctypes.c_char_p, ctypes.c_void_p, ctypes.c_void_p)
        find = function("dalil_excerpt", ctypes.c_int64, *arguments)
        if find is None or not (0 <= width < _MAX_CHARACTERS and 0 <= count < _MAX_CHARACTERS):
            return None
        return cls(weights, count, width, find)

    def excerpt(self, source: StoredText, positions: Positions, title_end: int) -> Excerpt | None:
        """Return what is shown of a text; None if Python must find it.

        The text repeats its title up to ``title_end``; 0 if it does not.
        """
        size, blocks = len(source.text), len(source.checkpoints)
        if not 0 < size <= _MAX_CHARACTERS:
            return None
        try:
            checkpoints = array("I", chain.from_iterable(source.checkpoints))
            events = array("I", _pairs(positions))
            stories = _stories(source)
        except (OverflowError, TypeError):  # numbers of a file that cannot be right
            return None
        if len(checkpoints) != 2 * blocks or stories is None:
            return None
        with self._lock:
            room, asked = self._room, self._room.text
            room.fit(size, blocks, len(events) // 2)
            asked.size, asked.title_end, asked.is_new = size, title_end, 1
            asked.checkpoints, asked.blocks = checkpoints.buffer_info()[0], blocks
            asked.events, asked.event_count = events.buffer_info()[0], len(events) // 2
            asked.stories, asked.story_count = stories.buffer_info()
            if not self._is_found(source):
                return None
            return Excerpt(tuple(self._snippets(source)), room.words(source.text))

    def _is_found(self, source: StoredText) -> bool:
        """Let the kernel find all; return whether it could."""
        codes = source.text.encode("utf-32-le", "surrogatepass")
        while self._find(codes, *self._arguments):
            block = self._room.text.block - 1
            if block < 0 or not self._cut(source, block):
                return False
        return True

    def _cut(self, source: StoredText, block: int) -> bool:
        """Cut a block by the patterns; return whether it has the words that were indexed."""
        first, following = source.checkpoints[block], source.checkpoints[block + 1 : block + 2]
        span = source.block_span(block)
        behind = self._room.cut_by_patterns(source.text, block, *span, first[0])
        return not following or following[0][0] == behind

    def _snippets(self, source: StoredText) -> Iterator[Snippet]:
        for (start, end, first, before, behind), spans in self._room.fragments():
            yield Snippet(
                text=source.text[start:end],
                start=start,
                line=source.line(first),
                page=source.page(first),
                spans=spans,
                part=source.part(first),
                cut=(bool(before), bool(behind)),
            )


def _pairs(positions: Positions) -> list[int]:
    """Return each position with each of its targets, ascending, one after the other."""
    return [each for at in sorted(positions) for n in positions[at] for each in (at, n)]


def _stories(source: StoredText) -> array[int] | None:
    """Return the first character of each story of a text; None if they are not in order."""
    if not source.parts:
        return _ONE_STORY
    starts = [start for start, _ in source.story_spans()]
    return array("I", starts) if all(a < b for a, b in pairwise(starts)) else None
