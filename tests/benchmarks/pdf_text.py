"""Measure what the text of PDF pages costs, beside what PDFium alone takes for them.

    uv run python tests/benchmarks/pdf_text.py FOLDER [--rounds 15]

For each PDF of FOLDER: the characters of its pages, the time that PDFium takes to load a page and
give its text, the time that Dalil takes for the same page, both the best of some rounds, and their
ratio. Below, the ratio over all pages with right-to-left letters, and over all others.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2

sys.path.insert(0, str(Path(__file__).parents[2]))
from index.pdf_text.page import OK, page_text


@dataclass(frozen=True)
class Cost:
    """A page: its characters, and the seconds that PDFium and Dalil take for it."""

    is_rebuilt: bool
    characters: int
    library: float
    ours: float


def library_text(page: Any) -> str:
    """The text of a page as PDFium gives it."""
    layer = page.get_textpage()
    try:
        return str(layer.get_text_bounded())
    finally:
        layer.close()


def best(read: Callable[[Any], object], pdf: Any, number: int, rounds: int) -> float:
    """The least time for loading and reading a page."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        page = pdf[number]
        read(page)
        page.close()
        times.append(time.process_time() - start)
    return min(times)


def costs(path: Path, rounds: int) -> list[Cost]:
    """The cost of each page of a file."""
    with pypdfium2.PdfDocument(path) as pdf:
        return [
            Cost(
                page_text(pdf[number]).state != OK,
                len(library_text(pdf[number])),
                best(library_text, pdf, number, rounds),
                best(page_text, pdf, number, rounds),
            )
            for number in range(len(pdf))
        ]


def row(name: str, pages: list[Cost]) -> str:
    """A row of the table."""
    library, ours = (
        sum(times) for times in zip(*((p.library, p.ours) for p in pages), strict=True)
    )
    characters = sum(page.characters for page in pages)
    return (
        f"| {name} | {characters:,} | {1000 * library:.2f} | {1000 * ours:.2f} "
        f"| {ours / library:.1f} | {1e6 * ours / max(1, characters):.1f} |"
    )


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    print("| file | characters | PDFium, ms | Dalil, ms | ratio | µs a character |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    pages: list[Cost] = []
    for path in sorted(options.folder.glob("*.pdf")):
        found = costs(path, options.rounds)
        pages += found
        print(row(path.stem, found))
    for name, some in (
        ("**right-to-left pages**", [page for page in pages if page.is_rebuilt]),
        ("**other pages**", [page for page in pages if not page.is_rebuilt]),
    ):
        if some:
            print(row(name, some))


if __name__ == "__main__":
    main()
