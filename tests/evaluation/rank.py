"""Measure how well Dalil ranks: judged collections, asked through the command line.

    uv run python tests/evaluation/rank.py [COLLECTIONS] [--collection NAME ...]

Each collection (``judged_collections.py``) is indexed by ``dalil index`` into a temporary
folder, its queries are answered by ``dalil batch --plain --format trec -n 100``, and
ir-measures computes nDCG@10, MRR@10 and Recall@100. The table goes to standard output,
everything else to standard error.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import ir_measures
from ir_measures import RR, R, ScoredDoc, nDCG

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tests.evaluation.judged_collections import (
    collection_folders,
    dalil,
    read_qrels,
    temporary_index,
)

LUCENE = {
    "xquad-ar": 0.938,
    "kaiflematha": 0.953,
    "quranqa23": 0.289,
    "xquad-en": 0.969,
    "scifact": 0.699,
    "cranfield": 0.359,
    "cacm": 0.513,
    "vaswani": 0.437,
    "xquad-bilingual": 0.725,
}
"""nDCG@10 of Lucene 8.7 with its Arabic or English analyzer, text = title and body, at
the better of its two usual settings: k1 1.2, b .75 and k1 .9, b .4."""

MEASURES = (nDCG @ 10, RR @ 10, R @ 100)


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one collection."""

    name: str
    queries: int
    """Number of judged queries."""
    ndcg: float
    reciprocal_rank: float
    recall: float
    seconds: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print the table; 2 if there is no collection."""
    folders = collection_folders("nDCG, MRR and recall on judged collections.", arguments)
    with ThreadPoolExecutor(os.cpu_count()) as pool:  # the work is done by child processes
        started = {f: pool.submit(_measured, f) for f in sorted(folders, key=_size, reverse=True)}
        rows = [started[folder].result() for folder in folders]
    print(table(rows))
    return 0 if rows else 2


def _size(folder: Path) -> int:
    """Size in bytes: the largest collection is started first, so that all cores end together."""
    return (folder / "docs.jsonl.gz").stat().st_size


def _measured(folder: Path) -> Row:
    started = time.perf_counter()
    run = _trec_run(folder.resolve())
    return judged(folder, run, time.perf_counter() - started)


def _trec_run(folder: Path) -> str:
    """Index a collection and answer its queries; return the TREC run."""
    with temporary_index(folder) as index:
        batch = ("batch", folder / "queries.tsv", "--plain", "--format", "trec", "-n", "100")
        return dalil(*batch, "--index", index)


def judged(folder: Path, run: str, seconds: float = 0.0) -> Row:
    """Compute the measures of a TREC run."""
    qrels = read_qrels(folder)
    values = ir_measures.calc_aggregate(MEASURES, qrels, read_run(run.splitlines()))
    ndcg, reciprocal_rank, recall = (float(values[measure]) for measure in MEASURES)
    queries = len({qrel.query_id for qrel in qrels})
    return Row(folder.name, queries, ndcg, reciprocal_rank, recall, seconds)


def read_run(lines: Iterable[str]) -> list[ScoredDoc]:
    """Parse a TREC run; white space in an id is percent-encoded there and decoded here."""
    rows = (line.split() for line in lines)
    return [
        ScoredDoc(unquote(query), unquote(id_), float(score)) for query, _, id_, _, score, _ in rows
    ]


def table(rows: Sequence[Row]) -> str:
    """Return the rows in Markdown; ✓ if nDCG@10 is at least Lucene's, to three digits."""
    lines = [
        "| collection | queries | nDCG@10 | Lucene | | MRR@10 | Recall@100 | seconds |",
        "| --- | ---: | ---: | ---: | :---: | ---: | ---: | ---: |",
    ]
    for row in rows:
        lucene = LUCENE.get(row.name)
        compared = (
            f"{_digits(lucene)} | {'✓' if reaches(row.ndcg, lucene) else ''}" if lucene else "|"
        )
        lines.append(
            f"| {row.name} | {row.queries:,} | {_digits(row.ndcg)} | {compared} "
            f"| {_digits(row.reciprocal_rank)} | {_digits(row.recall)} | {row.seconds:.0f} |"
        )
    return "\n".join(lines)


def reaches(ndcg: float, lucene: float) -> bool:
    """Whether a figure is at least Lucene's, which is known to three digits."""
    return round(ndcg, 3) >= lucene


def _digits(value: float) -> str:
    return f"{value:.3f}".lstrip("0")


if __name__ == "__main__":
    sys.exit(main())
