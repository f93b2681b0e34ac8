"""dalil index: add or refresh files and folders."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from index.errors import BadOption, IndexMissing
from index.plan import Plan
from index.report import IndexReport
from index.writer import MAX_SIZE, IndexWriter, Progress
from search.cli import options as opt
from search.cli.app import FAILED, command
from search.cli.console import tell
from search.render import data
from search.render.lines import one_line

MOST_SKIPPED = 40
"""Skipped files that a report lists; ``dalil status`` lists all."""


@command("index")
def index(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Files and folders; none: refresh all that the index knows."),
    ] = None,
    index: opt.IndexOption = None,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Start with an empty index.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done.")] = False,
    max_size: Annotated[
        str, typer.Option("--max-size", metavar="SIZE", help="Skip documents larger than this.")
    ] = f"{MAX_SIZE >> 20}M",
    encoding: Annotated[
        list[str] | None,
        typer.Option("--encoding", metavar="GLOB=NAME", help="How to read some files."),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="End in 2 if a file cannot be read.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")] = False,
    json: opt.JsonOption = False,
) -> None:
    """Add or refresh files and folders; what has gone from them is dropped.

    Examples: dalil index ~/articles · dalil index · dalil index old --encoding '*.txt=windows-1256'
    """
    folder = opt.index_folder(index)
    if not paths and not (folder / "dalil.json").exists():
        raise IndexMissing(f"There is no index at {folder}", "name a folder: `dalil index FOLDER`")
    if dry_run and not (folder / "dalil.json").exists():
        raise IndexMissing(f"There is no index at {folder} yet: all of it would be added", "")
    with (
        _progress(quiet or json) as on_progress,
        IndexWriter.open(
            folder,
            rebuild=rebuild and not dry_run,
            max_size=_bytes(max_size),
            encodings=[_pair(text) for text in encoding or []],
            on_progress=on_progress,
        ) as writer,
    ):
        if dry_run:
            _print_plan(writer.plan(paths or []))
            return
        report = writer.add_paths(paths) if paths else writer.refresh()
    if json:
        print(data.dumps(report.to_json(), indent=2))
    elif not quiet:
        _tell_report(report)
    if strict and any(skipped.problem for skipped in report.skipped):
        raise typer.Exit(FAILED)


def _bytes(text: str) -> int:
    """``64M``, ``500k``, ``2G`` or plain bytes."""
    number, unit = text[:-1], text[-1:].upper()
    shift = {"K": 10, "M": 20, "G": 30}.get(unit)
    digits = number if shift is not None else text
    if not digits.isdecimal():
        raise BadOption(f"--max-size {text!r} is no size", "write 500k, 64M or 2G")
    return int(digits) << (shift or 0)


def _pair(text: str) -> tuple[str, str]:
    glob, sign, name = text.rpartition("=")
    if not sign or not glob or not name:
        raise BadOption(f"--encoding {text!r} has no '='", "write '*.txt=windows-1256'")
    return glob, name


def _tell_report(report: IndexReport) -> None:
    for warning in report.warnings:
        tell(f"warning: {warning}")
    for skipped in report.skipped[:MOST_SKIPPED]:
        tell(f"skipped {one_line(opt.shown_path(skipped.path))}: {one_line(skipped.reason)}")
    if len(report.skipped) > MOST_SKIPPED:
        tell(f"… and {len(report.skipped) - MOST_SKIPPED:,} more: `dalil status` lists them")
    tell(sentence(report))


def sentence(report: IndexReport) -> str:
    """What a run did, as a person would say it."""
    done = [
        f"{verb} {count:,}"
        for verb, count in (
            ("added", report.added),
            ("updated", report.updated),
            ("moved", report.moved),
            ("removed", report.removed),
        )
        if count
    ]
    files = (
        "file" if report.added + report.updated + report.moved + report.removed == 1 else "files"
    )
    did = f"{', '.join(done)} {files}".capitalize() if done else "Nothing has changed"
    holds = "document" if report.documents == 1 else "documents"
    skipped = f" {len(report.skipped):,} skipped." if report.skipped else ""
    return (
        f"{did} in {report.seconds:.1f} s.{skipped} The index holds {report.documents:,} {holds}."
    )


def _print_plan(todo: Plan) -> None:
    rows = (
        *(("add", str(file.path)) for file in todo.added),
        *(("update", str(file.path)) for file in todo.updated),
        *(("move", f"{old} → {file.path}") for old, file in todo.moved.items()),
        *(("remove", path) for path in todo.removed),
        *(("skip", f"{skipped.path}: {skipped.reason}") for skipped in todo.skipped),
    )
    for verb, what in rows:
        print(f"{verb}\t{one_line(what)}")
    for warning in todo.warnings:
        tell(f"warning: {warning}")


@contextmanager
def _progress(silent: bool) -> Iterator[Callable[[Progress], None] | None]:
    """A bar on standard error when a person is looking."""
    if silent or not sys.stderr.isatty():
        yield None
        return
    from rich import progress as rich  # noqa: PLC0415
    from rich.console import Console  # noqa: PLC0415 (only when a person is looking)

    columns = (
        *(rich.TextColumn("indexing"), rich.BarColumn(), rich.MofNCompleteColumn()),
        *(rich.TextColumn("files, {task.fields[documents]:,} documents"), rich.TimeElapsedColumn()),
    )
    with rich.Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("indexing", total=None, documents=0)

        def show(progress: Progress) -> None:
            bar.update(
                task, total=progress.of, completed=progress.files, documents=progress.documents
            )

        yield show
