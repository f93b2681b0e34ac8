"""Saved searches: a text file beside the aliases, a line for each of them.

A line is the name, a tab, and the query; ``#`` begins a remark::

    contracts<TAB>عقد OR contract lang:ar
    Dbeibah this year<TAB>"Abdul Hamid Dbeibah" date:2021

The file is the user's: what is saved from the screen is added to it, and the rest stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from unicodedata import category

from index.errors import BadOption, Unreadable
from index.private_file import read_file
from index.store.disk import writing
from index.store.layout import SEARCHES
from search.bidi import clean
from search.desk.own_file import changing, write_lines
from search.parsing.list_text import text_of

MAX_BYTES = 1 << 20
"""Bytes of the file; a larger one is not used."""
MAX_NAME = 60
"""Characters of a name."""


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A query with a name."""

    name: str
    query: str


@dataclass(frozen=True, slots=True)
class SavedSearches:
    """The saved searches of an index in the order of their file."""

    searches: Sequence[SavedSearch] = ()
    notes: tuple[str, ...] = ()
    """Sentences about lines that cannot be used."""

    def find(self, name: str) -> SavedSearch:
        """Return the search of a name, in any case. Raises BadOption, which names the others."""
        wanted = name.strip().casefold()
        for search in self.searches:
            if search.name.casefold() == wanted:
                return search
        known = ", ".join(search.name for search in self.searches)
        raise BadOption(
            f"No search is saved as {clean(name)!r}",
            f"saved are: {known}" if known else "save one with Ctrl+S on the screen",
        )


def load(folder: Path) -> SavedSearches:
    """Return the saved searches of the index in a folder; what cannot be read is noted."""
    try:
        lines = _lines(folder)
    except FileNotFoundError:
        return SavedSearches()
    except OSError as error:
        return SavedSearches(notes=(f"{SEARCHES} is not used: {error.strerror or error}",))
    except Unreadable as error:
        return SavedSearches(notes=(f"{SEARCHES} is not used: {error.message}; {error.hint}",))
    searches: dict[str, SavedSearch] = {}
    notes: list[str] = []
    for number, search in _parsed(lines):
        if search is None:
            notes.append(f"{SEARCHES}, line {number:,}: no tab between a name and a query")
        elif search.name.casefold() in searches:
            notes.append(f"{SEARCHES}, line {number:,}: {search.name} is there twice")
        else:
            searches[search.name.casefold()] = search
    return SavedSearches(tuple(searches.values()), tuple(notes))


def save(folder: Path, name: str, query: str) -> SavedSearch:
    """Add a search to the file, or give the one of this name another query.

    Raises BadOption for a name or a query that is empty, StorageFailed if the file cannot be
    written, Unreadable if it is no text.
    """
    search = SavedSearch(" ".join(clean(name).split()), _one_line(query))
    if not search.name or len(search.name) > MAX_NAME or search.name.startswith("#"):
        raise BadOption(
            f"{search.name[:MAX_NAME]!r} is no name of a search",
            f"give it 1 to {MAX_NAME} characters, the first of them not #",
        )
    if not search.query:
        raise BadOption("There is no query to save", "type one first")
    with changing(folder):
        lines: list[str] = []
        with writing(folder), suppress(FileNotFoundError):
            lines = _lines(folder)
        write_lines(folder / SEARCHES, _with(lines, search))
    return search


def _with(lines: Sequence[str], search: SavedSearch) -> list[str]:
    """Return the lines of the file with a search in place of that of its name, or at the end."""
    line, same = f"{search.name}\t{search.query}", search.name.casefold()
    at = next((n for n, old in _parsed(lines) if old and old.name.casefold() == same), None)
    return [*lines, line] if at is None else [*lines[: at - 1], line, *lines[at:]]


def _one_line(query: str) -> str:
    """Return a query without what a line of text cannot hold: control characters, surrogates."""
    kept = (char for char in " ".join(query.split()) if category(char) not in ("Cc", "Cs"))
    return "".join(kept).strip()


def _lines(folder: Path) -> list[str]:
    return text_of(read_file(folder / SEARCHES, MAX_BYTES), SEARCHES).splitlines()


def _parsed(lines: Sequence[str]) -> Iterator[tuple[int, SavedSearch | None]]:
    """Yield the number of each line, from 1, and its search; None if it is none."""
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        name, _, query = (part.strip() for part in line.partition("\t"))
        is_search = "\t" in line and name and query
        yield number, SavedSearch(clean(name)[:MAX_NAME], query) if is_search else None
