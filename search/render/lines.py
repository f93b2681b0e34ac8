"""Format results for pipes: one fragment a line, in logical order, without layout.

Compilers and grep print ``path:line: text`` too, so editors can open the line. Text that is not
the main text of a document has its part before it: ``path:line: [footnote] text``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from index.analysis.lazy_pattern import lazy_pattern
from index.schema import readable_path
from search.render.style import Style, linked
from search.results import Hit, Snippet, Span

# Characters that could move a cursor, colour a screen or reorder a line. ZWNJ and ZWJ shape
# letters and stay, as do the marks LRM and RLM, which reorder nothing else and occur in words.
_UNSAFE = lazy_pattern("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def one_line(text: str) -> str:
    """Replace each control character by a space, so that the text is one line and safe to print."""
    return _UNSAFE.sub(" ", text)


def hit_lines(hit: Hit, path: str, style: Style, *, explain: bool, uri: str = "") -> Iterator[str]:
    """Yield the fragments of a hit, then why it matched if ``explain``. A path links to ``uri``."""
    name = linked(style.path(one_line(path)), uri)
    for snippet in hit.snippets:
        part = style.quiet(f"[{one_line(snippet.part)}] ") if snippet.part else ""
        text = highlighted(snippet, style)
        yield f"{name}:{snippet.line}: {part}{text}"
    if not hit.snippets:
        yield f"{name}:1: {one_line(hit.title)}"
    if explain:
        yield from (f"    {line}" for line in explanation(hit))


def highlighted(snippet: Snippet, style: Style) -> str:
    """Return the text of a snippet on one line with its matches coloured."""
    return paint(one_line(snippet.text), snippet.spans, style)


def paint(text: str, spans: tuple[Span, ...], style: Style) -> str:
    """Return a text with its spans coloured as matches."""
    parts, at = [], 0
    for start, end in spans:
        parts += [text[at:start], style.match(text[start:end])]
        at = end
    return "".join([*parts, text[at:]])


def explanation(hit: Hit) -> Iterator[str]:
    """Yield the score, then a line for each query term with the text that it matched and how."""
    yield f"score {hit.score:.3f}"
    for match in hit.matched:
        yield f"{one_line(match.query)} → {one_line(match.text)} ({match.kind})"


def shown_path(path: str) -> str:
    """Return a path for people to read, :func:`relative_path` in its readable form."""
    return readable_path(relative_path(path))


def relative_path(path: str) -> str:
    """Return a path relative to the current folder if it is below it."""
    try:
        here = os.getcwd()  # noqa: PTH109 (a folder that was deleted raises here)
    except OSError:
        return path
    prefix = here.rstrip("/") + "/"
    return path[len(prefix) :] if path.startswith(prefix) else path


def amount(count: int, noun: str) -> str:
    """Return a count with its noun, in the plural unless it is 1.

    >>> amount(1, "file"), amount(1200, "document")
    ('1 file', '1,200 documents')
    """
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
