r"""Emphasis whose pairs are plain to see, by patterns: ten times as fast as by the rules.

The rules of :mod:`emphasis` give the same for what the patterns match: the two marks of a pair are
of one length, and have no other marks between them but pairs of another kind, or such that a
space stands before the first one.

Every branch begins with a letter, for Python tries no other branch then; what has to stand before
it is tested behind it: ``\*(?<!a\*)``. No pattern has to go back, and none has a group to
remember: Python 3.11 makes mistakes with those in possessive repetitions.
"""

from __future__ import annotations

import re

_RARE = r"[^\W_a-zA-Z\u0621-\u064a]"
"""Characters of words but the commonest letters: all digits are among them."""
_LETTER = r"[^\W_]"
_INSIDE = (
    r"[^*_~]++"
    r"|\*(?:(?<!\S\*)\**+(?!\S)|(?<=[0-9]\*)\**+(?=[0-9]))"
    rf"|_(?:(?<!\S_)_*+(?!\S)|(?<={_LETTER}_)_*+(?={_LETTER}))"
    r"|~(?!~)"
)
"""Text, and marks that are none: between spaces or digits, within a word; a single tilde."""


def _pair(mark: str, *inside: str, before: str = "") -> str:
    """Return the pattern of a text between two equal marks, with pairs inside.

    ``before`` is what does not stand before it.
    """
    first, more = re.escape(mark[0]), re.escape(mark[1:])
    beside = _LETTER if mark[0] == "_" else _RARE
    return (
        rf"{first}(?<!{before or beside}{first}){more}(?![\s{first}])"
        rf"(?:{'|'.join((_INSIDE, *inside))})++"
        rf"{first}(?<!\s{first}){more}(?!{beside}|{first})"
    )


def _pairs(mark: str, *inside: str, before: str = "") -> str:
    """Return the pattern of text between one or two marks on either side."""
    return "|".join(_pair(mark * count, *inside, before=before) for count in (1, 2))


_PAIRS = (
    *(
        _pair("*" * count, _pairs("_"), _pair("~~"), _pairs("*", before=r"\S"))
        for count in (1, 2, 3)
    ),
    _pairs("_", _pairs("*"), _pair("~~")),
    _pair("~~", _pairs("*"), _pairs("_")),
)
_PLAIN = re.compile(rf"(?:{'|'.join((_INSIDE, *_PAIRS))})*+")
_PAIRED = re.compile(
    r"\*(?<!\*\*)(?:(?<=[^\s0-9]\*)\**+|(?<!\S\*)\**+(?=\S)|(?<=[0-9]\*)\**+(?![0-9]))"
    rf"|_(?<!__)(?:(?<=[^\s\w]_)_*+|(?<!\S_)_*+(?=\S)|(?<=\w_)_*+(?!{_LETTER}))"
    r"|~~"
)
"""The marks of a plain paragraph but those that are none."""


def is_plain(paragraph: str) -> bool:
    """Whether all emphasis of a paragraph without code is plain to see."""
    return _PLAIN.fullmatch(paragraph) is not None


def without_plain_marks(paragraph: str) -> str:
    """Return a plain paragraph without its marks.

    All at once, for without one mark another one has other neighbours.
    """
    return _PAIRED.sub("", paragraph)
