"""The README's picture of a dossier: an answer in both languages, out of ``seeds``, as a PNG.

Usage: ``uv run python tests/screens/dossier.py``, which writes ``tests/screens/dossier.png``.

It is the page that ``dalil search --export`` writes, drawn by Chromium, which must be installed;
only the temporary folder in it is called ``/home/hana``, and its times are always the same.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT))

from index import IndexWriter  # noqa: E402 (found by the line above)
from search import Searcher  # noqa: E402
from search.export import html  # noqa: E402
from search.export.collection import digests, dossier_of_hits  # noqa: E402
from search.export.dossier import Dossier, Exhibit  # noqa: E402
from search.options import Options  # noqa: E402

PICTURE = Path(__file__).with_name("dossier.png")
QUERY = "زوارة railway type:pdf"
SIZE = (860, 1225)
"""Width and height in pixels."""
HITS = 2
WIDTH = 300
"""Characters of a quotation, about."""
HOME = "/home/hana"
CHANGED = 1_640_995_200
"""When the files were changed, as it seems: the first second of 2022."""
SEARCHED = "2026-11-28T09:30:00Z"
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")


def main() -> None:
    """Write the picture."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        raise SystemExit("skipped: there is no Chromium")
    with TemporaryDirectory() as folder:
        page = Path(folder).resolve() / "dossier.html"
        page.write_text("".join(html.write(dossier(page.parent))), "utf-8")
        draw(program, page)
    print(PICTURE)


def dossier(folder: Path) -> Dossier:
    """Return the dossier of the query over a copy of the seeds."""
    shutil.copytree(PROJECT / "seeds", folder / "seeds")
    for file in (folder / "seeds").rglob("*"):
        os.utime(file, (CHANGED, CHANGED))
    with IndexWriter.open(folder / "demo") as writer:
        writer.add_path(folder / "seeds")
    with Searcher.open(folder / "demo") as searcher:
        found = searcher.search(QUERY, options=Options(limit=HITS, fragments=1, width=WIDTH))
        made = dossier_of_hits(
            QUERY, found.hits, found.total,
            digest=digests(lambda: searcher.catalog), index=folder / "demo", notes=found.notes,
        )  # fmt: skip
    return replace(
        made,
        index=f"{HOME}/demo",
        searched=SEARCHED,
        exhibits=tuple(at_home(exhibit, str(folder)) for exhibit in made.exhibits),
    )


def at_home(exhibit: Exhibit, folder: str) -> Exhibit:
    """Return an exhibit with its paths below the folder of a user."""
    path, file = (name.replace(folder, HOME) for name in (exhibit.path, exhibit.file))
    return replace(exhibit, path=path, file=file)


def draw(program: str, page: Path) -> None:
    """Draw the top of a page."""
    subprocess.run(
        [program, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
         f"--user-data-dir={page.parent / 'profile'}", f"--window-size={SIZE[0]},{SIZE[1]}",
         f"--screenshot={PICTURE}", page.as_uri()],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip


if __name__ == "__main__":
    main()
