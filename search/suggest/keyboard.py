"""Undo a wrong keyboard layout: hg]fdfm is الدبيبة typed with the US layout.

The table is the Arabic (101) layout and the US one, key by key.
"""

from __future__ import annotations

_US = "qwertyuiop[]asdfghjkl;'zxcvnm,./`HNY"
_ARABIC = "ضصثقفغعهخحجدشسيبلاتنمكطئءؤرىةوزظذأآإ"
_LIGATURES = {"b": "لا", "B": "لآ", "G": "لأ", "T": "لإ"}
"""Keys that type two Arabic letters."""

_TO_ARABIC = {**dict(zip(_US, _ARABIC, strict=True)), **_LIGATURES}
_TO_LATIN = {arabic: us for us, arabic in _TO_ARABIC.items()}


def swap_keyboard_layout(word: str) -> str | None:
    """Return the word that the same keys type in the other layout.

    None if a letter is on no key.

    >>> [swap_keyboard_layout(word) for word in ("hg]fdfm", "مهلاغش", "5+5")]
    ['الدبيبة', 'libya', None]
    """
    if not word:
        return None
    to_arabic = [_TO_ARABIC.get(letter) or _TO_ARABIC.get(letter.lower()) for letter in word]
    if all(to_arabic):
        return "".join(filter(None, to_arabic))
    for ligature in _LIGATURES.values():
        word = word.replace(ligature, _TO_LATIN[ligature])
    to_latin = [_TO_LATIN.get(letter, letter if letter in _LIGATURES else "") for letter in word]
    return "".join(to_latin) if all(to_latin) else None
