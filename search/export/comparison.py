"""A quotation and a text: where it stands now, or where the two first differ."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PIECE = 24
"""Characters of a piece of a quotation by which its place is found again."""
_SHOWN = 40
"""Characters that are shown from the first difference on."""

_LEAD = 20
"""Letters of the word in which they differ that are shown before the difference."""


@dataclass(frozen=True, slots=True)
class Difference:
    """The first difference of a quotation from the text as it is now."""

    at: int
    """Offset into the text."""
    was: str
    now: str
    """What is there, from the beginning of the word on, in the quotation and in the text; "" at an
    end."""


def nearest(text: str, piece: str, around: int) -> int | None:
    """Return where a piece occurs in a text, next to an offset; None if it does not.

    >>> nearest("oil, oil, oil", "oil", 6)
    5
    """
    before = text.rfind(piece, 0, max(around, 0) + len(piece))
    after = text.find(piece, max(around, 0))
    found = [at for at in (before, after) if at >= 0]
    return min(found, key=lambda at: abs(at - around), default=None)


def first_difference(text: str, quotation: str, start: int) -> Difference:
    """Return where a quotation that stood at an offset, and now does not, first differs.

    It is compared at the place of its first piece that still is in the text, else where it stood.
    """
    at = min(_place(text, quotation, start), len(text))
    there = text[max(at, 0) : max(at, 0) + len(quotation) + _SHOWN]
    skipped = max(-at, 0)
    common = _common(quotation[skipped:], there)
    word = common - len(re.split(r"\s", there[:common][-_LEAD:])[-1])
    was = quotation[skipped + word :][:_SHOWN]
    return Difference(max(at, 0) + common, was, there[word:][:_SHOWN])


def _common(first: str, second: str) -> int:
    """Return how many characters two texts have in common at their beginning."""
    pairs = enumerate(zip(first, second, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(first), len(second)))


def _place(text: str, quotation: str, start: int) -> int:
    """Return about where a quotation begins; negative if its beginning is gone."""
    for offset in range(0, len(quotation), _PIECE):
        piece = quotation[offset : offset + _PIECE]
        if len(piece) == _PIECE or not offset:
            found = nearest(text, piece, start + offset)
            if found is not None:
                return found - offset
    return start
