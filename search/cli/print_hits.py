"""Print the hits of a search on standard output in one of its formats."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass

from index.store.trust import Roots
from search.cli.console import print_note
from search.cli.output_format import Output
from search.render import lines
from search.render.style import Style, output_style
from search.results import Hit, SearchResults


def print_results(results: SearchResults, output: Output, look: Look) -> None:
    """Print the hits in a format for a pipe."""
    match output:
        case Output.COUNT:
            print(results.total)
        case Output.JSON | Output.JSONL | Output.CSV:
            print_data(results, output)
        case Output.PATHS | Output.NUL_PATHS:
            print_paths(results, null=output is Output.NUL_PATHS)
        case _:
            print_fragments(results, look)


def print_data(results: SearchResults, output: Output) -> None:
    """Print one JSON object, CSV, or by default a JSON object for each hit."""
    from search.render import data  # noqa: PLC0415 (only when asked for)

    if output is Output.JSON:
        print(data.dumps(data.results_dict(results)))
    elif output is Output.CSV:
        rows = [data.csv_row(results.query, hit) for hit in results.hits]
        sys.stdout.write(data.csv_lines([data.CSV_COLUMNS, *rows]))
    else:
        _print_lines(data.dumps(data.hit_dict(hit)) for hit in results.hits)


def print_paths(results: SearchResults, *, null: bool) -> None:
    """Print the path of each hit and its copies, on a line each or followed by NUL."""
    for hit in results.hits:
        for path in (hit.path, *hit.copies):
            print_path(path, null=null)


def print_path(path: str, *, null: bool) -> None:
    """Print a path on a line or followed by NUL."""
    # With NUL programs need the exact name; a terminal never gets control characters.
    if null and not sys.stdout.isatty():
        sys.stdout.buffer.write(os.fsencode(lines.relative_path(path)) + b"\0")
    else:
        print(lines.one_line(lines.shown_path(path)), end="\0" if null else "\n")


@dataclass(frozen=True, slots=True)
class Look:
    """How hits are printed: the settings of colours, right-to-left text and links."""

    colour: str
    bidi: str
    links: str
    explain: bool
    roots: Roots | None
    """The folders whose files may be linked."""

    def uri(self, hit: Hit, style: Style) -> str:
        """Return the address of the file of a hit; "" if it is not linked."""
        if not style.links:
            return ""
        from search.render.hyperlink import hit_uri  # noqa: PLC0415 (few ask for it in a pipe)

        return hit_uri(hit, self.roots)


def print_list(results: SearchResults, look: Look) -> None:
    """Print the hits as a list on a terminal."""
    from search.cli.terminal_page import output_page  # noqa: PLC0415 (a pipe needs no terminal)
    from search.render import terminal  # noqa: PLC0415

    page = output_page(look.colour, look.bidi, look.links)
    try:
        sys.stdout.write(page.bidi.enter)
        for hit in results.hits:
            path = lines.shown_path(hit.path)
            uri = look.uri(hit, page.style)
            _print_lines(terminal.hit_lines(hit, path, page, explain=look.explain, uri=uri))
            print()
    finally:
        sys.stdout.write(page.bidi.leave)
        sys.stdout.flush()


def print_total(results: SearchResults) -> None:
    """Print on standard error how many documents there are, and how many of them were printed."""
    shown = sum(1 + len(hit.copies) for hit in results.hits)
    documents = "document" if results.total == 1 else "documents"
    more = f", -n {results.total} for all" if shown < results.total else ""
    total = f"{shown:,} of {results.total:,}" if more else f"{results.total:,}"
    print_note(f"{total} {documents}{more} · {results.seconds * 1000:.0f} ms")


def print_fragments(results: SearchResults, look: Look) -> None:
    """Print each fragment as ``path:line: text``, and notes on changed files on standard error."""
    style = output_style(look.colour, look.links if look.links == "always" else "never")
    for hit in results.hits:
        if hit.state != "current":
            state = "is missing" if hit.state == "missing" else "has changed since it was indexed"
            print_note(f"note: {lines.one_line(lines.shown_path(hit.path))} {state}")
    for hit in results.hits:
        path, uri = lines.shown_path(hit.path), look.uri(hit, style)
        _print_lines(lines.hit_lines(hit, path, style, explain=look.explain, uri=uri))


def _print_lines(texts: Iterable[str]) -> None:
    for text in texts:
        print(text)
