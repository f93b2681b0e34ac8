"""The commands of the palette besides the keys: queries, filters, orders."""

from __future__ import annotations

import glob
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from search.tui.interaction.front_page import FrontPage
from search.tui.interaction.query_edit import contains, toggled

SORTS = (("rank", ""), ("date, the newest first", "sort:date"), ("path", "sort:path"))
LANGUAGES = (("both languages", ""), ("Arabic only", "lang:ar"), ("English only", "lang:en"))
_MAX_QUERIES = 30


@dataclass(frozen=True, slots=True)
class QueryCommand:
    """A command that puts a query in the box."""

    title: str
    query: str


def query_commands(
    query: str, earlier: Sequence[str], page: FrontPage | None
) -> Iterator[QueryCommand]:
    """Yield the commands that change ``query`` or replace it.

    ``earlier`` are the queries of the history, the newest last; ``page`` has the folders and the
    saved searches, None while the index is opened.
    """
    for label, clause in SORTS:
        yield QueryCommand(f"Sort by {label}", chosen(query, clause, [c for _, c in SORTS]))
    for label, clause in LANGUAGES:
        yield QueryCommand(f"Language: {label}", chosen(query, clause, [c for _, c in LANGUAGES]))
    for search, new in page.saved if page else ():
        counted = "" if new is None else f" ({new:,} new)"
        yield QueryCommand(f"Saved search: {search.name}{counted}", search.query)
    for folder, count in page.facets.folders if page else ():
        yield QueryCommand(f"Folder: {folder} ({count:,})", toggled(query, path_clause(folder)))
    for other in list(reversed(earlier))[:_MAX_QUERIES]:
        yield QueryCommand(f"Earlier query: {other}", other)


def chosen(query: str, clause: str, clauses: Sequence[str]) -> str:
    """Return a query with one of several clauses, and without the others; "" is none of them.

    >>> chosen("libya sort:date", "sort:path", ["", "sort:date", "sort:path"])
    'libya sort:path'
    """
    for other in clauses:
        if other and contains(query, other):
            query = toggled(query, other)
    return toggled(query, clause) if clause else query


def path_clause(folder: str) -> str:
    """Return the filter for a folder, whose name is no pattern.

    >>> path_clause("/a b"), path_clause("/[x]")
    ('path:"/a b"', 'path:/[[]x]')
    """
    folder = glob.escape(folder)
    if re.fullmatch(r"[^\s\"()]+", folder):
        return f"path:{folder}"
    quote = '"'
    return f"path:{quote}{folder.replace(quote, ' ')}{quote}"
