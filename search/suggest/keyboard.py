"""What was typed with the wrong keyboard layout, as it was meant: hg]fdfm for الدبيبة.

The table is the Arabic (101) layout beside the US one, key by key.
"""

from __future__ import annotations

_US = "qwertyuiop[]asdfghjkl;'zxcvnm,./`HNY"
_ARABIC = "ضصثقفغعهخحجدشسيبلاتنمكطئءؤرىةوزظذأآإ"
_PAIRS = {"b": "لا", "B": "لآ", "G": "لأ", "T": "لإ"}
"""Keys that give two letters."""

_TO_ARABIC = {**dict(zip(_US, _ARABIC, strict=True)), **_PAIRS}
_TO_LATIN = {arabic: us for us, arabic in _TO_ARABIC.items()}


def swap_keyboard_layout(word: str) -> str | None:
    """The word by the other layout; nothing where a letter is on no key.

    >>> other_layout("hg]fdfm"), other_layout("مهلاغش"), other_layout("5+5")
    ('الدبيبة', 'libya', None)
    """
    if not word:
        return None
    to_arabic = [_TO_ARABIC.get(letter) or _TO_ARABIC.get(letter.lower()) for letter in word]
    if all(to_arabic):
        return "".join(filter(None, to_arabic))
    for pair in _PAIRS.values():
        word = word.replace(pair, _TO_LATIN[pair])
    to_latin = [_TO_LATIN.get(letter, letter if letter in _PAIRS else "") for letter in word]
    return "".join(to_latin) if all(to_latin) else None
