"""Brackets the right way round: a page shows them mirrored, and PDFium mirrors some of them back.

Which way is right is seen from pairs: of a text and its mirror image, the one counts in which more
brackets close what was opened before.
"""

from __future__ import annotations

from collections.abc import Sequence

OPEN, CLOSE = "([{«‹<", ")]}»›>"
PAIRED = set(OPEN + CLOSE)
MIRROR = str.maketrans(OPEN + CLOSE, CLOSE + OPEN)


def is_balanced(text: str) -> bool:
    """Return whether the brackets of a text, either way round, make pairs within it."""
    return all(
        text.count(first) == text.count(last) for first, last in zip(OPEN, CLOSE, strict=True)
    )


def unmirror(texts: Sequence[str]) -> list[str]:
    """Return lines with their brackets the way round that makes pairs."""
    gains = [
        pairs(text.translate(MIRROR)) - pairs(text) if not PAIRED.isdisjoint(text) else 0
        for text in texts
    ]
    swap = sum(gains) > 0  # lines that do not tell follow the page
    opened: list[int] = []
    return [
        _unmirrored(text, opened, is_swapped=gain > 0 or (gain == 0 and swap))
        for text, gain in zip(texts, gains, strict=True)
    ]


def _unmirrored(text: str, opened: list[int], *, is_swapped: bool) -> str:
    """Return a line; ``opened`` are the brackets open at its start, and then at its end."""
    if PAIRED.isdisjoint(text):
        return text
    turned = text.translate(MIRROR) if is_swapped else text
    count = sum(char in PAIRED for char in turned)
    if 2 * pairs(turned) == count:
        opened.clear()
        return turned
    return _by_turns(turned, opened) if opened or count > 1 else turned


def pairs(text: str) -> int:
    """Return the number of pairs less that of brackets without a partner."""
    depth = found = alone = 0
    for char in text:
        if char in OPEN:
            depth += 1
        elif char in CLOSE:
            found, alone = (found + 1, alone) if depth else (found, alone + 1)
            depth = max(0, depth - 1)
    return found - alone - depth


def _by_turns(text: str, opened: list[int]) -> str:
    """Return a line in which each kind of bracket opens and closes by turns."""
    turned = []
    for char in text:
        number = OPEN.find(char) if char in OPEN else CLOSE.find(char)
        if number < 0:
            turned.append(char)
        elif number in opened:
            opened.remove(number)
            turned.append(CLOSE[number])
        else:
            opened.append(number)
            turned.append(OPEN[number])
    return "".join(turned)
