"""Remove the marks of emphasis from paragraphs of Markdown: ``*``, ``_`` and ``~~``.

By the rules of CommonMark 0.31, section 6.2, without those that concern punctuation: marks count
in pairs, an opening one before a letter and a closing one behind one; ``_`` not within a word.
Code between backticks and marks behind a backslash stay, and so does a sign between two digits,
which is rather a multiplication: ``5*3*2``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from index.extract.plain_emphasis import is_plain, without_plain_marks

_TOKEN = re.compile(r"[*_~`\\](?:(?<=\*)\**|(?<=_)_*|(?<=~)~|(?<=`)`*|(?<=\\).)", re.DOTALL)
_MARK = re.compile(r"[*_~](?:(?<=\*)\**|(?<=_)_*|(?<=~)~)")
"""A row of marks, or also of backticks, or a backslash and what is behind it. Patterns that begin
with one letter are searched fastest, then those that begin with one set of letters."""
_CODE = re.compile(r"(`(?:[^`\\]++|\\.)++`(?!`))", re.DOTALL)
_CODE_OR_SIGN = re.compile(rf"({_CODE.pattern[1:-1]}|\\[^\w\s]|\\_)", re.DOTALL)
"""Most code, and a sign behind a backslash."""
_SIMPLE = tuple(
    (
        mark[-1],
        re.compile(rf"{mark}(?<!\S.)({mark}?)(?![\s*_])([^*_~\n]*[^\s*_~])\1{mark}(?![\w*_~])"),
    )
    for mark in (r"\*", "_")
)
"""Whole words between marks in one line, behind a space, without other marks within or beside: most
of all emphasis. Such a pair can have no other partner, and nothing else changes without it."""
_EDGE = re.compile(r"_(?:(?<!\w_)|(?!\w))")
"""A ``_`` at the start or the end of a word."""
_MAX_LENGTH = 100_000
"""Characters of a paragraph whose marks are removed; no author writes a longer one."""

Span = tuple[int, int]
"""Start and end offset in a text."""


def without_emphasis(text: str) -> str:
    """Return paragraphs without the marks of emphasis."""
    if not _has_mark(text):
        return text
    if "`" not in text and "\\" not in text:
        for mark, pattern in _SIMPLE:
            if mark in text:
                text = "".join(_without(pattern.split(text)))
                if not _has_mark(text):
                    return text
    return "\n\n".join([_of_paragraph(part) for part in text.split("\n\n")])


def _has_mark(text: str) -> bool:
    """Whether there may be a mark of emphasis: not if there are only ``_`` within words."""
    if "*" in text or ("~" in text and "~~" in text):  # a search for one letter is far faster
        return True
    return "_" in text and _EDGE.search(text) is not None


def _without(parts: list[str]) -> list[str]:
    """Return the texts between and within marks: of text, second mark, content, text…"""
    parts[1::3] = [""] * (len(parts) // 3)
    return parts


def _of_paragraph(text: str) -> str:
    """Return a paragraph without marks: those of its text between all code."""
    if not _has_mark(text) or len(text) > _MAX_LENGTH:
        return text
    parts = (_CODE_OR_SIGN if "\\" in text else _CODE).split(text)
    outside = "`".join(parts[::2])
    if outside.count("`") > len(parts) // 2:  # other code, or no code at all
        return _by_rules(text, _outside_code(list(_TOKEN.finditer(text))))
    if is_plain(outside):
        outside = without_plain_marks(outside)
    else:
        outside = _by_rules(outside, _MARK.finditer(outside))
    parts[::2] = outside.split("`")
    return "".join(parts)


def _by_rules(text: str, rows: Iterable[re.Match[str]]) -> str:
    """Return a paragraph without those of its rows of marks that are pairs."""
    parts, at = [], 0
    for start, end in sorted(_paired(text, rows)):
        parts.append(text[at:start])
        at = end
    return "".join([*parts, text[at:]])


def _paired(text: str, rows: Iterable[re.Match[str]]) -> list[Span]:
    """Return the spans of the marks that are pairs."""
    opened: dict[str, list[Span]] = {"*": [], "_": [], "~": []}
    pairs: list[Span] = []
    for row in rows:
        start, end = row.span()
        mark, before, after = text[start], text[start - 1 : start], text[end : end + 1]
        if before.isdigit() and after.isdigit():
            continue
        if mark == "_" and before.isalnum() and after.isalnum():
            continue
        if before.strip() and opened[mark]:
            start = _close(opened[mark], start, end, pairs)
        if after.strip() and start < end:
            opened[mark].append((start, end))
    return pairs


def _close(opened: list[Span], start: int, end: int, pairs: list[Span]) -> int:
    """Pair a row with the last open ones; return the start of what is left of it."""
    while opened and start < end:
        first, last = opened.pop()
        count = min(2, last - first, end - start)
        pairs += (last - count, last), (start, start + count)
        start += count
        if first < last - count:
            opened.append((first, last - count))
    return start


def _outside_code(tokens: Sequence[re.Match[str]]) -> Iterator[re.Match[str]]:
    """Yield the rows of marks that are not in code, which two equal rows of backticks enclose."""
    following: dict[str, int] = {}
    ends = [0] * len(tokens)
    for number in range(len(tokens) - 1, -1, -1):
        if tokens[number][0].startswith("`"):
            ends[number] = following.get(tokens[number][0], 0)
            following[tokens[number][0]] = number
    number = 0
    while number < len(tokens):
        if tokens[number][0][0] not in "`\\":
            yield tokens[number]
        number = max(ends[number], number) + 1
