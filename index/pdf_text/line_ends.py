"""Addresses and numbers that a line end has broken."""

from __future__ import annotations

import re

SIGN = re.compile(r"\+(?<!\S\+) *\n(?=\d)")
"""The sign of a number that starts on the next line."""
ADDRESS = re.compile(
    r"((?:https?:/|www\.|\S@)\S*(?<=[/\-_=&?.])) *\n([A-Za-z0-9]\S*) ?"  # after one of its signs
    r"|(\d[-/]) *\n(\d\S*) ?"
)
"""A web or mail address, or a number with hyphens, that goes on on the next line."""

ADDRESS_SIGNS = (":/", "www.", "@")
NUMBER_BREAK = re.compile(r"[-/] *\n")
"""Without one of these, a text has no address and no number that is broken."""


def join_broken(text: str) -> str:
    """Return a text whose addresses and numbers stand on one line as a whole."""
    text = SIGN.sub("\n+", text)
    may_break = any(sign in text for sign in ADDRESS_SIGNS) or NUMBER_BREAK.search(text)
    return ADDRESS.sub(_joined, text) if may_break else text


def _joined(match: re.Match[str]) -> str:
    return "".join(part or "" for part in match.groups()) + "\n"
