"""Spell out the small vowels of Quranic spelling, which are written above or below a word.

The Quran in its Uthmani spelling, and vocalised text after its manner, write some long vowels
as small signs: مَٰلِك is مالك, إِبْرَٰهِـۧم is إبراهيم, دَاوُۥد is داوود. Other words are spelled
without that letter to this day (هٰذا, الرحمٰن), so a word is indexed in both spellings. Rules
(Unicode 15.1, section 9.2, and the notes on spelling of the Tanzil project):

- A dagger alef over و or ى may be read in place of that letter: صلوٰة is صلاة, هدىٰهم is
  هداهم, ربوٰا is ربا. At the end of a word, ىٰ is ى. Over و with a fatha of its own it follows it.
- Beside an alef it writes nothing.
- A small waw or yeh at the end of a word is pronounced and not spelled (لَهُۥ is له), unless
  it follows its own letter (يُحْىِۦ is يحيي).
- Of several dagger alefs the last is the one that is spelled most often: السموات beside
  السماوات.
- يَٰ before a noun is the word يا.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from index.analysis.lazy_pattern import lazy_pattern
from index.analysis.ligatures import spell_god
from index.analysis.script import ARABIC_LETTERS

DAGGER_ALEF, FATHA, ALEF, WAW = "\u0670", "\u064e", "ا", "و"
SMALL_VOWELS = {
    DAGGER_ALEF: ALEF,
    "\u06e5": WAW,  # small waw
    "\u0657": WAW,  # inverted damma, the same in prints of India and Pakistan
    "\u06e6": "ي",  # small yeh
    "\u06e7": "ي",  # small high yeh
    "\u0656": "ي",  # subscript alef, the same in prints of India and Pakistan
    "\u06e8": "ن",  # small high noon, no vowel but written alike
}
"""A small vowel → the letter that it writes."""

_LIGATURES = "\ufc5b-\ufc5d\ufc63\ufc90\ufcd9"
"""Presentation forms with a dagger alef."""
_HAS_SMALL_VOWEL = lazy_pattern(f"[{''.join(SMALL_VOWELS)}{_LIGATURES}]")
_CLUSTER = lazy_pattern(f"([{ARABIC_LETTERS}])([^{ARABIC_LETTERS}]*+)")
"""A letter and the signs on it."""
_ALEFS = "اأإآٱ"
_YEHS = "ىیي"
_FINAL = {"\u06e5": WAW, "\u0657": WAW, "\u06e6": _YEHS, "\u0656": _YEHS}
"""A small vowel → the letters after which it is spelled at the end of a word."""

Cluster = tuple[str, str]
"""A letter, and the signs on it."""


def spelled_out(word: str) -> tuple[str, ...]:
    """Return the other spellings of a word with small vowels, mostly none, without marks.

    >>> spelled_out("مَٰلِك"), spelled_out("مالك"), spelled_out("عَلَىٰ")
    (('مالك',), (), ())
    """
    if not _HAS_SMALL_VOWEL.search(word):
        return ()
    clusters = _CLUSTER.findall(unicodedata.normalize("NFKC", spell_god(word)))
    found = dict.fromkeys(_spellings(clusters))
    found.pop("".join(letter for letter, _ in clusters), None)
    return tuple(found)


def _spellings(clusters: Sequence[Cluster]) -> Iterator[str]:
    daggers = [at for at, (_, signs) in enumerate(clusters) if DAGGER_ALEF in signs]
    for spelled in dict.fromkeys((tuple(daggers), tuple(daggers[-1:]))):
        for replaces_waw in (False, True):
            parts = [
                _read(clusters, at, at in spelled, replaces_waw) for at in range(len(clusters))
            ]
            yield "".join(parts)
    if daggers[:1] == [0] and clusters[0][0] == "ي" and len(clusters) > 2:
        yield "".join(_read(clusters, at, True, False) for at in range(1, len(clusters)))


def _read(clusters: Sequence[Cluster], at: int, dagger: bool, replaces_waw: bool) -> str:
    """Return a letter and the small vowels on it; a dagger alef only if ``dagger``."""
    letter, signs = clusters[at]
    following = clusters[at + 1][0] if at + 1 < len(clusters) else ""
    for sign in signs:
        if sign == DAGGER_ALEF:
            letter = _with_dagger(letter, signs, following, replaces_waw) if dagger else letter
        elif sign in SMALL_VOWELS and (following or letter[-1:] in _FINAL.get(sign, "")):
            letter += SMALL_VOWELS[sign]
    return letter


def _with_dagger(letter: str, signs: str, following: str, replaces_waw: bool) -> str:
    """Return a letter under a dagger alef with the alef that it writes."""
    if letter == WAW and replaces_waw and FATHA not in signs:
        return "" if following == ALEF else ALEF
    if letter in _ALEFS or following == ALEF:
        return letter
    if letter in "ىی":
        return ALEF if following else letter
    return letter + ALEF
