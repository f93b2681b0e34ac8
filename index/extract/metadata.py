"""Clean what a file states of itself: dates, titles, strings with broken characters."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

MAX_TITLE_LENGTH = 2000
SURROGATES = re.compile("[\ud800-\udfff]")


def parse_date(value: object) -> date | None:
    """Return the day of an ISO date such as ``2016-05-04`` or ``2016-05-04T10:00Z``, else None."""
    match = re.match(r"\s*(\d{4})-?(\d\d)-?(\d\d)(?!\d)", value) if isinstance(value, str) else None
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def primary_language(tag: str | None) -> str | None:
    """Return the language of a tag such as ``ar-LY`` or ``en_US`` in lower case; None for none."""
    return (tag or "").strip().lower().replace("_", "-").partition("-")[0] or None


def replace_surrogates(text: str) -> str:
    """Return ``text`` with U+FFFD for lone surrogates, which no encoding can represent."""
    try:
        text.encode()  # ten times as fast as a search for them
    except UnicodeEncodeError:
        return SURROGATES.sub("\ufffd", text)
    return text


def collapse_spaces(text: str) -> str:
    """Return a title in one line, with single spaces and without lone surrogates.

    The rest of a title of more than :data:`MAX_TITLE_LENGTH` characters is dropped.
    """
    return " ".join(replace_surrogates(text[:MAX_TITLE_LENGTH]).split())


def printable(name: str) -> str:
    """Return a name in one line without control characters and those that turn a line around.

    The joiners ZWJ and ZWNJ stay: they are part of words.
    """
    kept = (
        letter if letter in "\u200c\u200d" or unicodedata.category(letter)[0] != "C" else " "
        for letter in name
    )
    return " ".join("".join(kept).split())
