"""bm25s over plain words; it stores no positions."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from pathlib import Path

import bm25s  # type: ignore[import-not-found, unused-ignore] # an optional peer
from corpus import Query, Search, shape


def build(folder: Path, documents: Iterable[str]) -> None:
    """Index all documents at once, as word numbers, which take an eighth of the memory."""
    texts, numbered = [], []
    vocabulary: dict[str, int] = {}
    for text in documents:
        texts.append(text)
        words = text.split()
        numbered.append(array("I", [vocabulary.setdefault(w, len(vocabulary)) for w in words]))
    retriever = bm25s.BM25()
    retriever.index((numbered, vocabulary), show_progress=False)
    retriever.save(str(folder), corpus=texts, show_progress=False)


def searcher(folder: Path) -> Search:
    """Open the index. A search raises NotImplementedError for all but bags of words."""
    retriever = bm25s.BM25.load(str(folder), mmap=True)

    def search(query: Query, count: int) -> list[tuple[int, float]]:
        if shape(query.kind) != "any":
            raise NotImplementedError
        numbers, scores = retriever.retrieve([query.words], k=count, show_progress=False)
        return list(zip(numbers[0].tolist(), scores[0].tolist(), strict=True))

    return search
