"""What names in both scripts are worth to ranking, and how heavy they are best.

    uv run python tests/evaluation/bilingual.py [COLLECTIONS] [--collection NAME ...]

Each question of ``xquad-bilingual`` has two paragraphs: its own (grade 2) and the same in
the other language (grade 1). The first table says, with names and without, how well both
are ranked, how often the paragraph in the other language is among the first hundred, and
how well that is ranked where only its language is asked for, as ``--lang`` does. Below
stands what is to be reached.

The second says the same for each weight of a name (``NAME_WEIGHT`` of
``search/scoring.py``), the third nDCG@10 of all collections. Collections are indexed by
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
from search.planning import synonyms as equivalents
from search.planning import term_expansion as slots
from search.ranking import bm25 as scoring
from search.searcher import Searcher
from tests.evaluation.rank import asked_for, read_qrels
from tests.evaluation.weights import opened, table

BILINGUAL = "xquad-bilingual"
NAMES = (BILINGUAL, "xquad-ar", "xquad-en", "kaiflematha", "quranqa23", "scifact")
WEIGHTS = (0.6, 0.8, 1.0, 1.2, 1.5)
OTHER = {"ar": "en", "en": "ar"}
TRANSLATED = 1
"""The grade of a paragraph in the other language."""
ASKED = {"all": ("ar", "en"), "Arabic": ("ar",), "English": ("en",)}
"""Questions → their languages."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured on the collection in both languages."""

    ndcg: float
    reciprocal_rank: float
    found: float
    """The share of paragraphs in the other language that are among the first hundred."""
    alone: float
    """nDCG@10 among the documents of the other language."""


TARGET = Figures(0.775, 0.950, 0.48, 0.375)
"""What is to be reached on all questions."""


@dataclass(frozen=True, slots=True)
class Question:
    """A judged question."""

    id: str
    language: str
    text: str


Run = list[ScoredDoc]


@dataclass(frozen=True, slots=True)
class Collection:
    """An indexed collection and its judged questions."""

    name: str
    searcher: Searcher
    questions: tuple[Question, ...]
    qrels: list[Qrel]

    @classmethod
    def of(cls, folder: Path, searcher: Searcher) -> Collection:
        """What a folder holds."""
        qrels = read_qrels((folder / "qrels.txt").read_text("utf-8").splitlines())
        judged = {qrel.query_id for qrel in qrels}
        lines = (folder / "queries.tsv").read_text("utf-8").splitlines()
        asked = (Question(*line.split("\t")) for line in lines)
        questions = tuple(question for question in asked if question.id in judged)
        return cls(folder.name, searcher, questions, qrels)

    def ask(self, *, names: bool, other: bool = False) -> Run:
        """The first hundred of every question; of the other language alone if asked for."""
        options = Options(limit=100, plain=True, names=names)
        run = []
        for question in self.questions:
            alone = (LanguageFilter(OTHER[question.language]),) if other else ()
            ranked = self.searcher.rank(question.text, replace(options, filters=alone))
            run += [ScoredDoc(question.id, id_, score) for id_, score in ranked]
        return run

    def ids(self, languages: Sequence[str]) -> set[str]:
        """The questions in some languages."""
        return {question.id for question in self.questions if question.language in languages}


def ndcg(qrels: Sequence[Qrel], run: Run) -> float:
    """The mean nDCG@10."""
    return float(ir_measures.calc_aggregate([nDCG @ 10], qrels, run)[nDCG @ 10])


def figures(qrels: Sequence[Qrel], mixed: Run, alone: Run) -> Figures:
    """From what was found in both languages and in the other alone."""
    other = [qrel for qrel in qrels if qrel.relevance == TRANSLATED]
    first = ir_measures.calc_aggregate([RR @ 10], qrels, mixed)
    found = ir_measures.calc_aggregate([R @ 100], other, mixed)
    return Figures(
        ndcg(qrels, mixed), float(first[RR @ 10]), float(found[R @ 100]), ndcg(other, alone)
    )


def by_language(collection: Collection, mixed: Run, alone: Run) -> dict[str, Figures]:
    """The figures of all questions, and of those in each language."""
    found = {}
    for asked, languages in ASKED.items():
        ids = collection.ids(languages)
        qrels = [qrel for qrel in collection.qrels if qrel.query_id in ids]
        runs = ([hit for hit in run if hit.query_id in ids] for run in (mixed, alone))
        found[asked] = figures(qrels, *runs)
    return found


@dataclass(frozen=True, slots=True)
class Measured:
    """All that was measured with one weight of names."""

    ndcg: dict[str, float]
    """By collection."""
    bilingual: dict[str, Figures]
    """By the language of the questions; nothing where the collection is not there."""


def measured(collections: Iterable[Collection], *, names: bool = True) -> Measured:
    """Ask all collections."""
    found = Measured({}, {})
    for collection in collections:
        run = collection.ask(names=names)
        found.ndcg[collection.name] = ndcg(collection.qrels, run)
        if collection.name == BILINGUAL:
            alone = collection.ask(names=names, other=True)
            found.bilingual.update(by_language(collection, run, alone))
    return found


def sweep(collections: Sequence[Collection]) -> Iterator[tuple[float, Measured]]:
    """Every weight, that of ``search/scoring.py`` among them."""
    for weight in sorted({*WEIGHTS, scoring.NAME_WEIGHT}):
        with (
            patch.object(slots, "NAME_WEIGHT", weight),
            patch.object(equivalents, "NAME_WEIGHT", weight),
        ):
            yield weight, measured(collections)


# -- printing --------------------------------------------------------------------


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 2 if there is nothing to measure."""
    folders = asked_for("What names are worth to ranking.", arguments, NAMES)
    with ExitStack() as stack:
        opening = ((folder, stack.enter_context(opened(folder))) for folder in folders)
        collections = [Collection.of(folder, searcher) for folder, searcher in opening]
        without = measured(collections, names=False)
        weighed = dict(sweep(collections))
    if without.bilingual:
        print(table_of_questions(weighed[scoring.NAME_WEIGHT].bilingual, without.bilingual))
        print(table_of_weights({"none": without, **_labelled(weighed)}))
    if folders:
        rows = {"names off": without, **_labelled(weighed)}
        print(table("nDCG@10, weight", {label: found.ndcg for label, found in rows.items()}))
    return 0 if folders else 2


def _labelled(weighed: Mapping[float, Measured]) -> dict[str, Measured]:
    return {f"{weight:g}": found for weight, found in weighed.items()}


HEAD = ("nDCG@10", "MRR@10", "the other's in the first 100", "nDCG@10 of the other's alone")


def table_of_questions(names: Mapping[str, Figures], without: Mapping[str, Figures]) -> str:
    """A row for names on and off, for all questions and by language; then the target."""
    rows = {
        f"{asked} | {label}": found[asked]
        for asked in ASKED
        for label, found in (("on", names), ("off", without))
    }
    return _rows(("questions", "names"), {**rows, "all | target": TARGET})


def table_of_weights(weighed: Mapping[str, Measured]) -> str:
    """A row a weight, all questions."""
    return _rows(("weight",), {label: found.bilingual["all"] for label, found in weighed.items()})


def _rows(first: Sequence[str], rows: Mapping[str, Figures]) -> str:
    rules = ["---"] * len(first) + ["---:"] * len(HEAD)
    lines = [" | ".join((*first, *HEAD)), " | ".join(rules)]
    lines += [f"{label} | {_cells(found)}" for label, found in rows.items()]
    return "".join(f"| {line} |\n" for line in lines)


def _cells(found: Figures) -> str:
    ranks = (f"{value:.4f}"[1:] for value in (found.ndcg, found.reciprocal_rank))
    return " | ".join((*ranks, f"{found.found:.1%}", f"{found.alone:.4f}"[1:]))


if __name__ == "__main__":
    sys.exit(main())
