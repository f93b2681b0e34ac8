"""Xapian over plain words, by its Python binding."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import xapian  # type: ignore[import-not-found, unused-ignore] # an optional peer
from corpus import Query, Search, shape


def build(folder: Path, documents: Iterable[str]) -> None:
    """Index with positions; Xapian itself decides when to write to disk."""
    database = xapian.WritableDatabase(str(folder), xapian.DB_CREATE_OR_OPEN)
    for text in documents:
        document = xapian.Document()
        document.set_data(text)
        for position, word in enumerate(text.split(), 1):
            document.add_posting(word.encode()[:245], position)
        database.add_document(document)
    database.commit()
    database.close()


def searcher(folder: Path) -> Search:
    """Open the index. Hits have Xapian's own BM25."""
    database = xapian.Database(str(folder))
    enquire = xapian.Enquire(database)

    def search(query: Query, count: int) -> list[tuple[int, float]]:
        enquire.set_query(_query(query))
        return [(match.docid, match.weight) for match in enquire.get_mset(0, count)]

    return search


def _query(query: Query) -> Any:
    if shape(query.kind) == "prefix":
        return xapian.Query(xapian.Query.OP_WILDCARD, query.words[0])
    operator = {
        "any": xapian.Query.OP_OR,
        "all": xapian.Query.OP_AND,
        "not": xapian.Query.OP_AND_NOT,
        "phrase": xapian.Query.OP_PHRASE,
    }[shape(query.kind)]
    return xapian.Query(operator, [xapian.Query(word) for word in query.words])
