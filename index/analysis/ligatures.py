"""Signs of Unicode that are a phrase each, and the ligature of الله.

NFKC spells out two of the phrases; the others have no decomposition, so they are read as
their names in Unicode (15.1, Arabic Presentation Forms-A) say, in the usual spelling.
"""

from __future__ import annotations

from index.analysis.lazy_pattern import lazy_pattern
from index.analysis.script import INVISIBLE, MARK_LIKE, MARKS

PHRASES = {
    "\ufd40": "رحمه الله",
    "\ufd41": "رضي الله عنه",
    "\ufd42": "رضي الله عنها",
    "\ufd43": "رضي الله عنهم",
    "\ufd44": "رضي الله عنهما",
    "\ufd45": "رضي الله عنهن",
    "\ufd46": "صلى الله عليه وآله",
    "\ufd47": "عليه السلام",
    "\ufd48": "عليهم السلام",
    "\ufd49": "عليهما السلام",
    "\ufd4a": "عليه الصلاة والسلام",
    "\ufd4b": "قدس سره",
    "\ufd4c": "صلى الله عليه وآله وسلم",
    "\ufd4d": "عليها السلام",
    "\ufd4e": "تبارك وتعالى",
    "\ufd4f": "رحمهم الله",
    "\ufdcf": "سلامه علينا",
    "\ufdfa": "صلى الله عليه وسلم",
    "\ufdfb": "جل جلاله",
    "\ufdfc": "ريال",
    "\ufdfd": "بسم الله الرحمن الرحيم",
    "\ufdfe": "سبحانه وتعالى",
    "\ufdff": "عز وجل",
}
"""A sign → the words that it stands for."""

PHRASE_LIGATURES = "".join(PHRASES)
"""The signs of :data:`PHRASES`, as the inside of a character class of ``re``."""

GOD = "\ufdf2"
"""ﷲ: with its alef in some fonts and without it in others, so that many write it behind one."""

_AFTER_ALEF = lazy_pattern(f"([اٱ\ufb50\ufb51\ufe8d\ufe8e][{MARKS}{MARK_LIKE}{INVISIBLE}]*+){GOD}")


def spell_god(word: str) -> str:
    """Return the word with ﷲ spelled out, and one alef if it has one before it: اﷲ is الله.

    >>> spell_god("اﷲ") == spell_god("ﷲ") == "الله"
    True
    """
    return _AFTER_ALEF.sub(r"\1لله", word).replace(GOD, "الله") if GOD in word else word
