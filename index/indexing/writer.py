"""IndexWriter: files into the index, files out of it, one commit after the other."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import Self

from index.errors import BadOption, IndexMissing, NotFound
from index.extract.walk import Candidate
from index.indexing import segment_batch as batch
from index.indexing import workers
from index.indexing.report import IndexReport, Progress
from index.indexing.run import IndexingRun, concerns
from index.indexing.segment_batch import BatchSettings, SegmentBatch
from index.indexing.sync_plan import SyncPlan, is_below, plan
from index.indexing.transaction import Transaction
from index.store.catalog import Catalog
from index.store.directory import IndexDirectory

MAX_SIZE = 64 << 20
"""Bytes; a larger document is skipped unless the user says otherwise."""


class IndexWriter:
    """Adds, refreshes and drops files. One process writes at a time.

    A run commits whenever a batch is full and when it ends, so that an interrupted
    run loses its last batch at most, or with jobs the last of each; the next run
    reads the rest.
    """

    def __init__(
        self,
        directory: IndexDirectory,
        *,
        max_size: int = MAX_SIZE,
        encodings: Sequence[tuple[str, str]] = (),
        jobs: int | None = 1,
        on_progress: Callable[[Progress], None] | None = None,
    ) -> None:
        self._directory = directory
        self._max_size = max_size
        self._encodings = tuple(encodings)
        self._jobs = jobs
        self._on_progress = on_progress
        self._changes = Transaction(directory)

    @classmethod
    def open(
        cls,
        path: str | Path,
        *,
        rebuild: bool = False,
        max_size: int = MAX_SIZE,
        encodings: Sequence[tuple[str, str]] = (),
        jobs: int | None = 1,
        on_progress: Callable[[Progress], None] | None = None,
    ) -> IndexWriter:
        """A writer for the index in a folder, made if it is not there.

        ``max_size`` is in bytes; ``encodings`` are pairs of a glob and the encoding
        of the files it matches. With ``rebuild`` the index starts empty. ``jobs`` is
        how many processes read files side by side; ``None`` lets the amount of work
        decide (:func:`index.indexing.workers.jobs_for`). A script that asks for more than one has to keep
        what it does below ``if __name__ == "__main__"``, for each process imports it.
        Raises UnusableIndex, StorageFailed or BadOption.
        """
        if jobs is not None and jobs < 1:
            raise BadOption(f"{jobs} jobs can do no work", "use 1 or more")
        folder = Path(path).expanduser().absolute()
        if rebuild and (folder / "dalil.json").exists():
            IndexDirectory(folder).clear()
        writer = cls(
            IndexDirectory.create(folder),
            max_size=max_size,
            encodings=encodings,
            jobs=jobs,
            on_progress=on_progress,
        )
        writer._changes.begin()
        return writer

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the index. What is not committed is dropped."""
        self._changes.cancel()

    @property
    def catalog(self) -> Catalog:
        """What the index holds, this run's changes included."""
        return self._changes.catalog

    def add_path(self, path: str | Path) -> IndexReport:
        """Add or refresh one file or folder; see :meth:`add_paths`."""
        return self.add_paths([path])

    def add_paths(self, paths: Iterable[str | Path]) -> IndexReport:
        """Add or refresh files and folders, and drop what has gone from them.

        Raises NotFound for a path that neither exists nor is known.
        """
        return self._run(_roots(paths, self.catalog))

    def refresh(self) -> IndexReport:
        """Refresh every folder that was ever added."""
        return self._run([Path(root) for root in self.catalog.roots])

    def forget(self, paths: Iterable[str | Path]) -> IndexReport:
        """Drop files or whole folders. Raises NotFound where nothing is known of one."""
        started, report = time.perf_counter(), IndexReport()
        for path in paths:
            target = self._known(Path(path).expanduser())
            files = self.catalog.under(target)
            for file in files:
                self._changes.drop(file)
            report.removed += len(files)
            report.warnings += self._forget_root(target)
        return self._finish(report, started)

    def _known(self, path: Path) -> str:
        """The path as the catalog has it: as given, for links may be gone, or resolved."""
        for target in (str(path.absolute()), str(path.resolve())):
            if target in self.catalog.roots or self.catalog.under(target):
                return target
        raise NotFound(
            f"The index holds nothing at {path.absolute()}", "`dalil status` lists what it holds"
        )

    def _forget_root(self, target: str) -> list[str]:
        """Let go of roots and notes; what to warn of."""
        catalog = self.catalog
        catalog.roots = [root for root in catalog.roots if not is_below(root, target)]
        catalog.skipped = [s for s in catalog.skipped if not concerns(s, target)]
        around = [root for root in catalog.roots if is_below(target, root)]
        if not around or not Path(target).exists():
            return []
        return [
            f"{target} is still in {around[0]}: the next run adds it again, "
            "unless an .ignore file there leaves it out"
        ]

    def _run(self, roots: Sequence[Path]) -> IndexReport:
        started = time.perf_counter()
        todo = plan(
            roots,
            self.catalog,
            index=self._directory.path,
            max_size=self._max_size,
            encoding=bool(self._encodings),
        )
        run = IndexingRun(todo, self._changes)
        run.begin([root for root in roots if root.exists()], todo)
        with closing(self._batches(todo.to_read)) as batches:
            for found in batches:
                run.take(found)
        return self._finish(run.report, started)

    def _batches(self, files: Sequence[Candidate]) -> Generator[SegmentBatch, None, None]:
        """What is in the files, read here or by processes side by side."""
        work = BatchSettings(
            folder=self._directory.path,
            encodings=self._encodings,
            documents=batch.MAX_BATCH_DOCUMENTS,
            characters=batch.MAX_BATCH_CHARACTERS,
        )

        def tell(done: int, documents: int, path: str) -> None:
            if self._on_progress:
                self._on_progress(Progress(done, len(files), documents, path))

        jobs = min(workers.jobs_for(files) if self._jobs is None else self._jobs, len(files))
        if jobs > 1:
            yield from workers.batches(files, jobs, work, tell)
        else:
            yield from batch.batches(files, work, tell)

    def _finish(self, report: IndexReport, started: float) -> IndexReport:
        self._changes.commit()
        report.documents = self._changes.document_count()
        report.seconds = time.perf_counter() - started
        return report


def dry_run(
    folder: str | Path,
    paths: Iterable[str | Path] = (),
    *,
    rebuild: bool = False,
    max_size: int = MAX_SIZE,
    encodings: Sequence[tuple[str, str]] = (),
) -> SyncPlan:
    """What a run over the paths, or over all known ones, would do. Writes nothing."""
    path = Path(folder).expanduser().absolute()
    catalog = Catalog()
    try:
        catalog = catalog if rebuild else IndexDirectory.open(path).last_catalog()
    except IndexMissing:
        if not paths:
            raise
    roots = _roots(paths, catalog) or [Path(root) for root in catalog.roots]
    return plan(roots, catalog, index=path, max_size=max_size, encoding=bool(encodings))


def _roots(paths: Iterable[str | Path], catalog: Catalog) -> list[Path]:
    """The paths resolved. Raises NotFound for one that neither exists nor is known."""
    roots = [Path(path).expanduser().resolve() for path in paths]
    for root in roots:
        known = str(root) in catalog.roots or catalog.under(str(root))
        if not root.exists() and not known:
            raise NotFound(f"There is no file or folder {root}", "check the path")
    return roots
