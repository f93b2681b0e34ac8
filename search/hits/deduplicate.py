"""Documents with the same content as one hit with copies."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from index.store.catalog import CatalogReader
from search.execution.collector import MatchSet
from search.hits.builder import ScoredDocument
from search.hits.documents import StoredDocuments
from search.kernels.ranked_documents import Ranked


def distinct_documents(
    found: MatchSet,
    best: Callable[[int], Ranked],
    limit: int,
    documents: StoredDocuments,
    catalog: CatalogReader,
) -> list[ScoredDocument]:
    """The first ``limit`` documents of different content, each with the paths of its copies.

    ``best(count)`` returns the first ``count`` matches in order.
    """
    chosen: dict[str, ScoredDocument] = {}
    seen, count = 0, limit
    while len(chosen) < limit and (not seen or seen < found.total):
        for number, score in best(count)[seen:]:
            stored = documents.stored(number)
            known = chosen.get(stored["sha256"])
            if known is not None:
                known.copies.append(stored["path"])
            elif len(chosen) < limit:
                chosen[stored["sha256"]] = ScoredDocument(number, score, stored)
        seen, count = count, count * 2
    _add_copies(chosen, found, documents, catalog)
    return list(chosen.values())


def _add_copies(
    chosen: Mapping[str, ScoredDocument],
    found: MatchSet,
    documents: StoredDocuments,
    catalog: CatalogReader,
) -> None:
    """Add the matching files of the same content that rank below the last hit."""
    matching: set[int] = set()
    for sha256 in chosen.keys() & catalog.copies.keys():
        matching = matching or set(found.documents.tolist())
        known = {chosen[sha256].stored["path"], *chosen[sha256].copies}
        for path in catalog.copies[sha256]:
            if path not in known and matching.intersection(documents.numbers("path", path)):
                chosen[sha256].copies.append(path)
