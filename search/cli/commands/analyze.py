"""dalil analyze: print each analysis step from text to terms."""

from __future__ import annotations

import sys
from typing import Annotated

from index.analysis import Token
from index.analysis import analyze as tokens_of
from index.analysis.roots import root_of
from search.bidi import cell_width
from search.cli import options as opt
from search.cli.errors import NOTHING_FOUND
from search.cli.parameters import Argument
from search.cli.registry import command
from search.render import data
from search.render.lines import one_line

_COLUMNS = ("text", "offsets", "position", "exact", "folded", "stem", "root", "language")


@command("analyze")
def analyze(
    text: Annotated[list[str], Argument(help="Any text.")],
    json: opt.JsonOption = False,
) -> None:
    """How a text becomes terms: as written, spelled, folded, stemmed, the root of an Arabic one.

    Example: dalil analyze 'والدَّبِيبَة Libya’s'
    """
    joined = " ".join(text)
    rows = [_row(joined, token) for token in tokens_of(joined)]
    if json:
        print(data.dumps([dict(zip(_COLUMNS, row, strict=True)) for row in rows], indent=2))
    else:
        _print_table([_COLUMNS, *rows])
    if not rows:
        sys.exit(NOTHING_FOUND)


def _row(text: str, token: Token) -> tuple[str, ...]:
    """Return the cells of a token under ``_COLUMNS``."""
    term = token.term
    return (
        one_line(text[token.start : token.end]),
        f"{token.start}–{token.end}",
        f"{token.position}{' beside' if token.alternative else ''}",
        term.exact,
        term.folded,
        "(stop word)" if term.stem is None else term.stem,
        root_of(term) or "",
        term.language or "··",
    )


def _print_table(rows: list[tuple[str, ...]]) -> None:
    widths = [max(cell_width(row[n]) for row in rows) for n in range(len(_COLUMNS))]
    for row in rows:
        cells = (
            cell + " " * (width - cell_width(cell)) for cell, width in zip(row, widths, strict=True)
        )
        print("  ".join(cells).rstrip())
