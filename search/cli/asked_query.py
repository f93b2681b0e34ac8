"""What a search is asked: words, or a saved search that words narrow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import BadOption, StorageFailed
from search.cli.console import print_note
from search.render.lines import one_line
from search.searcher import Searcher

if TYPE_CHECKING:  # a search by words imports neither
    from search.desk.new_hits import NewHits
    from search.desk.saved import SavedSearch


@dataclass(frozen=True, slots=True)
class AskedQuery:
    """A query, and the saved search that it is."""

    text: str
    saved: SavedSearch | None = None
    """None for words, also if they narrow a saved search."""


def asked_query(
    searcher: Searcher, folder: Path, words: Sequence[str], name: str | None
) -> AskedQuery:
    """Return the query of words, or that of a saved search, narrowed by words.

    Raises BadOption if there is nothing to search for, or no search of this name.
    """
    if name is None:
        if not words:
            raise BadOption("There is nothing to search for", "give a word, a phrase or a name")
        return AskedQuery(" ".join(words))
    from search.desk import saved  # noqa: PLC0415 (only for a saved search)

    stored = saved.SavedSearches() if searcher.roots is None else saved.load(folder)
    for note in stored.notes:
        print_note(f"note: {note}")
    search = stored.find(name)
    if words:
        return AskedQuery(f"+({search.query}) {' '.join(words)}")
    return AskedQuery(search.query, search)


def mark_seen(folder: Path, found: NewHits) -> None:
    """Remember what a saved search found, after it was shown; say so if that is not possible."""
    from search.desk import seen  # noqa: PLC0415 (only for a saved search)

    name = found.search.name
    try:
        seen.remember(folder, name, found.now)
    except StorageFailed as error:
        print_note(f"note: {one_line(name)}: its hits are not marked as seen. {error.message}")
