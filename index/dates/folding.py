"""Fold a text so that a date has one spelling: digits, letters, marks, spaces and separators."""

from __future__ import annotations

import unicodedata

_DIGITS = {start + n: str(n) for start in (0x660, 0x6F0) for n in range(10)}
_LETTERS = str.maketrans("أإآٱةىیکۀé èêëàâûùôîïç".replace(" ", ""), "ااااهييكهeeeeaauuoiic")
_SEPARATORS = {**dict.fromkeys(map(ord, "،٬"), ","), **dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")}
_DROPPED = dict.fromkeys(
    (
        *range(0x64B, 0x653), 0x670, 0x640,  # marks and the stretching stroke
        0xAD, 0x61C, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF,
    ),
    "",
)  # fmt: skip
_QUOTES = dict.fromkeys(map(ord, "’‘ʼʾʿ`´"), "'")
_TABLE = {**_DIGITS, **_LETTERS, **_SEPARATORS, **_DROPPED, **_QUOTES, ord("٫"): ".", ord("؍"): "/"}


def fold(text: str) -> str:
    """Return a text with ASCII digits and separators, without marks, and in one form of letters.

    Capital letters stay: they tell a place from other words. A stretching stroke that stands alone
    is a dash. The length may change.
    """
    return unicodedata.normalize("NFKC", text).replace(" ـ ", " - ").translate(_TABLE)
