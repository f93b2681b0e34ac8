"""Normalize a word by CAMeL Tools, through tables derived from its functions.

A word has two normalized forms:

``exact``   the spelling of the author: compatibility forms resolved (NFKC), case
            folded, digits in ASCII; marks, tatweel and invisible characters removed.
            Hamza, ة and ى stay.
``folded``  the exact form after CAMeL's ``arclean``, ``dediac_ar``,
            ``normalize_alef_ar``, ``normalize_alef_maksura_ar`` and
            ``normalize_teh_marbuta_ar``, in this order: ``arclean`` turns a Persian ی
            into ى, so maksura comes after it.

After NFKC each of these functions works character by character, so together they are
one table. It is stored in ``folding.json``, because importing
``camel_tools.utils.dediac`` takes 350 ms (it scans all of Unicode for its character
sets), which every search would pay; the tests prove the table equal to the functions.
``python -m index.analysis.normalizer`` derives it again.

``arclean`` is applied to the Arabic blocks only: it deletes every character that it
does not list, which would turn Erdoğan into Erdoan.
"""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

from index.analysis.lazy_pattern import lazy_pattern
from index.analysis.ligatures import GOD, spell_god
from index.analysis.script import ARABIC_BLOCKS, INVISIBLE, TATWEEL, is_arabic

TABLES = Path(__file__).with_name("folding.json")

# Characters for which NFKC of a string is NFKC of each of its characters: no
# combining mark among them composes with the letter before it. NFKC may reorder
# Arabic marks (064B–0652), but both tables delete them. ﷲ (FDF2) depends on the letter
# before it (``ligatures``).
_CHARWISE = lazy_pattern(
    "[\\x00-\u02ff\u0600-\u0652\u0656-\u06ff\u0750-\u077f\u0870-\u08ff"
    "\u2000-\u206f\ufb50-\ufdf1\ufdf3-\ufdff\ufe70-\ufeff]*"
)
_DOMAIN = (
    *((0x00, 0x36F), (0x600, 0x6FF), (0x750, 0x77F), (0x870, 0x8FF)),
    *((0x2000, 0x206F), (0xFB50, 0xFDFF), (0xFE70, 0xFEFF)),
)

APOSTROPHES = "'’‘ʼʻʿʾ`´＇"
"""Characters used in Latin script for an apostrophe, a hamza or an ain."""


@cache
def tables() -> tuple[dict[int, str], dict[int, str]]:
    """Return the exact and the folded form of each letter of words that are charwise.

    By code point, without letters that are their own form.
    """
    stored = json.loads(TABLES.read_text("utf-8"))
    exact, folded = ({int(code): to for code, to in stored[name].items()} for name in stored)
    return exact, folded


def exact(word: str) -> str:
    """Return the word as its author spelled it, without marks and invisible characters."""
    return _apply(tables()[0], word)


def folded(word: str) -> str:
    """Return the word with the letters that CAMeL Tools treats as equivalent unified."""
    return _apply(tables()[1], word)


def strip_accents(word: str) -> str:
    """Return the word without the accents of letters that are not Arabic: Erdoğan is Erdogan.

    Letter by letter, so that a word of both scripts loses those of its Latin letters alone.
    """
    return word if word.isascii() else _ACCENTED.sub(_without_accents, word)


def _without_accents(letters: re.Match[str]) -> str:
    decomposed = unicodedata.normalize("NFKD", letters[0])
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", bare).translate(_UNDECOMPOSED)


# Letters that may have an accent, and combining marks: all but ASCII and the Arabic blocks.
_ACCENTED = lazy_pattern(
    "[^\\x00-\\x7f" + "".join(f"{chr(first)}-{chr(last)}" for first, last in ARABIC_BLOCKS) + "]+"
)
# Latin letters without a Unicode decomposition, as they are typed on other keyboards.
_UNDECOMPOSED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})


def is_charwise(text: str) -> bool:
    """Whether the normalized text is that of its characters, one after the other."""
    return _CHARWISE.fullmatch(text) is not None


def _apply(table: dict[int, str], word: str) -> str:
    if GOD in word:
        word = spell_god(word)
    if is_charwise(word):
        return word.translate(table)
    from camel_tools.utils.normalize import normalize_unicode  # noqa: PLC0415 (rarely needed)

    resolved: str = normalize_unicode(word)
    # Case folding can decompose what NFKC had composed (ΐ), so NFKC is applied once more.
    return unicodedata.normalize("NFKC", resolved.translate(table).casefold()).translate(table)


def derive() -> dict[str, dict[str, str]]:
    """Derive the tables ``exact`` and ``folded``, code point to text, from CAMeL's functions."""
    from camel_tools.utils.charmap import CharMapper  # noqa: PLC0415 (needs the slow import below)
    from camel_tools.utils.dediac import dediac_ar  # noqa: PLC0415 (350 ms)
    from camel_tools.utils.normalize import (  # noqa: PLC0415
        normalize_alef_ar,
        normalize_alef_maksura_ar,
        normalize_teh_marbuta_ar,
        normalize_unicode,
    )

    arclean = CharMapper.builtin_mapper("arclean")
    clean = _restricted(arclean)

    def to_exact(char: str) -> str:
        return "".join(map(_ascii_digit, _casefold_without_marks(normalize_unicode(char))))

    def to_folded(char: str) -> str:
        text = dediac_ar(normalize_unicode(char).translate(clean))
        text = normalize_alef_maksura_ar(normalize_alef_ar(text))
        return _casefold_without_marks(normalize_teh_marbuta_ar(text))

    return {"exact": _changed(to_exact), "folded": _changed(to_folded)}


def _restricted(arclean: Any) -> dict[int, str]:
    """Return the table of ``arclean`` for its Arabic characters, with three corrections.

    ``arclean`` turns invisible characters into spaces, which would split words; it
    deletes U+06D5, a vowel of Uighur and Kurdish that looks like ه and is typed for it;
    and it turns ٫ into a comma.
    """
    table = {
        code: arclean(chr(code))
        for first, last in ARABIC_BLOCKS
        for code in range(first, last + 1)
        if chr(code) in arclean._charmap
    }
    return table | dict.fromkeys(map(ord, INVISIBLE), "") | {0x06D5: "ه", 0x066B: "."}


def _casefold_without_marks(text: str) -> str:
    """Return the text case folded and without marks; case folding may add marks."""
    text = "".join(char for char in text if not _is_mark(char)).casefold()
    return "".join(char for char in unicodedata.normalize("NFKC", text) if not _is_mark(char))


def _is_mark(char: str) -> bool:
    """Whether a character is an Arabic or a general mark, invisible, or a space."""
    if char in INVISIBLE or char in _AS_MARKS or "\u0300" <= char <= "\u036f":
        return True
    return is_arabic(char) and unicodedata.category(char) == "Mn"


# Letters of Unicode that are marks to a reader (``script.MARK_LIKE``), and the space to
# which NFKC attaches an isolated mark.
_AS_MARKS = TATWEEL + "\u0674\u06e5\u06e6\ufe73 "


def _ascii_digit(char: str) -> str:
    return str(unicodedata.digit(char)) if unicodedata.category(char) == "Nd" else char


def _changed(function: Any) -> dict[str, str]:
    return {
        str(code): to
        for first, last in _DOMAIN
        for code in range(first, last + 1)
        if (to := function(chr(code))) != chr(code)
    }


if __name__ == "__main__":
    TABLES.write_text(json.dumps(derive(), ensure_ascii=True, indent=0) + "\n", "utf-8")
