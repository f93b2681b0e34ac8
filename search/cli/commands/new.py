"""dalil new: what came since a saved search was last asked."""

from __future__ import annotations

import sys
from typing import Annotated

from index.errors import BadQuery
from search.cli import options as opt
from search.cli.asked_query import mark_seen
from search.cli.console import print_foreign_note, print_note
from search.cli.errors import NOTHING_FOUND
from search.cli.parameters import Argument, Option
from search.cli.print_hits import Look, print_fragments, print_list
from search.cli.registry import command
from search.desk import saved
from search.desk.new_hits import NewHits, new_hits
from search.render.lines import one_line
from search.searcher import Searcher


@command("new")
def new(
    name: Annotated[
        str | None, Argument(help="Ask this saved search; without a name, all of them.")
    ] = None,
    *,
    index: opt.IndexOption = None,
    limit: Annotated[
        int, Option("--limit", "-n", min=1, help="Print at most this many hits of each search.")
    ] = 10,
    peek: Annotated[
        bool, Option("--peek", help="Do not remember that the searches were asked.")
    ] = False,
    json: opt.JsonOption = False,
    jsonl: Annotated[
        bool, Option("--jsonl", help="Print a JSON object for each hit.", panel=opt.OUTPUT)
    ] = False,
    hyperlink: opt.LinkOption = opt.When.AUTO,
    bidi: opt.BidiOption = opt.Bidi.AUTO,
    color: opt.ColourOption = opt.Colour.AUTO,
) -> None:
    """The hits of saved searches that came or changed since they were last asked.

    Searches are saved by Ctrl+S on the screen, or as lines `name TAB query` in searches.txt in the
    folder of the index. The exit code is 1 if nothing is new.

    Example: dalil new contracts
    """
    folder = opt.index_folder(index).absolute()
    found: list[NewHits] = []
    with Searcher.open(folder) as searcher:
        if searcher.roots is None:
            print_foreign_note(folder)
            sys.exit(NOTHING_FOUND)
        look = Look(color.value, bidi.value, hyperlink.value, False, searcher.roots)
        stored = saved.load(folder)
        for note in stored.notes:
            print_note(f"note: {note}")
        for search in [stored.find(name)] if name else stored.searches:
            try:
                hits = new_hits(searcher, folder, search)
            except BadQuery as error:
                print_note(f"note: {one_line(search.name)}: {error.message}")
                continue
            found.append(hits)
            if not json:
                _print(hits, limit, look, jsonl=jsonl)
        if json:
            _print_json(found, limit)
    if not stored.searches:
        print_note("No search is saved. Save one with Ctrl+S on the screen.")
    for hits in () if peek else found:
        mark_seen(folder, hits)
    if not any(hits.new for hits in found):
        sys.exit(NOTHING_FOUND)


def _print(hits: NewHits, limit: int, look: Look, *, jsonl: bool) -> None:
    since = f"since {hits.asked}" if hits.asked else "asked for the first time"
    counts = f"{hits.new:,} new of {hits.total:,}"
    print_note(one_line(f"{hits.search.name}: {counts}, {since} ({hits.search.query})"))
    for note in hits.results.notes:
        print_note(f"note: {note}")
    results = hits.first(limit)
    if jsonl:
        from search.render import data  # noqa: PLC0415 (only when asked for)

        for hit in results.hits:
            print(data.dumps({"saved": hits.search.name, **data.hit_dict(hit)}))
    elif sys.stdout.isatty():
        print_list(results, look)
    else:
        print_fragments(results, look)


def _print_json(found: list[NewHits], limit: int) -> None:
    from search.render import data  # noqa: PLC0415 (only when asked for)

    searches = [
        {
            "name": hits.search.name,
            "query": hits.search.query,
            "asked": hits.asked,
            "total": hits.total,
            "new": hits.new,
            "hits": [data.hit_dict(hit) for hit in hits.first(limit).hits],
        }
        for hits in found
    ]
    print(data.dumps({"searches": searches}))
