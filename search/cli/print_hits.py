"""Print the hits of a search on standard output in one of its formats."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

from search.cli.console import print_note
from search.render import lines
from search.render.style import output_style
from search.results import SearchResults


def print_data(results: SearchResults, *, json: bool, csv: bool) -> None:
    """Print one JSON object, CSV, or by default a JSON object for each hit."""
    from search.render import data  # noqa: PLC0415 (only when asked for)

    if json:
        print(data.dumps(data.results_dict(results)))
    elif csv:
        rows = [data.csv_row(results.query, hit) for hit in results.hits]
        sys.stdout.write(data.csv_lines([data.CSV_COLUMNS, *rows]))
    else:
        _print_lines(data.dumps(data.hit_dict(hit)) for hit in results.hits)


def print_paths(results: SearchResults, *, null: bool) -> None:
    """Print the path of each hit and its copies, on a line each or followed by NUL."""
    # With NUL programs need the exact name; a terminal never gets control characters.
    raw = null and not sys.stdout.isatty()
    for hit in results.hits:
        for path in (hit.path, *hit.copies):
            if raw:
                sys.stdout.buffer.write(os.fsencode(lines.relative_path(path)) + b"\0")
            else:
                print(lines.one_line(lines.shown_path(path)), end="\0" if null else "\n")


def print_list(results: SearchResults, colour: str, bidi: str, *, explain: bool) -> None:
    """Print the hits as a list on a terminal, and the total on standard error."""
    from search.cli.terminal_page import output_page  # noqa: PLC0415 (a pipe needs no terminal)
    from search.render import terminal  # noqa: PLC0415

    page = output_page(colour, bidi)
    try:
        sys.stdout.write(page.bidi.enter)
        for hit in results.hits:
            path = lines.shown_path(hit.path)
            _print_lines(terminal.hit_lines(hit, path, page, explain=explain))
            print()
    finally:
        sys.stdout.write(page.bidi.leave)
        sys.stdout.flush()
    if results.total:
        documents = "document" if results.total == 1 else "documents"
        print_note(f"{results.total:,} {documents} · {results.seconds * 1000:.0f} ms")


def print_fragments(results: SearchResults, colour: str, *, explain: bool) -> None:
    """Print each fragment as ``path:line: text``, and notes on changed files on standard error."""
    style = output_style(colour)
    for hit in results.hits:
        if hit.state != "current":
            state = "is missing" if hit.state == "missing" else "has changed since it was indexed"
            print_note(f"note: {lines.one_line(lines.shown_path(hit.path))} {state}")
    for hit in results.hits:
        _print_lines(lines.hit_lines(hit, lines.shown_path(hit.path), style, explain=explain))


def _print_lines(texts: Iterable[str]) -> None:
    for text in texts:
        print(text)
