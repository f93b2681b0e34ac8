"""A passage with its source, to be pasted into notes: always as its author wrote it."""

from __future__ import annotations

from search.bidi import clean
from search.results import Hit

_DIGITS = 12
"""Of the SHA-256: enough to tell any two files of a collection apart."""


def citation(hit: Hit) -> str:
    """The passage in quotes, then its title, date, place and checksum."""
    snippet = hit.snippets[0] if hit.snippets else None
    passage = " ".join(clean(snippet.text).split()) if snippet else ""
    source = [clean(hit.title), hit.date or "", _place(hit), f"sha256:{hit.sha256[:_DIGITS]}"]
    said = ", ".join(part for part in source if part)
    return f"“{passage}”\n— {said}" if passage else said


def _place(hit: Hit) -> str:
    snippet = hit.snippets[0] if hit.snippets else None
    if snippet is None:
        return clean(hit.path)
    where = f" p. {snippet.page}" if snippet.page else f":{snippet.line}"
    return clean(hit.path) + (where if hit.type != "jsonl" else "")
