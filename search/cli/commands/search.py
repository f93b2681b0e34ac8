"""dalil search: answer one query."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated

from search.cli import options as opt
from search.cli.asked_query import asked_query
from search.cli.console import print_foreign_note, print_note
from search.cli.errors import NOTHING_FOUND
from search.cli.parameters import Argument, Option
from search.cli.print_hits import print_data, print_fragments, print_list, print_paths
from search.cli.query_options import QueryOptions
from search.cli.registry import command
from search.options import DOSSIER_FRAGMENTS, DOSSIER_WIDTH, WIDTH, Options
from search.results import SearchResults
from search.searcher import Searcher


@command("search")
def search(
    query: Annotated[list[str] | None, Argument(help="What to search for.")] = None,
    *,
    saved: Annotated[
        str | None, Option("--saved", metavar="NAME", help="A saved search; words narrow it.")
    ] = None,
    index: opt.IndexOption = None,
    options: QueryOptions,
    json: opt.JsonOption = False,
    jsonl: Annotated[bool, Option("--jsonl", help="Print a JSON object for each hit.")] = False,
    csv: Annotated[bool, Option("--csv", help="Print a line of CSV for each hit.")] = False,
    paths: Annotated[bool, Option("--paths", "-l", help="Print paths only.")] = False,
    count: Annotated[bool, Option("--count", "-c", help="Print the total only.")] = False,
    null: Annotated[bool, Option("--null", "-0", help="Print NUL after each path.")] = False,
    export: Annotated[
        Path | None,
        Option(
            metavar="FILE",
            help="Write the hits to a dossier: .html, .md, .csv, .jsonl, .json (CSL) or .bib.",
        ),
    ] = None,
    force: Annotated[bool, Option("--force", help="Let --export replace a file.")] = False,
    all_: Annotated[bool, Option("--all", help="All hits, whatever -n says.")] = False,
    fragments: Annotated[
        int | None, Option(min=1, help="Fragments for each document: 1, in a dossier up to 3.")
    ] = None,
    width: Annotated[
        int | None, Option(min=20, help="Characters in a fragment, about: 240, in a dossier 400.")
    ] = None,
    explain: Annotated[bool, Option("--explain", help="Print why each hit matched.")] = False,
    skip_damaged: opt.SkipDamagedOption = False,
    bidi: opt.BidiOption = opt.Bidi.AUTO,
    color: opt.ColourOption = opt.Colour.AUTO,
) -> None:
    """Ranked search. Words are all optional; +word -word "a phrase" prefix* w?rd fuzzy~ refine it.

    In a word ? is one letter and * any number of them; behind a word ? is text,
    but a query of that word alone finds it as it is and with one letter more.
    Signs as in a sentence are text: -2, +1, item(s), (Smith, 2001). In more than
    12 words so are + and - before a word. NOT, AND and OR always work.
    A number is found however it is written: 021 333 4455 is (021) 333-4455.

    Examples: dalil search ليبيا روسيا · dalil search '"unity government"' -n 5 --lang en
    """
    folder = opt.index_folder(index).absolute()
    options = _sized(options, fragments, width, in_dossier=export is not None)
    with Searcher.open(folder, skip_damaged=skip_damaged) as searcher:
        limit = searcher.document_count if all_ else options.limit
        options = replace(options, limit=0 if count and not export else limit)
        text = asked_query(searcher, folder, query or [], saved)
        results = _results(searcher, text, options, folder, export, force=force)
    if searcher.roots is None:
        print_foreign_note(folder)
    for note in results.notes:
        print_note(f"note: {note}")
    if count:
        print(results.total)
    elif json or jsonl or csv:
        print_data(results, json=json, csv=csv and not jsonl)
    elif paths or null:
        print_paths(results, null=null)
    elif export:
        pass  # the hits are in the dossier
    elif sys.stdout.isatty():
        print_list(results, color.value, bidi.value, explain=explain)
    else:
        print_fragments(results, color.value, explain=explain)
    if not results.total:
        if not (json or jsonl or csv or count):
            print_note("Nothing found.")
        sys.exit(NOTHING_FOUND)


def _sized(
    options: Options, fragments: int | None, width: int | None, *, in_dossier: bool
) -> Options:
    """Return the options with number and width of fragments, by default what is usual."""
    usual = (DOSSIER_FRAGMENTS, DOSSIER_WIDTH) if in_dossier else (1, WIDTH)
    return replace(options, fragments=fragments or usual[0], width=width or usual[1])


def _results(
    searcher: Searcher,
    query: str,
    options: Options,
    folder: Path,
    export: Path | None,
    *,
    force: bool,
) -> SearchResults:
    """Return the results of a query, after they were exported if a file is named."""
    if export is None:
        return searcher.search(query, options=options)
    from search.cli.export_hits import export_hits  # noqa: PLC0415 (only for that)

    return export_hits(searcher, query, options, folder, export, force=force)
