"""dalil index: add or refresh files and folders."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

from index.document import Skipped
from index.errors import BadOption, IndexMissing, NotFound, Unreadable
from index.extract.encoding import canonical_name
from index.indexing.report import IndexReport
from index.indexing.sync_plan import SyncPlan
from index.indexing.writer import MAX_SIZE, IndexWriter, dry_run, refuse_foreign
from index.store.directory import IndexDirectory
from index.store.layout import MARKER
from search.cli import options as opt
from search.cli.console import print_note, print_warning
from search.cli.errors import FAILED, NOTHING_FOUND
from search.cli.parameters import Argument, Option
from search.cli.progress_bar import progress_bar
from search.cli.registry import command
from search.render import data
from search.render.lines import one_line, shown_path
from search.render.report import left_out_kind, report_sentence

MAX_SKIPPED = 40
"""Skipped files that a report lists; ``dalil status`` lists all."""


PathsArgument = Annotated[
    list[Path] | None,
    Argument(help="Files and folders; none: refresh all that the index knows."),
]
SizeOption = Annotated[
    str, Option("--max-size", metavar="SIZE", help="Skip documents larger than this.")
]
EncodingOption = Annotated[
    list[str] | None,
    Option("--encoding", metavar="GLOB=NAME", help="Encoding of the files that match."),
]
ChecksumOption = Annotated[
    bool, Option("--checksum", help="Hash all files, also those of the same size and time.")
]
JobsOption = Annotated[
    int | None,
    Option("--jobs", metavar="N", min=1, help="Processes that read; as many as help, up to 4."),
]


@command("index")
def index(
    paths: PathsArgument = None,
    index: opt.IndexOption = None,
    rebuild: Annotated[bool, Option("--rebuild", help="Start with an empty index.")] = False,
    repair: Annotated[
        bool, Option("--repair", help="Read the files of damaged segments again.")
    ] = False,
    checksum: ChecksumOption = False,
    dry: Annotated[bool, Option("--dry-run", help="Print what would be done.")] = False,
    max_size: SizeOption = f"{MAX_SIZE >> 20}M",
    encoding: EncodingOption = None,
    jobs: JobsOption = None,
    strict: Annotated[bool, Option("--strict", help="End in 2 if a file cannot be read.")] = False,
    quiet: opt.QuietOption = False,
    json: opt.JsonOption = False,
) -> None:
    """Add or refresh files and folders; those that no longer exist are removed.

    Examples: dalil index ~/articles · dalil index · dalil index old --encoding '*.txt=windows-1256'
    """
    folder = opt.index_folder(index).expanduser().absolute()
    limit, encodings = _bytes(max_size), [_encoding(text) for text in encoding or []]
    if not paths and not (folder / MARKER).exists():
        raise IndexMissing(f"There is no index at {folder}", "name a folder: `dalil index FOLDER`")
    if repair and (paths or rebuild or dry):
        raise BadOption(
            "--repair goes with no paths, --rebuild or --dry-run",
            "`dalil index --repair` alone reads what is damaged again",
        )
    if rebuild:
        paths = _sources(folder, paths or [])
    settings: dict[str, Any] = {
        "rebuild": rebuild,
        "max_size": limit,
        "encodings": encodings,
        "checksum": checksum,
    }
    if dry:
        _print_plan(dry_run(folder, paths or [], **settings), json=json)
        return
    with (
        progress_bar(silent=quiet or json) as on_progress,
        IndexWriter.open(
            folder, **settings, repair=repair, jobs=jobs, on_progress=on_progress
        ) as writer,
    ):
        if repair:
            report = writer.repair()
        else:
            report = writer.add_paths(paths) if paths else writer.refresh()
    _print_report(report, json=json, quiet=quiet, strict=strict)
    _refuse_unread(paths or [], report)


def _refuse_unread(paths: Sequence[Path], report: IndexReport) -> None:
    """Raise Unreadable for a path of the command line that the system did not open.

    Exits with 1 if nothing below the paths is or was a document.
    """
    named = {str(path.expanduser().resolve()) for path in paths}
    for skipped in report.skipped:
        if skipped.problem and skipped.path in named:
            raise Unreadable(f"{skipped.path} {skipped.reason}", "check who may read it")
    if paths and not (report.changed or report.unchanged):
        listed = ", ".join(map(str, paths))
        print_note(f"There is nothing to read in {listed}: `dalil status` says what was left out.")
        sys.exit(NOTHING_FOUND)


def _sources(folder: Path, paths: list[Path]) -> list[Path]:
    """Return the paths to rebuild an index from, by default its roots; all of them must exist."""
    if not paths:
        refuse_foreign(folder)
        paths = [Path(root) for root in IndexDirectory(folder).last_catalog().roots]
    for path in paths:
        if not path.expanduser().exists():
            raise NotFound(
                f"There is no file or folder {path}",
                "nothing was done: name only paths that exist",
            )
    if not paths:
        raise NotFound(f"The index at {folder} knows no folder", "name one to build it from")
    return paths


_SIZE = re.compile(r"(\d{1,18})\s*([KMG]?)(?:i?B)?", re.IGNORECASE)


def _bytes(text: str) -> int:
    """Return the number of bytes of ``64M``, ``500k``, ``2 GB`` or a plain number."""
    match = _SIZE.fullmatch(text.strip())
    if match is None:
        raise BadOption(f"--max-size {text!r} is no size", "write 500k, 64M or 2G")
    return int(match[1]) << {"": 0, "K": 10, "M": 20, "G": 30}[match[2].upper()]


def _encoding(text: str) -> tuple[str, str]:
    """Return the pattern and the encoding of ``GLOB=NAME``."""
    glob, sign, name = text.rpartition("=")
    if not sign or not glob or not name:
        raise BadOption(f"--encoding {text!r} has no '='", "write '*.txt=windows-1256'")
    if canonical_name(name) is None:
        raise BadOption(f"No encoding is called {name!r}", "use a name such as windows-1256")
    return glob, name


def _print_report(report: IndexReport, *, json: bool, quiet: bool, strict: bool) -> None:
    """Print a report; exit with an error if ``strict`` and a file could not be read."""
    problems = [skipped for skipped in report.skipped if skipped.problem]
    if json:
        print(data.dumps(report.to_json(), indent=2))
    elif not quiet:
        for warning in report.warnings:
            print_warning(f"warning: {warning}")
        _print_skipped([skipped for skipped in report.skipped if not left_out_kind(skipped)])
        print_note(report_sentence(report))
    elif strict:
        _print_skipped(problems)
    if strict and problems:
        sys.exit(FAILED)


def _print_skipped(skipped: Sequence[Skipped]) -> None:
    for file in skipped[:MAX_SKIPPED]:
        print_warning(f"skipped {one_line(shown_path(file.path))}: {one_line(file.reason)}")
    if len(skipped) > MAX_SKIPPED:
        print_warning(f"… and {len(skipped) - MAX_SKIPPED:,} more: `dalil status` lists them")


def _print_plan(plan: SyncPlan, *, json: bool) -> None:
    """Print what a run would do with each file."""
    actions: dict[str, Any] = {
        "add": [str(file.path) for file in plan.added],
        "update": [str(file.path) for file in plan.updated],
        "move": {old: str(file.path) for old, file in plan.moved.items()},
        "remove": plan.removed,
        "skip": {skipped.path: skipped.reason for skipped in plan.skipped},
    }
    if json:
        print(data.dumps({**actions, "warnings": plan.warnings}, indent=2))
        return
    for verb, files in actions.items():
        for path in files:
            target = f" → {files[path]}" if isinstance(files, dict) else ""
            print(f"{verb}\t{one_line(path + target)}")
    for warning in plan.warnings:
        print_note(f"warning: {warning}")
