"""Remove the marks of emphasis from paragraphs of Markdown: ``*``, ``_`` and ``~~``.

By the rules of CommonMark 0.31, section 6.2, without those that concern punctuation: marks count
in pairs, an opening one before a letter and a closing one behind one; ``_`` not within a word.
Code between backticks and marks behind a backslash stay, and so does a sign between two digits,
which is rather a multiplication: ``5*3*2``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_PARAGRAPH = re.compile(r"(?:[^\n]++\n?)++")
_TOKEN = re.compile(r"\\.|`+|\*+|_+|~~", re.DOTALL)
_SIMPLE = tuple(
    re.compile(rf"{mark}(?<![\w*_].)({mark}?)(?![\s*_])([^*_~\n]*[^\s*_~])\1{mark}(?![\w*_])")
    for mark in (r"\*", "_")
)
"""Whole words between marks in one line, without other marks within: most of all emphasis, and ten
times as fast to find as by the rules. A pattern that begins with one letter is searched fastest."""
_MAX_LENGTH = 100_000
"""Characters of a paragraph whose marks are removed; no author writes a longer one."""


@dataclass(slots=True)
class _Run:
    """A row of one mark: ``text[start:end]``, of which pairs have used up a part."""

    start: int
    end: int


def without_emphasis(text: str) -> str:
    """Return paragraphs without the marks of emphasis."""
    if not _has_mark(text):
        return text
    if "`" not in text and "\\" not in text:
        for pattern in _SIMPLE:
            text = "".join(_without(pattern.split(text)))
        if not _has_mark(text):
            return text
    return _PARAGRAPH.sub(_by_rules, text)


def _without(parts: list[str]) -> list[str]:
    """Return the texts between and within marks: of text, second mark, content, text…"""
    parts[1::3] = [""] * (len(parts) // 3)
    return parts


def _by_rules(match: re.Match[str]) -> str:
    """Return a paragraph without marks."""
    text = match[0]
    if not _has_mark(text) or len(text) > _MAX_LENGTH:
        return text
    parts, at = [], 0
    for start, end in sorted(_marks(text)):
        parts.append(text[at:start])
        at = end
    return "".join([*parts, text[at:]])


def _has_mark(text: str) -> bool:
    return "*" in text or "_" in text or "~~" in text


def _marks(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of the marks that are pairs."""
    open_runs: dict[str, list[_Run]] = defaultdict(list)
    for token in _outside_code(list(_TOKEN.finditer(text))):
        mark, run = token[0][0], _Run(token.start(), token.end())
        before = text[run.start - 1 : run.start] if run.start else ""
        after = text[run.end : run.end + 1]
        if before.isdigit() and after.isdigit():
            continue
        in_word = mark == "_" and before.isalnum() and after.isalnum()
        if before.strip() and not in_word:
            yield from _pairs(open_runs[mark], run, least=2 if mark == "~" else 1)
        if after.strip() and run.start < run.end and not in_word:
            open_runs[mark].append(run)


def _pairs(opened: list[_Run], run: _Run, least: int) -> Iterator[tuple[int, int]]:
    """Pair a closing run with the last open ones, and yield the spans of both."""
    while opened and run.end - run.start >= least:
        other = opened[-1]
        count = min(2, other.end - other.start, run.end - run.start)
        yield other.end - count, other.end
        yield run.start, run.start + count
        other.end -= count
        run.start += count
        if other.start == other.end:
            opened.pop()


def _outside_code(tokens: Sequence[re.Match[str]]) -> Iterator[re.Match[str]]:
    """Yield the runs of marks that are not in code, which two equal rows of backticks enclose."""
    following: dict[str, int] = {}
    ends = [0] * len(tokens)
    for number in range(len(tokens) - 1, -1, -1):
        if tokens[number][0].startswith("`"):
            ends[number] = following.get(tokens[number][0], 0)
            following[tokens[number][0]] = number
    number = 0
    while number < len(tokens):
        first = tokens[number][0][0]
        if first not in "`\\":
            yield tokens[number]
        number = max(ends[number], number) + 1
