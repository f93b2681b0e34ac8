"""The title that many texts begin with: no fragment has to repeat it."""

from __future__ import annotations

from dataclasses import replace

from search.hits.stored_text import StoredText

_MAX_MARKUP = 40
"""Characters within which a heading must begin."""


def repeated_title(title: str, text: str) -> int:
    """Return the end of the title at the beginning of a text; 0 if it is not there."""
    if not title or not text[:_MAX_MARKUP].lstrip("#= \n").startswith(title[:_MAX_MARKUP]):
        return 0
    begin = text.find(title, 0, len(title) + _MAX_MARKUP)
    return begin + len(title) if begin >= 0 else 0


def heading(source: StoredText, end: int) -> int:
    """Return the number of positions at the beginning of a text, up to an offset."""
    tokens = replace(source, analyzed_positions=None).at_offsets(0, end) if end else ()
    return sum(not token.alternative and token.start < end for token in tokens)
