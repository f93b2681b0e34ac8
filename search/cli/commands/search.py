"""dalil search: one query, answered once."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Annotated

from search.cli import options as opt
from search.cli.app import NOTHING_FOUND, command
from search.cli.console import print_note
from search.cli.parameters import Argument, Option
from search.hits.snippet import WIDTH
from search.render import lines
from search.render.style import output_style
from search.results import SearchResults
from search.searcher import Options, Searcher


@command("search")
def search(
    query: Annotated[list[str], Argument(help="What to look for.")],
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
    json: opt.JsonOption = False,
    jsonl: Annotated[bool, Option("--jsonl", help="A JSON object a hit.")] = False,
    csv: Annotated[bool, Option("--csv", help="A line of CSV a hit.")] = False,
    paths: Annotated[bool, Option("--paths", "-l", help="Paths alone.")] = False,
    count: Annotated[bool, Option("--count", "-c", help="The total alone.")] = False,
    null: Annotated[bool, Option("--null", "-0", help="NUL after each path.")] = False,
    fragments: Annotated[int, Option(min=1, help="Fragments a document.")] = 1,
    width: Annotated[int, Option(min=20, help="Characters a fragment, about.")] = WIDTH,
    explain: Annotated[bool, Option("--explain", help="Say why each hit matched.")] = False,
    bidi: Annotated[opt.Bidi, Option("--bidi", help="Who puts Arabic in order.")] = opt.Bidi.AUTO,
    color: opt.ColourOption = opt.Colour.AUTO,
) -> None:
    """Ranked search. Words are all optional; +word -word "a phrase" prefix* fuzzy~ refine it.

    Examples: dalil search ليبيا روسيا · dalil search '"unity government"' -n 5 --lang en
    """
    options = Options(
        limit=0 if count else limit,
        filters=opt.filters(lang, path, type_, after, before),
        sort=sort.value,
        exact=exact,
        names=names,
        plain=plain,
        strict=strict,
        fragments=fragments,
        width=width,
    )
    with Searcher.open(opt.index_folder(index)) as searcher:
        results = searcher.search(" ".join(query), options=options)
    for note in results.notes:
        print_note(f"note: {note}")
    if count:
        print(results.total)
    elif json or jsonl or csv:
        _print_data(results, whole=json, csv=not (json or jsonl))
    elif paths or null:
        _print_paths(results, null)
    elif sys.stdout.isatty():
        _print_list(results, color.value, bidi.value, explain)
    else:
        look = output_style(color.value)
        _tell_states(results)
        print_all(
            line
            for hit in results.hits
            for line in lines.hit_lines(hit, lines.shown_path(hit.path), look, explain=explain)
        )
    if not results.total:
        if not (json or jsonl or csv or count):
            print_note("Nothing found.")
        sys.exit(NOTHING_FOUND)


def _tell_states(results: SearchResults) -> None:
    """A list says of each hit whether its file has changed; lines for a program cannot."""
    for hit in results.hits:
        if hit.state != "current":
            state = "is missing" if hit.state == "missing" else "has changed since it was indexed"
            print_note(f"note: {lines.one_line(lines.shown_path(hit.path))} {state}")


def print_all(texts: Iterator[str]) -> None:
    """Each text on a line of standard output."""
    for text in texts:
        print(text)


def _print_data(results: SearchResults, *, whole: bool, csv: bool) -> None:
    from search.render import data  # noqa: PLC0415 (only when asked for)

    if whole:
        print(data.dumps(data.results_dict(results)))
    elif csv:
        rows = [data.csv_row(results.query, hit) for hit in results.hits]
        sys.stdout.write(data.csv_lines([data.CSV_COLUMNS, *rows]))
    else:
        print_all(data.dumps(data.hit_dict(hit)) for hit in results.hits)


def _print_paths(results: SearchResults, null: bool) -> None:
    # -0 is for programs, which need the very name; no terminal gets it raw.
    raw = null and not sys.stdout.isatty()
    for hit in results.hits:
        for path in map(lines.shown_path, (hit.path, *hit.copies)):
            print(path if raw else lines.one_line(path), end="\0" if null else "\n")


def _print_list(results: SearchResults, colour: str, bidi: str, explain: bool) -> None:
    from search.cli.terminal_page import output_page  # noqa: PLC0415 (a pipe needs no terminal)
    from search.render import terminal  # noqa: PLC0415

    on = output_page(colour, bidi)
    try:
        sys.stdout.write(on.bidi.enter)
        for hit in results.hits:
            print_all(terminal.hit_lines(hit, lines.shown_path(hit.path), on, explain=explain))
            print()
    finally:
        sys.stdout.write(on.bidi.leave)
        sys.stdout.flush()
    if results.total:
        documents = "document" if results.total == 1 else "documents"
        print_note(f"{results.total:,} {documents} · {results.seconds * 1000:.0f} ms")
