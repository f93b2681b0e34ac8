"""Addresses and numbers that a line end has broken."""

from __future__ import annotations

import re

SIGN = re.compile(r"(?<!\S)\+ *\n(?=\d)")
"""The sign of a number that starts on the next line."""
ADDRESS = re.compile(r"((?:https?://|www\.|\S@)[^\s]*[/\-_=&?.])\n([A-Za-z0-9][^\s]*) ?")
"""A web or mail address that goes on on the next line."""


def join_broken(text: str) -> str:
    """Return a text whose addresses and signed numbers stand on one line as a whole."""
    return ADDRESS.sub(r"\1\2\n", SIGN.sub("\n+", text))
