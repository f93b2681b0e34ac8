"""dalil show: one stored document, matches lit up."""

from __future__ import annotations

import sys
from typing import Annotated, Any

from index.errors import NotFound
from search.bidi import layout
from search.cli import options as opt
from search.cli.app import command
from search.cli.console import print_note
from search.cli.parameters import Argument, Option
from search.cli.terminal_page import output_page
from search.render import data
from search.render.lines import one_line, paint, shown_path
from search.render.style import Style, output_style
from search.render.terminal import Page, draw
from search.results import Span
from search.searcher import Searcher


@command("show")
def show(
    document: Annotated[str, Argument(metavar="PATH-OR-ID", help="As a search shows it.")],
    query: Annotated[list[str] | None, Argument(help="What to light up in it.")] = None,
    index: opt.IndexOption = None,
    json: opt.JsonOption = False,
    bidi: Annotated[opt.Bidi, Option("--bidi", help="Who puts Arabic in order.")] = opt.Bidi.AUTO,
    color: opt.ColourOption = opt.Colour.AUTO,
) -> None:
    """One document as the index holds it.

    Example: dalil show notes/timeline.md Sarraj
    """
    with Searcher.open(opt.index_folder(index)) as searcher:
        found = searcher.documents(document)
        if len(found) > 1:
            paths = ", ".join(shown_path(stored["path"]) for stored in found)
            raise NotFound(
                f"{len(found)} documents are called {document}: {paths}",
                "name one of them by its path",
            )
        spans, notes = searcher.highlight(found[0], " ".join(query)) if query else ((), [])
    for note in notes:
        print_note(f"note: {note}")
    if json:
        shown = {key: value for key, value in found[0].items() if key != "checkpoints"}
        print(data.dumps({**shown, "spans": spans}, indent=2))
    elif sys.stdout.isatty():
        _draw(found[0], spans, output_page(color.value, bidi.value))
    else:
        _write(found[0]["text"], spans, output_style(color.value))


def _paragraphs(text: str, spans: tuple[Span, ...]) -> list[tuple[str, tuple[Span, ...]]]:
    """The lines of a text, each with its own spans."""
    result, start = [], 0
    for line in text.split("\n"):
        end = start + len(line)
        inside = tuple(
            (max(a, start) - start, min(b, end) - start) for a, b in spans if a < end and b > start
        )
        result.append((line, inside))
        start = end + 1
    return result


def _write(text: str, spans: tuple[Span, ...], look: Style) -> None:
    for line, inside in _paragraphs(text, spans):
        print(paint(one_line(line), inside, look))


def _draw(stored: dict[str, Any], spans: tuple[Span, ...], on: Page) -> None:
    facts = [stored["type"], "+".join(stored["languages"]), stored["date"], stored["encoding"]]
    print(on.style.path(one_line(shown_path(stored["path"]))))
    print(on.style.quiet(" · ".join(fact for fact in facts if fact)))
    print()
    try:
        sys.stdout.write(on.bidi.enter)
        for text, inside in _paragraphs(stored["text"], spans):
            styled = [(start, end, "match") for start, end in inside]
            lines = layout(text, styled, on.width, mode=on.bidi.mode)
            # One cell first: some terminals lose an isolate at the edge.
            for line in lines:
                print(draw(line, on.width, on, indent=1))
            if not lines:
                print()
    finally:
        sys.stdout.write(on.bidi.leave)
        sys.stdout.flush()
