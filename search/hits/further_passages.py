"""The passages of a document beside the one that its hit shows."""

from __future__ import annotations

from dataclasses import dataclass, replace

from search.hits.builder import HitBuilder, SnippetOptions
from search.hits.documents import Stored
from search.hits.highlights import LazyHighlights
from search.query.query_terms import Positions
from search.results import Hit, Snippet

MAX_PASSAGES = 12
"""Passages beside that of the hit: two screens of a small terminal."""


@dataclass(frozen=True, slots=True)
class FurtherPassages:
    """What a document has beside the snippet of its hit."""

    snippets: tuple[Snippet, ...]
    """In the order of the text; none of them overlaps that of the hit."""
    total: int
    """Matches in the whole text."""


def further_passages(
    builder: HitBuilder, hit: Hit, stored: Stored, positions: Positions, width: int
) -> FurtherPassages:
    """Return the best passages of about ``width`` characters, at most :data:`MAX_PASSAGES`.

    ``positions`` are those of the matches in the body of the document.
    """
    options = SnippetOptions(MAX_PASSAGES + 1, width)
    found = replace(builder, options=options).snippets(stored, positions) if positions else ()
    further = [s for s in found if not any(s.overlaps(shown) for shown in hit.snippets)]
    text = builder.text(stored, positions)
    spans = LazyHighlights.counted(text, positions, lambda: True) or ()
    return FurtherPassages(tuple(further[:MAX_PASSAGES]), len(spans))
