"""Text to pieces with offsets into the original, by script.

A piece is a run of one script with its marks, or a number, a web address, an
e-mail address, an acronym with dots, or Latin words joined by hyphens. Marks,
tatweel and zero-width characters stay inside an Arabic piece. Where the script
changes, a new piece begins: وiPhone is و and iPhone, الـ5G is الـ and 5G.

Two patterns share the work, for speed: one for what almost every text is made of,
one for addresses and acronyms, which runs only where their signs occur. One
pattern for all is a sixth as fast.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.analysis.normalizer import APOSTROPHES
from index.analysis.script import ARABIC_LETTERS, ARABIC_MARKS, INVISIBLE, OTHER_MARKS, TATWEEL

HYPHENS = "-\u2010\u2011"
"""The hyphen of the keyboard, of Unicode, and the one that does not break."""

_HIDDEN = f"[{INVISIBLE}]"
_ARABIC = f"[{ARABIC_LETTERS}{ARABIC_MARKS}{TATWEEL}]"
# Letters and digits that are not Arabic, with the marks of their script.
_OTHER = rf"[^\W_{ARABIC_LETTERS}]++ (?: [{OTHER_MARKS}]++ [^\W_{ARABIC_LETTERS}]*+ )*+"

_PLAIN = re.compile(
    rf"""
      (?P<arabic> [{ARABIC_LETTERS}] {_ARABIC}*+ (?: {_HIDDEN}+ {_ARABIC}++ )*+ )
    | (?P<number> \d++ (?: [.,٫٬/:+\u2010-\u2013-] \d++ )*+ (?! [^\W_{ARABIC_LETTERS}] ) )
    | (?P<word> {_OTHER}
        (?: (?: [{APOSTROPHES}] (?= [^\W\d_] ) | [{HYPHENS}] | {_HIDDEN}+ ) {_OTHER} )*+ )
    """,
    re.VERBOSE,
)
_ADDRESS = re.compile(
    r"""
      (?P<url> (?: https?:// | www\. ) [^\s<>"'،؛«»“”]* [\w/] )
    | (?P<email> (?<! [\w.+-] ) [\w.+-]++ @ [\w-]+ (?: \. [\w-]+ )+ )
    | (?P<acronym> (?<! [\w.] ) (?: [^\W\d_] \. ){2,}+ (?: [^\W\d_] (?! \w ) )? )
    """,
    re.VERBOSE,
)
_ADDRESS_SIGNS = re.compile(r"://|www\.|@|\.[^\W\d_]\.")


def pieces(
    text: str, start: int = 0, end: int | None = None
) -> Iterator[tuple[str, int, int, str]]:
    """Each piece of ``text[start:end]`` as (text, start, end, kind), in order.

    Kinds: ``url email acronym arabic number word``. Offsets count characters of
    the whole ``text``; pieces never overlap.
    """
    end = len(text) if end is None else end
    if not _ADDRESS_SIGNS.search(text, start, end):
        yield from _matches(_PLAIN, text, start, end)
        return
    for address in _matches(_ADDRESS, text, start, end):
        yield from _matches(_PLAIN, text, start, address[1])
        yield address
        start = address[2]
    yield from _matches(_PLAIN, text, start, end)


def _matches(
    pattern: re.Pattern[str], text: str, start: int, end: int
) -> Iterator[tuple[str, int, int, str]]:
    for match in pattern.finditer(text, start, end):
        kind = match.lastgroup
        assert kind is not None  # noqa: S101 (every alternative has a name)
        yield match.group(), match.start(), match.end(), kind
