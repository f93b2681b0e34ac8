"""Names of two words that are written as one, and one as two: عبد الحميد, Abdulhamid.

The first word of such a name is a head: it never stands alone, and the article behind it
is written with it, with the other word, or not at all.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Particle(NamedTuple):
    """The first word of a name that is written in one or two."""

    spellings: tuple[str, ...]
    """As a word of its own, in exact form, both scripts."""
    joined: re.Pattern[str]
    """As the beginning of one word."""


class Parts(NamedTuple):
    """What one word of two is made of."""

    head: Particle
    first: str
    """The head as it is written there."""
    rest: str


PARTICLES = (
    # Abdul Hamid, Abdelhamid, Abd al-Rahman, Abderrahman, Abdessalam
    Particle(
        ("عبد", "abd", "abdul", "abdel", "abdal", "abdoul", "abdol", "abdu",
         "abdur", "abder", "abdus", "abdes", "abdun", "abden", "abdool"),
        re.compile("عبد(?=ال..)|abd(?=[aeou]llah\\Z)|"
                   "abd(?:[aeo]|oo|ou|u)(?:l|([dnrstz])(?=\\1)|sh(?=sh))(?=[a-z]{3})"),
    ),
    Particle(("أبو", "ابو", "أبي", "ابي", "أبا", "ابا", "abu", "abou", "aboo"),
         re.compile("[أا]بو(?=...)|ab(?:u|ou)(?=[a-z]{3})")),
    Particle(("بن", "ابن", "إبن", "bin", "ben", "ibn"), re.compile("(?!)")),
)  # fmt: skip
"""Heads; what is written as one begins with ``joined``."""


_ALLAH = re.compile(r"\A[aeou]llah\Z")
"""Abdullah, Abdallah: the vowel of Allah is that of the grammar."""

ARTICLES = ("al", "el", "ul")
"""What may stand between a head and the rest, as a word of its own: Abd al-Hamid."""


def particle_of(word: str) -> Particle | None:
    """The head that an exact form is, standing alone."""
    return next((head for head in PARTICLES if word in head.spellings), None)


def split(word: str) -> Parts | None:
    """An exact form that begins with a head, as the head and the rest.

    >>> split("abdulhamid")[1:], split("عبدالحميد")[1:], split("abdullah")[1:]
    (('abdul', 'hamid'), ('عبد', 'الحميد'), ('abd', 'allah'))
    """
    for head in PARTICLES:
        if begun := head.joined.match(word):
            return Parts(head, begun[0], _ALLAH.sub("allah", word[begun.end() :]))
    return None
