"""The progress bars of the indexer, and of what counts."""

from __future__ import annotations

import sys
import time
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
        *(rich.TextColumn("indexing"), rich.BarColumn(), rich.DownloadColumn(binary_units=True)),
        *(rich.TextColumn("{task.fields[counts]}"), rich.TimeRemainingColumn(compact=True)),
        rich.TextColumn("left"),
    )
    began = time.monotonic()
    with rich.Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("indexing", total=None, counts="")

        def update(progress: Progress) -> None:
            rate = progress.documents / max(time.monotonic() - began, 0.1)
            bar.update(
                task,
                total=progress.of_bytes,
                completed=progress.bytes,
                counts=f"{progress.documents:,} documents, {rate:,.0f}/s",
            )

        yield update


@contextmanager
def count_bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """Show a bar on a terminal, and yield the function that sets its count and its total."""
    if not sys.stderr.isatty():
        yield lambda _count, _total: None
        return
    from rich import progress as rich  # noqa: PLC0415 (only on a terminal)
    from rich.console import Console  # noqa: PLC0415

    columns = (rich.TextColumn(label), rich.BarColumn(), rich.MofNCompleteColumn())
    with rich.Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None)
        yield lambda count, total: bar.update(task, completed=count, total=total)
