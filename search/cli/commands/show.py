"""dalil show: print one stored document with its matches highlighted."""

from __future__ import annotations

import sys
from typing import Annotated, Any

from index.errors import NotFound
from search.bidi import layout
from search.cli import options as opt
from search.cli.console import print_foreign_note, print_note
from search.cli.parameters import Argument
from search.cli.registry import command
from search.cli.terminal_page import output_page
from search.render import data
from search.render.lines import one_line, paint, shown_path
from search.render.style import Style, output_style
from search.render.terminal import Page, draw
from search.results import Span, shown_date
from search.searcher import Searcher


@command("show")
def show(
    document: Annotated[str, Argument(metavar="PATH-OR-ID", help="As a search shows it.")],
    query: Annotated[list[str] | None, Argument(help="What to highlight in it.")] = None,
    index: opt.IndexOption = None,
    json: opt.JsonOption = False,
    bidi: opt.BidiOption = opt.Bidi.AUTO,
    color: opt.ColourOption = opt.Colour.AUTO,
    skip_damaged: opt.SkipDamagedOption = False,
) -> None:
    """One document as the index holds it.

    Example: dalil show notes/timeline.md Sarraj
    """
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
    elif sys.stdout.isatty():
        _draw(stored, spans, output_page(color.value, bidi.value))
    else:
        _write(stored["text"], spans, output_style(color.value))


def _only(documents: list[dict[str, Any]], name: str) -> dict[str, Any]:
    """Return the one document with this name. Raises NotFound if there are several."""
    if len(documents) > 1:
        paths = ", ".join(shown_path(stored["path"]) for stored in documents)
        raise NotFound(
            f"{len(documents)} documents are called {name}: {paths}",
            "name one of them by its path",
        )
    return documents[0]


def _lines(text: str, spans: tuple[Span, ...]) -> list[tuple[str, tuple[Span, ...]]]:
    """Split a text into lines, each with its part of the spans in offsets of the line."""
    lines, start = [], 0
    for line in text.split("\n"):
        end = start + len(line)
        inside = tuple(
            (max(a, start) - start, min(b, end) - start) for a, b in spans if a < end and b > start
        )
        lines.append((line, inside))
        start = end + 1
    return lines


def _write(text: str, spans: tuple[Span, ...], style: Style) -> None:
    """Print a text for a pipe."""
    for line, inside in _lines(text, spans):
        print(paint(one_line(line), inside, style))


def _draw(stored: dict[str, Any], spans: tuple[Span, ...], page: Page) -> None:
    """Print a document on a terminal."""
    date = shown_date(stored["date"], stored["date_marks"])
    facts = [stored["type"], "+".join(stored["languages"]), date, stored["encoding"]]
    print(page.style.path(one_line(shown_path(stored["path"]))))
    print(page.style.quiet(" · ".join(fact for fact in facts if fact)))
    print()
    try:
        sys.stdout.write(page.bidi.enter)
        for text, inside in _lines(stored["text"], spans):
            styled = [(start, end, "match") for start, end in inside]
            rows = layout(text, styled, page.width, mode=page.bidi.mode)
            # One cell first: some terminals lose an isolate at the edge.
            for row in rows:
                print(draw(row, page.width, page, indent=1))
            if not rows:
                print()
    finally:
        sys.stdout.write(page.bidi.leave)
        sys.stdout.flush()
