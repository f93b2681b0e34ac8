"""dalil trust: say that the files of an index may be opened."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from index.errors import StorageFailed
from index.store import trust as records
from index.store.directory import IndexDirectory
from search.cli.parameters import Argument
from search.cli.registry import command
from search.render.lines import one_line, shown_path


@command("trust")
def trust(
    index: Annotated[Path, Argument(metavar="INDEX", help="Folder of the index.")],
) -> None:
    """Let the files of an index be opened that was not made here. Prints its folders.

    Example: dalil trust ~/Downloads/their-index
    """
    folder = index.expanduser().absolute()
    roots = IndexDirectory.open(folder).last_catalog().roots
    try:
        records.record(folder, roots)
    except OSError as error:
        raise StorageFailed(
            f"{records.data_folder()} cannot be written: {error.strerror or error}"
        ) from error
    for root in roots:
        print(one_line(shown_path(root)))
