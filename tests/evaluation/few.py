"""Up to how many documents a word is widened, over all judged collections.

    uv run python tests/evaluation/few.py [COLLECTIONS] [--collection NAME ...]

A word that few documents hold stands for the nearest ones as well (``search/words.py``:
``MAX_RARE``). Every bound is judged by nDCG@10 through ``searcher.rank``, on every
collection; what the others would choose for one that is left out shows how much of a
choice is luck.

It showed that the bound hardly matters to ranking: the mean over nine collections is .677
with any of them, the same within .0001, and up to 5 no collection loses more than .0004. So
it is the smallest with which none of the mean is lost: 2.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from unittest.mock import patch

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))
from search.options import Options
from search.planning import word_queries as words
from search.searcher import Searcher
from tests.evaluation.rank import asked_for
from tests.evaluation.stages import dcg
from tests.evaluation.weights import mean, opened, read_grades, read_queries, table

BOUNDS = (0, 1, 2, 3, 5, 10)
"""With 0, only a word that no document holds is widened."""

Figures = dict[int, dict[str, float]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Sweep and print; 2 if there is nothing to measure."""
    folders = asked_for("Sweep the documents up to which a word is widened.", arguments)
    figures: Figures = {bound: {} for bound in BOUNDS}
    for folder in folders:
        with opened(folder) as searcher:
            for bound in BOUNDS:
                with patch.object(words, "MAX_RARE", bound):
                    figures[bound][folder.name] = ndcg(folder, searcher)
    if folders:
        report(figures)
    return 0 if folders else 2


def ndcg(folder: Path, searcher: Searcher) -> float:
    """The mean nDCG@10 of a collection's judged queries."""
    grades, values = read_grades(folder), []
    for id_, text in read_queries(folder):
        if id_ in grades:
            first = searcher.rank(text, Options(limit=10, plain=True))
            ideal = dcg(sorted(grades[id_].values(), reverse=True))
            values.append(dcg(grades[id_].get(name, 0) for name, _ in first) / ideal)
    return float(np.mean(values))


def report(figures: Figures) -> None:
    """The bounds, and the choices of the others."""
    print(table("documents", {f"up to {bound}": row for bound, row in figures.items()}))
    names = list(figures[0])
    if len(names) > 1:
        chosen = {n: max(figures, key=lambda bound: mean(figures[bound], n)) for n in names}
        values = {name: figures[bound][name] for name, bound in chosen.items()}
        print(table("chosen by the others", {"left out": values}))
        print("\n".join(f"- {name}: up to {bound}" for name, bound in chosen.items()), "\n")


if __name__ == "__main__":
    sys.exit(main())
