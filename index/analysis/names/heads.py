"""Names of two words that are written as one, and one as two: عبد الحميد, Abdulhamid.

The first word of such a name is a head: it never stands alone, and the article behind it
is written with it, with the other word, or not at all.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Head(NamedTuple):
    """The first word of a name that is written in one or two."""

    spellings: tuple[str, ...]
    """As a word of its own, in exact form, both scripts."""
    joined: re.Pattern[str]
    """As the beginning of one word."""


HEADS = (
    # Abdul Hamid, Abdelhamid, Abd al-Rahman, Abderrahman, Abdessalam
    Head(
        ("عبد", "abd", "abdul", "abdel", "abdal", "abdoul", "abdol", "abdu",
         "abdur", "abder", "abdus", "abdes", "abdun", "abden", "abdool"),
        re.compile("عبد(?=ال...)|"
                   "abd(?:[aeo]|oo|ou|u)(?:l|([dnrstz])(?=\\1)|sh(?=sh))(?=[a-z]{3})"),
    ),
    Head(("أبو", "ابو", "أبي", "ابي", "أبا", "ابا", "abu", "abou", "aboo"),
         re.compile("[أا]بو(?=...)|ab(?:u|ou)(?=[a-z]{3})")),
    Head(("بن", "ابن", "إبن", "bin", "ben", "ibn"), re.compile("(?!)")),
)  # fmt: skip
"""Heads; what is written as one begins with ``joined``."""


ARTICLES = ("al", "el", "ul")
"""What may stand between a head and the rest, as a word of its own: Abd al-Hamid."""


def head_of(word: str) -> Head | None:
    """The head that an exact form is, standing alone."""
    return next((head for head in HEADS if word in head.spellings), None)


def split(word: str) -> tuple[Head, str] | None:
    """An exact form that begins with a head, as the head and the rest.

    >>> split("abdulhamid")[1], split("عبدالحميد")[1]
    ('hamid', 'الحميد')
    """
    for head in HEADS:
        if begun := head.joined.match(word):
            return head, word[begun.end() :]
    return None
