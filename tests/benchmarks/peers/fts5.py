"""SQLite FTS5 over plain words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from corpus import Query, Search, shape

_TABLE = "CREATE VIRTUAL TABLE docs USING fts5(text, tokenize='unicode61 remove_diacritics 0')"


def build(folder: Path, documents: Iterable[str]) -> None:
    """Index in one transaction, and optimize the full-text table at the end."""
    connection = sqlite3.connect(folder / "docs.sqlite")
    connection.execute(_TABLE)
    rows = ((number, text) for number, text in enumerate(documents))
    connection.executemany("INSERT INTO docs(rowid, text) VALUES (?, ?)", rows)
    connection.execute("INSERT INTO docs(docs) VALUES ('optimize')")
    connection.commit()
    connection.close()


def searcher(folder: Path) -> Search:
    """Open the index. Hits have SQLite's own rank, which is BM25."""
    connection = sqlite3.connect(folder / "docs.sqlite")
    select = "SELECT rowid, -rank FROM docs WHERE docs MATCH ? ORDER BY rank LIMIT ?"

    def search(query: Query, count: int) -> list[tuple[int, float]]:
        return connection.execute(select, (_query(query), count)).fetchall()

    return search


def _query(query: Query) -> str:
    words = [f'"{word}"' for word in query.words]
    match shape(query.kind):
        case "all":
            return " AND ".join(words)
        case "not":
            return " NOT ".join(words)
        case "phrase":
            return f'"{" ".join(query.words)}"'
        case "prefix":
            return words[0] + "*"
    return " OR ".join(words)
