"""Judged collections: their files, queries and judgements, and a temporary index of each.

A collection is a folder with ``docs.jsonl.gz`` ({"id", "lang", "title", "text"} a line),
``queries.tsv`` (id, language, text) and ``qrels.txt`` (TREC).
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from ir_measures import Qrel

from search.searcher import Searcher

ROOT = Path(__file__).resolve().parents[2]
COLLECTIONS = ROOT.parent / "shared" / "collections"
ARABIC = ("xquad-ar", "kaiflematha", "quranqa23")
ENGLISH = ("xquad-en", "scifact", "cranfield", "cacm", "vaswani")
BILINGUAL = "xquad-bilingual"
NAMES = (*ARABIC, *ENGLISH, BILINGUAL)
FILES = ("docs.jsonl.gz", "queries.tsv", "qrels.txt")


class Query(NamedTuple):
    """A query of a collection."""

    id: str
    language: str
    text: str


def collection_folders(
    description: str, arguments: Sequence[str] | None, names: Iterable[str] = NAMES
) -> list[Path]:
    """Parse a command line; return the folders of the collections that it names.

    A collection that lacks a file is left out, which standard error says.
    """
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("collections", nargs="?", type=Path, default=COLLECTIONS)
    parser.add_argument("--collection", action="append", metavar="NAME", help="only this one")
    options = parser.parse_args(arguments)
    folders = [options.collections / name for name in options.collection or names]
    return [folder for folder in folders if _is_complete(folder)]


def _is_complete(folder: Path) -> bool:
    missing = [name for name in FILES if not (folder / name).is_file()]
    if missing:
        print(f"{folder.name} is skipped: {folder} has no {missing[0]}", file=sys.stderr)
    return not missing


def read_queries(folder: Path) -> list[Query]:
    """Return all queries of a collection, also those without a judgement."""
    lines = (folder / "queries.tsv").read_text("utf-8").splitlines()
    return [Query(*line.split("\t", 2)) for line in lines]


def read_qrels(folder: Path) -> list[Qrel]:
    """Return the judgements. A line is query, 0, document, grade; an id may contain spaces."""
    rows = (line.split() for line in (folder / "qrels.txt").read_text("utf-8").splitlines())
    return [Qrel(query, " ".join(id_), int(grade)) for query, _, *id_, grade in rows]


def read_grades(folder: Path) -> dict[str, dict[str, int]]:
    """Return query → document → grade, of the relevant documents only."""
    grades: dict[str, dict[str, int]] = defaultdict(dict)
    for qrel in read_qrels(folder):
        if qrel.relevance > 0:
            grades[qrel.query_id][qrel.doc_id] = qrel.relevance
    return grades


def dalil(*arguments: str | Path) -> str:
    """Run the command and return its standard output. Raises CalledProcessError if it fails."""
    command = [sys.executable, "-m", "search", *map(str, arguments)]
    return subprocess.run(
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True, encoding="utf-8", check=True
    ).stdout


@contextmanager
def temporary_index(folder: Path) -> Iterator[Path]:
    """Index a collection by ``dalil index``; the index is deleted in the end."""
    with tempfile.TemporaryDirectory() as index:
        dalil("index", folder.resolve() / "docs.jsonl.gz", "--quiet", "--index", index)
        yield Path(index)


@contextmanager
def indexed(folder: Path) -> Iterator[Searcher]:
    """Open a searcher of a temporary index of a collection."""
    with temporary_index(folder) as index, Searcher.open(index) as searcher:
        yield searcher
