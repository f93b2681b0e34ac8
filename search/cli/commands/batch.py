"""dalil batch: many queries from a file, one answer after the other."""

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
from search.cli.app import NOTHING_FOUND, command
from search.cli.console import print_note
from search.cli.parameters import Argument, Option
from search.render import data
from search.searcher import Options, Searcher


class Format(StrEnum):
    """How answers are written."""

    TREC = "trec"
    JSONL = "jsonl"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class Line:
    """A query of the file. Its language is the asker's own business and never filters."""

    id: str
    query: str


@command("batch")
def batch(
    file: Annotated[str, Argument(metavar="FILE", help="Queries, one a line; - is stdin.")],
    index: opt.IndexOption = None,
    limit: opt.LimitOption = 10,
    lang: opt.LanguageOption = None,
    path: opt.PathOption = None,
    type_: opt.TypeOption = None,
    after: opt.AfterOption = None,
    before: opt.BeforeOption = None,
    sort: opt.SortOption = opt.Sort.SCORE,
    names: opt.NamesOption = True,
    exact: opt.ExactOption = False,
    plain: opt.PlainOption = False,
    strict: opt.StrictOption = False,
    format_: Annotated[Format, Option("--format", help="How to write the answers.")] = (
        Format.JSONL
    ),
) -> None:
    """Many queries: one a line, or id TAB query, or id TAB language TAB query.

    Example: dalil batch names.txt --format csv > hits.csv
    """
    options = Options(
        limit=limit,
        filters=opt.filters(lang, path, type_, after, before),
        sort=sort.value,
        exact=exact,
        names=names,
        plain=plain,
        strict=strict,
    )
    if format_ is Format.CSV:
        sys.stdout.write(data.csv_lines([("query_id", *data.CSV_COLUMNS)]))
    found = False
    with Searcher.open(opt.index_folder(index)) as searcher:
        for line in _lines(file):
            for text in _answer(searcher, line, options, format_):
                found = True
                sys.stdout.write(text + "\n")
    if not found:
        sys.exit(NOTHING_FOUND)


def _lines(file: str) -> Iterator[Line]:
    """The queries of a file, read as they are needed."""
    try:
        with nullcontext(sys.stdin) if file == "-" else _open(file) as stream:
            for number, text in enumerate(stream, 1):
                parts = text.rstrip("\r\n").split("\t")
                if parts[-1].strip():
                    yield Line(parts[0] if len(parts) > 1 else str(number), parts[-1])
    except FileNotFoundError as error:
        raise NotFound(f"There is no file {file}", "check the path, or use - for stdin") from error


def _open(file: str) -> TextIO:
    return Path(file).open(encoding="utf-8-sig", errors="replace")


def _answer(searcher: Searcher, line: Line, options: Options, format_: Format) -> Iterator[str]:
    if format_ is Format.TREC:
        for rank, (document, score) in enumerate(searcher.rank(line.query, options), 1):
            yield data.trec_line(line.id, document, rank, score)
        return
    results = searcher.search(line.query, options=options)
    for note in results.notes:
        print_note(f"note: {line.id}: {note}")
    for hit in results.hits:
        if format_ is Format.JSONL:
            yield data.dumps({"id": line.id, "query": line.query, "hit": data.hit_dict(hit)})
        else:
            yield data.csv_lines([[line.id, *data.csv_row(line.query, hit)]]).rstrip("\n")
