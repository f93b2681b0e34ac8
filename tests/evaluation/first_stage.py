"""The first stage of ranking as matrices: BM25 scores of judged queries by kind of term.

The queries are planned by Dalil itself. A score is linear in the weights of the fields,
so that each kind of term (``KINDS``) has one matrix, queries by documents, and the scores
of a combination of weights are a weighted sum of matrices.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

from index.store.directory import IndexDirectory
from search.parsing.parser import parse
from search.planning import term_variants, word_queries
from search.planning.planner import plan_query
from search.query.boolean import AndQuery, BoostQuery, OrQuery
from search.query.terms import TermQuery
from search.ranking import bm25
from search.searcher import Searcher
from tests.evaluation.judged_collections import read_grades, read_queries
from tests.evaluation.sweeps import RANK_DISCOUNT

Array = NDArray[np.float32]

FIELDS = ("stem", "exact", "title_stem", "title_exact", "root")
"""The fields that the collections have: their documents have no files of their own."""
JOINED = "joined_"
"""Before a field: terms that are a hyphenated word as one."""
KINDS = (*FIELDS, "variant", "title_variant", *(JOINED + field for field in FIELDS))
"""The fields, and stems found through the dictionary (``search.dictionary.proclitics``)."""

_MARK = 1e-4
"""The weight that variants and joined forms are planned with, which tells them from the word as
typed."""


@dataclass(frozen=True, slots=True)
class Weights:
    """One combination of weights."""

    exact: float = bm25.WEIGHTS["exact"]
    title_stem: float = bm25.WEIGHTS["title_stem"]
    title_exact: float = bm25.WEIGHTS["title_exact"]
    variant: float = bm25.VARIANT_WEIGHT
    root: float = bm25.WEIGHTS["root"]
    joined: float = bm25.JOINED_WEIGHT

    def of(self, kind: str) -> float:
        """Return the weight of a kind of term; the stem in the body is 1."""
        if kind.startswith(JOINED):
            return self.joined * self.of(kind.removeprefix(JOINED))
        title = self.title_stem * self.variant
        known = {"stem": 1.0, "variant": self.variant, "title_variant": title}
        return known[kind] if kind in known else float(getattr(self, kind))


@dataclass(frozen=True, slots=True)
class Model:
    """The constants in which a score is not linear."""

    k1: float = bm25.K1
    b: float = bm25.B
    idf: Callable[[int, int], float] = bm25.idf
    repeated: bool = True
    """Whether a word typed twice counts twice."""


@dataclass(frozen=True, slots=True)
class QueryTerm:
    """A term of a query in one field."""

    field: str
    text: str
    times: int
    """How often it was typed."""
    rarity: float
    """0 for a word as typed; for a variant, the factor of its weight."""
    joined: bool
    """Whether it is a hyphenated word as one."""


@dataclass(frozen=True, slots=True)
class Collection:
    """An index and its judged queries, as arrays."""

    name: str
    documents: int
    lengths: dict[str, Array]
    averages: dict[str, float]
    postings: dict[tuple[str, str], tuple[NDArray[np.int64], Array]]
    queries: list[list[QueryTerm]]
    grades: Array
    """Queries by documents."""
    ideal: Array
    """The highest possible DCG@10 of each query."""


# -- reading ---------------------------------------------------------------------


def read(folder: Path, searcher: Searcher) -> Collection:
    """Read the arrays of one collection from its index."""
    whoosh = IndexDirectory(searcher._catalog.folder).whoosh_index().searcher()
    reader = whoosh.reader()
    numbers = {reader.stored_fields(n)["stored"]["id"]: n for n in reader.all_doc_ids()}
    grades = read_grades(folder)
    texts = {query.id: query.text for query in read_queries(folder) if query.id in grades}
    queries = [query_terms(text, searcher) for text in texts.values()]
    matrix = np.zeros((len(texts), reader.doc_count_all()), np.float32)
    for row, id_ in enumerate(texts):
        for document, grade in grades[id_].items():
            matrix[row, numbers[document]] = grade
    highest = -np.sort(-matrix, axis=1)[:, :10]
    return Collection(
        folder.name,
        reader.doc_count_all(),
        {name: _lengths(reader, name) for name in FIELDS},
        {name: whoosh.avg_field_length(name) or 1 for name in FIELDS},
        {term: _postings(reader, *term) for term in _distinct(queries)},
        queries,
        matrix,
        highest @ RANK_DISCOUNT,
    )


def query_terms(text: str, searcher: Searcher) -> list[QueryTerm]:
    """Return the terms of a query as Dalil plans it, without their weights."""
    with (
        patch.dict(bm25.WEIGHTS, dict.fromkeys(bm25.WEIGHTS, 1.0)),
        patch.object(term_variants, "VARIANT_WEIGHT", _MARK),
        patch.object(word_queries, "JOINED_WEIGHT", _MARK),
    ):
        planned = plan_query(parse(text, plain=True), searcher._expander)
    return list(_terms(planned.query))


def _terms(node: Any, times: int = 1, *, joined: bool = False) -> Iterator[QueryTerm]:
    match node:
        case BoostQuery(child=child, factor=factor) if factor == _MARK:
            yield from _terms(child, times, joined=True)
        case BoostQuery(child=child, factor=factor):
            yield from _terms(child, times * int(factor), joined=joined)
        case TermQuery(field, text, boost) if field in FIELDS:
            rarity = 0.0 if boost >= 1 else boost / _MARK
            yield QueryTerm(field, text, times, rarity, joined)
        case OrQuery(parts) | AndQuery(parts):
            for part in parts:
                yield from _terms(part, times, joined=joined)


def _distinct(queries: Iterable[Iterable[QueryTerm]]) -> set[tuple[str, str]]:
    return {(term.field, term.text) for terms in queries for term in terms}


def _lengths(reader: Any, name: str) -> Array:
    count = reader.doc_count_all()
    return np.array([reader.doc_field_length(n, name) for n in range(count)], np.float32)


def _postings(reader: Any, name: str, text: str) -> tuple[NDArray[np.int64], Array]:
    numbers: list[int] = []
    weights: list[float] = []
    if (name, text) in reader:
        matcher = reader.postings(name, text)
        while matcher.is_active():
            numbers.append(matcher.id())
            weights.append(matcher.weight())
            matcher.next()
    return np.array(numbers, np.int64), np.array(weights, np.float32)


# -- scoring ---------------------------------------------------------------------


def matrices(collection: Collection, model: Model) -> dict[str, Array]:
    """Return the scores by kind of term, queries by documents, with every weight 1."""
    scored = {term: _bm25(collection, model, *term) for term in collection.postings}
    scores = {kind: np.zeros_like(collection.grades) for kind in KINDS}
    for row, terms in enumerate(collection.queries):
        for term in terms:
            weight = (term.rarity or 1) * (term.times if model.repeated else 1)
            numbers = collection.postings[term.field, term.text][0]
            scores[_kind(term)][row, numbers] += weight * scored[term.field, term.text]
    return scores


def _kind(term: QueryTerm) -> str:
    kind = term.field.replace("stem", "variant") if term.rarity else term.field
    return JOINED + kind if term.joined else kind


def _bm25(collection: Collection, model: Model, name: str, text: str) -> Array:
    numbers, tf = collection.postings[name, text]
    relative = collection.lengths[name][numbers] / collection.averages[name]
    inverse = model.idf(collection.documents, len(numbers))
    norm = model.k1 * (1 - model.b + model.b * relative)
    return (inverse * tf * (model.k1 + 1) / (tf + norm)).astype(np.float32)


def ndcg(collection: Collection, scores: dict[str, Array], weights: Weights) -> float:
    """Return the mean nDCG@10 of a collection's queries."""
    total = np.zeros_like(collection.grades)
    for kind, matrix in scores.items():
        if weights.of(kind):
            total += np.float32(weights.of(kind)) * matrix
    rows = np.arange(len(total))[:, None]
    top = np.argpartition(-total, 10, axis=1)[:, :10]
    top = top[rows, np.argsort(-total[rows, top], axis=1, kind="stable")]
    gains = np.where(total[rows, top] > 0, collection.grades[rows, top], 0)
    return float(np.mean(gains @ RANK_DISCOUNT / collection.ideal))
