"""Split text into pieces with offsets into the original text.

A piece is a run of one script with its marks, or a number (``number_groups`` has those with
spaces), a web address, an e-mail
address, an acronym with dots, or words joined by hyphens. Marks, tatweel and invisible
characters within a piece belong to it; invisible characters at its edges do not. A
change of script begins a new piece: وiPhone is و and iPhone, الـ5G is الـ and 5G,
1951م is 1951 and م.

There are two patterns, for speed: one for words and numbers, and one for addresses and
acronyms, which is applied only to text with their signs. A single pattern for all is a
sixth as fast.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from index.analysis.lazy_pattern import lazy_pattern
from index.analysis.ligatures import PHRASE_LIGATURES
from index.analysis.normalizer import APOSTROPHES
from index.analysis.number_groups import ACCOUNT, ACCOUNT_SIGNS, BEGINNINGS, NUMBER
from index.analysis.script import (
    ARABIC_LETTERS,
    INVISIBLE,
    MARK_LIKE,
    MARKS,
    SUPERSCRIPT_DIGITS,
)

HYPHENS = "-\u2010\u2011"
"""The ASCII hyphen, the Unicode hyphen, and the non-breaking hyphen."""

BLOCK_SIZE = 768
"""Characters of a block, the unit in which a stored text is analyzed again: a snippet needs
a few hundred characters around a match, however long its document is."""
MAX_UNSPACED = 8192
"""Characters without white space after which a block ends all the same. Text without a space for
so long is no text that people read, and one piece of 15 million characters takes 1 GB."""
_SPACE = lazy_pattern(r"\s")
_INSIDE = rf"\d(){INVISIBLE}./\u2010-\u2013-"
_BLOCK_END = lazy_pattern(rf"(?<![{_INSIDE}])\s(?![{_INSIDE}])|[\n\t]")
"""White space that is in no number."""

_PARTS = "{0,31}"
"""How often a compound may go on after its first part: an endless a-b-c-… is not a word."""

_HIDDEN = f"[{INVISIBLE}]"
_ARABIC = f"[{ARABIC_LETTERS}{MARKS}{MARK_LIKE}]"
# Letters and digits that are not Arabic, with their marks.
_LETTER = rf"[^\W_{ARABIC_LETTERS}{MARK_LIKE}{PHRASE_LIGATURES}{SUPERSCRIPT_DIGITS}]"
_OTHER = rf"{_LETTER}++ (?: [{MARKS}]++ {_LETTER}*+ )*+"
# Signs that join digits. Arabic software writes an RLM at each stroke of a date.
_SIGN = r"[.,٫٬/:+\u2010-\u2013-]"
_JOINT = f"(?: {_SIGN} {_HIDDEN}*+ | {_HIDDEN}++ {_SIGN}?+ {_HIDDEN}*+ )"

_PLAIN_TEXT = rf"""
    (?= [\w{PHRASE_LIGATURES}{BEGINNINGS}] ) (?:  # faster than each alternative on each space
      (?P<arabic> [{ARABIC_LETTERS}] {_ARABIC}*+ (?: {_HIDDEN}+ {_ARABIC}++ )*+ )
    | (?P<groups> {NUMBER} )
    | (?P<number> \d++ (?:
        (?: [.,٫٬:] \d++ ){{1,31}}+ [{MARKS}]*+ (?= {_HIDDEN}*+ {_LETTER} )  # 1.5bn, 10:30am
      | (?: {_JOINT} \d++ ){_PARTS} [{MARKS}]*+ (?! {_HIDDEN}*+ {_LETTER} ) ) )
    | (?P<word> {_OTHER}
        (?: (?: [{APOSTROPHES}] (?= [^\W\d_] ) | [{HYPHENS}] | {_HIDDEN}+ ) {_OTHER} ){_PARTS}+ )
    | (?P<phrase> [{PHRASE_LIGATURES}] [{MARKS}]*+ )
    )"""
_PLAIN = lazy_pattern(_PLAIN_TEXT, re.VERBOSE)
_INITIAL = rf"[^\W\d_{MARK_LIKE}{PHRASE_LIGATURES}{SUPERSCRIPT_DIGITS}]"
_END = f"(?! {_LETTER} | [{MARKS}] )"
_ADDRESS_TEXT = rf"""
      (?P<url> (?<! {_LETTER} ) (?: https?:// | www\. ) [^\s<>"'،؛«»“”]* [\w/] [{MARKS}]*+ )
    | (?P<email> (?<! [\w{MARKS}] ) \w [\w{MARKS}.+-]{{0,63}}+
        @ [\w{MARKS}-]+ (?: \. [\w{MARKS}-]+ )+ )
    | (?P<acronym> (?<! [\w.] ) {_INITIAL} [{MARKS}]*+ {_HIDDEN}*+ \.
        (?: {_HIDDEN}*+ {_INITIAL} [{MARKS}]*+ {_HIDDEN}*+ \. )++
        (?: (?! \d ) {_LETTER} {_END} | [{ARABIC_LETTERS}] (?! {_ARABIC} ) )?
        (?: [{APOSTROPHES}] s {_END} )? )
    | (?P<account> {ACCOUNT} )
    """
_ADDRESS = lazy_pattern(_ADDRESS_TEXT, re.VERBOSE)
# May match without an address; matches wherever there is one.
_ADDRESS_SIGNS = lazy_pattern(r"://|www\.|@|\.[^\w\s.]*+[^\W\d_][^\w\s.]*+\.")
_ACCOUNT_SIGNS = lazy_pattern(ACCOUNT_SIGNS)


def _may_have_address(text: str, start: int, end: int) -> bool:
    signs = _ADDRESS_SIGNS.search(text, start, end) or _ACCOUNT_SIGNS.search(text, start, end)
    return signs is not None


@cache
def _without_groups() -> re.Pattern[str]:
    """Return the pattern of words and numbers without groups: ``findall`` gives whole pieces."""
    return re.compile(re.sub(r"\?P<\w+>", "?:", _PLAIN_TEXT), re.VERBOSE)


def piece_texts(text: str, start: int, end: int) -> list[str]:
    """Return the pieces of ``text[start:end]`` without their offsets, three times as fast."""
    if _may_have_address(text, start, end):
        return [raw for raw, _, _, _ in pieces(text, start, end)]
    return _without_groups().findall(text, start, end)


def kind_of(raw: str) -> str:
    """Return the kind of a text that is one piece."""
    address = None if raw.isalpha() else _ADDRESS.fullmatch(raw)
    match = address or _PLAIN.match(raw)
    assert match is not None and match.lastgroup is not None  # noqa: PT018, S101 (it is a piece)
    return match.lastgroup


def blocks(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of consecutive blocks of about :data:`BLOCK_SIZE` characters.

    Blocks end at white space, so no piece crosses a boundary, and the pieces of a block
    are those of the whole text, unless there is no space for :data:`MAX_UNSPACED` characters.
    """
    start = 0
    while start < len(text):
        last = start + BLOCK_SIZE + MAX_UNSPACED
        at = start + BLOCK_SIZE
        space = _BLOCK_END.search(text, at, last) or _SPACE.search(text, at, last)
        end = space.start() if space else min(last, len(text))
        yield start, end
        start = end


def pieces(
    text: str, start: int = 0, end: int | None = None
) -> Iterator[tuple[str, int, int, str]]:
    """Yield each piece of ``text[start:end]`` as (text, start, end, kind), in order.

    Kinds: ``url email acronym account arabic groups number word phrase``. Offsets count
    characters of the whole ``text``; pieces never overlap.
    """
    end = len(text) if end is None else end
    if not _may_have_address(text, start, end):
        yield from _matches(_PLAIN, text, start, end)
        return
    for address in addresses(text, start, end):
        yield from _matches(_PLAIN, text, start, address[1])
        yield address
        start = address[2]
    yield from _matches(_PLAIN, text, start, end)


def addresses(text: str, start: int, end: int) -> Iterator[tuple[str, int, int, str]]:
    """Yield the addresses, acronyms and account numbers of a text, as :func:`pieces` does."""
    return _matches(_ADDRESS, text, start, end)


def first_plain(text: str, start: int, end: int) -> tuple[str, int, int, str] | None:
    """Return the word or number that begins at ``start`` and ends at ``end`` at the latest."""
    match = _PLAIN.match(text, start, end)
    if match is None:
        return None
    assert match.lastgroup is not None  # noqa: S101 (every alternative has a name)
    return match.group(), match.start(), match.end(), match.lastgroup


def _matches(
    pattern: re.Pattern[str], text: str, start: int, end: int
) -> Iterator[tuple[str, int, int, str]]:
    for match in pattern.finditer(text, start, end):
        kind = match.lastgroup
        assert kind is not None  # noqa: S101 (every alternative has a name)
        yield match.group(), match.start(), match.end(), kind
