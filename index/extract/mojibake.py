"""Repair text whose bytes were read in a wrong encoding before it was saved (mojibake).

``طرابلس`` written in UTF-8 and read as windows-1252 is ``Ø·Ø±Ø§Ø¨Ù„Ø³``; written in windows-1256
and read so, it is ``ØÑÇÈáÓ``. Saved in UTF-8, both are valid. A text is changed only as a whole,
and only if

- for bytes written in UTF-8: they are UTF-8 again, which the letters of no language are by chance
  (R. Speer, "ftfy: fixes text for you"), and the result is more plausible by :data:`MIN_GAIN`;
- for bytes in a single-byte encoding of Arabic: most accented words have no letter of ASCII at all,
  as in no language of Latin script, and `charset_model` is sure that they are Arabic.

Share of texts, in percent, that are repaired to exactly what they were, by their number of words
(``python tests/evaluation/mojibake.py``, 300 texts in each cell). Of the 21,600 texts before they
were misread none is changed, nor of 960,000 messages of programs in all languages, but for 23 that
are damaged indeed::

                                         Arabic      half English     one Arabic word
    words                           3  10  50 200    3  10  50 200    3  10  50 200
    UTF-8 as windows-1252         100 100 100 100   99 100 100 100   89  88  86  87
    UTF-8 as windows-1256          99 100 100  99   99 100 100 100   87  86  83  82
    windows-1256 as windows-1252   74 100 100 100   43  95 100 100    7   7   8   7
    ISO-8859-6 as latin-1          70  92 100 100   38  84  99 100    4   6   5   4

What is not repaired is left as it is: a single word of windows-1256 in an English text is no proof.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from index.extract.charset_model import choose_charset, non_ascii_sample, plausibility
from index.extract.misreading import Misreading

MIN_GAIN = 0.3
"""Plausibility (`charset_model`) that a repair must add."""
MIN_SEQUENCES = 3
"""Sequences of UTF-8 in a repaired text: a single one may be an example of this very fault."""
MAX_LOST = 8
"""One sequence in eight may be damaged: programs drop the bytes that windows-1252 lacks."""
MIN_WHOLE_WORDS = 0.8
"""Share of words without a letter of ASCII, among those of three letters with an accented one."""
MIN_LETTERS = 8
"""Letters in such words."""
MIN_ARABIC = 0.5
"""Plausibility as Arabic; Cyrillic and Greek read as Arabic have less than 0.15."""
MIN_CERTAINTY = 6.0
"""Lead over the second encoding, summed over the bytes; `encoding` calls half of it confident."""
MAX_STEPS = 3


_FROM_UTF8 = tuple(
    Misreading("utf-8", read)
    for read in ("windows-1252", "windows-1256", "mac-roman", "cp850", "cp437")
)
_FROM_ARABIC = tuple(Misreading(name, "windows-1252") for name in ("windows-1256", "iso-8859-6"))
_SIGNS = "ØÙÇâÿÏ╪§„"
"""Parts of ا, ل, ال, ’, “ and – as they are misread: a damaged line has some."""
_WORD = re.compile(r"[^\W\d_]{3,}")
_ASCII_LETTER = re.compile("[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Repair:
    """A repaired text, and the misreadings that were undone, in this order."""

    text: str
    steps: tuple[Misreading, ...]

    @property
    def encoding(self) -> str:
        """What to call the encoding of the file."""
        return ", ".join(dict.fromkeys(step.name for step in self.steps))

    def undo(self, text: str) -> str:
        """Return another text of the same file, such as its title, repaired in the same way."""
        for step in self.steps:
            text = step.undo(text) if step.may_have_made(text) else text
        return text


def repair(text: str) -> Repair | None:
    """Return the repaired text, or None if nothing is certainly wrong with it."""
    start = _first_beyond_ascii(text)
    if start is None:
        return None
    head = text[start : start + _HEAD]
    for step in _FROM_UTF8:
        if step.looks_like_utf8(head) and (found := _from_utf8(text, step)):
            return found
    is_accented = _ALEF in text and _ACCENTED.search(text, start, start + _MAX_HEAD)
    if is_accented and _FROM_ARABIC[0].may_have_made(text):
        for step in _FROM_ARABIC:
            if _is_from_arabic(text, step):
                return Repair(step.undo(text), (step,))
    return None


def damaged_lines(text: str) -> list[int]:
    """Return the numbers of the lines, from 1, that a repair would change each by itself."""
    if not any(sign in text for sign in _SIGNS):
        return []
    return [number for number, line in enumerate(text.split("\n"), 1) if repair(line)]


def _from_utf8(text: str, step: Misreading) -> Repair | None:
    """Undo a misreading of UTF-8 as often as it happened, if the result is better."""
    found = text
    steps: list[Misreading] = []
    while len(steps) < MAX_STEPS and step.may_have_made(found):
        before = step.undo(found)
        if not _is_utf8(before):
            break
        found = before
        steps.append(step)
    gain = plausibility(_sample(found)) - plausibility(_sample(text)) if steps else 0.0
    return Repair(found, tuple(steps)) if gain >= MIN_GAIN else None


def _is_utf8(before: str) -> bool:
    """Whether bytes that were decoded as UTF-8, with U+FFFD for others, are UTF-8."""
    good = sum(char > "\x7f" and char != "\ufffd" for char in before)
    bad = before.count("\ufffd")
    return good >= MIN_SEQUENCES and bad * MAX_LOST <= good


def _is_from_arabic(text: str, step: Misreading) -> bool:
    """Whether ``text`` is Arabic in a single-byte encoding, read in another."""
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    whole = [word for word in words if not _ASCII_LETTER.search(word)]
    if len(whole) < MIN_WHOLE_WORDS * len(words) or sum(map(len, whole)) < MIN_LETTERS:
        return False
    sample = non_ascii_sample(step.bytes_of(text))
    choice = choose_charset(sample)
    certainty = choice.lead * sum(byte > 0x7F for byte in sample)
    is_arabic = choice.name == step.written and choice.score >= MIN_ARABIC
    return is_arabic and certainty >= MIN_CERTAINTY


_ACCENTED = re.compile("[\u00c0-\u00ff]{3}")
_ALEF = "Ç"
"""What ا is read as, from both encodings of Arabic."""
_HEAD, _MAX_HEAD = 64, 512
"""Characters after the first beyond ASCII in which a damaged text shows itself."""
_PIECE = re.compile(r"[!-\x7f]{0,4}[^\x00-\x7f]\S{0,40}")
_MAX_PIECES = 1000


def _first_beyond_ascii(text: str) -> int | None:
    """Return the offset of the first character beyond ASCII; ten times as fast as a pattern."""
    try:
        text.encode("ascii")
    except UnicodeEncodeError as error:
        return error.start
    return None


def _sample(text: str) -> str:
    """Return the first pieces of words with a letter beyond ASCII."""
    return " ".join(match.group() for match in islice(_PIECE.finditer(text), _MAX_PIECES))
