"""Numbers and codes of several groups: how they are written, and the one form in which they match.

``021 333 4455``, ``(021) 333-4455`` and ``٠٢١-٣٣٣-٤٤٥٥`` are the number 0213334455; ``12/2016`` is
``12-2016``. Groups with a space or brackets between them are one number only where their shape
proves it, because ``2016 2017`` is two numbers, and so are the columns of a table:

- telephone numbers that begin with +, 00, 0 or a group in brackets, of seven digits or more;
- the digits of a date: ``25 10 2016``, ``2016 10 25``, ``25 / 10 / 2016``, ``12 / 2016``;
- account numbers: two letters, two digits and groups of four (ISO 13616, IBAN).

A number that other numbers stand before or behind, a space apart, is no date, and no telephone
number unless it begins with + or 00 or has brackets.
"""

from __future__ import annotations

import re

from index.analysis.script import ARABIC_LETTERS, INVISIBLE, MARK_LIKE, MARKS

_MIN_JOINED = 7
"""Digits of a number that is the same with other borders between its groups: a telephone number
is, but 12/2016 is not 122/016. No subscriber number with its area is shorter (ITU-T E.164)."""
MIN_INTERNATIONAL = 11
"""Digits of a number whose leading 00 stands for +: 00, a country and seven others."""

_HIDDEN = f"[{INVISIBLE}]*+"
SPACES = " \u00a0\u2007\u2009\u202f"
SIGNS = r"./\u2010-\u2013-"
"""The white space and the signs within numbers, as the inside of a character class."""
_SPACE, _SIGN = f"[{SPACES}]", f"[{SIGNS}]"
_LETTER = f"[^\\W_{ARABIC_LETTERS}{MARK_LIKE}]"
_GAP = f"(?: {_HIDDEN} (?: {_SPACE} (?: {_SIGN} {_SPACE}?+ )? | {_SIGN} ) {_HIDDEN} )"
_ZERO, _ONE, _TWO = "[0٠۰]", "[1١۱]", "[2٢۲]"
_YEAR = rf"(?: {_ONE}[9٩۹] | {_TWO}{_ZERO} )\d\d"
_DAY = r"[0-3٠-٣۰-۳]?\d"
_MONTH = r"[01٠١۰۱]?\d"
_BEHIND = rf"(?! {_SPACE}\d )"
_NARROW = f"(?: {_HIDDEN} (?: {_SPACE} | [.\u2010-\u2013-] ) {_HIDDEN} )"
_WIDE = rf"(?: {_SPACE} [\u2010-\u2013-] {_SPACE} )"
# A slash, or a single hyphen with spaces, parts two numbers: 021 333 4455 - 021 333 4466.
_SUBSCRIBER = rf"""(?: \d{{2,4}} (?: {_NARROW} \d{{2,4}} ){{2,4}}
    | \d{{2,4}} (?: {_WIDE} \d{{2,4}} ){{2,3}}
    | \d{{3,4}} (?: {_NARROW} | {_WIDE} ) \d{{3,4}} | \d{{6,10}} )"""
_AREA = rf"(?: \( \d{{1,4}} \) {_GAP}? (?: \d{{1,3}} {_GAP} )? | \d{{1,4}} {_GAP} )?"
# Each begins behind the first character, so that a branch of patterns is skipped by it.
_TELEPHONE = rf"""
      (?: (?<= \+ ) {_SPACE}?\d{{1,3}} | (?<= {_ZERO} ) {_ZERO}\d{{1,3}}
        | (?<= \( ) (?: \+{_SPACE}?\d{{1,3}} | {_ZERO}{{2}}\d{{1,3}} ) \) )
      {_GAP} {_AREA} {_SUBSCRIBER}
    | (?<= \( ) (?<! \w\( ) \d{{2,5}} \) {_GAP}? (?! {_YEAR}\b ) {_SUBSCRIBER}
    | (?<= {_ZERO} ) \d{{1,4}} {_GAP} {_SUBSCRIBER} {_BEHIND}"""
_BETWEEN = f"(?: {_SPACE} (?: [/.-] {_SPACE} )? )"
_DATE = rf"""(?<= \d ) (?:
      (?: (?<= [0-3٠-٣۰-۳] ) \d )? {_BETWEEN} {_MONTH} {_BETWEEN} {_YEAR}
    | (?: (?<= {_ONE} ) [9٩۹] | (?<= {_TWO} ) {_ZERO} ) \d\d {_BETWEEN} {_MONTH} {_BETWEEN} {_DAY}
    | \d{{0,5}} {_SPACE} [/\u2010-\u2013-] {_SPACE} {_YEAR}
    | \d{{0,5}} {_SPACE} / {_SPACE} \d{{1,6}} ) {_BEHIND}"""
_APART = rf"(?: (?<= \d ) {_SPACE} | {_SPACE} (?= \d ) | - )"

BEGINNINGS = "+("
"""What a number may begin with besides a digit."""
NUMBER = rf"""[\d{BEGINNINGS}] (?<! \d{_SPACE}\d ) (?<! \d[.,/:-]\d ) (?<! \d\d )
    (?: {_TELEPHONE} | {_DATE} ) [{MARKS}]*+ (?! \d | {_HIDDEN} {_LETTER} )"""
"""A number with spaces or brackets; to be compiled with ``re.VERBOSE``, as :data:`ACCOUNT`."""
ACCOUNT = rf"""(?<! \w ) [A-Za-z]{{2}}\d{{2}} (?:
      (?: {_APART} [A-Z\d]{{4}} ){{3,7}} (?: {_APART} [A-Z\d]{{1,3}} )?
    | (?: {_APART} [A-Z\d]{{4}} ){{2}} {_APART} [A-Z\d]{{3}} ) (?! \w )"""
"""An account number with spaces or hyphens."""
_DIGITS = "0-9٠-٩۰-۹"
_APART_SIGN = f"{_SPACE[:-1]}-]"
ACCOUNT_SIGNS = (
    f"[{_DIGITS}][{_DIGITS}]{_APART_SIGN}[A-Z{_DIGITS}]{{4}}{_APART_SIGN}[A-Z{_DIGITS}]{{3}}"
)
"""What every account number with spaces has. Twice as fast as with ``\\d``."""

_SPACED = re.compile(f"{NUMBER} | {ACCOUNT}", re.VERBOSE)
_TRUNK = re.compile(r"^(\(?(?:\+|00).*?)\(0\)")
_GROUP = re.compile(r"[^\W_]+")
_OTHER_SIGN = re.compile(r"[,:]|\d\+")
_DECIMAL = re.compile(r"\d+\.(?!(?:19|20)\d\d$)\d+|0+\.\d+|\d{7,}\.\d+")


def spaced_number(text: str, start: int) -> str:
    """Return the number with spaces or brackets that begins at an offset, or ``""``."""
    first, third = text[start : start + 1], text[start + 2 : start + 3]
    if not (first in BEGINNINGS or first.isdigit() or third.isdigit()):
        return ""  # twenty times as fast
    match = _SPACED.match(text, start)
    return match[0] if match else ""


def groups_of(written: str) -> list[str]:
    """Return the groups of a number."""
    return _GROUP.findall(written)


def canonical(written: str) -> str:
    """Return the form that all ways to write a number share; digits must be ASCII.

    A leading + and 00 are left out, and so is the 0 of ``+218 (0)21``. A number of other signs,
    such as a time, and a decimal fraction are what they are.

    >>> canonical("(021) 333-4455"), canonical("12/2016"), canonical("+218 (0)21 333-4455")
    ('0213334455', '12-2016', '218213334455')
    >>> canonical("00218213334455"), canonical("10:30"), canonical("3.5")
    ('218213334455', '10:30', '3.5')
    """
    if _OTHER_SIGN.search(written) or _DECIMAL.fullmatch(written):
        return written
    groups = groups_of(_TRUNK.sub(r"\1", written))
    joined = "".join(groups)
    if joined.startswith("00") and len(joined) >= MIN_INTERNATIONAL:
        return joined[2:]
    return joined if len(joined) >= _MIN_JOINED else "-".join(groups)
