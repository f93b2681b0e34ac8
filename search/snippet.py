"""The stored text of a document and where its words matched, to the best fragments.

The positions come from the index, so however long a document is, only a few hundred
characters around each fragment are read again: from the checkpoint before it, with
the analysis that made the index.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.analysis import Token, analyze
from search.results import Match, Snippet, Span
from search.target import Target

WIDTH = 240
"""Characters of a fragment, about: two or three lines of a terminal."""
_CHARACTERS_A_WORD = 7
_SEEN_ALREADY = 0.25
"""What a word is worth to a fragment when an earlier one has shown it."""
_LEAD = 0.3
"""The share of spare room that goes before the first match."""

Positions = Mapping[int, Sequence[int]]
"""Position → the numbers of the targets that stand there."""


@dataclass(frozen=True, slots=True)
class Source:
    """What the index keeps of a document's text."""

    text: str
    checkpoints: Sequence[tuple[int, int]]
    """Ascending (position, offset) pairs, both at the start of a piece."""
    pages: Sequence[int] = ()
    """Offsets where pages start."""

    def tokens(self, first: int, last: int) -> Iterator[Token]:
        """The tokens around the positions ``first`` to ``last``, both included."""
        if not self.checkpoints:
            return
        low = max(bisect_right(self.checkpoints, (first, len(self.text))) - 1, 0)
        high = bisect_right(self.checkpoints, (last, len(self.text)))
        position, start = self.checkpoints[low]
        end = self.checkpoints[high][1] if high < len(self.checkpoints) else len(self.text)
        yield from analyze(self.text, start, end, position)

    def page(self, offset: int) -> int | None:
        """The page an offset is on, from 1."""
        return bisect_right(self.pages, offset) if self.pages else None

    def line(self, offset: int) -> int:
        """The line an offset is on, from 1."""
        return self.text.count("\n", 0, offset) + 1


def fragments(
    source: Source, positions: Positions, weights: Sequence[float], *, count: int, width: int
) -> tuple[Snippet, ...]:
    """The ``count`` best fragments of about ``width`` characters, in the order of the text.

    ``weights`` says how telling each target is. A text without matches gives its
    beginning.
    """
    reach = max(width // _CHARACTERS_A_WORD, 4)
    windows = _windows(positions, weights, reach, count)
    if not windows:
        return _opening(source, width)
    return tuple(_fragment(source, positions, window, width) for window in sorted(windows))


def _windows(
    positions: Positions, weights: Sequence[float], reach: int, count: int
) -> list[tuple[int, int]]:
    """The best runs of matches, no two overlapping, as (first, last) position."""
    events = [(position, n) for position in sorted(positions) for n in positions[position]]
    worth = list(weights)
    chosen: list[tuple[int, int]] = []
    while events and len(chosen) < count:
        first, last, shown = _best_window(events, worth, reach)
        chosen.append((first, last))
        for target in shown:
            worth[target] = min(worth[target], weights[target] * _SEEN_ALREADY)
        events = [e for e in events if e[0] < first - reach or e[0] > last + reach]
    return chosen


def _best_window(
    events: Sequence[tuple[int, int]], worth: Sequence[float], reach: int
) -> tuple[int, int, set[int]]:
    """The run within reach that shows most: every target once, repeats for a little."""
    counts = [0] * len(worth)
    best, result, low, value = -1.0, (0, 0), 0, 0.0
    for high, (position, target) in enumerate(events):
        value += worth[target] * (1.0 if counts[target] == 0 else 0.1)
        counts[target] += 1
        while position - events[low][0] >= reach:
            gone = events[low][1]
            counts[gone] -= 1
            value -= worth[gone] * (1.0 if counts[gone] == 0 else 0.1)
            low += 1
        if value > best + 1e-9:
            best, result = value, (low, high)
    shown = {target for _, target in events[result[0] : result[1] + 1]}
    return events[result[0]][0], events[result[1]][0], shown


def _fragment(source: Source, positions: Positions, window: tuple[int, int], width: int) -> Snippet:
    """The text around a window, cut where a reader would cut it."""
    tokens = list(source.tokens(window[0], window[1]))
    inside = [t for t in tokens if window[0] <= t.position <= window[1] and t.position in positions]
    first = inside[0].start
    last = max((t.end for t in inside if t.end - first <= width), default=inside[0].end)
    start, end = cut(source.text, first, last, width)
    around = [*source.tokens(*_neighbourhood(source, window, start, end))]
    spans = spans_of(around, positions, start, end)
    return Snippet(
        text=source.text[start:end],
        start=start,
        line=source.line(first),
        page=source.page(first),
        spans=spans,
    )


def _neighbourhood(
    source: Source, window: tuple[int, int], start: int, end: int
) -> tuple[int, int]:
    """Positions at or beyond both ends of a fragment, to light up all that it holds."""
    offsets = [offset for _, offset in source.checkpoints]
    low = max(bisect_right(offsets, start) - 1, 0)
    high = min(bisect_right(offsets, end), len(offsets) - 1)
    return min(source.checkpoints[low][0], window[0]), max(source.checkpoints[high][0], window[1])


def spans_of(
    tokens: Sequence[Token], positions: Positions, start: int, end: int
) -> tuple[Span, ...]:
    """The matched words within ``start:end``, relative to ``start``, merged where they meet."""
    found = sorted(
        {
            (token.start - start, token.end - start)
            for token in tokens
            if token.position in positions and start <= token.start and token.end <= end
        }
    )
    return merged(found)


def merged(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Overlapping spans as one; spans that only touch stay two.

    >>> merged([(0, 4), (2, 6), (6, 8)])
    ((0, 6), (6, 8))
    """
    result: list[Span] = []
    for start, end in spans:
        if result and start < result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return tuple(result)


# The end of a sentence, with its closing quotes, and the white space behind it; or
# the end of a line. ؟ and ۔ end sentences in Arabic script.
_SENTENCE_END = re.compile(r"[.!?؟۔…][\"'”’»)\]]*\s+|\n\s*")
_SPACES = re.compile(r"\s+")


def cut(text: str, first: int, last: int, width: int) -> tuple[int, int]:
    """Widen ``first:last`` to about ``width`` characters, at sentence or word borders.

    Never cuts into a word: where there is no border in reach, it stays as it is.
    """
    spare = max(width - (last - first), 0)
    start = _cut_before(text, max(first - int(spare * _LEAD), 0), first)
    # A sentence that begins a little further off is worth the room.
    sentence = _sentence_start(text, max(first - spare, 0), first)
    if sentence is not None and first - sentence <= spare * (1 - _LEAD):
        start = sentence
    end = _cut_after(text, last, min(start + max(width, last - start), len(text)))
    return start, end


def _sentence_start(text: str, low: int, first: int) -> int | None:
    ends = [match.end() for match in _SENTENCE_END.finditer(text, low, first)]
    starts = ([0] if low == 0 else []) + ends
    return starts[-1] if starts else None


def _cut_before(text: str, low: int, first: int) -> int:
    """The first word border at or after ``low``."""
    if low == 0:
        return len(text) - len(text.lstrip()) if not text[:first].strip() else _skip(text, 0, first)
    space = _SPACES.search(text, low, first)
    return space.end() if space else first


def _skip(text: str, start: int, first: int) -> int:
    space = _SPACES.match(text, start, first)
    return space.end() if space else start


def _cut_after(text: str, last: int, high: int) -> int:
    """The last word border at or before ``high``."""
    if high >= len(text):
        return max(len(text.rstrip()), last)
    ends = [match.start() for match in _SPACES.finditer(text, last, high)]
    if text[high : high + 1].isspace():
        ends.append(high)
    return ends[-1] if ends else last


def _opening(source: Source, width: int) -> tuple[Snippet, ...]:
    start = len(source.text) - len(source.text.lstrip())
    end = _cut_after(source.text, start, min(start + width, len(source.text)))
    if end <= start:
        end = min(start + width, len(source.text))
    opening = source.text[start:end]
    return (Snippet(opening, start, source.line(start), source.page(start), ()),) if opening else ()


def matches(
    source: Source, positions: Positions, targets: Sequence[Target], limit: int = 5
) -> tuple[Match, ...]:
    """Which words of the text answered which words of the query, each pair once.

    Looks at the first places of each target; ``limit`` is how many of them.
    """
    found: dict[Match, None] = {}
    seen = [0] * len(targets)
    for position in sorted(positions):
        due = [n for n in positions[position] if seen[n] < limit]
        if not due:
            continue
        tokens = [t for t in source.tokens(position, position) if t.position == position]
        for n in due:
            seen[n] += 1
            for token in tokens:
                kind = targets[n].answer(token.term)
                if kind is not None:
                    text = source.text[token.start : token.end]
                    found.setdefault(Match(targets[n].query, text, kind))
    return tuple(found)
