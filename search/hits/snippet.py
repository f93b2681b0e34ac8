"""Choose and cut the fragments of a text that show most of its matches."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from index.analysis import Term, Token
from search.hits.boundaries import extend_to_boundaries, opening_span, splits_sentence
from search.hits.stored_text import StoredText, highlight_spans
from search.query.query_terms import MatchTarget, Positions
from search.results import Kind, Match, Snippet, Span

_CHARACTERS_PER_WORD = 7
_SHOWN_BEFORE_FACTOR = 0.25
"""Worth of a target that an earlier fragment shows."""
_REPEATED_FACTOR = 0.1
"""Worth of a target that the same fragment shows already."""
MAX_EXAMINED = 5
"""Positions of a target that are read to find its match kinds."""

Window = tuple[int, int]
"""The first and the last position of a group of matches."""


def fragments(
    source: StoredText,
    positions: Positions,
    weights: Sequence[float],
    *,
    count: int,
    width: int,
    heading: int = 0,
) -> tuple[Snippet, ...]:
    """Return the ``count`` best fragments of about ``width`` characters, in the order of the text.

    ``weights`` has the weight of each target. The first ``heading`` positions of the text
    repeat the title: they are shown only if nothing else matches. A text without matches
    shows its opening.
    """
    reach = reach_of(width)
    below_heading = {at: targets for at, targets in positions.items() if at >= heading}
    windows = _best_windows(below_heading or positions, weights, reach, count)
    if not windows:
        return tuple(_opening(source, width, heading))
    snippets: list[Snippet] = []
    for window in sorted(windows):
        min_start = snippets[-1].start + len(snippets[-1].text) if snippets else 0
        snippets += _fragment(source, positions, window, width, min_start)
    return tuple(snippets)


def reach_of(width: int) -> int:
    """Return within how many positions matches are shown in one fragment of a width."""
    return max(width // _CHARACTERS_PER_WORD, 4)


def _best_windows(
    positions: Positions, weights: Sequence[float], reach: int, count: int
) -> list[Window]:
    """Return the best groups of matches, none of which overlap."""
    events = [(position, n) for position in sorted(positions) for n in positions[position]]
    worth = list(weights)
    windows: list[Window] = []
    while events and len(windows) < count:
        first, last, shown = _best_window(events, worth, reach)
        windows.append((first, last))
        for target in shown:
            worth[target] = min(worth[target], weights[target] * _SHOWN_BEFORE_FACTOR)
        events = [e for e in events if e[0] < first - reach or e[0] > last + reach]
    return windows


def _best_window(
    events: Sequence[tuple[int, int]], worth: Sequence[float], reach: int
) -> tuple[int, int, set[int]]:
    """Return the window of ``reach`` positions with the highest worth, and its targets.

    Each target counts fully once, and little when it is repeated.
    """
    counts = [0] * len(worth)
    best, bounds, low, value = -1.0, (0, 0), 0, 0.0
    for high, (position, target) in enumerate(events):
        value += worth[target] * (1.0 if counts[target] == 0 else _REPEATED_FACTOR)
        counts[target] += 1
        while position - events[low][0] >= reach:
            left = events[low][1]
            counts[left] -= 1
            value -= worth[left] * (1.0 if counts[left] == 0 else _REPEATED_FACTOR)
            low += 1
        if value > best + 1e-9:
            best, bounds = value, (low, high)
    shown = {target for _, target in events[bounds[0] : bounds[1] + 1]}
    return events[bounds[0]][0], events[bounds[1]][0], shown


def _fragment(
    source: StoredText, positions: Positions, window: Window, width: int, min_start: int
) -> Iterator[Snippet]:
    """Yield the text around a window, unless the fragment before shows it already."""
    first_position, last_position = window
    matching = [
        token
        for token in source.at_positions(first_position, last_position)
        if first_position <= token.position <= last_position
        and token.position in positions
        and token.start >= min_start
    ]
    if not matching:
        return
    matching, (top, bottom) = _fullest_story(source, positions, matching)
    first = matching[0].start
    last = max((t.end for t in matching if t.end - first <= width), default=matching[0].end)
    start, end = extend_to_boundaries(source.text, first, last, width, max(min_start, top))
    if end > bottom:
        end = start + len(source.text[start:bottom].rstrip())
    yield Snippet(
        text=source.text[start:end],
        start=start,
        line=source.line(first),
        page=source.page(first),
        spans=highlight_spans(source.at_offsets(start, end), positions, start, end),
        part=source.part(first),
        cut=(splits_sentence(source.text, start), splits_sentence(source.text, end)),
    )


def _fullest_story(
    source: StoredText, positions: Positions, matching: list[Token]
) -> tuple[list[Token], Span]:
    """Return the tokens of the story that matches most targets, the first such, and its span.

    The main text and a note that follows it are two stories: no fragment shows both.
    """
    spans = source.story_spans()
    starts = [start for start, _ in spans]
    stories: dict[Span, list[Token]] = {}
    for token in matching:
        span = spans[bisect_right(starts, token.start) - 1]
        stories.setdefault(span, []).append(token)
    span = max(stories, key=lambda s: len({n for t in stories[s] for n in positions[t.position]}))
    return stories[span], span


def _opening(source: StoredText, width: int, heading: int) -> Iterator[Snippet]:
    """Yield the beginning of a text, after its heading if there is more."""
    tokens = replace(source, analyzed_positions=range(heading)).at_positions(0, heading)
    heading_end = max((token.end for token in tokens if token.position < heading), default=0)
    start, end = opening_span(source.text, width, heading_end)
    if start >= end:
        start, end = opening_span(source.text, width)
    if start < end:
        yield Snippet(
            text=source.text[start:end],
            start=start,
            line=source.line(start),
            page=source.page(start),
            spans=(),
            part=source.part(start),
            cut=(splits_sentence(source.text, start), splits_sentence(source.text, end)),
        )


Kinds = dict[tuple[int, Term], Kind | None]
"""The number of a target and a word of a text → how it matches."""


def matches(
    source: StoredText,
    positions: Positions,
    targets: Sequence[MatchTarget],
    kinds: Kinds | None = None,
) -> tuple[Match, ...]:
    """Return which words of the text match which words of the query, each pair once.

    Reads the first :data:`MAX_EXAMINED` positions of each target. ``kinds`` keeps what is found
    out, for the next text with the same words.
    """
    kinds = {} if kinds is None else kinds
    return matches_of(source.text, source.at_position, positions, targets, kinds)


def matches_of(
    text: str,
    tokens_at: Callable[[int], Iterable[Token]],
    positions: Positions,
    targets: Sequence[MatchTarget],
    kinds: Kinds,
) -> tuple[Match, ...]:
    """Return what :func:`matches` does, given the tokens of a text at each of the positions."""
    distinct: dict[Match, None] = {}
    examined = [0] * len(targets)
    for position in sorted(positions):
        due = [n for n in positions[position] if examined[n] < MAX_EXAMINED]
        for n in due:
            examined[n] += 1
            for token in tokens_at(position):
                kind = _kind(n, token.term, targets, kinds)
                if kind is not None:
                    word = text[token.start : token.end]
                    distinct.setdefault(Match(targets[n].query, word, kind))
        if due and min(examined) >= MAX_EXAMINED:
            break
    return tuple(distinct)


def _kind(n: int, term: Term, targets: Sequence[MatchTarget], kinds: Kinds) -> Kind | None:
    pair = n, term
    if pair not in kinds:
        kinds[pair] = targets[n].kind(term)
    return kinds[pair]
