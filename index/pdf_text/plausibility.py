"""Whether a text can be what was written: letters in order, a character map that is right."""

from __future__ import annotations

import re
from collections.abc import Sequence

MARKS = re.compile("[\u064b-\u0652\u0670\u0640]")
# Words that start with the article or end in letters that only end words, and what those look like
# if read from their end.
# Each pattern begins with the letters that it looks for, which are searched fastest.
STARTS = re.compile(r"[وفبكال](?<!\w.)(?:(?<=[وفبك])ال|(?<=[ال])ل)\w{2}")
TURNED_STARTS = re.compile(r"ل(?<=\w\wل)(?:ا[وفبك]?|ل)(?!\w)")
FINALS = re.compile(r"[ةى](?<=\w\w.)(?!\w)")
TURNED_FINALS = re.compile(r"[ةى](?<!\w.)\w{2}")
WORD_EDGES = 3
"""Words that look turned, more than words that do not, from which on a page is read as reversed."""

ERROR_SHARE = 0.3
"""Share of the characters of a page for which its fonts have no map, more than which is a fault."""
FAR_SHARE = 0.08
"""Share of those that are control characters or far from Latin letters, if they are the numbers of
glyphs. Figures by matplotlib have no map either, but their codes are those of the letters."""
KANA_SHARE = 0.2
"""Share of those that are Japanese syllables, from which on they are Japanese."""
ACCENT_SHARE = 0.5
"""Share of those that are accented letters, if they are the numbers of glyphs or a list of such."""

FOREIGN_SHARE = 0.1
"""Share of Arabic words with a foreign sign inside, above which the map is wrong. Right pages have
at most 0.008, pages with the maps that Ghostscript makes of Chromium's PDFs 0.16 and more."""
LETTERS = "\u0620-\u063f\u0641-\u064a\u066e-\u06d3"
ARABIC_WORD = re.compile(f"[{LETTERS}].*[{LETTERS}]")
SIGNS = r"'*+=<>@#$%&|~^`\\\x00-\x1f\ufffd\ue000-\uf8ff"
ARABIC = r"\u0600-\u06ff\u0750-\u077f\u0870-\u08ff\ufb50-\ufdff\ufe70-\ufeff"
ALL_ARABIC = re.compile(f"[{ARABIC}]+")
OTHER_LETTER = rf"[^\W\d_{ARABIC}]"
FOREIGN = re.compile(
    f"[{LETTERS}]{OTHER_LETTER}|[{LETTERS}][{SIGNS}]+[{LETTERS}]"
    rf"|(?<![\u0600-\u06ff]){OTHER_LETTER}+[{LETTERS}]{{2}}"
)
"""In an Arabic word, a letter of another script beside an Arabic one, or a sign between two."""


def turned_words(text: str) -> int:
    """Return the number of Arabic words that look spelled from their ends, less those that do not.

    A final letter at one end counts twice, for an article may also be two letters of a word.
    """
    plain = MARKS.sub("", text)
    turned = 2 * len(TURNED_FINALS.findall(plain)) + len(TURNED_STARTS.findall(plain))
    return turned - 2 * len(FINALS.findall(plain)) - len(STARTS.findall(plain))


def is_reversed(text: str) -> bool:
    """Return whether the Arabic words of a page are spelled from their ends."""
    return turned_words(text) > WORD_EDGES


def has_foreign_signs(text: str) -> bool:
    """Return whether many Arabic words have signs of other scripts inside: a wrong map."""
    words = [word for word in MARKS.sub("", text).split() if ARABIC_WORD.search(word)]
    mixed = [word for word in words if not ALL_ARABIC.fullmatch(word)]
    foreign = sum(FOREIGN.search(word) is not None for word in mixed)
    return foreign > FOREIGN_SHARE * len(words)


def mostly_arabic(text: str) -> bool:
    """Return whether at least half of the words of a text are Arabic."""
    words = text.split()
    return 2 * sum(ARABIC_WORD.search(word) is not None for word in words) >= len(words)


def are_glyph_numbers(unmapped: Sequence[str]) -> bool:
    """Return whether characters without a map are the numbers of glyphs rather than letters."""
    far = sum(map(_is_far, unmapped))
    kana = sum("\u3040" <= char <= "\u30ff" for char in unmapped)
    return far > FAR_SHARE * len(unmapped) and kana < KANA_SHARE * len(unmapped)


def may_be_glyph_numbers(unmapped: Sequence[str]) -> bool:
    """Return whether characters without a map may be the numbers of glyphs, or letters."""
    accented = sum("\xc0" <= char <= "\u017f" for char in unmapped)
    return accented > ACCENT_SHARE * len(unmapped)


def _is_far(char: str) -> bool:
    ranges = ((" ", "~"), ("\xa0", "\u017f"), ("\u2010", "\u2044"))
    return not (char in "\t\u2212" or any(first <= char <= last for first, last in ranges))
