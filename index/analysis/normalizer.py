"""CAMeL Tools normalization of one word, as a table derived from CAMeL's own functions.

Two forms of a word are made here:

``exact``   what the author chose to write: compatibility forms resolved (NFKC),
            case folded, digits in ASCII; marks, tatweel and invisible characters
            gone. Hamza, ة and ى stay.
``folded``  that, through CAMeL's ``arclean``, ``dediac_ar``, ``normalize_alef_ar``,
            ``normalize_alef_maksura_ar`` and ``normalize_teh_marbuta_ar``, in this
            order: ``arclean`` turns a Persian ی into ى, so maksura comes after it.

After NFKC each of those functions works character by character, so together they
are one table. It lies beside this file as ``folding.json``, because importing
``camel_tools.utils.dediac`` takes 350 ms (it scans all of Unicode for its
character sets) and a search should not wait for that; the tests prove it equal to
the functions. ``python -m index.analysis.normalizer`` derives it anew.

``arclean`` is used inside the Arabic blocks alone: it deletes every character it
does not list, which would turn Erdoğan into Erdoan.
"""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

from index.analysis.script import ARABIC_BLOCKS, INVISIBLE, TATWEEL, is_arabic

TABLES = Path(__file__).with_name("folding.json")

# Characters for which NFKC of a string is NFKC of each of its characters: no
# combining mark among them composes with the letter before it. Marks of Arabic
# (064B–0652) may be reordered by NFKC, but both tables delete them.
_CHARWISE = re.compile(
    "[\\x00-\u02ff\u0600-\u0652\u0656-\u06ff\u0750-\u077f\u0870-\u08ff"
    "\u2000-\u206f\ufb50-\ufdff\ufe70-\ufeff]*"
)
_DOMAIN = (
    *((0x00, 0x36F), (0x600, 0x6FF), (0x750, 0x77F), (0x870, 0x8FF)),
    *((0x2000, 0x206F), (0xFB50, 0xFDFF), (0xFE70, 0xFEFF)),
)

APOSTROPHES = "'’‘ʼʻʿʾ`´＇"
"""What writers of Latin letters use for an apostrophe, a hamza or an ain."""


@cache
def _tables() -> tuple[dict[int, str], dict[int, str]]:
    stored = json.loads(TABLES.read_text("utf-8"))
    exact, folded = ({int(code): to for code, to in stored[name].items()} for name in stored)
    return exact, folded


def exact(word: str) -> str:
    """The word as its author chose to spell it, without what nobody types (see above)."""
    return _apply(_tables()[0], word)


def folded(word: str) -> str:
    """The word with the spellings that CAMeL Tools holds equal made equal."""
    return _apply(_tables()[1], word)


def unaccented(word: str) -> str:
    """The word without the accents of Latin letters: Erdoğan is typed Erdogan."""
    if word.isascii() or is_arabic(word[0]):
        return word
    decomposed = unicodedata.normalize("NFKD", word)
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", bare).translate(_UNDECOMPOSED)


# Latin letters that Unicode does not take apart, as keyboards without them type them.
_UNDECOMPOSED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})


def charwise(text: str) -> bool:
    """Whether what becomes of a text is what becomes of its characters, one after the other."""
    return _CHARWISE.fullmatch(text) is not None


def _apply(table: dict[int, str], word: str) -> str:
    if charwise(word):
        return word.translate(table)
    from camel_tools.utils.normalize import normalize_unicode  # noqa: PLC0415 (rarely needed)

    resolved: str = normalize_unicode(word)
    # Case folding can bring back what NFKC had composed (ΐ), so once more.
    return unicodedata.normalize("NFKC", resolved.translate(table).casefold()).translate(table)


def derive() -> dict[str, dict[str, str]]:
    """The tables ``exact`` and ``folded``, code point to text, from CAMeL's functions."""
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
        return "".join(map(_ascii_digit, _settled(normalize_unicode(char))))

    def to_folded(char: str) -> str:
        text = dediac_ar(normalize_unicode(char).translate(clean))
        text = normalize_alef_maksura_ar(normalize_alef_ar(text))
        return _settled(normalize_teh_marbuta_ar(text))

    return {"exact": _changed(to_exact), "folded": _changed(to_folded)}


def _restricted(arclean: Any) -> dict[int, str]:
    """``arclean`` where it lists a character of the Arabic blocks, and three mends.

    It turns invisible characters into spaces, which would split words; it deletes
    U+06D5, an Uighur and Kurdish vowel that looks like ه and is typed for it; and
    it takes ٫ for a comma.
    """
    table = {
        code: arclean(chr(code))
        for first, last in ARABIC_BLOCKS
        for code in range(first, last + 1)
        if chr(code) in arclean._charmap
    }
    return table | dict.fromkeys(map(ord, INVISIBLE), "") | {0x06D5: "ه", 0x066B: "."}


def _settled(text: str) -> str:
    """The text case folded and without marks; case folding may bring marks of its own."""
    text = "".join(char for char in text if not _is_mark(char)).casefold()
    return "".join(char for char in unicodedata.normalize("NFKC", text) if not _is_mark(char))


def _is_mark(char: str) -> bool:
    """A mark of the Arabic script or one that fits any, a sign nobody sees, or a space."""
    if char in INVISIBLE or char in _AS_MARKS or "\u0300" <= char <= "\u036f":
        return True
    return is_arabic(char) and unicodedata.category(char) == "Mn"


# What Unicode calls letters and readers do not (``script.CARRIED``), and the space on
# which NFKC puts a mark that stands alone.
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
