"""The README's picture of the screen: an answer in both languages, out of ``seeds``, as SVG.

Usage: ``uv run python tests/screens/screenshot.py``, which writes ``tests/screens/screen.svg``.

Whoever draws an SVG orders and joins its text by himself, while the screen's is ordered and joined
already. So each word is put at its cell, told to stay as it is, and made as wide as its cells in
whatever font there is; no font is fetched.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape

from rich.style import Style
from textual.strip import Strip

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT))

from index import IndexWriter  # noqa: E402 (found by the line above)
from search.bidi import cell_width  # noqa: E402
from tests.piloted import screen  # noqa: E402

PICTURE = Path(__file__).with_name("screen.svg")
QUERY = "القنصلية Benghazi"
SIZE = (120, 32)
"""Columns and rows."""
CHANGED = 1_640_995_200
"""When the files were changed, as it seems: the first second of 2022."""
CELL, ROW = 10, 21
"""Width and height of a cell; a row is as high as Arabic with its marks needs."""
LETTERS, BASELINE = 16.5, 15.5
"""The size of the letters, and how far below the top of its row a letter stands."""
MARGIN = 12
FONTS = "'DejaVu Sans Mono', Menlo, Consolas, 'Noto Sans Arabic', monospace"
EIGHTHS = " ▏▎▍▌▋▊▉█"
"""Blocks by the eighths of a cell that they fill; a font's would leave gaps between rows."""


def main() -> None:
    """Write the picture."""
    with TemporaryDirectory() as folder, chdir(folder):
        rows, ground = asyncio.run(shown(Path(folder)))
    PICTURE.write_text(svg(rows, ground), "utf-8")
    print(PICTURE)


async def shown(folder: Path) -> tuple[list[Strip], str]:
    """The rows of the screen, and the colour of what they stand on."""
    shutil.copytree(PROJECT / "seeds", folder / "seeds")
    for file in (folder / "seeds").rglob("*"):
        os.utime(file, (CHANGED, CHANGED))
    with IndexWriter.open(folder / "demo") as writer:
        writer.add_path(folder / "seeds")
    async with screen(folder / "demo", SIZE) as on:
        on.app.box.cursor_blink = False
        await on.ask(QUERY)
        told = on.app.status.text.split(" · ")
        on.app.status.show(*[part for part in told if not part.endswith(" ms")])  # never the same
        await on.settle()
        return on.strips, on.app.screen.styles.background.hex


def svg(rows: Sequence[Strip], ground: str) -> str:
    """Rows of cells as a picture."""
    wide = max(row.cell_length for row in rows) * CELL + 2 * MARGIN
    high = len(rows) * ROW + 2 * MARGIN
    drawn = [part for y, row in enumerate(rows) for part in drawn_row(row, y * ROW, ground)]
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}">',
        f"<style>text {{ font: {LETTERS}px {FONTS}; direction: ltr;"
        " unicode-bidi: bidi-override; }</style>",
        f'<rect width="{wide}" height="{high}" rx="8" fill="{ground}"/>',
        f'<g transform="translate({MARGIN} {MARGIN})">', *drawn, "</g>", "</svg>", "",
    ])  # fmt: skip


def drawn_row(row: Strip, y: int, ground: str) -> Iterator[str]:
    """What is drawn of one row, the grounds before the words."""
    words, x = [], 0
    for text, style, _ in row:
        letters, below = colours(style or Style(), ground)
        wide = cell_width(text) * CELL
        if below != ground:
            yield f'<rect x="{x}" y="{y}" width="{wide}" height="{ROW}" fill="{below}"/>'
        for word in re.finditer(rf"[{EIGHTHS[1:]}]|[^\s{EIGHTHS[1:]}]+", text):
            at = x + cell_width(text[: word.start()]) * CELL
            words.append(drawn_word(word[0], at, y, letters))
        x += wide
    yield from words


def drawn_word(word: str, x: int, y: int, colour: str) -> str:
    """A word or a block at its place."""
    if word in EIGHTHS:
        wide = CELL * EIGHTHS.index(word) / 8
        return f'<rect x="{x}" y="{y}" width="{wide:g}" height="{ROW}" fill="{colour}"/>'
    wide = cell_width(word) * CELL
    return (
        f'<text x="{x}" y="{y + BASELINE}" textLength="{wide}" lengthAdjust="spacingAndGlyphs"'
        f' fill="{colour}">{escape(word)}</text>'
    )


def colours(style: Style, ground: str) -> tuple[str, str]:
    """The colours of letters and of what they stand on."""
    letters = style.color.get_truecolor().hex if style.color else "#ffffff"
    below = style.bgcolor.get_truecolor().hex if style.bgcolor else ground
    return (below, letters) if style.reverse else (letters, below)


if __name__ == "__main__":
    main()
