"""dalil show: print one stored document with its matches highlighted."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Annotated, Any

from index.errors import BadOption, NotFound
from search.cli import options as opt
from search.cli.console import print_foreign_note, print_note
from search.cli.parameters import Argument, Option
from search.cli.registry import command
from search.cli.terminal_page import output_page
from search.render import data
from search.render.document import TextLine, piped, rows, text_lines, with_context
from search.render.lines import one_line, shown_path
from search.render.style import output_style
from search.render.terminal import Page
from search.results import shown_date
from search.searcher import Searcher
from search.terminal.pager import page_through

_ROWS_ABOVE = 3
"""Rows above the first match when a pager begins with it."""

ContextOption = Annotated[
    int | None,
    Option(
        "--context", "-C", metavar="N", min=0, panel=opt.OUTPUT,
        help="Print the lines with matches and N lines around each.",
    ),
]  # fmt: skip
PagerOption = Annotated[
    bool,
    Option("--no-pager", help="Print a long document instead of paging.", panel=opt.TERMINAL),
]


@command("show")
def show(
    document: Annotated[str, Argument(metavar="PATH-OR-ID", help="As a search shows it.")],
    query: Annotated[list[str] | None, Argument(help="What to highlight in it.")] = None,
    index: opt.IndexOption = None,
    json: opt.JsonOption = False,
    context: ContextOption = None,
    no_pager: PagerOption = False,
    bidi: opt.BidiOption = opt.Bidi.AUTO,
    color: opt.ColourOption = opt.Colour.AUTO,
    skip_damaged: opt.SkipDamagedOption = False,
) -> None:
    """One document as the index holds it.

    On a terminal a long one is shown by $PAGER or less, from its first match on.

    Example: dalil show notes/timeline.md Sarraj
    """
    opt.follow(bidi)
    if context is not None and not query:
        raise BadOption("--context needs words", "name them behind the document")
    with Searcher.open(opt.index_folder(index), skip_damaged=skip_damaged) as searcher:
        stored = _only(searcher.documents(document), document)
        spans, notes = searcher.highlight(stored, " ".join(query)) if query else ((), [])
    if searcher.roots is None:
        print_foreign_note(opt.index_folder(index))
    for note in notes:
        print_note(f"note: {note}")
    if json:
        fields = {key: value for key, value in stored.items() if key != "checkpoints"}
        print(data.dumps({**fields, "spans": spans}, indent=2))
        return
    whole = text_lines(stored["text"], spans)
    lines: Iterable[TextLine | None] = whole if context is None else with_context(whole, context)
    if sys.stdout.isatty():
        _draw(stored, lines, output_page(color.value, bidi.value), paged=not no_pager)
    else:
        style = output_style(color.value)
        for line in lines:
            print(piped(line, style))


def _only(documents: list[dict[str, Any]], name: str) -> dict[str, Any]:
    """Return the one document with this name. Raises NotFound if there are several."""
    if len(documents) > 1:
        paths = ", ".join(shown_path(stored["path"]) for stored in documents)
        raise NotFound(
            f"{len(documents)} documents are called {name}: {paths}",
            "name one of them by its path",
        )
    return documents[0]


def _draw(
    stored: dict[str, Any], lines: Iterable[TextLine | None], page: Page, *, paged: bool
) -> None:
    """Print a document on a terminal, or show it in the pager if it is longer than that."""
    lines = [*lines]
    height = shutil.get_terminal_size().lines
    try:
        sys.stdout.write(page.bidi.enter)
        sys.stdout.flush()
        if not (paged and len(lines) >= height // 2 and _page(stored, lines, page, height)):
            for row in (*_head(stored, page), *(row for line in lines for row in rows(line, page))):
                print(row)
    finally:
        sys.stdout.write(page.bidi.leave)
        sys.stdout.flush()


def _page(
    stored: dict[str, Any], lines: Sequence[TextLine | None], page: Page, height: int
) -> bool:
    """Show a document in the pager; return whether it did, as it does not what fits the screen."""
    # less shows isolates as numbers in brackets.
    page = replace(page, bidi=replace(page.bidi, isolates=False))
    shown, first = _head(stored, page), 0
    for line in lines:
        first = first or (len(shown) if line and line.spans else 0)
        shown += rows(line, page)
    return len(shown) > height and page_through(shown, max(first - _ROWS_ABOVE, 0) + 1)


def _head(stored: dict[str, Any], page: Page) -> list[str]:
    """Return the rows above the text: path and facts."""
    date = shown_date(stored["date"], stored["date_marks"])
    facts = [stored["type"], "+".join(stored["languages"]), date, stored["encoding"]]
    return [
        page.style.path(one_line(shown_path(stored["path"]))),
        page.style.quiet(" · ".join(fact for fact in facts if fact)),
        "",
    ]
