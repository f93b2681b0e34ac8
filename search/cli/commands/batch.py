"""dalil batch: answer many queries from a file, one after the other."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from index.errors import NotFound
from search.cli import options as opt
from search.cli.console import print_foreign_note, print_note
from search.cli.errors import NOTHING_FOUND
from search.cli.open_index import open_searcher
from search.cli.parameters import Argument, Option
from search.cli.query_options import QueryOptions
from search.cli.registry import command
from search.options import Options
from search.parsing.query_list import BatchQuery, read_queries
from search.render import data
from search.searcher import Searcher


class BatchFormat(StrEnum):
    """Formats of the answers."""

    TREC = "trec"
    JSONL = "jsonl"
    CSV = "csv"


FormatOption = Annotated[BatchFormat, Option("--format", help="Format of the answers.")]


@command("batch")
def batch(
    file: Annotated[str, Argument(metavar="FILE", help="Queries: text or CSV; - is stdin.")],
    *,
    index: opt.IndexOption = None,
    options: QueryOptions,
    format_: FormatOption = BatchFormat.JSONL,
    skip_damaged: opt.SkipDamagedOption = False,
) -> None:
    """Many queries: one a line, or id TAB query, or id TAB language TAB query.

    A table is read too: CSV with commas, semicolons or tabs. Its heading says
    which column has queries (query, name, term, الاسم …) and which has ids (id,
    no, رقم …). Without one, queries are in the first column of words. Lists may
    be UTF-8, UTF-16 or windows-1256, as spreadsheets write them.

    Example: dalil batch names.txt --format csv > hits.csv
    """
    listed = read_queries(_read(file), file)
    if listed.note:
        print_note(f"note: {listed.note}")
    if format_ is BatchFormat.CSV:
        sys.stdout.write(data.csv_lines([("query_id", *data.CSV_COLUMNS)]))
    has_hits = False
    with open_searcher(index, skip_damaged=skip_damaged) as searcher:
        if searcher.roots is None:
            print_foreign_note(opt.index_folder(index))
        for query in listed.queries:
            for line in _answer(searcher, query, options, format_):
                has_hits = True
                sys.stdout.write(line + "\n")
    if not has_hits:
        sys.exit(NOTHING_FOUND)


def _read(file: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except FileNotFoundError as error:
        raise NotFound(f"There is no file {file}", "check the path, or use - for stdin") from error


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
