"""dalil watch: keep the known folders fresh."""

from __future__ import annotations

import signal
from functools import partial
from pathlib import Path
from threading import Event
from typing import Annotated, Any

from index.indexing.report import IndexReport
from index.indexing.writer import IndexWriter
from index.store.directory import IndexDirectory
from search.cli import options as opt
from search.cli.console import print_note
from search.cli.parameters import Argument
from search.cli.registry import command
from search.render import data
from search.render.report import report_sentence


@command("watch")
def watch(
    paths: Annotated[
        list[Path] | None, Argument(help="Folders to add first; none: those that are known.")
    ] = None,
    index: opt.IndexOption = None,
    quiet: opt.QuietOption = False,
    json: opt.JsonOption = False,
) -> None:
    """Keep the folders of the index fresh until Ctrl-C: what changes is read a moment later.

    Example: dalil watch ~/articles
    """
    folder = opt.index_folder(index).expanduser().absolute()
    open_writer = partial(IndexWriter.open, folder, jobs=None)
    if paths:
        with open_writer() as writer:
            _print(writer.add_paths(paths), quiet=quiet, json=json)
    IndexDirectory.open(folder)  # raises if there is no index
    from index.indexing.folder_watch import FolderWatch  # noqa: PLC0415 (only for this command)

    watched = FolderWatch(folder, open_writer, _stop_on_sigterm())
    if not quiet:
        print_note(f"watching the folders of {folder}; Ctrl-C ends it")
    for report in watched.reports():
        _print(report, quiet=quiet, json=json)


def _stop_on_sigterm() -> Event:
    """Return an event that SIGTERM sets, so that a service ends after what it reads."""
    stop = Event()

    def set_it(*_: Any) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, set_it)
    return stop


def _print(report: IndexReport, *, quiet: bool, json: bool) -> None:
    if json:
        print(data.dumps(report.to_json()), flush=True)
    elif not quiet:
        for warning in report.warnings:
            print_note(f"warning: {warning}")
        print_note(report_sentence(report))
