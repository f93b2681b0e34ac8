"""Find what is no language in a text: long runs of encoded data and minified code.

A mail's attachment as base64, a dump in hexadecimal digits or a bundle of scripts has other
"words" in every line, and nobody searches for any: 60 MB of base64 are 1,600,000 terms. But a
single identifier is evidence, however long: a digest, a web address, the number of an account.
So the rule is about runs of :data:`MIN_RUN` characters in which one piece of code
follows another with nothing between but signs, and not about words.

No run is found in the public collections of ``tests/evaluation`` (145 million characters).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

MIN_RUN = 4096
"""Characters of a run: 54 lines of base64. A key or a certificate is shorter."""
MIN_PIECE = 60
"""Characters of a piece of code: encoders write lines of 60 (xxd -p), 64 (PEM) or 76 (MIME), while
numbers of accounts, other identifiers and German compounds are shorter."""
MIN_PER_SIGN = 16
"""Characters for each sign, on average: base64 has one in 32 characters, a path one in about 8."""
MIN_LETTERS = 0.25
"""Share of letters in lines of code: base64 has .84, hexadecimal digits .37. Records of banks are
numbers without a space."""
MAX_CODE_SPACE = 0.08
MIN_CODE_STATEMENTS = 0.02
MIN_CODE_BRACKETS = 0.04
"""Shares of white space, of ``;`` and ``=``, and of brackets in a line of minified code. One of
JSON or SQL, of which every value may be evidence, has hardly any ``;`` and ``=``; prose has 15 %
of white space."""

Span = tuple[int, int]
"""Start and end offset in a text."""

_CODE = "[A-Za-z0-9+/_-]"
# A digest in hexadecimal digits (SHA-256, SHA-384, SHA-512) is no piece, so it ends a run.
_NO_DIGEST = f"(?![0-9A-Fa-f]{{64}}(?:[0-9A-Fa-f]{{32}}){{0,2}}(?!{_CODE}))"
_PIECE = f"{_NO_DIGEST}{_CODE}{{{MIN_PIECE},}}+"
# Between two pieces: a line end, also as it is written in JSON, with signs of a quotation; the
# padding of base64 ends a run, for a list of digests has it in every line.
_BETWEEN = r"(?:\\r|[^\w+/=-]){0,16}+"
_OFFSET_AND_DIGITS = r"0[0-9A-Fa-f]{6,15}:?(?:[ \t-]{1,3}[0-9A-Fa-f]{2,8}){4,}+[^\n]{0,80}"
# Letters and digits of the scripts west of India: all of them put spaces between words.
_LETTER = r"[^\W_\u0800-\U0010ffff]"
# Lines of uuencode, of Intel HEX, and of Motorola's S-records.
_RECORD = r"(?:M[ -`]{60}|(?::|S[0-9])[0-9A-F]{10,}+)"


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of encoded data."""

    probe: re.Pattern[str]
    """Matches somewhere in any :data:`_PROBED` characters of a run."""
    run: re.Pattern[str]
    is_encoded: Callable[[str, int, int], bool]
    """Whether a match of ``run`` is what it looks like, given the text and the span."""


_PROBED, _PROBED_LENGTH = 240, 40
_STEP = MIN_RUN - _PROBED
"""Characters from one window that is probed to the next: every run has a whole one."""
_LINE_STEP = MIN_RUN // 2
"""For lines: every long one fills the whole way from one of these places to the next."""


def encoded_spans(text: str) -> list[Span]:
    """Return the runs of encoded data and minified code in a text, ascending and apart."""
    if len(text) < MIN_RUN:
        return []
    starts = [
        start
        for start in range(0, len(text) - _STEP + 1, _STEP)
        if _is_suspect(text[start : start + _PROBED])
    ]
    found = list(_minified_lines(text))
    if starts:
        found += [span for kind in _KINDS for span in _runs(text, kind, starts)]
    return list(_united(sorted(found))) if found else []


def _is_suspect(window: str) -> bool:
    """Whether a probe may match: a test that takes a tenth of the time of the probes."""
    if max(map(len, window.split()), default=0) >= _PROBED_LENGTH:
        return True
    return "\n" in window and any(start in window for start in ("\n0", "\nM", "\nS", "\n:"))


def _runs(text: str, kind: _Kind, starts: Sequence[int]) -> Iterator[Span]:
    """Yield the runs of a kind around some of the windows that begin at ``starts``."""
    hits = (
        (max(start - _STEP, 0), start + 2 * _STEP)
        for start in starts
        if kind.probe.search(text, start, start + _PROBED)
    )
    for first, last in _united(hits):
        for match in kind.run.finditer(text, first, last):
            start, end = match.span()
            if end - start >= MIN_RUN and kind.is_encoded(text, start, end):
                yield start, end


def _minified_lines(text: str) -> Iterator[Span]:
    at = 0
    while at + _LINE_STEP <= len(text):
        if text.find("\n", at, at + _LINE_STEP) < 0:
            start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
            end = len(text) if end < 0 else end
            if end - start >= MIN_RUN and _is_minified(text, start, end):
                yield start, end
            at = max(end - end % _LINE_STEP, at)
        at += _LINE_STEP


def _is_code(text: str, start: int, end: int) -> bool:
    """Whether pieces of the alphabet of base64 are random, and no paths, rules or records."""
    signs = sum(text.count(sign, start, end) for sign in "+/_-")
    if end - start < MIN_PER_SIGN * signs:
        return False
    head = text[start : start + MIN_RUN]
    return head.isalnum() or sum(map(str.isalpha, head)) >= MIN_LETTERS * len(head)


def _is_dump(text: str, start: int, end: int) -> bool:
    """Whether the first lines begin with ascending offsets; those of a table of numbers do not."""
    lines = text[start : min(end, start + MIN_RUN)].split("\n")[:3]
    offsets = [int(re.split("[^0-9A-Fa-f]", line, maxsplit=1)[0], 16) for line in lines]
    steps = {after - before for before, after in pairwise(offsets)}
    return len(steps) == 1 and 4 <= steps.pop() <= 64


def _is_minified(text: str, start: int, end: int) -> bool:
    """Whether a long line is a script or a style sheet without its white space."""

    def share(characters: str) -> float:
        return sum(text.count(each, start, end) for each in characters) / (end - start)

    return (
        share(" \t") <= MAX_CODE_SPACE
        and share(";=") >= MIN_CODE_STATEMENTS
        and share("(){}[]") >= MIN_CODE_BRACKETS
    )


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.MULTILINE)


def _always(text: str, start: int, end: int) -> bool:
    return True


_KINDS = (
    _Kind(
        _compiled(f"{_LETTER}{{{_PROBED_LENGTH}}}"),
        _compiled(f"(?<!{_LETTER}){_LETTER}{{{MIN_RUN},}}+"),
        _always,
    ),
    _Kind(
        _compiled(f"{_CODE}{{{_PROBED_LENGTH}}}"),
        _compiled(f"(?<!{_CODE}){_PIECE}(?:{_BETWEEN}{_PIECE})*+"),
        _is_code,
    ),
    _Kind(
        _compiled(f"^{_OFFSET_AND_DIGITS}$"),
        _compiled(f"^{_OFFSET_AND_DIGITS}(?:\n{_OFFSET_AND_DIGITS})*+$"),
        _is_dump,
    ),
    _Kind(
        _compiled(f"^{_RECORD}$"),
        _compiled(f"^{_RECORD}(?:\n{_RECORD})*+$"),
        _always,
    ),
)


def _united(spans: Iterable[Span]) -> Iterator[Span]:
    """Unite ascending spans that overlap."""
    begin = end = -1
    for start, stop in spans:
        if begin >= 0 and start <= end:
            end = max(end, stop)
            continue
        if begin >= 0:
            yield begin, end
        begin, end = start, stop
    if begin >= 0:
        yield begin, end
