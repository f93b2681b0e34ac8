"""The progress bars of the indexer, and of what counts."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from index.indexing.report import Progress


@contextmanager
def progress_bar(*, silent: bool) -> Iterator[Callable[[Progress], None] | None]:
    """Show a progress bar and yield the function that updates it.

    With ``silent``, or if standard error is not a terminal, shows no bar and yields None.
    """
    if silent or not sys.stderr.isatty():
        yield None
        return
    from rich import progress as rich  # noqa: PLC0415 (only on a terminal)
    from rich.console import Console  # noqa: PLC0415

    columns = (
        *(rich.TextColumn("indexing"), rich.BarColumn(), rich.MofNCompleteColumn()),
        *(rich.TextColumn("files, {task.fields[documents]:,} documents"), rich.TimeElapsedColumn()),
    )
    with rich.Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("indexing", total=None, documents=0)

        def update(progress: Progress) -> None:
            bar.update(
                task, total=progress.of, completed=progress.files, documents=progress.documents
            )

        yield update


@contextmanager
def count_bar(label: str, total: int) -> Iterator[Callable[[int], None]]:
    """Show a bar with a count on a terminal, and yield the function that sets the count."""
    if not sys.stderr.isatty():
        yield lambda _count: None
        return
    from rich import progress as rich  # noqa: PLC0415 (only on a terminal)
    from rich.console import Console  # noqa: PLC0415

    columns = (rich.TextColumn(label), rich.BarColumn(), rich.MofNCompleteColumn())
    with rich.Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=total)
        yield lambda count: bar.update(task, completed=count)
