"""Measure what names in both scripts add to ranking, and sweep their weight.

    uv run python tests/evaluation/bilingual.py [COLLECTIONS] [--collection NAME ...]

Each question of ``xquad-bilingual`` has two relevant paragraphs: its own (grade 2) and the
translation of that into the other language (grade 1). The first table says, with names and
without: how well both are ranked, how often the translation is among the first hundred, and
how well it is ranked if only its language is searched, as with ``--lang``. Its last row is
the target.

The second table has the same figures for each weight of a name (``NAME_WEIGHT`` of
``search/ranking/bm25.py``), the third nDCG@10 of all collections. Collections are indexed by
``dalil index`` and asked through ``Searcher.rank``, as ``dalil batch --plain -n 100`` does.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from unittest.mock import patch

import ir_measures
from ir_measures import RR, Qrel, R, ScoredDoc, nDCG

sys.path.insert(0, str(Path(__file__).parents[2]))
from search.options import Options
from search.parsing.ast import LanguageFilter
from search.planning import synonyms, term_expansion
from search.ranking import bm25
from search.searcher import Searcher
from tests.evaluation.judged_collections import (
    BILINGUAL,
    Query,
    collection_folders,
    indexed,
    read_qrels,
    read_queries,
)
from tests.evaluation.sweeps import table

NAMES = (BILINGUAL, "xquad-ar", "xquad-en", "kaiflematha", "quranqa23", "scifact")
WEIGHTS = (0.6, 0.8, 1.0, 1.2, 1.5)
OTHER = {"ar": "en", "en": "ar"}
TRANSLATION = 1
"""The grade of the paragraph in the other language."""
LANGUAGES = {"all": ("ar", "en"), "Arabic": ("ar",), "English": ("en",)}
"""Questions → their languages."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of the collection in both languages."""

    ndcg: float
    reciprocal_rank: float
    recall: float
    """The share of translations that are among the first hundred."""
    translation_ndcg: float
    """nDCG@10 if only documents of the other language are searched."""


TARGET = Figures(0.775, 0.950, 0.48, 0.375)
"""The figures to be reached on all questions."""

Run = list[ScoredDoc]


@dataclass(frozen=True, slots=True)
class Collection:
    """An indexed collection and its judged questions."""

    name: str
    searcher: Searcher
    questions: tuple[Query, ...]
    qrels: list[Qrel]

    @classmethod
    def of(cls, folder: Path, searcher: Searcher) -> Collection:
        """Read the questions and judgements of a folder."""
        qrels = read_qrels(folder)
        judged = {qrel.query_id for qrel in qrels}
        questions = tuple(query for query in read_queries(folder) if query.id in judged)
        return cls(folder.name, searcher, questions, qrels)

    def run(self, *, names: bool, translations: bool = False) -> Run:
        """Return the first hundred hits of every question, or of the other language alone."""
        options = Options(limit=100, plain=True, names=names)
        run = []
        for question in self.questions:
            filters = (LanguageFilter(OTHER[question.language]),) if translations else ()
            ranked = self.searcher.rank(question.text, replace(options, filters=filters))
            run += [ScoredDoc(question.id, id_, score) for id_, score in ranked]
        return run

    def ids(self, languages: Sequence[str]) -> set[str]:
        """Return the ids of the questions in some languages."""
        return {question.id for question in self.questions if question.language in languages}


def ndcg(qrels: Sequence[Qrel], run: Run) -> float:
    """Return the mean nDCG@10."""
    return float(ir_measures.calc_aggregate([nDCG @ 10], qrels, run)[nDCG @ 10])


def figures(qrels: Sequence[Qrel], both: Run, translations: Run) -> Figures:
    """Compute the figures from a run over both languages and one over the other language."""
    other = [qrel for qrel in qrels if qrel.relevance == TRANSLATION]
    rank = ir_measures.calc_aggregate([RR @ 10], qrels, both)
    recall = ir_measures.calc_aggregate([R @ 100], other, both)
    return Figures(
        ndcg(qrels, both), float(rank[RR @ 10]), float(recall[R @ 100]), ndcg(other, translations)
    )


def by_language(collection: Collection, both: Run, translations: Run) -> dict[str, Figures]:
    """Compute the figures of all questions, and of those in each language."""
    rows = {}
    for questions, languages in LANGUAGES.items():
        ids = collection.ids(languages)
        qrels = [qrel for qrel in collection.qrels if qrel.query_id in ids]
        runs = ([hit for hit in run if hit.query_id in ids] for run in (both, translations))
        rows[questions] = figures(qrels, *runs)
    return rows


@dataclass(frozen=True, slots=True)
class Measured:
    """All figures with one weight of names."""

    ndcg: dict[str, float]
    """By collection."""
    bilingual: dict[str, Figures]
    """By the language of the questions; empty without that collection."""


def measured(collections: Iterable[Collection], *, names: bool = True) -> Measured:
    """Ask the questions of all collections."""
    measured = Measured({}, {})
    for collection in collections:
        run = collection.run(names=names)
        measured.ndcg[collection.name] = ndcg(collection.qrels, run)
        if collection.name == BILINGUAL:
            translations = collection.run(names=names, translations=True)
            measured.bilingual.update(by_language(collection, run, translations))
    return measured


def sweep(collections: Sequence[Collection]) -> Iterator[tuple[float, Measured]]:
    """Measure with every weight, including the one in use."""
    for weight in sorted({*WEIGHTS, bm25.NAME_WEIGHT}):
        with (
            patch.object(term_expansion, "NAME_WEIGHT", weight),
            patch.object(synonyms, "NAME_WEIGHT", weight),
        ):
            yield weight, measured(collections)


# -- printing --------------------------------------------------------------------


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 2 if there is no collection."""
    folders = collection_folders("Measure what names add to ranking.", arguments, NAMES)
    with ExitStack() as stack:
        opened = ((folder, stack.enter_context(indexed(folder))) for folder in folders)
        collections = [Collection.of(folder, searcher) for folder, searcher in opened]
        without = measured(collections, names=False)
        by_weight = dict(sweep(collections))
    if without.bilingual:
        print(table_of_questions(by_weight[bm25.NAME_WEIGHT].bilingual, without.bilingual))
        print(table_of_weights({"none": without, **_labelled(by_weight)}))
    if folders:
        rows = {"names off": without, **_labelled(by_weight)}
        print(table("nDCG@10, weight", {label: row.ndcg for label, row in rows.items()}))
    return 0 if folders else 2


def _labelled(by_weight: Mapping[float, Measured]) -> dict[str, Measured]:
    return {f"{weight:g}": row for weight, row in by_weight.items()}


HEAD = ("nDCG@10", "MRR@10", "translation in the first 100", "nDCG@10 of translations alone")


def table_of_questions(names: Mapping[str, Figures], without: Mapping[str, Figures]) -> str:
    """Return a row with names and one without, for all questions and by language; the target."""
    rows = {
        f"{questions} | {label}": row[questions]
        for questions in LANGUAGES
        for label, row in (("on", names), ("off", without))
    }
    return _rows(("questions", "names"), {**rows, "all | target": TARGET})


def table_of_weights(by_weight: Mapping[str, Measured]) -> str:
    """Return a row per weight, over all questions."""
    return _rows(("weight",), {label: row.bilingual["all"] for label, row in by_weight.items()})


def _rows(first: Sequence[str], rows: Mapping[str, Figures]) -> str:
    rules = ["---"] * len(first) + ["---:"] * len(HEAD)
    lines = [" | ".join((*first, *HEAD)), " | ".join(rules)]
    lines += [f"{label} | {_cells(row)}" for label, row in rows.items()]
    return "".join(f"| {line} |\n" for line in lines)


def _cells(row: Figures) -> str:
    ranks = (f"{value:.4f}"[1:] for value in (row.ndcg, row.reciprocal_rank))
    return " | ".join((*ranks, f"{row.recall:.1%}", f"{row.translation_ndcg:.4f}"[1:]))


if __name__ == "__main__":
    sys.exit(main())
