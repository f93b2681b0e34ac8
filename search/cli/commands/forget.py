"""dalil forget: remove files or folders from the index."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from index.indexing.writer import IndexWriter
from index.store.directory import IndexDirectory
from search.cli import options as opt
from search.cli.console import print_note
from search.cli.parameters import Argument
from search.cli.registry import command
from search.render.report import report_sentence


@command("forget")
def forget(
    paths: Annotated[list[Path], Argument(help="Files and folders to remove.")],
    index: opt.IndexOption = None,
    quiet: opt.QuietOption = False,
) -> None:
    """Remove files or folders from the index. The files themselves are not touched.

    Example: dalil forget ~/articles/drafts
    """
    folder = opt.index_folder(index)
    IndexDirectory.open(folder)  # raises if there is no index: the writer would create one
    with IndexWriter.open(folder) as writer:
        report = writer.forget(paths)
    if not quiet:
        for warning in report.warnings:
            print_note(f"warning: {warning}")
        print_note(report_sentence(report))
