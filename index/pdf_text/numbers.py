"""Numbers in right-to-left text: digits and their separators run from left to right.

Within a number, the algorithm joins digits over one separator (UAX #9, rule W4): after Arabic
letters only over ``. , / :`` and their kin, not over hyphens, so that the parts of ``021-333`` are
shown from the right.
"""

from __future__ import annotations

import re
from typing import Protocol, TypeVar

from index.pdf_text.kinds import DIGIT

SEPARATORS = ".,/:\u060c\u00a0"
"""Common separators (CS), with the Arabic comma."""


class Directed(Protocol):
    """Something in a line: its text and the kind of it."""

    text: str
    kind: str


T = TypeVar("T", bound=Directed)


def turn_numbers(items: list[T]) -> list[T]:
    """Return items read from the right, each number of them turned."""
    ordered: list[T] = []
    place = 0
    while place < len(items):
        end = _number_end(items, place)
        ordered += items[place:end][::-1] if end > place else [items[place]]
        place = max(end, place + 1)
    return ordered


def _number_end(items: list[T], start: int) -> int:
    """Return where the number ends that starts at a place; the place itself if there is none."""
    end = start
    while end < len(items):
        if items[end].kind == DIGIT:
            end += 1
        elif start < end and items[end].text in SEPARATORS and _is_digit(items, end + 1):
            end += 2
        else:
            break
    return end


def _is_digit(items: list[T], place: int) -> bool:
    return place < len(items) and items[place].kind == DIGIT


HYPHENED = re.compile(r"(?<![\w-])\+?\d+(?:-\+?\d+){1,4}(?![\w-])")


def turn_telephone_numbers(text: str) -> str:
    """Return a text whose hyphened numbers start with 0 or +, if one of their ends does."""
    return HYPHENED.sub(lambda match: _telephone_number(match.group()), text)


def _telephone_number(number: str) -> str:
    parts = number.split("-")
    starts, ends = (part.startswith(("0", "+")) for part in (parts[0], parts[-1]))
    return "-".join(parts[::-1]) if ends and not starts and len(parts[-1]) > 2 else number
