"""Which constants of ``search/scoring.py`` rank best over all judged collections.

    uv run python tests/evaluation/weights.py [COLLECTIONS] [--collection NAME ...]

Every combination of the weights below is judged by nDCG@10 on every collection; the
choice is the best mean, never the best of one collection. How much of it is luck
shows where each collection is judged with the weights that the others chose.

The queries are planned by Dalil itself. The score is linear in the weights, so that
of each kind of term (``KINDS``) is kept as one matrix, queries by documents, and a
combination is a sum of matrices.
"""

from __future__ import annotations

import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import product
from math import log
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[1])]
from stock import array_searcher

from search.parsing.parser import parse
from search.planning import term_variants as forms
from search.planning.planner import plan_query
from search.query.boolean import AndQuery, BoostQuery, OrQuery
from search.query.terms import TermQuery
from search.ranking import bm25 as scoring
from search.searcher import Searcher
from tests.evaluation.rank import asked_for, dalil, read_qrels

Array = NDArray[np.float32]

KINDS = ("stem", "exact", "title_stem", "title_exact", "variant", "title_variant")
"""The fields, and stems met through the dictionary (``search.dictionary.proclitics``)."""

EXACT = (0.0, 0.1, 0.2, 0.3, 0.5)
TITLE_STEM = (0.2, 0.4, 0.5, 0.6, 0.8, 1.0, 1.5, 2.0)
TITLE_EXACT = (0.0, 0.1, 0.15, 0.2, 0.3)
VARIANT = (0.0, 0.25, 0.5, 0.75)

_MARK = 1e-4
"""The weight that variants are planned with, so that they are known in a plan."""


@dataclass(frozen=True, slots=True)
class Weights:
    """One combination."""

    exact: float = scoring.WEIGHTS["exact"]
    title_stem: float = scoring.WEIGHTS["title_stem"]
    title_exact: float = scoring.WEIGHTS["title_exact"]
    variant: float = scoring.VARIANT_WEIGHT

    def of(self, kind: str) -> float:
        """The weight of a kind of term; the stem in the body is 1."""
        title = self.title_stem * self.variant
        known = {"stem": 1.0, "variant": self.variant, "title_variant": title}
        return known[kind] if kind in known else float(getattr(self, kind))


@dataclass(frozen=True, slots=True)
class Model:
    """What is not linear, each tried apart."""

    k1: float = scoring.K1
    b: float = scoring.B
    idf: Callable[[int, int], float] = scoring.idf
    repeated: bool = True
    """Whether a word typed twice weighs twice."""


def whoosh_idf(documents: int, frequency: int) -> float:
    """As Whoosh's own BM25F has it."""
    return log(documents / (frequency + 1)) + 1


@dataclass(frozen=True, slots=True)
class Leaf:
    """A term that a query asks for."""

    field: str
    text: str
    times: int
    rarity: float
    """0 for the word typed; else what a variant's weight is multiplied by."""


@dataclass(frozen=True, slots=True)
class Collection:
    """An index and its judged queries, as arrays."""

    name: str
    documents: int
    lengths: dict[str, Array]
    averages: dict[str, float]
    postings: dict[tuple[str, str], tuple[NDArray[np.int64], Array]]
    queries: list[list[Leaf]]
    grades: Array
    """Queries by documents."""
    ideal: Array
    """The best DCG@10 that each query could have."""


# -- reading ---------------------------------------------------------------------


def load(folder: Path) -> Collection:
    """Index a collection with the real command and read what its queries ask of it."""
    with opened(folder) as searcher:
        return read(folder, searcher)


@contextmanager
def opened(folder: Path) -> Iterator[Searcher]:
    """A collection indexed with the real command, for a while."""
    with tempfile.TemporaryDirectory() as index:
        dalil("index", folder.resolve() / "docs.jsonl.gz", "--quiet", "--index", index)
        with Searcher.open(index) as searcher:
            yield searcher


def read(folder: Path, searcher: Searcher) -> Collection:
    """The arrays of one collection."""
    whoosh = array_searcher(searcher)
    reader = whoosh.reader()
    numbers = {reader.stored_fields(n)["stored"]["id"]: n for n in reader.all_doc_ids()}
    grades = read_grades(folder)
    texts = {id_: text for id_, text in read_queries(folder) if id_ in grades}
    queries = [leaves(text, searcher) for text in texts.values()]
    matrix = np.zeros((len(texts), reader.doc_count_all()), np.float32)
    for row, id_ in enumerate(texts):
        for document, grade in grades[id_].items():
            matrix[row, numbers[document]] = grade
    best = -np.sort(-matrix, axis=1)[:, :10]
    return Collection(
        folder.name,
        reader.doc_count_all(),
        {name: _lengths(reader, name) for name in scoring.WEIGHTS},
        {name: whoosh.avg_field_length(name) or 1 for name in scoring.WEIGHTS},
        {term: _postings(reader, *term) for term in _distinct(queries)},
        queries,
        matrix,
        best @ _DISCOUNT,
    )


_DISCOUNT: Array = (1 / np.log2(np.arange(2, 12))).astype(np.float32)


def read_grades(folder: Path) -> dict[str, dict[str, int]]:
    """Query → document → grade, of what is relevant at all."""
    grades: dict[str, dict[str, int]] = defaultdict(dict)
    for qrel in read_qrels((folder / "qrels.txt").read_text("utf-8").splitlines()):
        if qrel.relevance > 0:
            grades[qrel.query_id][qrel.doc_id] = qrel.relevance
    return grades


def read_queries(folder: Path) -> Iterator[tuple[str, str]]:
    """The ids of the queries and their texts."""
    for line in (folder / "queries.tsv").read_text("utf-8").splitlines():
        id_, _, text = line.split("\t")
        yield id_, text


def leaves(text: str, searcher: Searcher) -> list[Leaf]:
    """The terms of a query as Dalil plans it, with every weight taken off."""
    with (
        patch.dict(scoring.WEIGHTS, dict.fromkeys(scoring.WEIGHTS, 1.0)),
        patch.object(forms, "VARIANT_WEIGHT", _MARK),
    ):
        planned = plan_query(parse(text, plain=True), searcher._expander)
    return list(_leaves(planned.query))


def _leaves(node: Any, times: int = 1) -> Iterator[Leaf]:
    match node:
        case BoostQuery(child=child, factor=factor):
            yield from _leaves(child, times * int(factor))
        case TermQuery(field, text, boost):
            rarity = 0.0 if boost >= 1 else boost / _MARK
            yield Leaf(field, text, times, rarity)
        case OrQuery(parts) | AndQuery(parts):
            for part in parts:
                yield from _leaves(part, times)


def _distinct(queries: Iterable[Iterable[Leaf]]) -> set[tuple[str, str]]:
    return {(leaf.field, leaf.text) for asked in queries for leaf in asked}


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
    """The scores by kind of term, with every weight 1."""
    terms = {term: _bm25(collection, model, *term) for term in collection.postings}
    scores = {kind: np.zeros_like(collection.grades) for kind in KINDS}
    for row, asked in enumerate(collection.queries):
        for leaf in asked:
            weight = (leaf.rarity or 1) * (leaf.times if model.repeated else 1)
            numbers = collection.postings[leaf.field, leaf.text][0]
            scores[_kind(leaf)][row, numbers] += weight * terms[leaf.field, leaf.text]
    return scores


def _kind(leaf: Leaf) -> str:
    return leaf.field.replace("stem", "variant") if leaf.rarity else leaf.field


def _bm25(collection: Collection, model: Model, name: str, text: str) -> Array:
    numbers, tf = collection.postings[name, text]
    relative = collection.lengths[name][numbers] / collection.averages[name]
    inverse = model.idf(collection.documents, len(numbers))
    norm = model.k1 * (1 - model.b + model.b * relative)
    return (inverse * tf * (model.k1 + 1) / (tf + norm)).astype(np.float32)


def ndcg(collection: Collection, scores: dict[str, Array], weights: Weights) -> float:
    """The mean nDCG@10 of a collection's queries."""
    total = np.zeros_like(collection.grades)
    for kind, matrix in scores.items():
        if weights.of(kind):
            total += np.float32(weights.of(kind)) * matrix
    rows = np.arange(len(total))[:, None]
    top = np.argpartition(-total, 10, axis=1)[:, :10]
    top = top[rows, np.argsort(-total[rows, top], axis=1, kind="stable")]
    gains = np.where(total[rows, top] > 0, collection.grades[rows, top], 0)
    return float(np.mean(gains @ _DISCOUNT / collection.ideal))


# -- sweeping --------------------------------------------------------------------

Figures = dict[Weights, dict[str, float]]


def sweep(collections: Sequence[Collection]) -> Figures:
    """nDCG@10 of every combination on every collection."""
    grid = [Weights(*values) for values in product(EXACT, TITLE_STEM, TITLE_EXACT, VARIANT)]
    figures: Figures = {weights: {} for weights in grid}
    for collection in collections:
        scores = {k: m for k, m in matrices(collection, Model()).items() if m.any()}
        known: dict[tuple[float, ...], float] = {}  # many weights make no difference to many
        for weights in grid:
            key = tuple(weights.of(kind) for kind in scores)
            if key not in known:
                known[key] = ndcg(collection, scores, weights)
            figures[weights][collection.name] = known[key]
    return figures


def best(figures: Figures, without: str = "") -> Weights:
    """The combination with the best mean, over all collections but one."""
    return max(figures, key=lambda weights: mean(figures[weights], without))


def mean(values: dict[str, float], without: str = "") -> float:
    """Over all collections but one."""
    return float(np.mean([value for name, value in values.items() if name != without]))


def models(collections: Sequence[Collection], weights: Weights) -> dict[str, dict[str, float]]:
    """The combination under other models."""
    now = Model()
    tried = {
        "as it is": now,
        "k1 1.2": replace(now, k1=1.2),
        "b .4": replace(now, b=0.4),
        "idf of Whoosh": replace(now, idf=whoosh_idf),
        "repeated words once": replace(now, repeated=False),
    }
    return {
        label: {c.name: ndcg(c, matrices(c, model), weights) for c in collections}
        for label, model in tried.items()
    }


def left_out(figures: Figures) -> tuple[dict[str, float], dict[str, str]]:
    """Each collection under the weights that the others choose, and which these are."""
    names = list(next(iter(figures.values())))
    chosen = {name: best(figures, without=name) for name in names}
    values = {name: figures[weights][name] for name, weights in chosen.items()}
    return values, {name: label(weights) for name, weights in chosen.items()}


# -- printing --------------------------------------------------------------------


def main(arguments: Sequence[str] | None = None) -> int:
    """Sweep and print; 2 if there is nothing to measure."""
    folders = asked_for("Sweep the weights of search/scoring.py.", arguments)
    if not folders:
        return 2
    collections = [load(folder) for folder in folders]
    report(sweep(collections), collections)
    return 0


def report(figures: Figures, collections: Sequence[Collection]) -> None:
    """The best, the neighbours of the best, the check, and the other models."""
    chosen = best(figures)
    print(table("the best ten", {label(w): figures[w] for w in _best_ten(figures)}))
    for name, around in _neighbours(chosen).items():
        rows = {f"{name} {getattr(w, name):g}": figures[w] for w in around}
        print(table(f"{label(chosen)}, but for {name}", rows))
    values, by_others = left_out(figures)
    print(table("chosen by the other collections", {"left out": values}))
    print("\n".join(f"- {name}: {text}" for name, text in by_others.items()), "\n")
    print(table(f"{label(chosen)} under other models", models(collections, chosen)))
    print(table("as search/scoring.py has it", models(collections, Weights())))


def _neighbours(chosen: Weights) -> dict[str, list[Weights]]:
    """The combinations that differ from the chosen one in one weight alone."""
    return {
        "exact": [replace(chosen, exact=value) for value in EXACT],
        "title_stem": [replace(chosen, title_stem=value) for value in TITLE_STEM],
        "title_exact": [replace(chosen, title_exact=value) for value in TITLE_EXACT],
        "variant": [replace(chosen, variant=value) for value in VARIANT],
    }


def _best_ten(figures: Figures) -> list[Weights]:
    return sorted(figures, key=lambda weights: -mean(figures[weights]))[:10]


def label(weights: Weights) -> str:
    """A combination in a few words."""
    title = f"title {weights.title_stem:g} + {weights.title_exact:g}"
    return f"exact {weights.exact:g}, {title}, variant {weights.variant:g}"


def table(title: str, rows: dict[str, dict[str, float]]) -> str:
    """A row a combination, a column a collection, and the mean."""
    names = list(next(iter(rows.values())))
    lines = [f"| {title} | " + " | ".join(names) + " | mean |", "| --- " * (len(names) + 2) + "|"]
    for text, values in rows.items():
        figures = [*(values[name] for name in names), mean(values)]
        lines.append(f"| {text} | " + " | ".join(f"{v:.4f}"[1:] for v in figures) + " |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
