"""dalil batch: answer many queries from a file, one after the other."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TextIO

from index.errors import NotFound
from search.cli import options as opt
from search.cli.console import print_foreign_note, print_note
from search.cli.errors import NOTHING_FOUND
from search.cli.parameters import Argument, Option
from search.cli.query_options import QueryOptions
from search.cli.registry import command
from search.options import Options
from search.render import data
from search.searcher import Searcher


class BatchFormat(StrEnum):
    """Formats of the answers."""

    TREC = "trec"
    JSONL = "jsonl"
    CSV = "csv"


FormatOption = Annotated[BatchFormat, Option("--format", help="Format of the answers.")]


@dataclass(frozen=True, slots=True)
class BatchQuery:
    """A query of the file. The language in its line is for other programs and never filters."""

    id: str
    text: str


@command("batch")
def batch(
    file: Annotated[str, Argument(metavar="FILE", help="Queries, one a line; - is stdin.")],
    *,
    index: opt.IndexOption = None,
    options: QueryOptions,
    format_: FormatOption = BatchFormat.JSONL,
    skip_damaged: opt.SkipDamagedOption = False,
) -> None:
    """Many queries: one a line, or id TAB query, or id TAB language TAB query.

    Example: dalil batch names.txt --format csv > hits.csv
    """
    if format_ is BatchFormat.CSV:
        sys.stdout.write(data.csv_lines([("query_id", *data.CSV_COLUMNS)]))
    has_hits = False
    with Searcher.open(opt.index_folder(index), skip_damaged=skip_damaged) as searcher:
        if searcher.roots is None:
            print_foreign_note(opt.index_folder(index))
        for query in _queries(file):
            for line in _answer(searcher, query, options, format_):
                has_hits = True
                sys.stdout.write(line + "\n")
    if not has_hits:
        sys.exit(NOTHING_FOUND)


def _queries(file: str) -> Iterator[BatchQuery]:
    """Read the queries of a file lazily."""
    try:
        with nullcontext(sys.stdin) if file == "-" else _open(file) as stream:
            for number, line in enumerate(stream, 1):
                columns = line.rstrip("\r\n").split("\t")
                if columns[-1].strip():
                    yield BatchQuery(columns[0] if len(columns) > 1 else str(number), columns[-1])
    except FileNotFoundError as error:
        raise NotFound(f"There is no file {file}", "check the path, or use - for stdin") from error


def _open(file: str) -> TextIO:
    return Path(file).open(encoding="utf-8-sig", errors="replace")


def _answer(
    searcher: Searcher, query: BatchQuery, options: Options, format_: BatchFormat
) -> Iterator[str]:
    """Yield the hits of a query as lines; its notes go to standard error."""
    if format_ is BatchFormat.TREC:
        for rank, (document, score) in enumerate(searcher.rank(query.text, options), 1):
            yield data.trec_line(query.id, document, rank, score)
        return
    results = searcher.search(query.text, options=options)
    for note in results.notes:
        print_note(f"note: {query.id}: {note}")
    for hit in results.hits:
        if format_ is BatchFormat.JSONL:
            yield data.dumps({"id": query.id, "query": query.text, "hit": data.hit_dict(hit)})
        else:
            yield data.csv_lines([[query.id, *data.csv_row(query.text, hit)]]).rstrip("\n")
