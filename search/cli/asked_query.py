"""What a search is asked: words, or a saved search that words narrow."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from index.errors import BadOption
from search.cli.console import print_note
from search.searcher import Searcher


def asked_query(searcher: Searcher, folder: Path, words: Sequence[str], name: str | None) -> str:
    """Return the query of words, or that of a saved search, narrowed by words.

    What a saved search finds by itself is remembered as seen. Raises BadOption if there is
    nothing to search for, or no search of this name.
    """
    if name is None:
        if not words:
            raise BadOption("There is nothing to search for", "give a word, a phrase or a name")
        return " ".join(words)
    from search.desk import new_hits, saved  # noqa: PLC0415 (only for a saved search)

    stored = saved.SavedSearches() if searcher.roots is None else saved.load(folder)
    for note in stored.notes:
        print_note(f"note: {note}")
    search = stored.find(name)
    if words:
        return f"+({search.query}) {' '.join(words)}"
    new_hits.mark_seen(searcher, folder, search)
    return search.query
