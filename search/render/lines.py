"""Results for pipes: a fragment a line, in logical order, nothing laid out.

``path:line: text`` is what compilers and grep print, so editors jump to it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from search.render.style import Style
from search.results import Hit, Snippet, Span

# Everything that could move a cursor, colour a screen or turn a line around; ZWNJ and
# ZWJ are letters' own business and stay, as do the marks of direction, which turn
# nothing and may stand inside a word.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def one_line(text: str) -> str:
    """Text of a document on one line of the same length, unable to command a terminal."""
    return _UNSAFE.sub(" ", text)


def hit_lines(hit: Hit, path: str, style: Style, *, explain: bool) -> Iterator[str]:
    """The fragments of a hit, then why it matched, if asked for."""
    for snippet in hit.snippets:
        yield f"{style.path(one_line(path))}:{snippet.line}: {lit(snippet, style)}"
    if not hit.snippets:
        yield f"{style.path(one_line(path))}:1: {one_line(hit.title)}"
    if explain:
        yield from (f"    {line}" for line in explanation(hit))


def lit(snippet: Snippet, style: Style) -> str:
    """The text of a snippet on one line with its spans coloured."""
    return paint(one_line(snippet.text), snippet.spans, style)


def paint(text: str, spans: tuple[Span, ...], style: Style) -> str:
    """A text with its spans coloured."""
    parts, at = [], 0
    for start, end in spans:
        parts += [text[at:start], style.match(text[start:end])]
        at = end
    return "".join([*parts, text[at:]])


def explanation(hit: Hit) -> Iterator[str]:
    """How each word of the query met the document, a line a pair."""
    yield f"score {hit.score:.3f}"
    for match in hit.matched:
        yield f"{one_line(match.query)} → {one_line(match.text)} ({match.kind})"


def shown_path(path: str) -> str:
    """A path as people read it: relative when it is under the current folder."""
    try:
        here = os.getcwd()  # noqa: PTH109 (a folder that was deleted raises here)
    except OSError:
        return path
    prefix = here.rstrip("/") + "/"
    return path[len(prefix) :] if path.startswith(prefix) else path
