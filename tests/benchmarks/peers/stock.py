"""Stock Whoosh over plain words, with Dalil's BM25."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from corpus import Query, Search, shape
from whoosh import analysis, fields, index
from whoosh import query as whoosh

from tests.whoosh_queries import BM25, Without


def build(folder: Path, documents: Iterable[str]) -> None:
    """Index by Whoosh's own codec, in one process and one segment."""
    words = fields.TEXT(analyzer=analysis.RegexTokenizer(r"\S+"), stored=True)
    writer = index.create_in(folder, fields.Schema(text=words)).writer(limitmb=1024)
    for text in documents:
        writer.add_document(text=text)
    writer.commit()


def searcher(folder: Path) -> Search:
    """Open the index with Dalil's BM25, and without two defects of Whoosh.

    ``optimize`` skips blocks that contain hits. ``AndNot`` returns an excluded document that
    precedes the first one of the other list; ``Without`` corrects its first step.
    """
    opened = index.open_dir(folder).searcher(weighting=BM25())

    def search(query: Query, count: int) -> list[tuple[int, float]]:
        results = opened.search(_whoosh_query(query), limit=count, optimize=False)
        return [(number, score) for score, number in results.top_n]

    return search


def _whoosh_query(query: Query) -> Any:
    terms = [whoosh.Term("text", word) for word in query.words]
    match shape(query.kind):
        case "all":
            return whoosh.And(terms)
        case "not":
            return Without(terms[0], terms[1])
        case "phrase":
            return whoosh.Phrase("text", query.words)
        case "prefix":
            return whoosh.Prefix("text", query.words[0], constantscore=False)
    return terms[0] if len(terms) == 1 else whoosh.Or(terms)
