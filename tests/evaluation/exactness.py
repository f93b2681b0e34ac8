"""Check that searches return exactly what Whoosh returns, on passages of real text.

    uv run python tests/evaluation/exactness.py [COLLECTIONS] [--size 4000] [--each 100]
        [--segments 4] [--seed 1] [--kind NAME ...]

Passages of two collections, half from each, are indexed by ``IndexWriter`` in several
segments. Then some files are removed or changed, so that a third of the documents of each
segment is deleted (``tests/library.py``). Whoosh indexes the same documents with its own
codec (``tests/stock.py``). Random queries of every kind (``tests/questions.py``) are
answered by the kernels, by Whoosh's matchers over our arrays, and by Whoosh over its own
index with ``optimize=False``. A query is equal if all three return the same documents in the
same order, with scores equal to 1e-9: all documents, and the best 1, 3, 10 and 60. The table
goes to standard output, queries that are not equal to standard error; the exit code is 1 if
there are any.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

from whoosh.searching import Searcher as WhooshSearcher

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[1])]
from library import thinned  # noqa: E402 (found by the line above)
from questions import KINDS, Draw, questions  # noqa: E402
from stock import (  # noqa: E402
    array_searcher,
    by_arrays,
    by_stock,
    kernels_agree,
    planned,
    same,
    stock,
)

from search import Searcher  # noqa: E402

COLLECTIONS = Path(__file__).resolve().parents[3] / "shared" / "collections"
NAMES = ("scale-ar", "scale-en")
PASSAGES_PER_FILE = 50


def main(arguments: Sequence[str] | None = None) -> int:
    """Index, search, print the table; 1 if an answer differs, 2 without the collections."""
    options = _options(arguments)
    missing = [name for name in NAMES if not (options.collections / name).is_dir()]
    if missing:
        print(f"{options.collections} has no {missing[0]}", file=sys.stderr)
        return 2
    passages = read(options.collections, options.size)
    texts, titles = ([row[name] for row in passages.values()] for name in ("text", "title"))
    draw = Draw(texts, titles, options.seed, ["*-en*", "*0*", "00000", "nowhere", "*"])
    asked = [(kind, text) for kind, text in questions(draw, options.each) if kind in options.kind]
    with (
        tempfile.TemporaryDirectory() as folder,
        thinned(Path(folder), passages, segments=options.segments, size=PASSAGES_PER_FILE) as ours,
    ):
        print(described(ours))
        rows = compared(ours, stock(ours), asked)
    print(table(rows))
    return int(any(not equal for row in rows.values() for equal, _ in row))


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Compare kernels, matchers and Whoosh.")
    parser.add_argument("collections", nargs="?", type=Path, default=COLLECTIONS)
    parser.add_argument("--size", type=int, default=4000, help="passages")
    parser.add_argument("--each", type=int, default=100, help="queries of each kind")
    parser.add_argument("--segments", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", nargs="+", choices=KINDS, default=list(KINDS), metavar="NAME")
    return parser.parse_args(arguments)


def read(collections: Path, size: int) -> dict[str, dict[str, Any]]:
    """Return id → passage, ``size`` of them, from both collections in turn."""
    halves = [islice(_passages(collections / name), size // len(NAMES)) for name in NAMES]
    return {row["id"]: row for pair in zip(*halves, strict=False) for row in pair}


def _passages(folder: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(folder / "docs.jsonl.gz", "rt", encoding="utf-8") as lines:
        for number, row in enumerate(map(json.loads, lines)):
            year = 2008 + number % 16
            yield {"id": f"{number}-{row['lang']}", "date": f"{year}-02-03", "title": row["title"],
                   "text": row["text"]}  # fmt: skip


def described(ours: Searcher) -> str:
    """Return a sentence with the numbers of documents, segments and deleted documents."""
    deletions = [len(segment.info.deleted) for segment in ours._reader.segments]
    affected = sum(map(bool, deletions))
    return (
        f"{ours.document_count:,} documents in {len(deletions)} segments, "
        f"{sum(deletions):,} deleted ones in {affected} of them"
    )


Row = list[tuple[bool, int]]
"""For each query of a kind: whether all answers are equal, and the number of matches."""


def compared(
    ours: Searcher, theirs: WhooshSearcher, asked: Iterable[tuple[str, str]]
) -> dict[str, Row]:
    """Answer every query in all three ways; print those that differ to standard error."""
    rows: dict[str, Row] = {}
    arrays = array_searcher(ours)
    for kind, text in asked:
        expected = by_stock(theirs, text)
        query = planned(ours, text)
        kernels = kernels_agree(ours, query, expected)
        matchers = same(by_arrays(arrays, query), expected)
        rows.setdefault(kind, []).append((kernels and matchers, len(expected)))
        if not (kernels and matchers):
            differing = "the kernels" if matchers else "the matchers"
            print(f"{differing} differ: {kind}: {text}", file=sys.stderr)
    return rows


def table(rows: dict[str, Row]) -> str:
    """Return the rows and their sum in Markdown."""
    lines = [
        "| kind | queries | equal | documents matched, median |",
        "| --- | ---: | ---: | ---: |",
    ]
    total: Counter[str] = Counter()
    for kind, row in rows.items():
        equal = sum(same for same, _ in row)
        total.update(queries=len(row), equal=equal)
        matched = median(documents for _, documents in row)
        lines.append(f"| {kind} | {len(row):,} | {equal:,} | {matched:,.0f} |")
    lines.append(f"| all | {total['queries']:,} | {total['equal']:,} | |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
