"""Where a text may be cut: between paragraphs, sentences, words.

Pure functions over a text and offsets into it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.analysis.script import MARKS

_LEAD = 0.3
"""The share of spare room before the first match, where no sentence begins in reach."""
_REACH = 0.7
"""The share of spare room that the beginning of the sentence may take."""
_FULL = 0.6
"""The share of the width that is enough to stop at the end of a sentence or a paragraph."""

_ENDING = 8
"""Characters that the end of a sentence may have: a full stop, quotes and white space."""

_SPACES = re.compile(rf"\s+(?![{MARKS}])")
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*")
# The end of a sentence with its closing quotes and the white space behind it: no letter
# that stands alone (J. Smith, د. أحمد) and no short title. ؟ and ۔ end sentences in
# Arabic script.
_SENTENCE = re.compile(
    r"""(?: (?<! \b[^\W\d_] ) (?<! \b[MDS][rt] ) (?<! \bMrs ) (?<! \bGen ) \. | [!?؟۔…] )
        ["'”’»)\]]* \s++ (?! [a-z] )""",
    re.VERBOSE,
)
_LINE = re.compile(r"\n\s*")
_MARKS = re.compile(f"[{MARKS}]*")


@dataclass(frozen=True, slots=True)
class Room:
    """The part of a text that a fragment may take: ``first:last`` is what it must show."""

    text: str
    first: int
    last: int
    width: int
    floor: int = 0
    """Where an earlier fragment ended."""

    @property
    def spare(self) -> int:
        """Characters that are left beside what must be shown."""
        return max(self.width - (self.last - self.first), 0)


def cut(text: str, first: int, last: int, width: int, floor: int = 0) -> tuple[int, int]:
    """Widen ``first:last`` to about ``width`` characters, at borders that a reader expects.

    Never cuts into a word: where there is no border in reach, it stays as it is.
    """
    room = Room(text, first, last, width, floor)
    top = _paragraph_start(room)
    start = _start(room, top)
    bottom = _paragraph_end(room, start)
    if bottom is not None:
        earlier = _earlier(room, top, start, bottom)
        if bottom - earlier >= width * _FULL:
            return earlier, bottom
    end = _end(room, start)
    if end - start < width * _FULL:
        start = _earlier(room, top, start, end)
    return start, _behind_marks(text, end)


def _paragraph_start(room: Room) -> int:
    """The furthest that a fragment may begin: its paragraph, the room, the earlier fragment."""
    low = max(room.first - room.spare, room.floor)
    breaks = [match.end() for match in _PARAGRAPH.finditer(room.text, low, room.first)]
    return breaks[-1] if breaks else low


def _starts(room: Room, top: int) -> list[int]:
    """Where sentences and lines begin between ``top`` and the first match, in order."""
    text, first = room.text, room.first
    # The end of the sentence before may lie a little above.
    above = max(top - _ENDING, 0)
    borders = (
        match.end() for kind in (_SENTENCE, _LINE) for match in kind.finditer(text, above, first)
    )
    at_border = top in (0, room.floor) or text[top - 1] == "\n"
    begins = [_skip_space(text, top, first)] if at_border else []
    return sorted({*begins, *(end for end in borders if end >= top)})


def _start(room: Room, top: int) -> int:
    starts = _starts(room, top)
    if starts and room.first - starts[-1] <= room.spare * _REACH:
        return starts[-1]
    low = max(room.first - int(room.spare * _LEAD), top)
    space = _SPACES.search(room.text, low, room.first)
    return space.end() if space else room.first


def _earlier(room: Room, top: int, start: int, end: int) -> int:
    """A text that ends soon leaves room for the sentences before."""
    fitting = (at for at in _starts(room, top) if at <= start and end - at <= room.width)
    return min(fitting, default=start)


def _paragraph_end(room: Room, start: int) -> int | None:
    """The end of the paragraph of the last match, if that is in reach."""
    high = start + max(room.width, room.last - start)
    match = _PARAGRAPH.search(room.text, room.last, high)
    return match.start() if match else None


def _end(room: Room, start: int) -> int:
    text, last = room.text, room.last
    high = min(start + max(room.width, last - start), len(text))
    if high == len(text):
        return max(len(text.rstrip()), last)
    # A border of which only the first space lies within reach counts as well.
    sentences = [_before_space(text, m.end()) for m in _SENTENCE.finditer(text, last, high + 1)]
    enough = [end for end in sentences if last <= end and end - start >= room.width * _FULL]
    return enough[-1] if enough else max(_word_ends(text, last, high), default=last)


def _word_ends(text: str, last: int, high: int) -> Iterator[int]:
    for match in _SPACES.finditer(text, last, min(high + 1, len(text))):
        yield match.start()


def opening(text: str, width: int, start: int = 0) -> tuple[int, int]:
    """The beginning of a text, about so wide."""
    start = _skip_space(text, start, len(text))
    begin, end = cut(text, start, start, width, start)
    return begin, end if end > begin else _behind_marks(text, min(start + width, len(text)))


def _skip_space(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


def _before_space(text: str, end: int) -> int:
    while end and text[end - 1].isspace():
        end -= 1
    return end


def _behind_marks(text: str, end: int) -> int:
    """Marks belong to the letter before them, wherever that is."""
    match = _MARKS.match(text, end)
    return match.end() if match else end
