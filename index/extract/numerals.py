"""Numbers as words and letters of lists write them (ST_NumberFormat, ECMA-376 part 1, 17.18.59)."""

from __future__ import annotations

import unicodedata

ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
MAX_ROMAN = 3999
LETTERS = {
    "lowerLetter": "abcdefghijklmnopqrstuvwxyz",
    "upperLetter": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "arabicAlpha": "أبتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "arabicAbjad": "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ",
    "russianLower": "абвгдежзиклмнопрстуфхцчшщыэюя",
    "russianUpper": "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЫЭЮЯ",
}
"""Letters in order; after the last they are doubled: z, aa, bb."""
MAX_REPEATED = 10
"""Times that a letter is repeated; higher numbers are decimals."""
DEVANAGARI_ZERO = "\u0966"


def numeral(number: int, style: str) -> str:
    """Return a number, from 0, in a style; as a decimal in a style that is not known.

    A style may also be the first numbers of a document's own, such as ``٠١, ٠٢, ٠٣, ...``: it
    states the digits of a script, and how many there are at least.
    """
    if style in LETTERS:
        return _letters(number, LETTERS[style])
    match style:
        case "lowerRoman":
            return _roman(number)
        case "upperRoman":
            return _roman(number).upper()
        case "decimalZero":
            return f"{number:02}"
        case "hindiNumbers":
            return _digits(number, DEVANAGARI_ZERO)
    first = style.partition(",")[0].strip()
    return _digits(number, first) if first.isdecimal() else str(number)


def _letters(number: int, letters: str) -> str:
    repeated, place = divmod(number - 1, len(letters))
    if number < 1 or repeated >= MAX_REPEATED:
        return str(number)
    return letters[place] * (repeated + 1)


def _roman(number: int) -> str:
    if not 1 <= number <= MAX_ROMAN:
        return str(number)
    signs = ""
    for value, sign in ROMAN:
        signs += sign * (number // value)
        number %= value
    return signs


def _digits(number: int, pattern: str) -> str:
    """Return a number with the digits of a pattern's script, and at least as many."""
    zero = ord(pattern[0]) - unicodedata.digit(pattern[0])
    digits = str(number).zfill(min(len(pattern), MAX_REPEATED))
    return "".join(chr(zero + int(digit)) for digit in digits)
