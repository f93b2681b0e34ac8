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

import re
from collections.abc import Sequence
from typing import Protocol, TypeVar

from index.pdf_text.brackets import is_balanced
from index.pdf_text.kinds import DIGIT, LTR, RTL, SPACE
from index.pdf_text.numbers import turn_numbers

FOREIGN = re.compile(f"[^{RTL}{LTR}{DIGIT}]*[{LTR}{DIGIT}][^{RTL}]*")
"""Spans without right-to-left letters, in the kinds of a line; those of spaces and signs stay."""
NATIVE = re.compile(f"[^{LTR}{RTL}]*{RTL}[^{LTR}]*")
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
    items = list(visual[::-1] if is_rtl else visual)
    kinds = "".join([item.kind for item in items])
    for span in (FOREIGN if is_rtl else NATIVE).finditer(kinds):
        start, end = span.span()
        if is_rtl:
            items[start:end] = _foreign(items[start:end], is_last=end == len(items))
        else:
            is_own = start == 0 and kinds.count(RTL) > kinds.count(LTR)
            items[start:end] = _native(items[start:end], is_own=is_own)
    return items


def _foreign(items: list[T], *, is_last: bool) -> list[T]:
    """Return a span without right-to-left letters, read from the right, as it is read."""
    letters = [place for place, item in enumerate(items) if item.kind == LTR]
    if not letters:
        return turn_numbers(items)
    start, end = _extent(items, (LTR, DIGIT))
    if not is_balanced("".join(item.text for item in items[start:end])):
        start, end = letters[0], letters[-1] + 1
    if is_last and end == len(items):
        start -= _signs_before(items[:start])
    return turn_numbers(items[:start]) + items[start:end][::-1] + turn_numbers(items[end:])


def _signs_before(items: list[T]) -> int:
    """Return how many signs are the end of an address that ends the line, and is broken there.

    They stand between a space, or the start of the span, and the letters.
    """
    count = 0
    while count < len(items) and items[-1 - count].text in ADDRESS_SIGNS:
        count += 1
    is_alone = count == len(items) or items[-1 - count].kind == SPACE
    return count if is_alone else 0


def _native(items: list[T], *, is_own: bool) -> list[T]:
    """Return a span without left-to-right letters, read from the left, as it is read.

    A number on its left was written before or after it: after it if ``is_own``, at the start of a
    line that is mostly written from right to left.
    """
    start, end = _extent(items, (RTL,))
    start = _extent(items, (RTL, DIGIT))[0] if is_own else start
    return items[:start] + turn_numbers(items[start:end][::-1]) + items[end:]


def _extent(items: list[T], kinds: Sequence[str]) -> tuple[int, int]:
    """Return where the items of some kinds start and end; an empty range if there are none."""
    places = [place for place, item in enumerate(items) if item.kind in kinds]
    return (places[0], places[-1] + 1) if places else (0, 0)
