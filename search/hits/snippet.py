"""A document and where its words matched, to the fragments that show most of that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from search.hits.boundaries import cut, opening
from search.hits.stored_text import StoredText, highlight_spans
from search.query.query_terms import MatchTarget, Positions
from search.results import Match, Snippet

_CHARACTERS_A_WORD = 7
_SEEN_ALREADY = 0.25
"""What a word is worth to a fragment when an earlier one has shown it."""
_REPEATED = 0.1
"""What it is worth when the same fragment has shown it."""
_LOOKED_AT = 5
"""Places of a target that are read to say how it was met."""

Window = tuple[int, int]
"""The first and the last position of a run of matches."""


def fragments(
    source: StoredText,
    positions: Positions,
    weights: Sequence[float],
    *,
    count: int,
    width: int,
    heading: int = 0,
) -> tuple[Snippet, ...]:
    """The ``count`` best fragments of about ``width`` characters, in the order of the text.

    ``weights`` says how telling each target is. So many positions at the beginning of
    the text as ``heading`` says repeat the title; they are shown only where nothing
    else matches. A text without matches gives its beginning.
    """
    reach = max(width // _CHARACTERS_A_WORD, 4)
    below = {at: found for at, found in positions.items() if at >= heading}
    windows = _windows(below or positions, weights, reach, count)
    if not windows:
        return tuple(_opening(source, width, heading))
    found: list[Snippet] = []
    for window in sorted(windows):
        floor = found[-1].start + len(found[-1].text) if found else 0
        found += _fragment(source, positions, window, width, floor)
    return tuple(found)


def _windows(
    positions: Positions, weights: Sequence[float], reach: int, count: int
) -> list[Window]:
    """The best runs of matches, no two overlapping."""
    events = [(position, n) for position in sorted(positions) for n in positions[position]]
    worth = list(weights)
    chosen: list[Window] = []
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
        value += worth[target] * (1.0 if counts[target] == 0 else _REPEATED)
        counts[target] += 1
        while position - events[low][0] >= reach:
            gone = events[low][1]
            counts[gone] -= 1
            value -= worth[gone] * (1.0 if counts[gone] == 0 else _REPEATED)
            low += 1
        if value > best + 1e-9:
            best, result = value, (low, high)
    shown = {target for _, target in events[result[0] : result[1] + 1]}
    return events[result[0]][0], events[result[1]][0], shown


def _fragment(
    source: StoredText, positions: Positions, window: Window, width: int, floor: int
) -> Iterator[Snippet]:
    """The text around a window, unless the fragment before has shown it."""
    first_position, last_position = window
    inside = [
        token
        for token in source.at_positions(first_position, last_position)
        if first_position <= token.position <= last_position
        and token.position in positions
        and token.start >= floor
    ]
    if not inside:
        return
    first = inside[0].start
    last = max((t.end for t in inside if t.end - first <= width), default=inside[0].end)
    start, end = cut(source.text, first, last, width, floor)
    yield Snippet(
        text=source.text[start:end],
        start=start,
        line=source.line(first),
        page=source.page(first),
        spans=highlight_spans(source.at_offsets(start, end), positions, start, end),
    )


def _opening(source: StoredText, width: int, heading: int) -> Iterator[Snippet]:
    tokens = replace(source, analysed_positions=range(heading)).at_positions(0, heading)
    ends = [token.end for token in tokens if token.position < heading]
    skipped = max(ends, default=0)
    start, end = opening(source.text, width, skipped)
    if start >= end:
        start, end = opening(source.text, width)
    if start < end:
        yield Snippet(source.text[start:end], start, source.line(start), source.page(start), ())


def matches(
    source: StoredText, positions: Positions, targets: Sequence[MatchTarget]
) -> tuple[Match, ...]:
    """Which words of the text answered which words of the query, each pair once.

    Looks at the first places of each target.
    """
    found: dict[Match, None] = {}
    seen = [0] * len(targets)
    for position in sorted(positions):
        if min(seen) >= _LOOKED_AT:
            break
        due = [n for n in positions[position] if seen[n] < _LOOKED_AT]
        if not due:
            continue
        tokens = [t for t in source.at_positions(position, position) if t.position == position]
        for n in due:
            seen[n] += 1
            for token in tokens:
                kind = targets[n].kind(token.term)
                if kind is not None:
                    text = source.text[token.start : token.end]
                    found.setdefault(Match(targets[n].query, text, kind))
    return tuple(found)
