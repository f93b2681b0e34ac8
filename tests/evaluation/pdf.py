"""Measure how much of the text of Arabic PDFs is read right, beside PDFium and pdftotext.

    uv run python tests/evaluation/pdf.py FOLDER
    uv run python tests/evaluation/pdf.py --make FOLDER [--text FILE]

FOLDER has PDFs, all with one text, and ``truth.json``: ``{"paras", "table", "phrases"}``, the
paragraphs, the rows of a table and phrases of the text. For each file and reader, a table has the
F1 of the words (how many of the words of the text are read, and how many of those read are in it)
and the share of the phrases that occur word by word. Words are compared without vowel marks,
tatweel and punctuation around them. The means leave out files that Dalil reports as unreadable or
doubtful; those are named below the table.

``--make`` first fills FOLDER with PDFs of ``pdf_second_text.json``, or of another text like it,
by the programs that the machine has (``pdf_producers.py``): Chromium, LibreOffice, Pango,
Ghostscript, and the Python packages fpdf2, reportlab, weasyprint, typst and python-docx.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

sys.path.insert(0, str(Path(__file__).parents[2]))
from index.pdf_text.page import DOUBTFUL, UNREADABLE, page_text

SECOND_TEXT = Path(__file__).with_name("pdf_second_text.json")
AROUND = "!?%٪.,:;()[]{}«»\"'،؛؟–-|"
"""Signs that do not count at the ends of words."""


@dataclass(frozen=True)
class Truth:
    """A text, and what is looked for in it."""

    words: Counter[str]
    phrases: tuple[str, ...]

    @classmethod
    def read(cls, path: Path) -> Truth:
        """Read ``truth.json``."""
        data = json.loads(path.read_text("utf-8"))
        cells = [cell for row in data["table"] for cell in row]
        text = "\n".join([*data["paras"], *cells])
        return cls(Counter(words(text)), tuple(map(_phrase, data["phrases"])))


@dataclass(frozen=True)
class Score:
    """How right a text is, from 0 to 1, and how long it took to read, in seconds."""

    f1: float
    phrases: float
    seconds: float = 0.0


def words(text: str) -> list[str]:
    """The words of a text, as they are compared."""
    text = unicodedata.normalize("NFKC", text).replace("\u0640", "")
    kept = (c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Mn", "Cf", "Cc"))
    stripped = (word.strip(AROUND) for word in "".join(kept).split())
    return [word for word in stripped if word]


def _phrase(text: str) -> str:
    return f" {' '.join(words(text))} "


def score(text: str, truth: Truth) -> Score:
    """Compare a text with the right one."""
    read = Counter(words(text))
    common = (read & truth.words).total()
    line = _phrase(text)
    found = sum(phrase in line for phrase in truth.phrases)
    return Score(2 * common / (read.total() + truth.words.total()), found / len(truth.phrases))


def by_dalil(path: Path) -> str:
    """The text of a PDF as Dalil reads it."""
    with pypdfium2.PdfDocument(path) as pdf:
        return "\n".join(page_text(page).text for page in pdf)


def by_pdfium(path: Path) -> str:
    """The text of a PDF as PDFium gives it."""
    with pypdfium2.PdfDocument(path) as pdf:
        return "\n".join(page.get_textpage().get_text_bounded() for page in pdf)


def by_pdftotext(path: Path) -> str:
    """The text of a PDF by poppler."""
    command = ["pdftotext", str(path), "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


READERS: dict[str, Callable[[Path], str]] = {
    "Dalil": by_dalil,
    "PDFium": by_pdfium,
    "pdftotext": by_pdftotext,
}


def reported(path: Path) -> str | None:
    """What Dalil reports of a file: the worst state of its pages, or None."""
    with pypdfium2.PdfDocument(path) as pdf:
        states = {page_text(page).state for page in pdf}
    return next((state for state in (UNREADABLE, DOUBTFUL) if state in states), None)


def timed(reader: Callable[[Path], str], path: Path, truth: Truth) -> Score:
    """Read a file and compare its text."""
    start = time.perf_counter()
    text = reader(path)
    seconds = time.perf_counter() - start
    found = score(text, truth)
    return Score(found.f1, found.phrases, seconds)


def mean(scores: Sequence[Score]) -> Score:
    """The mean of some scores."""
    count = max(1, len(scores))
    return Score(
        sum(one.f1 for one in scores) / count,
        sum(one.phrases for one in scores) / count,
        sum(one.seconds for one in scores) / count,
    )


def tables(folder: Path) -> str:
    """The table of a folder, in Markdown, and the files that count in no mean."""
    truth = Truth.read(folder / "truth.json")
    names = [name for name in READERS if name != "pdftotext" or shutil.which(name)]
    rows, counted, left_out = [], [], []
    for path in sorted(folder.glob("*.pdf")):
        scores = [timed(READERS[name], path, truth) for name in names]
        state = reported(path)
        rows.append(_row(path.stem, scores))
        counted += [] if state else [scores]
        left_out += [f"{path.stem}: {state}"] if state else []
    means = [mean(column) for column in zip(*counted, strict=True)]
    head = f"| file | {' | '.join(names)} |\n| --- |{' ---: |' * len(names)}\n"
    missing = "" if "pdftotext" in names else "\npdftotext is not installed."
    times = " | ".join(f"{1000 * one.seconds:.1f}" for one in means)
    table = "\n".join(
        [*rows, _row(f"**mean of {len(counted)}**", means), f"| ms a file | {times} |"]
    )
    return f"{head}{table}\n\nReported: {', '.join(left_out) or 'none'}.{missing}"


def _row(name: str, scores: Sequence[Score]) -> str:
    cells = " | ".join(f"{100 * one.f1:.1f} / {100 * one.phrases:.1f}" for one in scores)
    return f"| {name} | {cells} |"


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=re.split(r"\n\s*\n", __doc__ or "")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--make", action="store_true", help="make the PDFs first")
    parser.add_argument("--text", type=Path, default=SECOND_TEXT, help="the text for --make")
    options = parser.parse_args()
    if options.make:
        from tests.evaluation.pdf_producers import make_all  # noqa: PLC0415 (only where asked for)

        make_all(options.text, options.folder)
    print(tables(options.folder))


if __name__ == "__main__":
    main()
