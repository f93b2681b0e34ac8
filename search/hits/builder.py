"""Documents found to hits: stored text, positions and files as they are now, made one."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

from index.store.catalog import CatalogReader
from search.hits.snippet import fragments, matches
from search.hits.stored_text import StoredText, highlight_spans
from search.query.query_terms import MatchTarget, Positions, target_positions
from search.results import Hit

_MARKUP = 40
"""Characters in which a heading must begin."""

Stored = dict[str, Any]
"""All that an index keeps to show a document."""


@dataclass(slots=True)
class ScoredDocument:
    """A document to be shown, and where its content lies besides."""

    number: int
    score: float
    stored: Stored
    copies: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class SnippetOptions:
    """How much of a document a hit shows."""

    fragments: int
    width: int


def hit(
    rank: int,
    chosen: ScoredDocument,
    positions: Positions,
    targets: Sequence[MatchTarget],
    catalog: CatalogReader,
    looks: SnippetOptions,
) -> Hit:
    """One document with its best fragments; ``positions`` are those in its body."""
    stored = chosen.stored
    checkpoints = [(position, offset) for position, offset in stored["checkpoints"]]
    source = StoredText(stored["text"], checkpoints, stored["pages"], positions)
    title = StoredText.single_block(stored["title"])
    in_title = target_positions(title.tokens(), targets)
    return Hit(
        rank=rank,
        path=stored["path"],
        id=stored["id"],
        title=stored["title"],
        title_spans=highlight_spans(title.tokens(), in_title, 0, len(title.text)),
        language="+".join(stored["languages"]),
        type=stored["type"],
        date=stored["date"],
        modified=stored["modified"],
        sha256=stored["sha256"],
        score=chosen.score,
        snippets=fragments(
            source,
            positions,
            [target.weight for target in targets],
            count=looks.fragments,
            width=looks.width,
            heading=_heading(title, source),
        ),
        matched=tuple(
            dict.fromkeys(
                (*matches(title, in_title, targets), *matches(source, positions, targets))
            )
        ),
        copies=tuple(chosen.copies),
        state=file_state(stored, catalog),
    )


def _heading(title: StoredText, source: StoredText) -> int:
    """How many positions at the beginning of a text are its title once more."""
    if not title.text or not source.text[:_MARKUP].lstrip("#= \n").startswith(title.text[:_MARKUP]):
        return 0
    begin = source.text.find(title.text, 0, len(title.text) + _MARKUP)
    if begin < 0:
        return 0
    end = begin + len(title.text)
    tokens = replace(source, analyzed_positions=None).at_offsets(0, end)
    return sum(not token.alternative and token.start < end for token in tokens)


def file_state(stored: Stored, catalog: CatalogReader) -> Literal["current", "changed", "missing"]:
    """Whether the file of a document is still what was indexed."""
    path = stored["path"]
    if stored["type"] == "jsonl":
        path = path.removesuffix("#" + stored["id"])
    try:
        status = os.stat(path)  # noqa: PTH116 (a hot path)
    except (OSError, ValueError):
        return "missing"
    state = catalog.state(path)
    if state is None:
        recorded = datetime.fromisoformat(stored["modified"]).timestamp()
        return "current" if abs(status.st_mtime - recorded) < 1 else "changed"
    same = (state.size, state.mtime_ns) == (status.st_size, status.st_mtime_ns)
    return "current" if same else "changed"
