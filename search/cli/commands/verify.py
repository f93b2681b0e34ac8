"""dalil verify: compare the quotations of a dossier with the files as they are now."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

from index.errors import BadOption, IndexMissing
from search.cli import options as opt
from search.cli.console import print_foreign_note, print_note
from search.cli.parameters import Argument, Option
from search.cli.progress_bar import count_bar
from search.cli.registry import command
from search.export import files, report
from search.export.sources import Sources
from search.export.verification import verify
from search.render import data
from search.searcher import Searcher

DIFFERS = 1
"""The exit code if a quotation is not what and where it was."""


@command("verify")
def verify_dossier(
    dossier: Annotated[Path, Argument(metavar="DOSSIER", help="What --export wrote.")],
    *,
    index: opt.IndexOption = None,
    under: Annotated[
        list[Path] | None,
        Option(
            "--under",
            metavar="DIR",
            help="Also read files in this folder, and look there for those that moved.",
        ),
    ] = None,
    json: opt.JsonOption = False,
    bidi: opt.BidiOption = opt.Bidi.AUTO,
    color: opt.ColourOption = opt.Colour.AUTO,
) -> None:
    """Check every quotation of a dossier: unchanged, moved, changed or missing.

    A dossier names files, and may come from anyone: only those in the folders of your index,
    or in one that you name, are opened. Exit code 0 if all is unchanged, 1 if anything differs.

    Example: dalil verify evidence.html --under ~/articles
    """
    opened = files.read(dossier.expanduser())
    with (
        _sources(opt.index_folder(index), under or [], needed=not under) as sources,
        count_bar("checking") as show,
    ):
        total = len(opened.exhibits)
        checked = verify(opened, sources, lambda done: show(done, total))
        checks = sorted(checked, key=lambda check: check.exhibit.rank)
    if json:
        print(data.dumps(report.report(opened, checks), indent=2))
    else:
        differing = [check for check in checks if check.verdict != "unchanged"]
        _print([*map(report.check_line, differing), report.summary(opened, checks)],
               color.value, bidi.value)  # fmt: skip
    is_cut = len(opened.exhibits) != opened.expected
    if is_cut:
        print_note(
            f"note: the dossier says that it has {opened.expected:,} documents, and has"
            f" {len(opened.exhibits):,}: it was cut off, or edited"
        )
    if is_cut or any(check.verdict != "unchanged" for check in checks):
        sys.exit(DIFFERS)


@contextmanager
def _sources(folder: Path, under: Iterable[Path], *, needed: bool) -> Iterator[Sources]:
    """Open the files that may be read: those of the user's index, and in the named folders.

    Raises UnusableIndex if the index is ``needed``, BadOption for a folder that is not there.
    """
    named = tuple(str(_folder(path)) for path in under)
    try:
        searcher = Searcher.open(folder)
    except IndexMissing:
        if needed:
            raise
        with Sources((), {}, named) as sources:
            yield sources
        return
    with searcher:
        if searcher.roots is None:
            print_foreign_note(folder)
        with Sources(searcher.roots or (), searcher.catalog.files, named) as sources:
            yield sources


def _folder(path: Path) -> Path:
    resolved = path.expanduser().resolve()
    if not resolved.is_dir():
        raise BadOption(f"There is no folder {path}", "give `--under` a folder")
    return resolved


def _print(lines: Iterable[str], colour: str, bidi: str) -> None:
    """Print lines, for a terminal with their Arabic in order."""
    if not sys.stdout.isatty():
        for line in lines:
            print(line)
        return
    from search.cli.terminal_page import output_page  # noqa: PLC0415 (a pipe needs no terminal)
    from search.render.terminal import sentence  # noqa: PLC0415

    page = output_page(colour, bidi)
    sys.stdout.write(page.bidi.enter)
    try:
        for line in lines:
            print("\n".join(sentence(line, page.columns, page)))
    finally:
        sys.stdout.write(page.bidi.leave)
        sys.stdout.flush()
