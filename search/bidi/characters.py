"""Characters on a terminal: what is shown for each, its width in cells, its direction.

Text comes from strangers' documents. A terminal obeys control characters, so none may reach it;
terminals disagree about the width of format characters (Unicode category Cf), so none may reach it
either. One table, ``TRAITS``, decides for every character:

| in the text                                   | on the screen                                   |
| --------------------------------------------- | ----------------------------------------------- |
| tab, line and page breaks                     | one space (CR LF together: one)                 |
| other C0 controls, ESC and DEL                | their control picture, U+2400 and on: ␛ ␀ ␡     |
| C1 controls, lone surrogates                  | U+FFFD, since Unicode has no pictures for them  |
| format characters, other invisible characters | nothing                                         |
| everything else                               | itself                                          |

Controls are shown and not dropped because a reader of evidence should see that something is there;
a picture takes one cell in every terminal, resembles no letter, and shows which control it was.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import Final

ZWNJ: Final = "\u200c"
"""Zero width non-joiner: the letters on its two sides do not join."""
ZWJ: Final = "\u200d"
"""Zero width joiner: the letters on its two sides take the shape they have inside a word."""

_BLANKS: Final = frozenset("\t\n\v\f\r\x85\u2028\u2029")
# Emoji variation selectors, whose change of width few terminals make; skin tones, which VTE, xterm
# and mlterm put in two cells of their own and others on the emoji before them; and the Hangul
# fillers, which are invisible letters.
_INVISIBLE: Final = frozenset(
    "\ufe0e\ufe0f\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff\u3164\uffa0"
)
# Unassigned yet promised to be invisible (Default_Ignorable_Code_Point).
_RESERVED: Final = (range(0x2065, 0x2066), range(0xFFF0, 0xFFF9), range(0xE0000, 0xE1000))
_JAMO_TAILS: Final = (range(0x1160, 0x1200), range(0xD7B0, 0xD800))  # drawn in the syllable's cells
# Where new emoji and ideographs are put: unassigned for an older Python, wide in terminals.
_NEW_WIDE: Final = (range(0x1FA70, 0x1FB00), range(0x20000, 0x40000))
_WIDE: Final = frozenset(("W", "F"))
_MARKS: Final = frozenset(("Mn", "Me"))

# The blocks of right-to-left scripts (Unicode's DerivedBidiClass.txt): Hebrew to Arabic Extended-A,
# the two blocks of presentation forms, and the historic and modern scripts of the first plane.
RTL_BLOCKS: Final = (
    "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff"
)
RTL_RUN: Final = re.compile(f"[{RTL_BLOCKS}]+")
"""Characters of right-to-left scripts that follow one another."""

_ISOLATE_STARTS: Final = frozenset(("LRI", "RLI", "FSI"))
_DIRECTIONS: Final = {"L": False, "R": True, "AL": True}


@dataclass(frozen=True, slots=True)
class Trait:
    """How a character appears on the screen.

    ``shown`` is empty for characters that are not shown. ``cells`` is 0 for a mark, which is drawn
    on the character before it, and 1 or 2 for all others that are shown.
    """

    shown: str
    cells: int


class _Traits(dict[str, Trait]):
    """Character → ``Trait``, computed on first use: a text has few different characters."""

    def __missing__(self, char: str) -> Trait:
        shown = _shown(char)
        trait = self[char] = Trait(shown, _cells(shown) if shown else 0)
        return trait


def _shown(char: str) -> str:
    """Return what is shown for a character, by the table in the module's docstring."""
    code, category = ord(char), unicodedata.category(char)
    if char in _BLANKS:
        return " "
    if category == "Cc":
        return chr(0x2400 + code) if code < 0x20 else "\u2421" if code == 0x7F else "\ufffd"
    if category == "Cs":
        return "\ufffd"
    reserved = category == "Cn" and any(code in codes for codes in _RESERVED)
    return "" if reserved or category == "Cf" or char in _INVISIBLE else char


def _cells(char: str) -> int:
    """Return the width in cells by the East Asian Width property (UAX #11); 0 for marks.

    Marks measured as 0 cells in xterm, VTE, Konsole, mlterm, kitty, alacritty and foot; those of
    category Mc, vowel signs next to their letter, as 1 in xterm, VTE, Konsole and tmux.
    """
    code, category = ord(char), unicodedata.category(char)
    if category in _MARKS or any(code in tails for tails in _JAMO_TAILS):
        return 0
    if category == "Cn":  # Python 3.11 calls every unassigned character wide
        return 2 if any(code in codes for codes in _NEW_WIDE) else 1
    return 2 if unicodedata.east_asian_width(char) in _WIDE else 1


TRAITS: Final = _Traits()
"""Character → how it appears on the screen; complete, filled on demand."""


def clean(text: str) -> str:
    r"""Return ``text`` made safe to print on one line: a title, a path, an excerpt without layout.

    No control, format or bidirectional control character and no lone surrogate is left in it; the
    table in the module's docstring says what is shown instead. The length may change.

    >>> clean("a\x1b[31m\r\nb\u202e")
    'a␛[31m b'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join([TRAITS[char].shown for char in text.replace("\r\n", "\n")])


def without_controls(text: str) -> str:
    r"""Return ``text`` as its author wrote it, made safe to paste: no control characters.

    Line feeds and tabs stay, and so do the joiners that Persian is spelled with. Other controls go,
    lone surrogates too, and so do the bidirectional controls, which could show a reader another
    text than is pasted.

    >>> without_controls("a\x1b[31m\r\nb\tc\u202e")
    'a[31m\nb\tc'
    """
    kept = text.replace("\r\n", "\n")
    if kept.isascii() and kept.replace("\n", "").replace("\t", "").isprintable():
        return kept
    return "".join([char for char in kept if char in "\n\t\u200c\u200d" or _is_text(char)])


def _is_text(char: str) -> bool:
    return unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Zl", "Zp")


def cell_width(text: str) -> int:
    """Return the width of ``clean(text)`` in terminal cells.

    >>> cell_width("الْحُكُومَةُ"), cell_width("漢字"), cell_width("👍🏽")
    (7, 4, 2)
    """
    if text.isascii() and text.isprintable():
        return len(text)
    return sum([TRAITS[char].cells for char in text.replace("\r\n", "\n")])


def has_rtl(text: str) -> bool:
    """Return whether any character belongs to a right-to-left script, digits and marks included."""
    return not text.isascii() and RTL_RUN.search(text) is not None


def majority_rtl(text: str, otherwise: bool = False) -> bool:
    """Return whether most letters of a paragraph run from right to left.

    So an Arabic paragraph that begins with a Latin name is read as Arabic. Of as many letters of
    both directions the first decides; ``otherwise`` is returned for a text without any.

    >>> majority_rtl("Reuters: قال الوزير"), majority_rtl("12.5 %", otherwise=True)
    (True, True)
    """
    if text.isascii():
        return otherwise and not any(map(str.isalpha, text))
    counts: Counter[bool] = Counter()
    for char, count in Counter(text).items():
        kind = unicodedata.bidirectional(char)
        if kind in _DIRECTIONS:
            counts[_DIRECTIONS[kind]] += count
    if not counts:
        return otherwise
    return base_rtl(text) if counts[True] == counts[False] else counts[True] > counts[False]


def base_rtl(text: str) -> bool:
    """Return whether the paragraph runs from right to left: rules P2 and P3 of UAX #9.

    The first letter with a direction decides. Digits, punctuation, spaces and marks have none and
    are skipped, and so is the content of an isolate. Without any such letter the paragraph runs
    from left to right.
    """
    depth = 0
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind in _ISOLATE_STARTS:
            depth += 1
        elif kind == "PDI":
            depth = max(depth - 1, 0)
        elif depth == 0 and kind in _DIRECTIONS:
            return _DIRECTIONS[kind]
    return False
