"""Whether a text can be what was written: letters in order, a character map that is right."""

from __future__ import annotations

import re
from collections.abc import Sequence

MARKS = re.compile("[\u064b-\u0652\u0670\u0640]")
# Words that start with the article or end in letters that only end words, and what those look like
# if read from their end.
STARTS = re.compile(r"(?<!\w)(?:[وفبك]?ال|لل)\w{2}")
TURNED_STARTS = re.compile(r"\w{2}(?:لا[وفبك]?|لل)(?!\w)")
FINALS = re.compile(r"\w{2}[ةى](?!\w)")
TURNED_FINALS = re.compile(r"(?<!\w)[ةى]\w{2}")
WORD_EDGES = 3
"""Words that look turned, more than words that do not, from which on a page is read as reversed."""

ERROR_SHARE = 0.3
"""Share of the characters of a page for which its fonts have no map, more than which is a fault."""
FAR_SHARE = 0.08
"""Share of those that are control characters or far from Latin letters, if they are the numbers of
glyphs. Figures by matplotlib have no map either, but their codes are those of the letters."""
ACCENT_SHARE = 0.5
"""Share of those that are accented letters, in the same case."""


def is_reversed(text: str) -> bool:
    """Return whether the Arabic words of a text are spelled from their ends."""
    plain = MARKS.sub("", text)
    turned = 2 * len(TURNED_FINALS.findall(plain)) + len(TURNED_STARTS.findall(plain))
    right = 2 * len(FINALS.findall(plain)) + len(STARTS.findall(plain))
    return turned - right > WORD_EDGES


def are_glyph_numbers(unmapped: Sequence[str]) -> bool:
    """Return whether characters without a map are the numbers of glyphs rather than letters."""
    far = sum(map(_is_far, unmapped))
    accented = sum("\xc0" <= char <= "\u017f" for char in unmapped)
    return far > FAR_SHARE * len(unmapped) or accented > ACCENT_SHARE * len(unmapped)


def _is_far(char: str) -> bool:
    ranges = ((" ", "~"), ("\xa0", "\u017f"), ("\u2010", "\u2044"))
    return not (char in "\t\u2212" or any(first <= char <= last for first, last in ranges))
