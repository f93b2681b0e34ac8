"""Split compound names that are written in one or two words: عبد الحميد, Abdulhamid.

The first word of such a name is a particle: it is never a name by itself. An article
between it and the rest is written with the particle, with the rest, or not at all. Of
Nur al-Din, Nureddin, the particle is the last word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from index.analysis.lazy_pattern import lazy_pattern


class Particle(NamedTuple):
    """The first or the last word of a compound name, in all its spellings."""

    spellings: tuple[str, ...]
    """Exact forms of both scripts, as a word of its own."""
    joined: re.Pattern[str]
    """Matches the particle in a name written as one word."""


class SplitName(NamedTuple):
    """The two parts of a compound name written as one word."""

    particle: Particle
    written: str
    """The particle as it is written in this word."""
    rest: str


PARTICLES = (
    # Abdul Hamid, Abdelhamid, Abd al-Rahman, Abderrahman, Abdessalam
    Particle(
        ("عبد", "abd", "abdul", "abdel", "abdal", "abdoul", "abdol", "abdu",
         "abdur", "abder", "abdus", "abdes", "abdun", "abden", "abdool"),
        lazy_pattern("عبد(?=ال..)|abd(?=[aeou]llah\\Z)|"
                   "abd(?:[aeo]|oo|ou|u)(?:l|([dnrstz])(?=\\1)|sh(?=sh))(?=[a-z]{3})"),
    ),
    Particle(("أبو", "ابو", "أبي", "ابي", "أبا", "ابا", "abu", "abou", "aboo"),
         lazy_pattern("[أا]بو(?=...)|ab(?:u|ou)(?=[a-z]{3})")),
    Particle(("بن", "ابن", "إبن", "bin", "ben", "ibn"), lazy_pattern("(?:bin|ibn)(?=[a-z]{4})")),
    Particle(("أم", "ام", "umm", "oum"), lazy_pattern("(?!)")),
)  # fmt: skip
"""The particles before a name. Arabic authors never join بن and أم to it, and many Latin words that
begin with ben, as Benghazi, are one."""

SERVANT, FATHER, SON, MOTHER = PARTICLES
"""Abd, Abu, ibn and Umm. عبد is half of a name, for Hamid is not Abdul Hamid; أبو and بن may be
left out behind another name."""

FAITH = Particle(
    ("الدين", "aldin", "eldin", "din", "deen", "eddin", "eddine", "addin", "uddin", "uddeen"),
    lazy_pattern(r"(?:(?<=[^ا]..)|(?<=عز))الدين\Z|(?<=[a-z]{3})[aeu](?:dd|ld|tt)(?:ine?|een)\Z"),
)  # fmt: skip
"""The particle behind a name: Nur al-Din, Nureddin, نور الدين. By itself it is a word or a name."""

_ALLAH = lazy_pattern(r"\A[aeou]llah\Z")
"""Abdullah, Abdallah: the first vowel of Allah is a case ending."""

_LAST_LATIN = "\u05ff"

LATIN_ARTICLES = ("al", "el", "ul")
"""Articles that may be a word of their own between particle and rest: Abd al-Hamid."""

SUN_LETTERS = ("sh", "th", "dh", "d", "n", "r", "s", "t", "z")
"""Latin spellings of the consonants before which the article is pronounced like them: ash-Shams."""


def articles_before(names: Iterable[str]) -> tuple[str, ...]:
    """Return the articles that may be a word of their own before any of some Latin names.

    >>> articles_before(["sarraj"])
    ('al', 'el', 'ul', 'as', 'es')
    """
    sounds = (next(filter(name.startswith, SUN_LETTERS), "") for name in names)
    assimilated = (vowel + sound for sound in sounds if sound for vowel in "ae")
    return tuple(dict.fromkeys((*LATIN_ARTICLES, *assimilated)))


def other_articles(word: str) -> tuple[str, ...]:
    """Return a Latin compound name in one word with its article written otherwise.

    >>> other_articles("abdulrahman"), other_articles("abderrahman"), other_articles("abdulhamid")
    (('abderrahman',), ('abdulrahman',), ())
    >>> other_articles("nuraldin"), other_articles("nureddin")
    (('nureddin',), ('nuraldin',))
    """
    parts = split_name(word)
    if not parts or parts.rest > _LAST_LATIN:
        return ()
    forms: tuple[str, ...] = ()
    sound = next(filter(parts.rest.startswith, SUN_LETTERS), "")
    if parts.particle is FAITH:
        forms = f"{parts.rest}aldin", f"{parts.rest}eddin"
    elif sound and parts.particle is SERVANT:
        forms = f"abdul{parts.rest}", f"abde{sound}{parts.rest}"
    return tuple(form for form in forms if form != word)


def particle_of(word: str) -> Particle | None:
    """Return the particle that an exact form spells; None if it spells none."""
    return next((particle for particle in PARTICLES if word in particle.spellings), None)


def split_name(word: str) -> SplitName | None:
    """Split an exact form that begins or ends with a particle; None if it does not.

    >>> split_name("abdulhamid")[1:], split_name("عبدالحميد")[1:], split_name("abdullah")[1:]
    (('abdul', 'hamid'), ('عبد', 'الحميد'), ('abd', 'allah'))
    >>> split_name("nureddin")[1:]
    ('eddin', 'nur')
    """
    for particle in PARTICLES:
        if match := particle.joined.match(word):
            return SplitName(particle, match[0], _ALLAH.sub("allah", word[match.end() :]))
    if match := FAITH.joined.search(word):
        return SplitName(FAITH, match[0], word[: match.start()])
    return None
