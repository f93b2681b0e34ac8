"""How well Dalil ranks: the judged collections through the real command.

    uv run python tests/evaluation/rank.py [COLLECTIONS] [--collection NAME ...]

A collection is a folder with ``docs.jsonl.gz`` ({"id", "lang", "title", "text"} a
line), ``queries.tsv`` (id, language, text) and ``qrels.txt`` (TREC). Each is indexed
by ``dalil index`` into a temporary folder of its own, its queries are answered by
``dalil batch --plain --format trec -n 100``, and ir-measures judges the answers. The
table goes to standard output, everything else to standard error.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import ir_measures
from ir_measures import RR, Qrel, R, ScoredDoc, nDCG

ROOT = Path(__file__).resolve().parents[2]
COLLECTIONS = ROOT.parent / "shared" / "collections"

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
FILES = ("docs.jsonl.gz", "queries.tsv", "qrels.txt")


@dataclass(frozen=True, slots=True)
class Row:
    """What was measured on one collection."""

    name: str
    queries: int
    """Those that are judged."""
    ndcg: float
    reciprocal_rank: float
    recall: float
    seconds: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the table; 2 if there was nothing to measure."""
    folders = asked_for("nDCG, MRR and recall on judged collections.", arguments)
    with ThreadPoolExecutor(os.cpu_count()) as pool:  # the work is done by child processes
        started = {f: pool.submit(_measured, f) for f in sorted(folders, key=_size, reverse=True)}
        rows = [started[folder].result() for folder in folders]
    print(table(rows))
    return 0 if rows else 2


def asked_for(
    description: str, arguments: Sequence[str] | None, names: Iterable[str] = LUCENE
) -> list[Path]:
    """The folders of the collections that a command line names; one that is not whole is told."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("collections", nargs="?", type=Path, default=COLLECTIONS)
    parser.add_argument("--collection", action="append", metavar="NAME", help="only this one")
    options = parser.parse_args(arguments)
    folders = [options.collections / name for name in options.collection or names]
    return [folder for folder in folders if _is_whole(folder)]


def _is_whole(folder: Path) -> bool:
    missing = [name for name in FILES if not (folder / name).is_file()]
    if missing:
        print(f"{folder.name} is skipped: {folder} has no {missing[0]}", file=sys.stderr)
    return not missing


def _size(folder: Path) -> int:
    """The largest is begun first, so that the cores end together."""
    return (folder / "docs.jsonl.gz").stat().st_size


def _measured(folder: Path) -> Row:
    started = time.perf_counter()
    run = _run(folder.resolve())
    return judged(folder, run, time.perf_counter() - started)


def _run(folder: Path) -> str:
    """Index a collection, ask its queries; a TREC run."""
    with tempfile.TemporaryDirectory() as index:
        dalil("index", folder / "docs.jsonl.gz", "--quiet", "--index", index)
        asked = ("batch", folder / "queries.tsv", "--plain", "--format", "trec", "-n", "100")
        return dalil(*asked, "--index", index)


def dalil(*arguments: str | Path) -> str:
    """What the command prints. Its complaints pass through; raises where it fails."""
    command = [sys.executable, "-m", "search", *map(str, arguments)]
    return subprocess.run(
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True, encoding="utf-8", check=True
    ).stdout


def judged(folder: Path, run: str, seconds: float = 0.0) -> Row:
    """The measures of a TREC run."""
    qrels = read_qrels((folder / "qrels.txt").read_text("utf-8").splitlines())
    values = ir_measures.calc_aggregate(MEASURES, qrels, read_run(run.splitlines()))
    ndcg, reciprocal_rank, recall = (float(values[measure]) for measure in MEASURES)
    queries = len({qrel.query_id for qrel in qrels})
    return Row(folder.name, queries, ndcg, reciprocal_rank, recall, seconds)


def read_qrels(lines: Iterable[str]) -> list[Qrel]:
    """The judgements: query, 0, document, grade. A document's id may have spaces in it."""
    rows = (line.split() for line in lines)
    return [Qrel(query, " ".join(id_), int(grade)) for query, _, *id_, grade in rows]


def read_run(lines: Iterable[str]) -> list[ScoredDoc]:
    """The answers; white space in an id is percent-encoded in a run, and is so no more here."""
    rows = (line.split() for line in lines)
    return [
        ScoredDoc(unquote(query), unquote(id_), float(score)) for query, _, id_, _, score, _ in rows
    ]


def table(rows: Sequence[Row]) -> str:
    """The rows in Markdown; ✓ where nDCG@10 is at least Lucene's, to three digits."""
    lines = [
        "| collection | queries | nDCG@10 | Lucene | | MRR@10 | Recall@100 | seconds |",
        "| --- | ---: | ---: | ---: | :---: | ---: | ---: | ---: |",
    ]
    for row in rows:
        lucene = LUCENE.get(row.name)
        beside = (
            f"{_digits(lucene)} | {'✓' if reaches(row.ndcg, lucene) else ''}" if lucene else "|"
        )
        lines.append(
            f"| {row.name} | {row.queries:,} | {_digits(row.ndcg)} | {beside} "
            f"| {_digits(row.reciprocal_rank)} | {_digits(row.recall)} | {row.seconds:.0f} |"
        )
    return "\n".join(lines)


def reaches(ndcg: float, lucene: float) -> bool:
    """Whether a figure is at least the other, which is known to three digits."""
    return round(ndcg, 3) >= lucene


def _digits(value: float) -> str:
    return f"{value:.3f}".lstrip("0")


if __name__ == "__main__":
    sys.exit(main())
