"""dalil index: add or refresh files and folders."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

from index.document import Skipped
from index.errors import BadOption, IndexMissing, NotFound
from index.extract.encoding import canonical_name
from index.indexing.report import IndexReport, Progress
from index.indexing.sync_plan import SyncPlan
from index.indexing.writer import MAX_SIZE, IndexWriter, dry_run
from index.store.directory import MARKER, IndexDirectory
from search.cli import options as opt
from search.cli.app import FAILED, command
from search.cli.console import print_note
from search.cli.parameters import Argument, Option
from search.render import data
from search.render.lines import one_line, shown_path

MOST_SKIPPED = 40
"""Skipped files that a report lists; ``dalil status`` lists all."""


@command("index")
def index(
    paths: Annotated[
        list[Path] | None,
        Argument(help="Files and folders; none: refresh all that the index knows."),
    ] = None,
    index: opt.IndexOption = None,
    rebuild: Annotated[bool, Option("--rebuild", help="Start with an empty index.")] = False,
    dry: Annotated[bool, Option("--dry-run", help="Say what would be done.")] = False,
    max_size: Annotated[
        str, Option("--max-size", metavar="SIZE", help="Skip documents larger than this.")
    ] = f"{MAX_SIZE >> 20}M",
    encoding: Annotated[
        list[str] | None,
        Option("--encoding", metavar="GLOB=NAME", help="How to read some files."),
    ] = None,
    jobs: Annotated[
        int | None,
        Option("--jobs", metavar="N", min=1, help="Processes that read; as many as help, up to 4."),
    ] = None,
    strict: Annotated[bool, Option("--strict", help="End in 2 if a file cannot be read.")] = False,
    quiet: Annotated[bool, Option("--quiet", "-q", help="Say nothing but errors.")] = False,
    json: opt.JsonOption = False,
) -> None:
    """Add or refresh files and folders; what has gone from them is dropped.

    Examples: dalil index ~/articles · dalil index · dalil index old --encoding '*.txt=windows-1256'
    """
    folder = opt.index_folder(index).expanduser().absolute()
    limit, encodings = _bytes(max_size), [_pair(text) for text in encoding or []]
    if not paths and not (folder / MARKER).exists():
        raise IndexMissing(f"There is no index at {folder}", "name a folder: `dalil index FOLDER`")
    if rebuild:
        paths = _sources(folder, paths or [])
    if dry:
        todo = dry_run(folder, paths or [], rebuild=rebuild, max_size=limit, encodings=encodings)
        _print_plan(todo, json=json)
        return
    with (
        _progress(quiet or json) as on_progress,
        IndexWriter.open(
            folder,
            rebuild=rebuild,
            max_size=limit,
            encodings=encodings,
            jobs=jobs,
            on_progress=on_progress,
        ) as writer,
    ):
        report = writer.add_paths(paths) if paths else writer.refresh()
    problems = [skipped for skipped in report.skipped if skipped.problem]
    if json:
        print(data.dumps(report.to_json(), indent=2))
    elif not quiet:
        _tell_report(report)
    elif strict:
        _tell_skipped(problems)
    if strict and problems:
        sys.exit(FAILED)


def _sources(folder: Path, paths: list[Path]) -> list[Path]:
    """What to build an index from anew; all of it has to be there before anything is dropped."""
    if not paths:
        paths = [Path(root) for root in IndexDirectory(folder).last_catalog().roots]
    for path in paths:
        if not path.expanduser().exists():
            raise NotFound(
                f"There is no file or folder {path}", "nothing was done: name what is there"
            )
    if not paths:
        raise NotFound(f"The index at {folder} knows no folder", "name one to build it from")
    return paths


_SIZE = re.compile(r"(\d{1,18})\s*([KMG]?)(?:i?B)?", re.IGNORECASE)


def _bytes(text: str) -> int:
    """``64M``, ``500k``, ``2 GB`` or plain bytes."""
    match = _SIZE.fullmatch(text.strip())
    if match is None:
        raise BadOption(f"--max-size {text!r} is no size", "write 500k, 64M or 2G")
    return int(match[1]) << {"": 0, "K": 10, "M": 20, "G": 30}[match[2].upper()]


def _pair(text: str) -> tuple[str, str]:
    glob, sign, name = text.rpartition("=")
    if not sign or not glob or not name:
        raise BadOption(f"--encoding {text!r} has no '='", "write '*.txt=windows-1256'")
    if canonical_name(name) is None:
        raise BadOption(f"No encoding is called {name!r}", "use a name such as windows-1256")
    return glob, name


def _tell_report(report: IndexReport) -> None:
    for warning in report.warnings:
        print_note(f"warning: {warning}")
    _tell_skipped(report.skipped)
    print_note(sentence(report))


def _tell_skipped(all_skipped: Sequence[Skipped]) -> None:
    for skipped in all_skipped[:MOST_SKIPPED]:
        print_note(f"skipped {one_line(shown_path(skipped.path))}: {one_line(skipped.reason)}")
    if len(all_skipped) > MOST_SKIPPED:
        print_note(f"… and {len(all_skipped) - MOST_SKIPPED:,} more: `dalil status` lists them")


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


def _print_plan(todo: SyncPlan, *, json: bool) -> None:
    facts: dict[str, Any] = {
        "add": [str(file.path) for file in todo.added],
        "update": [str(file.path) for file in todo.updated],
        "move": {old: str(file.path) for old, file in todo.moved.items()},
        "remove": todo.removed,
        "skip": {skipped.path: skipped.reason for skipped in todo.skipped},
    }
    if json:
        print(data.dumps({**facts, "warnings": todo.warnings}, indent=2))
        return
    for verb, found in facts.items():
        for path in found:
            more = f" → {found[path]}" if isinstance(found, dict) else ""
            print(f"{verb}\t{one_line(path + more)}")
    for warning in todo.warnings:
        print_note(f"warning: {warning}")


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
