"""dalil search: answer one query."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from search.cli import options as opt
from search.cli.asked_query import AskedQuery, asked_query, mark_seen
from search.cli.console import print_foreign_note, print_note
from search.cli.errors import NOTHING_FOUND
from search.cli.open_index import answered, open_searcher
from search.cli.output_format import Output, OutputFormat
from search.cli.parameters import Argument, Option
from search.cli.print_hits import Look, print_list, print_results, print_total
from search.cli.query_options import QueryOptions
from search.cli.registry import command
from search.options import DOSSIER_FRAGMENTS, DOSSIER_WIDTH, WIDTH, Options
from search.results import SearchResults
from search.searcher import Searcher

if TYPE_CHECKING:  # a search by words does not import it
    from search.desk.new_hits import NewHits

ExportOption = Annotated[
    Path | None,
    Option(
        metavar="FILE", panel=opt.OUTPUT,
        help="Write the hits to a dossier: .html, .md, .csv, .jsonl, .json (CSL) or .bib.",
    ),
]  # fmt: skip
ForceOption = Annotated[
    bool, Option("--force", help="Let --export replace a file.", panel=opt.OUTPUT)
]
AllOption = Annotated[
    bool, Option("--all", help="Print all hits, whatever -n is.", panel=opt.OUTPUT)
]
FragmentsOption = Annotated[
    int | None,
    Option(
        min=1, panel=opt.OUTPUT,
        help="Print this many fragments of each document: 1, in a dossier up to 3.",
    ),
]  # fmt: skip
WidthOption = Annotated[
    int | None,
    Option(
        min=20, panel=opt.OUTPUT,
        help="Print about this many characters in a fragment: 240, in a dossier 400.",
    ),
]  # fmt: skip

_WIDEN = (
    " Try another spelling, its first letters and *, or fewer filters; "
    "`dalil status` says what is indexed."
)
"""What to do where there is no query to suggest."""


@command("search")
def search(
    query: Annotated[list[str] | None, Argument(help="What to search for.")] = None,
    *,
    saved: Annotated[
        str | None,
        Option("--saved", metavar="NAME", help="Ask a saved search; further words narrow it."),
    ] = None,
    index: opt.IndexOption = None,
    options: QueryOptions,
    all_: AllOption = False,
    output: OutputFormat,
    export: ExportOption = None,
    force: ForceOption = False,
    fragments: FragmentsOption = None,
    width: WidthOption = None,
    explain: Annotated[
        bool, Option("--explain", help="Print why each hit matched.", panel=opt.OUTPUT)
    ] = False,
    skip_damaged: opt.SkipDamagedOption = False,
    bidi: opt.BidiOption = opt.Bidi.AUTO,
    color: opt.ColourOption = opt.Colour.AUTO,
    hyperlink: opt.LinkOption = opt.When.AUTO,
) -> None:
    """Print the documents that have the words, those with more of them first.

    Query language: +word -word "a phrase" "words near"~5 prefix* w?rd fuzzy~
    ="as spelled" title:word name:name lang:ar type:pdf date:2016..2021, AND, OR,
    NOT and brackets. `dalil help query` explains each.

    Signs as in a sentence are text: -2, +1, item(s), (Smith, 2001). In more than
    12 words so are + and - before a word. A number is found however it is written:
    021 333 4455 is (021) 333-4455.

    Examples: dalil search ليبيا روسيا · dalil search '"unity government"' -n 5 --lang en
    """
    opt.follow(bidi)
    folder = opt.index_folder(index).absolute()
    options = _sized(options, fragments, width, in_dossier=export is not None)
    with open_searcher(index, skip_damaged=skip_damaged) as searcher:
        limit = searcher.document_count if all_ else options.limit
        counted = output is Output.COUNT and not export
        options = replace(options, limit=0 if counted else limit)
        asked = asked_query(searcher, folder, query or [], saved)
        results = _results(searcher, asked.text, options, folder, export, force=force)
        shown = None if counted else _found_by(searcher, folder, asked)
    look = Look(color.value, bidi.value, hyperlink.value, explain, searcher.roots)
    for_people = output is Output.PEOPLE and export is None  # else the hits are in the dossier
    listed = for_people and sys.stdout.isatty()
    if listed:  # the notes are below the hits, where the eye is
        print_list(results, look)
    if searcher.roots is None:
        print_foreign_note(folder)
    for note in results.notes:
        print_note(f"note: {note}")
    if listed and results.total:
        print_total(results)
    elif not listed and (for_people or output is not Output.PEOPLE):
        print_results(results, output, look)
    if shown is not None:
        mark_seen(folder, shown)
    if not results.total:
        if output in (Output.PEOPLE, Output.PATHS, Output.NUL_PATHS):
            print_note("Nothing found." + _WIDEN * (results.suggestion is None))
        sys.exit(NOTHING_FOUND)


def _found_by(searcher: Searcher, folder: Path, asked: AskedQuery) -> NewHits | None:
    """Return what a saved search finds, to be marked as seen; None for a query of words."""
    if asked.saved is None:
        return None
    from search.desk.new_hits import new_hits  # noqa: PLC0415 (only for a saved search)

    return new_hits(searcher, folder, asked.saved)


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
        return answered(searcher, query, options)
    from search.cli.export_hits import export_hits  # noqa: PLC0415 (only for that)

    return export_hits(searcher, query, options, folder, export, force=force)
