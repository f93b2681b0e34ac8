"""Recognise UTF encodings by their byte-order mark or by the byte pattern of UTF-16."""

from __future__ import annotations

import codecs
import re

# The mark of UTF-32 precedes that of UTF-16, with which it begins.
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

HEAD_SIZE = 8192
"""Bytes that are examined for the pattern of UTF-16."""
CONTROLS = bytes(range(9))
"""Bytes of which UTF-16 has some: zero, and six beside a letter of Arabic."""
MARKS = tuple(mark for mark, _ in BYTE_ORDER_MARKS)
EXPECTED = re.compile(r"[\t\n\r\x20-\x7e\xa0-\xff\u0370-\u07ff\u2010-\u203a\ufb50-\ufefc]")
"""A character of the scripts west of India, or of their punctuation."""
MIN_EXPECTED = 0.6
"""Share of expected characters in UTF-16 text; other bytes read as UTF-16 have 0.1."""


def detect_mark(data: bytes) -> str | None:
    """Return the encoding of the byte-order mark, or None if there is none."""
    if not data.startswith(MARKS):
        return None
    return next(name for mark, name in BYTE_ORDER_MARKS if data.startswith(mark))


def detect_utf16(data: bytes) -> str | None:
    """Return the byte order of UTF-16 without a mark, or None if the data is not UTF-16.

    In UTF-16 each ASCII byte is paired with a zero byte and each Arabic one with a six,
    which text of other encodings never contains; in addition, most characters must belong
    to the expected scripts.
    """
    head = data[:HEAD_SIZE]
    if len(head) < 2 or not has_any(head, CONTROLS):
        return None
    shares = {
        name: _expected_share(head.decode(name, "replace")) for name in ("utf-16-le", "utf-16-be")
    }
    best = max(shares, key=shares.__getitem__)
    return best if shares[best] > MIN_EXPECTED else None


def has_any(data: bytes, values: bytes) -> bool:
    """Return whether any of some values is among bytes: few searches are faster than one count."""
    return any(map(data.__contains__, values))


def _expected_share(text: str) -> float:
    """Return the share of expected characters in a text; 0 if it contains NUL."""
    return 0.0 if "\0" in text else len(EXPECTED.findall(text)) / len(text)
