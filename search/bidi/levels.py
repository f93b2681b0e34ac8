"""Text → embedding levels, which say where each character goes: the only door to python-bidi.

The levels come from the pure Python algorithm of python-bidi, since its fast one gives a reordered
string and nothing to map highlights with. Two things that the Python one lacks are added: bracket
pairs (rule N0), and a direction for characters that Python's Unicode tables do not know yet.
Explicit embeddings and isolates are not honoured: the text given here has no format characters, so
that the whole of it is one run at one level and rules X1 to X10 have nothing to do. What a caller
wants isolated is told by its places.

The rules named here are those of UAX #9, https://www.unicode.org/reports/tr9/.
"""

import unicodedata
from collections import deque
from collections.abc import Sequence
from itertools import islice
from typing import Any, Final

from bidi.algorithm import resolve_implicit_levels, resolve_neutral_types, resolve_weak_types
from bidi.mirror import MIRRORED

from search.bidi.characters import base_rtl

_Char = dict[str, Any]

_ISOLATE: Final = "\ufffc"
"""What an isolate is to the text around it: a neutral."""

# The property Bidi_Paired_Bracket: mirrored neutrals whose mirror image closes what they open. In
# this way BidiBrackets.txt derives it.
_CLOSER: Final[dict[str, str]] = {
    opener: unicodedata.normalize("NFC", closer)  # U+232A closes for U+3009 and the other way round
    for opener, closer in MIRRORED.items()
    if unicodedata.category(opener) == "Ps"
    and unicodedata.category(closer) == "Pe"
    and unicodedata.bidirectional(opener) == "ON"
}
_CLOSERS: Final = frozenset(_CLOSER.values()) | {"\u232a"}
_OPEN_AT_ONCE: Final = 63  # definition BD16: brackets nested deeper are left alone

_STRONG: Final = {"L": "L", "R": "R", "EN": "R", "AN": "R"}  # N0 takes numbers for right-to-left
# Types of characters that without a letter or number of another direction follow their paragraph.
_FOLLOWING: Final = frozenset(("R", "AL", "ES", "ET", "CS", "NSM", "WS", "S", "B", "ON"))
_KNOWN: Final = _FOLLOWING | {"L", "EN", "AN"}


def embedding_levels(text: str, rtl: bool) -> list[int]:
    """The embedding level of every character of one paragraph: even runs right, odd runs left.

    `text` is a paragraph without control and format characters; `rtl` is its base direction.
    """
    kinds = {unicodedata.bidirectional(char) for char in set(text)}
    if rtl and kinds <= _FOLLOWING:  # the fast way, which many a line of Arabic can go
        return [1] * len(text)
    base = "R" if rtl else "L"
    chars = [_char(char, int(rtl)) for char in text]
    run = {"sor": base, "eor": base, "start": 0, "length": len(chars), "type": base}
    storage = {"base_level": int(rtl), "base_dir": base, "chars": chars, "runs": deque([run])}
    resolve_weak_types(storage)
    _resolve_brackets(chars, base)
    resolve_neutral_types(storage, False)
    resolve_implicit_levels(storage, False)
    return [char["level"] for char in chars]


def isolated_levels(text: str, rtl: bool, isolates: Sequence[tuple[int, int]]) -> list[int]:
    """`embedding_levels`, where each of `isolates` is a text of its own, as between FSI and PDI.

    They are in order, not empty, and with a character between any two.
    """
    around, at = "", 0
    for start, end in isolates:
        around += text[at:start] + _ISOLATE
        at = end
    outer = iter(embedding_levels(around + text[at:], rtl))
    levels: list[int] = []
    for start, end in isolates:
        levels += islice(outer, start - len(levels))
        next(outer)
        levels += _inner_levels(text[start:end], rtl)
    return [*levels, *outer]


def _inner_levels(text: str, rtl: bool) -> list[int]:
    """The levels inside an isolate: above that of the paragraph (rules X5a to X5c)."""
    inner_rtl = base_rtl(text)
    raised = 0 if inner_rtl and not rtl else 2
    return [level + raised for level in embedding_levels(text, inner_rtl)]


def mirrored(texts: Sequence[str], bases: str, levels: Sequence[int]) -> list[str]:
    """`texts` as they look: on odd levels, brackets and the like face the other way (rule L4)."""
    return [
        MIRRORED[base] + text[1:] if base in MIRRORED and level & 1 else text
        for text, base, level in zip(texts, bases, levels, strict=True)
    ]


def _char(char: str, level: int) -> _Char:
    """python-bidi's record of a character."""
    kind = unicodedata.bidirectional(char)
    if kind not in _KNOWN:  # unassigned: most of them are to be taken for L (DerivedBidiClass.txt)
        kind = "L"
    return {"ch": char, "level": level, "type": kind, "orig": kind}


def _resolve_brackets(chars: list[_Char], base: str) -> None:
    """Rule N0: the two brackets of a pair take one direction, from what they enclose or follow.

    Marks upon a bracket, which by the rule follow it, are left alone: clusters have the level of
    their bases.
    """
    for opener, closer in _bracket_pairs(chars):
        inside = {_STRONG.get(char["type"]) for char in chars[opener + 1 : closer]} - {None}
        if not inside:
            continue
        direction = base
        if base not in inside:
            before = (_STRONG.get(chars[place]["type"]) for place in range(opener - 1, -1, -1))
            direction = next((strong for strong in before if strong), base)
        chars[opener]["type"] = chars[closer]["type"] = direction


def _bracket_pairs(chars: Sequence[_Char]) -> list[tuple[int, int]]:
    """Definition BD16: positions of brackets that belong together, in the order of the openers."""
    pairs: list[tuple[int, int]] = []
    waiting: list[tuple[str, int]] = []
    for place, char in enumerate(chars):
        sign = char["ch"]
        if char["type"] != "ON":
            continue
        if sign in _CLOSER:
            if len(waiting) == _OPEN_AT_ONCE:
                break
            waiting.append((_CLOSER[sign], place))
        elif sign in _CLOSERS:
            wanted = unicodedata.normalize("NFC", sign)
            while any(closer == wanted for closer, _ in waiting):
                closer, opener = waiting.pop()
                if closer == wanted:
                    pairs.append((opener, place))
                    break
    return sorted(pairs)
