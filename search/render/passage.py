"""A passage of a document as one paragraph for a reader: its blanks, what was cut, its matches."""

from __future__ import annotations

from collections.abc import Sequence

from index.analysis.lazy_pattern import lazy_pattern
from search.results import Snippet, Span

MarkedText = tuple[str, Sequence[Span]]
"""A text, and the spans of its matches."""

_BLANKS = lazy_pattern("[ \t\n\v\f\r\x85\u2028\u2029]+")
"""Control characters other than these are evidence, and are shown."""


def passage_of(snippet: Snippet) -> MarkedText:
    """Return a snippet on one line, with an ellipsis where a sentence was cut.

    >>> passage_of(Snippet("in Libya  and", 120, 7, None, ((3, 8),), cut=(False, True)))
    ('in Libya and …', [(3, 8)])
    """
    before, after = ("… " if snippet.cut[0] else ""), (" …" if snippet.cut[1] else "")

    def moved(offset: int) -> int:
        return len(before) + len(_joined(snippet.text[:offset]))

    spans = [(moved(start), moved(end)) for start, end in snippet.spans]
    return before + _joined(snippet.text) + after, spans


def _joined(text: str) -> str:
    """Return a text with one blank for each run of blanks and line ends."""
    return _BLANKS.sub(" ", text)


def bracketed(text: str, spans: Sequence[Span]) -> MarkedText:
    """Return a passage with its matches in brackets, which belong to the new spans.

    >>> bracketed("in Libya", [(3, 8)])
    ('in [Libya]', [(3, 10)])
    """
    parts: list[str] = []
    marked: list[Span] = []
    at = length = 0
    for start, end in spans:
        parts += [text[at:start], f"[{text[start:end]}]"]
        length += start - at + end - start + 2
        marked.append((length - (end - start + 2), length))
        at = end
    return "".join([*parts, text[at:]]), marked
