"""Measure nDCG@10 of Lucene on the judged collections, by ``Judged.java``; needs a JDK and jars.

    uv run python tests/evaluation/lucene.py [COLLECTIONS] [--collection NAME ...]

Each collection of one language is indexed as title and text in one field, by the Arabic or
the English analyzer, and searched at Lucene's two usual settings of k1 and b. The jars are
searched for as described in ``tests/benchmarks/peers/lucene.py`` (``LUCENE_JARS`` names their
folder). The last column has the figures that ``rank.py`` compares with.
"""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import ir_measures
from ir_measures import ScoredDoc, nDCG

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmarks"))
from peers import lucene

from tests.evaluation.judged_collections import (
    ARABIC,
    ENGLISH,
    collection_folders,
    read_qrels,
    read_queries,
)
from tests.evaluation.rank import LUCENE

SOURCE = Path(__file__).with_name("Judged.java")
SETTINGS = ((1.2, 0.75), (0.9, 0.4))
"""k1 and b."""
ONE_LANGUAGE = (*ARABIC, *ENGLISH)
"""Collections with a single analyzer, so without ``xquad-bilingual``."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print the table; 2 if Lucene or the collections are missing."""
    description = "nDCG@10 of Lucene on judged collections."
    folders = collection_folders(description, arguments, ONE_LANGUAGE)
    if why := lucene.missing():
        print(f"Lucene is skipped: {why}", file=sys.stderr)
        return 2
    version = lucene.jars()[0].stem.removeprefix("lucene-core-")
    settings = " | ".join(f"k1 {k1:g}, b {b:g}" for k1, b in SETTINGS)
    print(f"| Lucene {version}, nDCG@10 | {settings} | known |\n| --- | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as classes:
        path = os.pathsep.join(map(str, lucene.jars()))
        subprocess.run(["javac", "-cp", path, "-d", classes, str(SOURCE)], check=True)
        for folder in folders:
            values = [f"{ndcg(folder, [classes, path], *pair):.3f}" for pair in SETTINGS]
            print(f"| {folder.name} | {' | '.join(values)} | {LUCENE[folder.name]:.3f} |")
    return 0 if folders else 2


def ndcg(folder: Path, path: Sequence[str], k1: float, b: float) -> float:
    """Return nDCG@10 of Lucene on a collection."""
    language = "ar" if folder.name in ARABIC else "en"
    quiet = "-Djava.util.logging.config.file=/dev/null"
    ran = subprocess.run(
        ["java", quiet, "-cp", os.pathsep.join(path), SOURCE.stem, language, str(k1), str(b)],
        input="".join(lines_of(folder)),
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        check=True,
    )
    rows = (line.split("\t") for line in ran.stdout.splitlines())
    run = [ScoredDoc(query, document, float(score)) for query, document, score in rows]
    return float(ir_measures.calc_aggregate([nDCG @ 10], read_qrels(folder), run)[nDCG @ 10])


def lines_of(folder: Path) -> Iterator[str]:
    """Yield the input of the program: the documents, then the queries."""
    with gzip.open(folder / "docs.jsonl.gz", "rt", encoding="utf-8") as documents:
        for line in documents:
            document = json.loads(line)
            text = " ".join(f"{document.get('title') or ''} {document['text']}".split())
            yield f"D\t{document['id']}\t{text}\n"
    for query in read_queries(folder):
        yield f"Q\t{query.id}\t{' '.join(query.text.split())}\n"


if __name__ == "__main__":
    sys.exit(main())
