"""Compare indexing with Dalil's real analysis and by stock Whoosh with the same terms.

    uv run python tests/benchmarks/analysis.py [--size 10000] [--rounds 3]
        [--collections COLLECTIONS]

Dalil writes passages, in their original text, to segments with the fields of a real index,
without titles, files or commits. Whoosh gets two fields, ``exact`` and ``stem``, with the
terms and positions of ``index.analysis``; a text is analysed once for both, in its favour.
Each build runs in a process of its own, they take turns, and the medians are printed.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from corpus import missing_collections, texts
from tables import table, with_ratio
from whoosh import analysis, fields
from whoosh import index as whoosh

from index.analysis import Token, analyze
from index.codec.segment_builder import SegmentBuilder
from index.document import Document
from index.indexing.document_fields import FileDocument, add_documents
from index.indexing.segment_batch import (
    GROUP_DOCUMENTS,
    MAX_BATCH_CHARACTERS,
    MAX_BATCH_DOCUMENTS,
)

FOLDER = "/passages"
MODIFIED = datetime(2020, 1, 1, tzinfo=UTC)


def dalil(folder: Path, passages: Sequence[str]) -> int:
    """Write segments as large as those of a real commit; return the number of words."""
    builder, characters, words = SegmentBuilder(), 0, 0
    for first in range(0, len(passages), GROUP_DOCUMENTS):
        group = [
            _document(n, passages[n])
            for n in range(first, min(first + GROUP_DOCUMENTS, len(passages)))
        ]
        add_documents(builder, group)
        characters += sum(len(each.document.text) for each in group)
        if characters >= MAX_BATCH_CHARACTERS or builder.count >= MAX_BATCH_DOCUMENTS:
            builder.write(folder / f"{first}.arr")
            words += builder.tokens
            builder, characters = SegmentBuilder(builder.pieces), 0
    builder.write(folder / "last.arr")
    return words + builder.tokens


def _document(number: int, text: str) -> FileDocument:
    path = f"{FOLDER}/{number}.txt"
    return FileDocument(
        Document(path, path, text, "text", MODIFIED, f"{number:064x}"), path, FOLDER
    )


class DalilAnalyzer(analysis.Analyzer):  # type: ignore[misc] # Whoosh has no types
    """Gives Whoosh Dalil's terms in one form, ``exact`` or ``stem``."""

    def __init__(self, form: str) -> None:
        self.form = form

    def __call__(
        self, value: str, mode: str = "", start_pos: int = 0, **_: Any
    ) -> Iterator[analysis.Token]:
        """Yield the tokens in one object that is reused, as Whoosh's own analyzers do."""
        token = analysis.Token(positions=True, mode=mode)
        for analysed in _tokens(value):
            if text := getattr(analysed.term, self.form):
                token.text, token.pos, token.boost = text, start_pos + analysed.position, 1.0
                yield token


@lru_cache(maxsize=1)
def _tokens(text: str) -> list[Token]:
    return list(analyze(text))


def stock(folder: Path, passages: Sequence[str]) -> int:
    """Index by Whoosh's own codec, in one process and one segment; return the words."""
    terms = {form: fields.TEXT(analyzer=DalilAnalyzer(form)) for form in ("exact", "stem")}
    schema = fields.Schema(**terms, stored=fields.STORED())
    opened = whoosh.create_in(folder, schema)
    writer = opened.writer(limitmb=1024)
    for text in passages:
        writer.add_document(exact=text, stem=text, stored=text)
    writer.commit()
    with opened.reader() as reader:
        return int(reader.field_length("exact"))


def alone(_: Path, passages: Sequence[str]) -> int:
    """Analyse only, without an index and without the indexer's cache; return the words."""
    return sum(1 for text in passages for _ in analyze(text))


BUILDS: dict[str, Callable[[Path, Sequence[str]], int]] = {
    "dalil": dalil,
    "whoosh": stock,
    "analysis alone": alone,
}


def measured(name: str, collections: Path, size: int) -> dict[str, float]:
    """Build once in this process; return seconds, processor seconds, bytes and words."""
    passages = texts(collections, size)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        started, processor = time.perf_counter(), time.process_time()
        words = BUILDS[name](folder, passages)
        return {
            "documents": len(passages),
            "seconds": time.perf_counter() - started,
            "processor": time.process_time() - processor,
            "bytes": sum(file.stat().st_size for file in folder.iterdir()),
            "words": words,
        }


def rounds(options: argparse.Namespace) -> dict[str, dict[str, float]]:
    """Run every build in turn, ``options.rounds`` times; return the median of each figure."""
    arguments = ["--collections", str(options.collections), "--size", str(options.size)]
    runs: dict[str, list[dict[str, float]]] = {name: [] for name in BUILDS}
    for _ in range(options.rounds):
        for name, figures in runs.items():
            command = [sys.executable, __file__, "--only", name, *arguments]
            ran = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
            figures.append(json.loads(ran.stdout))
    return {
        name: {key: median(run[key] for run in figures) for key in figures[0]}
        for name, figures in runs.items()
    }


def shown(figures: dict[str, dict[str, float]]) -> str:
    """Return the table; in brackets the ratio of a figure to Dalil's."""
    own = figures["dalil"]
    head = ("", "documents a second", "CPU s", "MB", "words")
    own_speed = own["documents"] / own["seconds"]
    return table(
        head,
        (
            (
                name,
                with_ratio(row["documents"] / row["seconds"], own_speed, ",.0f"),
                with_ratio(row["processor"], own["processor"], ".1f"),
                with_ratio(row["bytes"] / 1e6, own["bytes"] / 1e6, ",.1f") if row["bytes"] else "–",
                f"{row['words']:,.0f}",
            )
            for name, row in figures.items()
        ),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Compare indexing with real analysis.")
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--collections", type=Path, default=Path("../shared/collections"))
    parser.add_argument("--only", choices=BUILDS, help="one build, in this process, as JSON")
    options = parser.parse_args()
    if missing := missing_collections(options.collections):
        raise SystemExit(missing)
    if options.only:
        print(json.dumps(measured(options.only, options.collections, options.size)))
        return
    print(shown(rounds(options)))


if __name__ == "__main__":
    main()
