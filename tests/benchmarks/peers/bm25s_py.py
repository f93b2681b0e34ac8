"""bm25s over plain words: it keeps no positions."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import bm25s  # type: ignore[import-not-found, unused-ignore] # an optional peer
from corpus import Query, Search, shape


def build(folder: Path, documents: Iterable[str]) -> None:
    """bm25s keeps no positions."""
    texts = list(documents)
    retriever = bm25s.BM25()
    retriever.index([text.split() for text in texts], show_progress=False)
    retriever.save(str(folder), corpus=texts, show_progress=False)


def searcher(folder: Path) -> Search:
    """bm25s knows bags of words alone."""
    retriever = bm25s.BM25.load(str(folder), mmap=True)

    def search(query: Query, count: int) -> list[tuple[int, float]]:
        if shape(query.kind) != "any":
            raise NotImplementedError
        found, scores = retriever.retrieve([query.words], k=count, show_progress=False)
        return list(zip(found[0].tolist(), scores[0].tolist(), strict=True))

    return search
