"""Brackets the right way round: a page shows them mirrored, and PDFium mirrors some of them back.

Which way is right is seen from pairs: of a text and its mirror image, the one counts in which more
brackets close what was opened before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

OPEN, CLOSE = "([{«‹<", ")]}»›>"
BRACKET = re.compile(f"[{re.escape(OPEN + CLOSE)}]")
AFTER = frozenset(" \t.,:;!?،؛؟")
"""What stands after a closing bracket."""
MIRROR = str.maketrans(OPEN + CLOSE, CLOSE + OPEN)


def is_balanced(text: str) -> bool:
    """Return whether the brackets of a text, either way round, make pairs within it."""
    return all(
        text.count(first) == text.count(last) for first, last in zip(OPEN, CLOSE, strict=True)
    )


def unmirror(texts: Sequence[str]) -> list[str]:
    """Return lines with their brackets the way round that makes pairs."""
    gains = [
        pairs(text.translate(MIRROR)) - pairs(text) if BRACKET.search(text) else 0 for text in texts
    ]
    swap = sum(gains) > 0  # lines that do not tell follow the page
    opened: list[int] = []
    return [
        _unmirrored(text, opened, is_swapped=gain > 0 or (gain == 0 and swap))
        for text, gain in zip(texts, gains, strict=True)
    ]


def _unmirrored(text: str, opened: list[int], *, is_swapped: bool) -> str:
    """Return a line; ``opened`` are the brackets open at its start, and then at its end."""
    if not BRACKET.search(text):
        return text
    turned = text.translate(MIRROR) if is_swapped else text
    if 2 * pairs(turned) == len(BRACKET.findall(turned)):
        opened.clear()
        return turned
    return _by_context(turned, opened)


def pairs(text: str) -> int:
    """Return the number of pairs less that of brackets without a partner."""
    depth = found = alone = 0
    for bracket in BRACKET.findall(text):
        if bracket in OPEN:
            depth += 1
        else:
            found, alone = (found + 1, alone) if depth else (found, alone + 1)
            depth = max(0, depth - 1)
    return found - alone - depth


def _by_context(text: str, opened: list[int]) -> str:
    """Return a line in which each bracket opens or closes as its neighbours want it.

    One with a space before it alone opens, one with a space after it alone closes; others close
    what is open of their kind, and open it otherwise.
    """
    padded = f" {text} "
    turned = []
    for place, char in enumerate(text, 1):
        number = OPEN.find(char) if char in OPEN else CLOSE.find(char)
        if number < 0:
            turned.append(char)
            continue
        before, after = padded[place - 1].isspace(), padded[place + 1] in AFTER
        closes = after if before != after else number in opened
        turned.append(CLOSE[number] if closes else OPEN[number])
        if closes and number in opened:
            opened.remove(number)
        elif not closes:
            opened.append(number)
    return "".join(turned)
