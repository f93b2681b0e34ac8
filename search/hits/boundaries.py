"""Where a fragment of a text may start and end: at paragraphs, sentences, lines or words.

Pure functions over a text and offsets into it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.analysis.lazy_pattern import lazy_pattern
from index.analysis.script import MARKS

_LEAD_SHARE = 0.3
"""Share of the spare width before the first match, if no sentence starts near enough."""
_MAX_LEAD_SHARE = 0.7
"""Share of the spare width that the beginning of the sentence may take."""
_MIN_FILL = 0.6
"""Share of the width from which a fragment may stop at the end of a sentence or a paragraph."""

_MAX_SENTENCE_END = 8
"""Characters of the end of a sentence: a full stop, quotes and white space."""

_SPACES = lazy_pattern(rf"\s+(?![{MARKS}])")
_PARAGRAPH = lazy_pattern(r"\n[^\S\n]*\n\s*")
# The end of a sentence with its closing quotes and the white space after it: not after a
# single letter (J. Smith, د. أحمد) or a short title. ؟ and ۔ end sentences in Arabic script.
_SENTENCE = lazy_pattern(
    r"""(?: (?<! \b[^\W\d_] ) (?<! \b[MDS][rt] ) (?<! \bMrs ) (?<! \bGen ) \. | [!?؟۔…] )
        ["'”’»)\]]* \s++ (?! [a-z] )""",
    re.VERBOSE,
)
_LINE = lazy_pattern(r"\n\s*")
_ENDED = lazy_pattern(r"""[.!?؟۔…:]["'”’»)\]]*\Z""")
_LONGEST_GAP = 32
"""Characters of white space within a sentence; more of them part two texts."""
_MARKS = lazy_pattern(f"[{MARKS}]*")


@dataclass(frozen=True, slots=True)
class FragmentLimits:
    """What a fragment of ``text`` must show, ``text[first:last]``, and how wide it may be."""

    text: str
    first: int
    last: int
    width: int
    min_start: int = 0
    """The end of the fragment before."""

    @property
    def spare(self) -> int:
        """Characters of the width that are left for the text around the matches."""
        return max(self.width - (self.last - self.first), 0)


def extend_to_boundaries(
    text: str, first: int, last: int, width: int, min_start: int = 0
) -> tuple[int, int]:
    """Extend ``text[first:last]`` to about ``width`` characters, and return the start and end.

    Never cuts a word: without a boundary near enough, that side is not extended.
    """
    limits = FragmentLimits(text, first, last, width, min_start)
    top = _earliest_start(limits)
    start = _start(limits, top)
    bottom = _paragraph_end(limits, start)
    if bottom is not None:
        earlier = _earlier_start(limits, top, start, bottom)
        if bottom - earlier >= width * _MIN_FILL:
            return earlier, bottom
    end = _end(limits, start)
    if end - start < width * _MIN_FILL:
        start = _earlier_start(limits, top, start, end)
    return start, _after_marks(text, end)


def opening_span(text: str, width: int, start: int = 0) -> tuple[int, int]:
    """Return the first ``width`` characters or so from ``start``, as start and end."""
    start = _after_space(text, start, len(text))
    begin, end = extend_to_boundaries(text, start, start, width, start)
    return begin, end if end > begin else _after_marks(text, min(start + width, len(text)))


def splits_sentence(text: str, at: int) -> bool:
    """Return whether an offset is in the middle of a sentence: one goes on across it.

    A line that ends there is a whole one, unless the next begins with a lower-case letter.
    """
    before = text[max(at - _LONGEST_GAP, 0) : at]
    after = text[at : at + _LONGEST_GAP]
    gap = before[len(before.rstrip()) :] + after[: len(after) - len(after.lstrip())]
    before, after = before.rstrip(), after.lstrip()
    if not before or not after or _ENDED.search(before):
        return False
    return "\n" not in gap or after[0].islower()


def _earliest_start(limits: FragmentLimits) -> int:
    """Return the start of the paragraph, or if that is too far away, the lowest start allowed."""
    low = max(limits.first - limits.spare, limits.min_start)
    breaks = [match.end() for match in _PARAGRAPH.finditer(limits.text, low, limits.first)]
    return breaks[-1] if breaks else low


def _boundary_starts(limits: FragmentLimits, top: int) -> list[int]:
    """Return where sentences and lines start between ``top`` and the first match, in order."""
    text, first = limits.text, limits.first
    # The end of the sentence before may begin a little above.
    above = max(top - _MAX_SENTENCE_END, 0)
    boundaries = (
        match.end()
        for pattern in (_SENTENCE, _LINE)
        for match in pattern.finditer(text, above, first)
    )
    at_boundary = top in (0, limits.min_start) or text[top - 1] == "\n"
    starts = [_after_space(text, top, first)] if at_boundary else []
    return sorted({*starts, *(end for end in boundaries if end >= top)})


def _start(limits: FragmentLimits, top: int) -> int:
    """Return the start of the sentence if it is near enough, or of a word."""
    starts = _boundary_starts(limits, top)
    if starts and limits.first - starts[-1] <= limits.spare * _MAX_LEAD_SHARE:
        return starts[-1]
    low = max(limits.first - int(limits.spare * _LEAD_SHARE), top)
    space = _SPACES.search(limits.text, low, limits.first)
    return space.end() if space else limits.first


def _earlier_start(limits: FragmentLimits, top: int, start: int, end: int) -> int:
    """Return the earliest start that fits the width: a text that ends soon leaves room before."""
    starts = _boundary_starts(limits, top)
    return min((at for at in starts if at <= start and end - at <= limits.width), default=start)


def _paragraph_end(limits: FragmentLimits, start: int) -> int | None:
    """Return the end of the last match's paragraph, or None if it is too far away."""
    high = start + max(limits.width, limits.last - start)
    match = _PARAGRAPH.search(limits.text, limits.last, high)
    return match.start() if match else None


def _end(limits: FragmentLimits, start: int) -> int:
    """Return the end of the last sentence that fits, or of the last word."""
    text, last = limits.text, limits.last
    high = min(start + max(limits.width, last - start), len(text))
    if high == len(text):
        return max(len(text.rstrip()), last)
    # A boundary of which only the first space is within the width counts as well.
    sentences = [_before_space(text, m.end()) for m in _SENTENCE.finditer(text, last, high + 1)]
    long_enough = [
        end for end in sentences if last <= end and end - start >= limits.width * _MIN_FILL
    ]
    return long_enough[-1] if long_enough else max(_word_ends(text, last, high), default=last)


def _word_ends(text: str, last: int, high: int) -> Iterator[int]:
    for match in _SPACES.finditer(text, last, min(high + 1, len(text))):
        yield match.start()


def _after_space(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


def _before_space(text: str, end: int) -> int:
    while end and text[end - 1].isspace():
        end -= 1
    return end


def _after_marks(text: str, end: int) -> int:
    """Move an end behind the marks of its last letter."""
    match = _MARKS.match(text, end)
    return match.end() if match else end
