"""Draw the ratios of a run: a row per kind of query, a mark per engine, Dalil at 1.

    uv run python tests/benchmarks/picture.py RESULTS.json [SVG]

The results come from ``engines.py --json RESULTS.json``. The SVG follows light and dark mode;
engines differ in shape, and in colours that can be distinguished without red and green.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from tables import BASELINE, Times, ratios

TARGET = Path(__file__).with_name("ratios.svg")

WIDTH, LEFT, RIGHT = 860, 170, 30
"""Pixels: the whole width, and the margins of the scale for labels."""
HEAD, FOOT = 108, 34
LANE, GAP = 11, 9
"""Height of an engine within a row, and space between rows, in pixels."""
RADIUS = 3.8


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark of an engine: corners around the origin (none for a circle), and colours."""

    corners: tuple[tuple[float, float], ...]
    light: str
    dark: str


MARKS = {
    "whoosh": Mark(((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)), "#0072b2", "#4aa8e0"),
    "tantivy": Mark(((0, -1.2), (1.1, 0.8), (-1.1, 0.8)), "#d55e00", "#f0803c"),
    "fts5": Mark((), "#00805e", "#2cc79c"),
    "bm25s": Mark(((0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)), "#a3477c", "#e394c0"),
    "xapian": Mark(((0, 1.2), (1.1, -0.8), (-1.1, -0.8)), "#8a6d00", "#e6c229"),
    "lucene": Mark(((-1.3, -0.5), (0, -1.3), (1.3, -0.5), (0.8, 1), (-0.8, 1)), "#222", "#f2f2f2"),
}  # fmt: skip
"""Engine → its mark, the same in every picture. After Okabe and Ito's palette, dark enough
for white and light enough for black."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Logarithmic scale from ratios to pixels."""

    lowest: int
    """Exponent of ten at the left end."""
    highest: int
    """Exponent of ten at the right end."""

    @classmethod
    def of(cls, ratios: Sequence[float]) -> Scale:
        """Make the scale of the powers of ten around all ratios, and around 1."""
        powers = [math.log10(ratio) for ratio in ratios]
        return cls(math.floor(min([-1, *powers])), math.ceil(max([1, *powers])))

    def at(self, ratio: float) -> float:
        """Return the distance of a ratio from the left of the picture."""
        share = (math.log10(ratio) - self.lowest) / (self.highest - self.lowest)
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    @property
    def ticks(self) -> list[float]:
        """Powers of ten from the left end to the right end."""
        return [10.0**power for power in range(self.lowest, self.highest + 1)]


Ratios = dict[str, dict[str, tuple[float, float]]]
"""Kind of query → engine → p50 and p95 as multiples of Dalil's."""


def ratios_by_kind(times: Times) -> Ratios:
    """Compute the ratios of every kind of query and every other engine that answers it."""
    rows: Ratios = {}
    for kind, own in times[BASELINE].items():
        pairs = {name: ratios(times[name].get(kind), own) for name in times if name != BASELINE}
        rows[kind] = {name: pair for name, pair in pairs.items() if pair}
    return rows


def draw(results: Mapping[str, Any]) -> str:
    """Return the picture of a run as SVG."""
    rows = ratios_by_kind(results["times"])
    names = [name for name in MARKS if name in results["times"]]
    scale = Scale.of([ratio for row in rows.values() for pair in row.values() for ratio in pair])
    height_of_row = len(names) * LANE + GAP
    bottom = HEAD + len(rows) * height_of_row
    parts = [
        *_head(results["documents"], names),
        *_grid(scale, bottom),
        *(
            part
            for number, (kind, engines) in enumerate(rows.items())
            for part in _row(kind, engines, names, scale, HEAD + number * height_of_row)
        ),
    ]
    height = bottom + FOOT
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'width="{WIDTH}" height="{height}" role="img" aria-labelledby="title">\n'
        f'<title id="title">Time of a query as a multiple of Dalil’s, by kind</title>\n'
        f"<style>{_style()}</style>\n"
        f'<rect class="panel" width="{WIDTH}" height="{height}" rx="6"/>\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )


def _style() -> str:
    light = {name: mark.light for name, mark in MARKS.items()}
    dark = {name: mark.dark for name, mark in MARKS.items()}
    return (
        "text{font:13px system-ui,sans-serif}.middle{text-anchor:middle}.end{text-anchor:end}"
        ".title{font-size:15px;font-weight:600}.mark{stroke-width:1.4}"
        + _theme("#ffffff", "#1f2328", "#d5dbe1", light)
        + f"@media(prefers-color-scheme:dark){{{_theme('#0d1117', '#e6edf3', '#30363d', dark)}}}"
    )


def _theme(panel: str, ink: str, line: str, colours: Mapping[str, str]) -> str:
    return (
        f"text{{fill:{ink}}}.panel{{fill:{panel}}}.grid{{stroke:{line}}}"
        f".own{{stroke:{ink};stroke-width:1.6}}"
        + "".join(f".{n}{{fill:{c};stroke:{c}}}" for n, c in colours.items())
        + f".hollow{{fill:{panel}}}"
    )


def _head(documents: int, names: Sequence[str]) -> Iterator[str]:
    title = f"Time of a query, as a multiple of Dalil’s ({documents:,} documents)"
    yield _text(16, 26, title, "title")
    yield _text(16, 47, "Filled: the median of the queries (p50). Hollow: the slow ones (p95).")
    step = (WIDTH - 32) / len(MARKS)
    for column, name in enumerate(names):
        yield _mark(name, 22 + column * step, 68, "")
        yield _text(34 + column * step, 72.5, name)


def _grid(scale: Scale, bottom: int) -> Iterator[str]:
    for tick in scale.ticks:
        x = scale.at(tick)
        yield f'<path class="{"own" if tick == 1 else "grid"}" d="M{x:.1f} {HEAD - 6}V{bottom}"/>'
        yield _text(x, HEAD - 11, f"{tick:g}×", "middle")
    middle, left, right = scale.at(1), "← faster than Dalil", "slower than Dalil →"
    yield _text(middle - 8, bottom + 21, left, "end")
    yield _text(middle + 8, bottom + 21, right)


def _row(
    kind: str,
    engines: Mapping[str, tuple[float, float]],
    names: Sequence[str],
    scale: Scale,
    top: float,
) -> Iterator[str]:
    middle = top + (len(names) * LANE + GAP) / 2
    yield f'<path class="grid" d="M16 {top}H{WIDTH - RIGHT}"/>'
    yield _text(16, middle + 4.5, kind)
    for lane, name in enumerate(names):
        if name not in engines:
            continue
        y = top + GAP / 2 + (lane + 0.5) * LANE
        typical, slow = (scale.at(ratio) for ratio in engines[name])
        yield f'<path class="{name}" opacity=".55" d="M{typical:.1f} {y:.1f}H{slow:.1f}"/>'
        yield _mark(name, slow, y, " hollow")
        yield _mark(name, typical, y, "")


def _mark(name: str, x: float, y: float, extra_class: str) -> str:
    corners = MARKS[name].corners
    if not corners:
        return f'<circle class="mark {name}{extra_class}" cx="{x:.1f}" cy="{y:.1f}" r="{RADIUS}"/>'
    points = " ".join(f"{x + dx * RADIUS:.1f},{y + dy * RADIUS:.1f}" for dx, dy in corners)
    return f'<polygon class="mark {name}{extra_class}" points="{points}"/>'


def _text(x: float, y: float, text: str, kind: str = "") -> str:
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}">{escape(text)}</text>'


def main(arguments: Sequence[str]) -> None:
    if not arguments:
        raise SystemExit("usage: picture.py RESULTS.json [SVG]")
    results = json.loads(Path(arguments[0]).read_text("utf-8"))
    target = Path(arguments[1]) if len(arguments) > 1 else TARGET
    target.write_text(draw(results), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
