"""How the second stage of ranking is best weighed, over all judged collections.

    uv run python tests/evaluation/stages.py [COLLECTIONS] [--collection NAME ...]

The first hits of ``searcher.rank`` are scored once more by BM25 over grams of their
words, worked out here from the texts: so other lengths of grams and English words can
be tried, which an index does not keep. Arabic and English collections are judged apart,
each by nDCG@10 for every weight, depth and length. What the others would choose for a
collection that is left out shows how much of a choice is luck.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))
from index.analysis import analyze
from search.options import Options
from search.ranking import bm25 as scoring
from search.ranking import rerank
from search.ranking.rerank import Ranked, reordered
from search.searcher import Searcher
from tests.evaluation.rank import asked_for
from tests.evaluation.weights import Array, opened, read_grades, read_queries, table

ENGLISH = {"xquad-en", "scifact", "cranfield", "cacm", "vaswani"}
WEIGHTS = (0.0, 0.05, 0.1, 0.2, 0.35, 0.5, 0.8)
DEPTHS = (20, 50, 100, 200)
SPANS = (3, 4, 5)


@dataclass(frozen=True, slots=True)
class Stage:
    """One combination."""

    weight: float = scoring.NGRAM_WEIGHT
    depth: int = rerank.DEPTH
    span: int = 4
    """Letters of a gram."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A judged query: its first hits, what each scores by grams, and how good each is."""

    ranked: Ranked
    shared: dict[int, Array]
    """By letters of a gram."""
    gains: dict[int, int]
    ideal: float
    """The best DCG@10 that it could have."""


WordQueryBuilder = dict[str, None]
"""The folded words of a text that are no stop words, each once."""


# -- reading ---------------------------------------------------------------------


def load(folder: Path) -> list[Asked]:
    """Index a collection with the real command and ask its queries."""
    with opened(folder) as searcher:
        return read(folder, searcher)


def read(folder: Path, searcher: Searcher) -> list[Asked]:
    """The queries of a collection whose answers are judged."""
    language = "en" if folder.name in ENGLISH else "ar"
    stored = [searcher._reader.stored(number) for number in range(searcher._reader.count)]
    numbers = {document["id"]: number for number, document in enumerate(stored)}
    texts = [f"{document['title']}\n{document['text']}" for document in stored]
    scorers = {span: Grams([words(text, language) for text in texts], span) for span in SPANS}
    grades, options = read_grades(folder), Options(limit=max(DEPTHS), plain=True)
    found = []
    for id_, text in read_queries(folder):
        if id_ in grades:
            first = searcher.rank(text, replace(options, second_stage=False))
            ranked = [(numbers[name], score) for name, score in first]
            asked, places = words(text, language), [number for number, _ in ranked]
            shared = {span: grams.scores(asked, places) for span, grams in scorers.items()}
            gains = {numbers[name]: grade for name, grade in grades[id_].items()}
            best = sorted(gains.values(), reverse=True)
            found.append(Asked(ranked, shared, gains, dcg(best)))
    return found


def words(text: str, language: str) -> WordQueryBuilder:
    """Those of one language: the second stage counts a word once, in hit and query."""
    terms = (token.term for token in analyze(text))
    return dict.fromkeys(t.folded for t in terms if t.stem is not None and t.language == language)


def grams(word: str, span: int) -> list[str]:
    """Letters in a row, of which the first and the last may be an edge."""
    edged = f"_{word}_"
    return [edged[at : at + span] for at in range(len(edged) - span + 1)]


class Grams:
    """BM25 over the grams of documents' words."""

    def __init__(self, documents: Sequence[WordQueryBuilder], span: int) -> None:
        self._span = span
        self._counts = [
            Counter(g for word in held for g in grams(word, span)) for held in documents
        ]
        self._held = Counter(g for counts in self._counts for g in counts.elements())
        self._lengths = np.array([counts.total() for counts in self._counts], np.float64)
        self._average = float(self._lengths[self._lengths > 0].mean()) if self._held else 1.0

    def scores(self, asked: WordQueryBuilder, places: Sequence[int]) -> Array:
        """What some documents score for the words of a query."""
        total = np.zeros(len(places))
        lengths = self._lengths[places]
        for gram in {g for word in asked for g in grams(word, self._span)}:
            tf = np.array([self._counts[place][gram] for place in places], np.float64)
            held = min(self._held[gram], len(self._counts))
            inverse = scoring.idf(len(self._counts), float(held))
            total += scoring.bm25(tf, lengths, self._average, inverse)
        return total


# -- judging ---------------------------------------------------------------------


def dcg(grades: Iterable[int]) -> float:
    """The discounted gain of the first ten."""
    return sum(g / float(np.log2(rank + 2)) for rank, g in zip(range(10), grades, strict=False))


def ndcg(collection: Sequence[Asked], stage: Stage) -> float:
    """The mean nDCG@10 of a collection's queries."""
    values = []
    for asked in collection:
        first, depth = asked.ranked, stage.depth
        again = reordered(first[:depth], asked.shared[stage.span][:depth], stage.weight)
        ranked = (again + first[depth:])[:10]
        values.append(dcg(asked.gains.get(number, 0) for number, _ in ranked) / asked.ideal)
    return float(np.mean(values))


Figures = dict[Stage, dict[str, float]]


def sweep(collections: dict[str, list[Asked]]) -> Figures:
    """nDCG@10 of every combination on every collection."""
    grid = [Stage(*values) for values in product(WEIGHTS, DEPTHS, SPANS)]
    return {
        stage: {name: ndcg(collection, stage) for name, collection in collections.items()}
        for stage in grid
    }


def best(figures: Figures, without: str = "") -> Stage:
    """The combination with the best mean, over all collections but one."""

    def mean(stage: Stage) -> float:
        return float(np.mean([v for name, v in figures[stage].items() if name != without]))

    return max(figures, key=mean)


# -- printing --------------------------------------------------------------------


def main(arguments: Sequence[str] | None = None) -> int:
    """Sweep and print; 2 if there is nothing to measure."""
    folders = asked_for("Sweep the second stage of ranking.", arguments)
    for inside in (False, True):
        group = {f.name: load(f) for f in folders if (f.name in ENGLISH) is inside}
        if group:
            report("English" if inside else "Arabic", sweep(group))
    return 0 if folders else 2


def report(language: str, figures: Figures) -> None:
    """Around the combination of ``search/rerank.py``, and the choices of the others."""
    now = Stage()
    around = {
        "weight": [replace(now, weight=weight) for weight in WEIGHTS],
        "depth": [replace(now, depth=depth) for depth in DEPTHS],
        "span": [replace(now, span=span) for span in SPANS],
        "the best five": sorted(figures, key=lambda s: -np.mean([*figures[s].values()]))[:5],
    }
    for name, stages in around.items():
        print(table(f"{language}: {name}", {label(stage): figures[stage] for stage in stages}))
    names = list(figures[now])
    if len(names) > 1:
        chosen = {name: best(figures, without=name) for name in names}
        values = {name: figures[stage][name] for name, stage in chosen.items()}
        print(table(f"{language}: chosen by the others", {"left out": values}))
        print("\n".join(f"- {name}: {label(stage)}" for name, stage in chosen.items()), "\n")


def label(stage: Stage) -> str:
    """A combination in a few words."""
    return f"weight {stage.weight:g}, depth {stage.depth}, {stage.span} letters"


if __name__ == "__main__":
    sys.exit(main())
