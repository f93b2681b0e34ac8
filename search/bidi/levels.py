"""Compute embedding levels, which determine visual order: the only module that uses python-bidi.

The levels come from the pure Python algorithm of python-bidi, because its fast one returns a
reordered string and no mapping for highlights. Two things that the Python one lacks are added:
bracket pairs (rule N0), and a direction for characters that Python's Unicode tables do not know
yet. Explicit embeddings and isolates are not honoured: the text here has no format characters, so
that all of it is one run at one level and rules X1 to X10 do not apply. Isolates are given by their
offsets instead.

Rule numbers are those of UAX #9, https://www.unicode.org/reports/tr9/.
"""

from __future__ import annotations

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
"""Placeholder for an isolate in the text around it: a neutral character."""

# The property Bidi_Paired_Bracket: mirrored neutrals whose mirror image closes what they open, as
# BidiBrackets.txt derives it.
_CLOSER: Final[dict[str, str]] = {
    opener: unicodedata.normalize("NFC", closer)  # U+232A closes for U+3009 and the other way round
    for opener, closer in MIRRORED.items()
    if unicodedata.category(opener) == "Ps"
    and unicodedata.category(closer) == "Pe"
    and unicodedata.bidirectional(opener) == "ON"
}
_CLOSERS: Final = frozenset(_CLOSER.values()) | {"\u232a"}
_MAX_OPEN_BRACKETS: Final = 63  # definition BD16: brackets nested deeper are ignored

_STRONG: Final = {"L": "L", "R": "R", "EN": "R", "AN": "R"}  # N0 counts numbers as right-to-left
# A right-to-left paragraph with characters of these types only is at level 1 throughout.
_FOLLOWING: Final = frozenset(("R", "AL", "ES", "ET", "CS", "NSM", "WS", "S", "B", "ON"))
_KNOWN: Final = _FOLLOWING | {"L", "EN", "AN"}


def embedding_levels(text: str, rtl: bool) -> list[int]:
    """Return the embedding level of every character: even runs right, odd runs left.

    ``text`` is one paragraph without control and format characters; ``rtl`` is its base direction.
    """
    kinds = {unicodedata.bidirectional(char) for char in set(text)}
    if rtl and kinds <= _FOLLOWING:  # fast path for many a line of Arabic
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
    """Return the embedding levels of a text with isolates, each as between FSI and PDI.

    ``isolates`` are (start, end) in order, not empty, with a character between any two.
    """
    surrounding, at = "", 0
    for start, end in isolates:
        surrounding += text[at:start] + _ISOLATE
        at = end
    outer = iter(embedding_levels(surrounding + text[at:], rtl))
    levels: list[int] = []
    for start, end in isolates:
        levels += islice(outer, start - len(levels))
        next(outer)
        levels += _inner_levels(text[start:end], rtl)
    return [*levels, *outer]


def _inner_levels(text: str, rtl: bool) -> list[int]:
    """Return the levels inside an isolate: above that of the paragraph (rules X5a to X5c)."""
    inner_rtl = base_rtl(text)
    raised = 0 if inner_rtl and not rtl else 2
    return [level + raised for level in embedding_levels(text, inner_rtl)]


def mirrored(texts: Sequence[str], bases: str, levels: Sequence[int]) -> list[str]:
    """Return ``texts`` with brackets and the like mirrored on odd levels (rule L4)."""
    return [
        MIRRORED[base] + text[1:] if base in MIRRORED and level & 1 else text
        for text, base, level in zip(texts, bases, levels, strict=True)
    ]


def _char(char: str, level: int) -> _Char:
    """Return python-bidi's record of a character."""
    kind = unicodedata.bidirectional(char)
    if kind not in _KNOWN:  # unassigned: L by default for most (DerivedBidiClass.txt)
        kind = "L"
    return {"ch": char, "level": level, "type": kind, "orig": kind}


def _resolve_brackets(chars: list[_Char], base: str) -> None:
    """Apply rule N0: both brackets of a pair take one direction, from their content or context.

    Marks on a bracket, which by the rule follow it, are ignored: a cluster has the level of its
    base.
    """
    for opener, closer in _bracket_pairs(chars):
        inside = {_STRONG.get(char["type"]) for char in chars[opener + 1 : closer]} - {None}
        if not inside:
            continue
        direction = base
        if base not in inside:
            before = (_STRONG.get(chars[at]["type"]) for at in range(opener - 1, -1, -1))
            direction = next((strong for strong in before if strong), base)
        chars[opener]["type"] = chars[closer]["type"] = direction


def _bracket_pairs(chars: Sequence[_Char]) -> list[tuple[int, int]]:
    """Return the offsets of paired brackets (definition BD16), in the order of the openers."""
    pairs: list[tuple[int, int]] = []
    unclosed: list[tuple[str, int]] = []
    for at, char in enumerate(chars):
        bracket = char["ch"]
        if char["type"] != "ON":
            continue
        if bracket in _CLOSER:
            if len(unclosed) == _MAX_OPEN_BRACKETS:
                break
            unclosed.append((_CLOSER[bracket], at))
        elif bracket in _CLOSERS:
            normalized = unicodedata.normalize("NFC", bracket)
            while any(closer == normalized for closer, _ in unclosed):
                closer, opener = unclosed.pop()
                if closer == normalized:
                    pairs.append((opener, at))
                    break
    return sorted(pairs)
