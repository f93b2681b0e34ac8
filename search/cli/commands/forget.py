"""dalil forget: drop files or folders from the index."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from index.indexing.writer import IndexWriter
from index.store.directory import IndexDirectory
from search.cli import options as opt
from search.cli.app import command
from search.cli.commands.index import sentence
from search.cli.console import print_note
from search.cli.parameters import Argument, Option


@command("forget")
def forget(
    paths: Annotated[list[Path], Argument(help="Files and folders to drop.")],
    index: opt.IndexOption = None,
    quiet: Annotated[bool, Option("--quiet", "-q", help="Say nothing but errors.")] = False,
) -> None:
    """Drop files or folders from the index. The files themselves are not touched.

    Example: dalil forget ~/articles/drafts
    """
    folder = opt.index_folder(index)
    IndexDirectory.open(folder)  # forgetting must not make an index
    with IndexWriter.open(folder) as writer:
        report = writer.forget(paths)
    if not quiet:
        for warning in report.warnings:
            print_note(f"warning: {warning}")
        print_note(sentence(report))
