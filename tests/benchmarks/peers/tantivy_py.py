"""Tantivy over plain words, by its Python binding."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import tantivy  # type: ignore[import-not-found, unused-ignore] # an optional peer
from corpus import Query, Search, shape


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text", stored=True, tokenizer_name="whitespace")
    return builder.build()


def build(folder: Path, documents: Iterable[str]) -> None:
    """Index in one thread, as Dalil in one process; tantivy merges in threads of its own."""
    index = tantivy.Index(_schema(), path=str(folder))
    writer = index.writer(heap_size=256 << 20, num_threads=1)
    for text in documents:
        writer.add_document(tantivy.Document(text=text))
    writer.commit()
    writer.wait_merging_threads()


def searcher(folder: Path) -> Search:
    """Open the index."""
    schema = _schema()
    opened = tantivy.Index.open(str(folder)).searcher()

    def search(query: Query, count: int) -> list[tuple[int, float]]:
        results = opened.search(_query(schema, query), count, count=False)
        return [(at.segment_ord << 32 | at.doc, score) for score, at in results.hits]

    return search


def _query(schema: Any, query: Query) -> Any:
    kind, words = shape(query.kind), query.words
    if kind == "phrase":
        return tantivy.Query.phrase_query(schema, "text", list(words))
    if kind == "prefix":
        return tantivy.Query.regex_query(schema, "text", re.escape(words[0]) + ".*")
    occur = tantivy.Occur
    role = {"any": occur.Should, "all": occur.Must, "not": occur.MustNot}[kind]
    roles = [occur.Must if kind == "not" else role] + [role] * (len(words) - 1)
    terms = [tantivy.Query.term_query(schema, "text", word) for word in words]
    if len(terms) == 1:
        return terms[0]
    return tantivy.Query.boolean_query(list(zip(roles, terms, strict=True)))
