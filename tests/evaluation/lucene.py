"""Lucene on the judged collections, where there is a JDK and its jars: ``Judged.java`` beside this.

    uv run python tests/evaluation/lucene.py [COLLECTIONS] [--collection NAME ...]

Each collection of one language is indexed as title and text in one field, by the Arabic or
the English analyzer, and asked at Lucene's two usual settings. The jars are looked for as
``tests/benchmarks/peers/lucene.py`` says (``LUCENE_JARS`` names their folder). Beside it
stand the figures that ``rank.py`` compares with.
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

from tests.evaluation.rank import LUCENE, asked_for, read_qrels

SOURCE = Path(__file__).with_name("Judged.java")
SETTINGS = ((1.2, 0.75), (0.9, 0.4))
"""k1 and b."""
ONE_LANGUAGE = [name for name in LUCENE if name != "xquad-bilingual"]
"""Both languages in one index have no single analyzer."""
ARABIC = {"xquad-ar", "kaiflematha", "quranqa23"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the table; 2 where nothing can be measured."""
    folders = asked_for("nDCG@10 of Lucene on judged collections.", arguments, ONE_LANGUAGE)
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
    """nDCG@10 of Lucene on a collection."""
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
    qrels = read_qrels((folder / "qrels.txt").read_text("utf-8").splitlines())
    return float(ir_measures.calc_aggregate([nDCG @ 10], qrels, run)[nDCG @ 10])


def lines_of(folder: Path) -> Iterator[str]:
    """What the program reads: the documents, then the queries."""
    with gzip.open(folder / "docs.jsonl.gz", "rt", encoding="utf-8") as documents:
        for line in documents:
            document = json.loads(line)
            text = " ".join(f"{document.get('title') or ''} {document['text']}".split())
            yield f"D\t{document['id']}\t{text}\n"
    for line in (folder / "queries.tsv").read_text("utf-8").splitlines():
        name, _, text = line.split("\t", 2)
        yield f"Q\t{name}\t{' '.join(text.split())}\n"


if __name__ == "__main__":
    sys.exit(main())
