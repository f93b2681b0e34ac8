"""Cite a passage with its source, for pasting into notes, in logical order."""

from __future__ import annotations

from index.schema import readable_path
from search.bidi import clean
from search.results import Hit

_DIGITS = 12
"""Hexadecimal digits of the SHA-256 in a citation: they distinguish the files of a collection."""


def citation(hit: Hit) -> str:
    """Return the passage in quotes, then its title, date, path and checksum."""
    snippet = hit.snippets[0] if hit.snippets else None
    passage = " ".join(clean(snippet.text).split()) if snippet else ""
    source = [clean(hit.title), hit.shown_date, _place(hit), f"sha256:{hit.sha256[:_DIGITS]}"]
    details = ", ".join(part for part in source if part)
    return f"“{passage}”\n— {details}" if passage else details


def _place(hit: Hit) -> str:
    snippet = hit.snippets[0] if hit.snippets else None
    if snippet is None:
        return clean(readable_path(hit.path))
    where = f" p. {snippet.page}" if snippet.page else f":{snippet.line}"
    part = f", {clean(snippet.part)}" if snippet.part else ""
    return clean(readable_path(hit.path)) + (where if hit.type != "jsonl" else "") + part
