"""From visual to logical order: the inverse of the Unicode bidirectional algorithm (UAX #9).

The algorithm gives each character a level and turns runs of a level around, the highest first
(rule L2). Here the levels are found from what is seen, and the same turns are made in the opposite
order, the lowest first. In a right-to-left line, letters of that direction have level 1, a run
from a left-to-right letter to the last one or to a number beside it has level 2 as a whole (rules
W7, N1), and of other spans only numbers (W1–W6, I1). In a left-to-right line, a span from
its first to its last right-to-left letter has level 1, and numbers in it level 2.

The inverse is not unique: ``Office 2019`` in an Arabic line may have been written as a number
followed by a word. The reading as one run is taken unless brackets contradict it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from index.pdf_text.brackets import is_balanced
from index.pdf_text.kinds import DIGIT, LTR, RTL, SPACE
from index.pdf_text.numbers import turn_numbers

ADDRESS_SIGNS = frozenset("/:-_@=&?%~#")
"""Signs after which an address is broken over two lines."""


class Directed(Protocol):
    """Something in a line: its text and the kind of it."""

    text: str
    kind: str


T = TypeVar("T", bound=Directed)


def logical_order(visual: Sequence[T], *, is_rtl: bool) -> list[T]:
    """Return what is seen from left to right in the order in which it is read.

    ``is_rtl`` is the direction of the paragraph.
    """
    if is_rtl:
        return _each_span(list(visual)[::-1], lambda item: item.kind != RTL, _foreign)
    return _each_span(list(visual), lambda item: item.kind != LTR, _native)


def _each_span(
    items: list[T], belongs: Callable[[T], bool], turned: Callable[[list[T]], list[T]]
) -> list[T]:
    """Return the items, with each longest span of those that belong turned."""
    ordered: list[T] = []
    span: list[T] = []
    for item in items:
        if belongs(item):
            span.append(item)
            continue
        ordered += turned(span)
        ordered.append(item)
        span = []
    return ordered + turned(span)


def _foreign(items: list[T]) -> list[T]:
    """Return a span without right-to-left letters, read from the right, as it is read."""
    letters = [place for place, item in enumerate(items) if item.kind == LTR]
    if not letters:
        return turn_numbers(items)
    start, end = _extent(items, (LTR, DIGIT))
    if not is_balanced("".join(item.text for item in items[start:end])):
        start, end = letters[0], letters[-1] + 1
    start -= _signs_before(items[:start], "".join(item.text for item in items[end:]))
    return turn_numbers(items[:start]) + items[start:end][::-1] + turn_numbers(items[end:])


def _signs_before(items: list[T], rest: str) -> int:
    """Return how many signs before a run from left to right are the end of a broken address.

    It ends the line; the signs stand between its last letter, or a space, and the rest of the line.
    """
    count = 0
    while count < len(items) and items[-1 - count].text in ADDRESS_SIGNS:
        count += 1
    is_alone = count == len(items) or items[-1 - count].kind == SPACE
    return count if is_alone and not rest.strip() else 0


def _native(items: list[T]) -> list[T]:
    """Return a span without left-to-right letters, read from the left, as it is read."""
    start, end = _extent(items, (RTL,))
    return items[:start] + turn_numbers(items[start:end][::-1]) + items[end:]


def _extent(items: list[T], kinds: Sequence[str]) -> tuple[int, int]:
    """Return where the items of some kinds start and end; an empty range if there are none."""
    places = [place for place, item in enumerate(items) if item.kind in kinds]
    return (places[0], places[-1] + 1) if places else (0, 0)
