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
    """Return items read from the right, each number of them turned.

    A telephone number with a + at its left end was shown from left to right as a whole.
    """
    ordered: list[T] = []
    place = 0
    while place < len(items):
        if items[place].kind != DIGIT:
            ordered.append(items[place])
            place += 1
            continue
        end = max(_international_end(items, place), _number_end(items, place))
        ordered += items[place:end][::-1]
        place = end
    return ordered


def _international_end(items: list[T], start: int) -> int:
    """Return where groups of digits end that a + ends; the start if there are none."""
    end = start
    while end < len(items) and items[start].kind == DIGIT:
        is_joint = items[end].text in " -" and _is_digit(items, end + 1)
        if items[end].text == "+" and not _is_digit(items, end + 1):
            return end + 1
        if items[end].kind != DIGIT and not is_joint:
            break
        end += 1
    return start


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
YEAR_FIRST = re.compile(r"\d{4}-(\d{1,2})-(\d{1,2})(?!\S)")


def turn_hyphened(text: str) -> str:
    """Return a right-to-left line with the parts of hyphened numbers from the right end on.

    Telephone numbers start with 0 or +; one that ends so was written from left to right. So was a
    date that starts a line: there, hyphens join digits too (rule W4, without the letter before that
    rule W2 asks for). If a part of it has one digit it is no ISO date, and its year comes last.
    """
    if "-" not in text:
        return text
    text = YEAR_FIRST.sub(_day_first, text, count=1) if YEAR_FIRST.match(text) else text
    return HYPHENED.sub(_telephone_number, text)


def _day_first(date: re.Match[str]) -> str:
    is_short = 1 in (len(date[1]), len(date[2]))
    return _turned(date.group()) if is_short else date.group()


def _telephone_number(match: re.Match[str]) -> str:
    parts = match.group().split("-")
    starts, ends = (part.startswith(("0", "+")) for part in (parts[0], parts[-1]))
    return _turned(match.group()) if ends and not starts and len(parts[-1]) > 2 else match.group()


def _turned(number: str) -> str:
    return "-".join(number.split("-")[::-1])
