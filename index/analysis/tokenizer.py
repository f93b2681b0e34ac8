"""Text to pieces with offsets into the original, by script.

A piece is a run of one script with its marks, or a number, a web address, an
e-mail address, an acronym with dots, or words joined by hyphens. Marks, tatweel and
invisible characters stay inside a piece; invisible ones at its edges do not belong
to it. Where the script changes, a new piece begins: وiPhone is و and iPhone, الـ5G
is الـ and 5G, 1951م is 1951 and م.

Two patterns share the work, for speed: one for what almost every text is made of,
one for addresses and acronyms, which runs only where their signs occur. One
pattern for all is a sixth as fast.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from index.analysis.normalizer import APOSTROPHES
from index.analysis.script import ARABIC_LETTERS, CARRIED, INVISIBLE, MARKS, PHRASES, RAISED

HYPHENS = "-\u2010\u2011"
"""The hyphen of the keyboard, of Unicode, and the one that does not break."""

STRETCH = 768
"""Characters between two places from which a text is read again: a snippet re-reads a
few hundred characters around a match, however long its document is."""
_SPACE = re.compile(r"\s")

_MOST = "{0,31}"
"""How many more parts a compound may have: a-b-c-… without end is no word."""

_HIDDEN = f"[{INVISIBLE}]"
_ARABIC = f"[{ARABIC_LETTERS}{MARKS}{CARRIED}]"
# Letters and digits that are not Arabic, with their marks.
_LETTER = rf"[^\W_{ARABIC_LETTERS}{CARRIED}{PHRASES}{RAISED}]"
_OTHER = rf"{_LETTER}++ (?: [{MARKS}]++ {_LETTER}*+ )*+"
# What joins digits. A date that a computer wrote in Arabic has an RLM at each stroke.
_SIGN = r"[.,٫٬/:+\u2010-\u2013-]"
_JOINT = f"(?: {_SIGN} {_HIDDEN}*+ | {_HIDDEN}++ {_SIGN}?+ {_HIDDEN}*+ )"

_PLAIN_TEXT = rf"""
    (?= \w ) (?:  # faster than trying each alternative on every space
      (?P<arabic> [{ARABIC_LETTERS}] {_ARABIC}*+ (?: {_HIDDEN}+ {_ARABIC}++ )*+ )
    | (?P<number> \d++ (?:
        (?: [.,٫٬:] \d++ ){{1,31}}+ [{MARKS}]*+ (?= {_HIDDEN}*+ {_LETTER} )  # 1.5bn, 10:30am
      | (?: {_JOINT} \d++ ){_MOST} [{MARKS}]*+ (?! {_HIDDEN}*+ {_LETTER} ) ) )
    | (?P<word> {_OTHER}
        (?: (?: [{APOSTROPHES}] (?= [^\W\d_] ) | [{HYPHENS}] | {_HIDDEN}+ ) {_OTHER} ){_MOST}+ )
    | (?P<phrase> [{PHRASES}] [{MARKS}]*+ )
    )"""
_PLAIN = re.compile(_PLAIN_TEXT, re.VERBOSE)
_INITIAL = rf"[^\W\d_{CARRIED}{PHRASES}{RAISED}]"
_END = f"(?! {_LETTER} | [{MARKS}] )"
_ADDRESS = rf"""
      (?P<url> (?<! {_LETTER} ) (?: https?:// | www\. ) [^\s<>"'،؛«»“”]* [\w/] [{MARKS}]*+ )
    | (?P<email> (?<! [\w{MARKS}] ) \w [\w{MARKS}.+-]{{0,63}}+
        @ [\w{MARKS}-]+ (?: \. [\w{MARKS}-]+ )+ )
    | (?P<acronym> (?<! [\w.] ) {_INITIAL} [{MARKS}]*+ {_HIDDEN}*+ \.
        (?: {_HIDDEN}*+ {_INITIAL} [{MARKS}]*+ {_HIDDEN}*+ \. )++
        (?: (?! \d ) {_LETTER} {_END} | [{ARABIC_LETTERS}] (?! {_ARABIC} ) )?
        (?: [{APOSTROPHES}] s {_END} )? )
    """
# May be wrong, never misses.
_ADDRESS_SIGNS = re.compile(r"://|www\.|@|\.[^\w\s.]*+[^\W\d_][^\w\s.]*+\.")


@cache
def _address() -> re.Pattern[str]:
    """The pattern for addresses, compiled when it is first needed: it takes its time."""
    return re.compile(_ADDRESS, re.VERBOSE)


@cache
def _unnamed() -> re.Pattern[str]:
    """The plain pattern without groups, so that ``findall`` gives whole pieces."""
    return re.compile(re.sub(r"\?P<\w+>", "?:", _PLAIN_TEXT), re.VERBOSE)


def cut(text: str, start: int, end: int) -> list[str]:
    """The pieces of ``text[start:end]`` without their places, three times as fast."""
    if _ADDRESS_SIGNS.search(text, start, end):
        return [raw for raw, _, _, _ in pieces(text, start, end)]
    return _unnamed().findall(text, start, end)


def kind_of(raw: str) -> str:
    """The kind of a text that is one piece."""
    address = None if raw.isalpha() else _address().fullmatch(raw)
    match = address or _PLAIN.match(raw)
    assert match is not None and match.lastgroup is not None  # noqa: PT018, S101 (it is a piece)
    return match.lastgroup


def stretches(text: str) -> Iterator[tuple[int, int]]:
    """The text cut at white space into stretches of some :data:`STRETCH` characters.

    No piece goes over a cut, and none is other than it is in the whole text.
    """
    start = 0
    while start < len(text):
        space = _SPACE.search(text, start + STRETCH)
        end = space.start() if space else len(text)
        yield start, end
        start = end


def pieces(
    text: str, start: int = 0, end: int | None = None
) -> Iterator[tuple[str, int, int, str]]:
    """Each piece of ``text[start:end]`` as (text, start, end, kind), in order.

    Kinds: ``url email acronym arabic number word phrase``. Offsets count characters of
    the whole ``text``; pieces never overlap.
    """
    end = len(text) if end is None else end
    if not _ADDRESS_SIGNS.search(text, start, end):
        yield from _matches(_PLAIN, text, start, end)
        return
    for address in _matches(_address(), text, start, end):
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
