"""IndexWriter: add files to an index and remove them, commit by commit."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import Self

from index.errors import REBUILD, BadOption, IndexForeign, IndexMissing, NotFound
from index.extract.formats import format_of
from index.extract.walk import Candidate
from index.indexing import segment_batch, worker_pool
from index.indexing.repair import mark_lost_files
from index.indexing.report import IndexReport, Progress
from index.indexing.run import IndexingRun, is_about
from index.indexing.segment_batch import BatchSettings, SegmentBatch
from index.indexing.sync_plan import SyncPlan, is_below, plan_sync
from index.indexing.transaction import Transaction
from index.sandbox.limits import Limits
from index.store.catalog import Catalog
from index.store.directory import IndexDirectory
from index.store.layout import MARKER
from index.store.trust import data_folder, is_foreign, record

MAX_SIZE = 64 << 20
"""Bytes; a larger file is skipped by default."""


class IndexWriter:
    """Adds, refreshes and removes files. One process writes at a time.

    A run commits whenever a batch is full and when it ends, so that an interrupted
    run loses its last batch at most, or the last of each process; the next run reads
    the rest.

    ``max_size`` is in bytes; ``encodings`` are pairs of a glob and the encoding of the
    files it matches. With ``checksum`` files of the same size and time are hashed, and read
    if they differ. ``jobs`` is the number of processes that read files; ``None`` chooses
    it by the number of bytes (:func:`index.indexing.worker_pool.default_jobs`). A script
    that asks for more than one process has to keep its statements below
    ``if __name__ == "__main__"``, because each process imports the script.
    """

    def __init__(
        self,
        directory: IndexDirectory,
        *,
        max_size: int = MAX_SIZE,
        encodings: Sequence[tuple[str, str]] = (),
        checksum: bool = False,
        jobs: int | None = 1,
        on_progress: Callable[[Progress], None] | None = None,
    ) -> None:
        self._directory = directory
        self._max_size = max_size
        self._encodings = tuple(encodings)
        self._checksum = checksum
        self._jobs = jobs
        self._on_progress = on_progress
        self._transaction = Transaction(directory)

    @classmethod
    def open(
        cls,
        path: str | Path,
        *,
        rebuild: bool = False,
        repair: bool = False,
        max_size: int = MAX_SIZE,
        encodings: Sequence[tuple[str, str]] = (),
        checksum: bool = False,
        jobs: int | None = 1,
        on_progress: Callable[[Progress], None] | None = None,
    ) -> IndexWriter:
        """Open a writer for the index in a folder, which is created if it is missing.

        With ``rebuild`` it starts empty, with ``repair`` without damaged segments, for
        :meth:`repair`. Raises UnusableIndex (IndexForeign for an index from someone else),
        StorageFailed or BadOption.
        """
        if jobs is not None and jobs < 1:
            raise BadOption(f"{jobs} jobs are too few", "use 1 or more")
        folder = Path(path).expanduser().absolute()
        rebuild = rebuild and (folder / MARKER).exists()
        if rebuild:
            directory = IndexDirectory.existing(folder)
        else:
            directory = (IndexDirectory.open if repair else IndexDirectory.create)(folder)
        refuse_foreign(folder)
        writer = cls(
            directory,
            max_size=max_size,
            encodings=encodings,
            checksum=checksum,
            jobs=jobs,
            on_progress=on_progress,
        )
        writer._transaction = Transaction(directory, rebuild=rebuild, repair=repair)
        writer._transaction.begin()
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
        """Release the lock. What is not committed is dropped."""
        self._transaction.cancel()

    @property
    def catalog(self) -> Catalog:
        """The catalog of the index, with the changes of this writer."""
        return self._transaction.catalog

    def add_path(self, path: str | Path) -> IndexReport:
        """Add or refresh one file or folder; see :meth:`add_paths`."""
        return self.add_paths([path])

    def add_paths(self, paths: Iterable[str | Path]) -> IndexReport:
        """Add or refresh files and folders, and remove files that are gone from them.

        Raises NotFound for a path that neither exists nor is in the index.
        """
        return self._run(_roots(paths, self.catalog))

    def refresh(self) -> IndexReport:
        """Refresh every folder that was ever added."""
        return self._run([Path(root) for root in self.catalog.roots])

    def repair(self) -> IndexReport:
        """Read the files of damaged segments again, in one commit without these segments.

        The writer was opened with ``repair``. Every folder is refreshed as well. Warnings name
        the files that are gone.
        """
        damaged = self._transaction.damaged
        if not damaged:
            intact = f"no segment is damaged, by its checksums; if a search fails, {REBUILD}"
            return self._finish(IndexReport(warnings=[intact]), time.perf_counter())
        lost = mark_lost_files(self._transaction)
        warnings = [f"{file.name} {file.fault}: it was replaced" for file in damaged.values()]
        gone = [path for path in lost if not Path(path).exists()]
        warnings += [f"{path} is gone: its documents are lost" for path in gone]
        report = self._run([Path(root) for root in self.catalog.roots])
        report.warnings = warnings + report.warnings
        return report

    def forget(self, paths: Iterable[str | Path]) -> IndexReport:
        """Remove files or whole folders. Raises NotFound if the index holds nothing of one."""
        started, report = time.perf_counter(), IndexReport()
        for path in paths:
            known = self._known_path(Path(path).expanduser())
            files = self.catalog.under(known)
            for file in files:
                self._transaction.delete_file(file)
            report.removed += len(files)
            report.warnings += self._forget_root(known)
        return self._finish(report, started)

    def _known_path(self, path: Path) -> str:
        """Return the path as the catalog has it: as given, for links may be gone, or resolved."""
        for known in (str(path.absolute()), str(path.resolve())):
            if known in self.catalog.roots or self.catalog.under(known):
                return known
        raise NotFound(
            f"The index holds nothing at {path.absolute()}", "`dalil status` lists what it holds"
        )

    def _forget_root(self, path: str) -> list[str]:
        """Remove roots and skipped files at or below a path; return warnings."""
        catalog = self.catalog
        catalog.roots = [root for root in catalog.roots if not is_below(root, path)]
        catalog.skipped = [s for s in catalog.skipped if not is_about(s, path)]
        around = [root for root in catalog.roots if is_below(path, root)]
        if not around or not Path(path).exists():
            return []
        return [
            f"{path} is still in {around[0]}: the next run adds it again, "
            "unless an .ignore file there leaves it out"
        ]

    def _run(self, roots: Sequence[Path]) -> IndexReport:
        started = time.perf_counter()
        plan = plan_sync(
            roots,
            self.catalog,
            index=self._directory.path,
            max_size=self._max_size,
            reread=bool(self._encodings),
            checksum=self._checksum,
        )
        run = IndexingRun(plan, self._transaction)
        self._record(roots, run.report)  # before a commit names them: a run can be killed
        run.begin([root for root in roots if root.exists()])
        with closing(self._read_batches(plan.to_read)) as batches:
            for batch in batches:
                run.add_batch(batch)
        return self._finish(run.report, started)

    def _record(self, roots: Sequence[Path], report: IndexReport) -> None:
        """Record that the user indexed these folders here."""
        try:
            record(self._directory.path, [str(root) for root in roots])
        except OSError as error:
            report.warnings.append(f"{data_folder()} cannot be written: {error.strerror}")

    def _read_batches(self, files: Sequence[Candidate]) -> Generator[SegmentBatch, None, None]:
        """Read files and invert them, in this process or in several others."""
        settings = BatchSettings(
            folder=self._directory.path,
            encodings=self._encodings,
            formats=tuple({row.name for file in files if (row := format_of(file.path))}),
            limits=Limits.for_files(self._max_size),
            max_documents=segment_batch.MAX_BATCH_DOCUMENTS,
            max_characters=segment_batch.MAX_BATCH_CHARACTERS,
        )

        total = sum(file.size for file in files)

        def on_progress(done: int, documents: int, path: str, size: int) -> None:
            if self._on_progress:
                self._on_progress(Progress(done, len(files), documents, path, size, total))

        jobs = worker_pool.default_jobs(files) if self._jobs is None else self._jobs
        jobs = min(jobs, len(files))
        if jobs > 1:
            yield from worker_pool.read_batches(files, jobs, settings, on_progress)
        else:
            yield from segment_batch.read_batches(files, settings, on_progress)

    def _finish(self, report: IndexReport, started: float) -> IndexReport:
        self._transaction.finish()
        report.documents = self._transaction.document_count()
        report.seconds = time.perf_counter() - started
        return report


def refuse_foreign(folder: Path) -> None:
    """Raise IndexForeign if an index names folders that the user did not index on this machine."""
    if (folder / MARKER).exists() and is_foreign(folder):
        raise IndexForeign(
            f"The index at {folder} was moved, or names folders that were not indexed here: "
            "it is only searched",
            f"`dalil trust {folder}` makes it yours; `--index DIR` names another",
        )


def dry_run(
    folder: str | Path,
    paths: Iterable[str | Path] = (),
    *,
    rebuild: bool = False,
    max_size: int = MAX_SIZE,
    encodings: Sequence[tuple[str, str]] = (),
    checksum: bool = False,
) -> SyncPlan:
    """Return the plan of a run over the paths, or over all known ones. Writes nothing."""
    path = Path(folder).expanduser().absolute()
    catalog = Catalog()
    try:
        catalog = catalog if rebuild else IndexDirectory.open(path).last_catalog()
    except IndexMissing:
        if not paths:
            raise
    if not paths and not rebuild:
        refuse_foreign(path)
    roots = _roots(paths, catalog) or [Path(root) for root in catalog.roots]
    return plan_sync(
        roots,
        catalog,
        index=path,
        max_size=max_size,
        reread=bool(encodings),
        checksum=checksum,
    )


def _roots(paths: Iterable[str | Path], catalog: Catalog) -> list[Path]:
    """Resolve the paths. Raises NotFound for one that neither exists nor is in the catalog."""
    roots = [Path(path).expanduser().resolve() for path in paths]
    for root in roots:
        known = str(root) in catalog.roots or catalog.under(str(root))
        if not root.exists() and not known:
            raise NotFound(f"There is no file or folder {root}", "check the path")
    return roots
