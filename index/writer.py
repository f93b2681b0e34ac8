"""IndexWriter: files into the index, files out of it, one commit after the other."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Self

from index import extract
from index.batch import Batch
from index.catalog import Catalog, FileState
from index.directory import IndexDirectory
from index.document import Document, Skipped
from index.errors import NotFound, Unreadable
from index.extract.walk import Candidate
from index.plan import Plan, digest, plan
from index.report import IndexReport

MAX_SIZE = 64 << 20
"""Bytes; a larger document is skipped unless the user says otherwise."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run has come."""

    files: int
    of: int
    documents: int
    path: str


class IndexWriter:
    """Adds, refreshes and drops files. One process writes at a time.

    A run commits whenever a batch is full and when it ends, so that an interrupted
    run loses its last batch at most; the next run reads the rest.
    """

    def __init__(
        self,
        directory: IndexDirectory,
        *,
        max_size: int = MAX_SIZE,
        encodings: Sequence[tuple[str, str]] = (),
        on_progress: Callable[[Progress], None] | None = None,
    ) -> None:
        self._directory = directory
        self._max_size = max_size
        self._encodings = encodings
        self._on_progress = on_progress
        self._batch = Batch(directory)

    @classmethod
    def open(
        cls,
        path: str | Path,
        *,
        rebuild: bool = False,
        max_size: int = MAX_SIZE,
        encodings: Sequence[tuple[str, str]] = (),
        on_progress: Callable[[Progress], None] | None = None,
    ) -> IndexWriter:
        """A writer for the index in a folder, made if it is not there.

        ``max_size`` is in bytes; ``encodings`` are pairs of a glob and the encoding
        of the files it matches. With ``rebuild`` the index starts empty. Raises
        UnusableIndex or StorageFailed.
        """
        folder = Path(path).expanduser().absolute()
        if rebuild and (folder / "dalil.json").exists():
            IndexDirectory(folder).clear()
        directory = IndexDirectory.create(folder)
        writer = cls(directory, max_size=max_size, encodings=encodings, on_progress=on_progress)
        writer._batch.begin()
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
        self._batch.cancel()

    @property
    def catalog(self) -> Catalog:
        """What the index holds, this run's changes included."""
        return self._batch.catalog

    def add_path(self, path: str | Path) -> IndexReport:
        """Add or refresh one file or folder; see :meth:`add_paths`."""
        return self.add_paths([path])

    def add_paths(self, paths: Iterable[str | Path]) -> IndexReport:
        """Add or refresh files and folders, and drop what has gone from them.

        Raises NotFound for a path that neither exists nor is known.
        """
        roots = [Path(path).expanduser().resolve() for path in paths]
        for root in roots:
            if not root.exists() and not self.catalog.under(str(root)):
                raise NotFound(f"There is no file or folder {root}", "check the path")
        return self._run(roots)

    def refresh(self) -> IndexReport:
        """Refresh every folder that was ever added."""
        return self._run([Path(root) for root in self.catalog.roots])

    def plan(self, paths: Iterable[str | Path] = ()) -> Plan:
        """What a run over the paths, or over all known ones, would do."""
        roots = [Path(path).expanduser().resolve() for path in paths]
        known = [Path(root) for root in self.catalog.roots]
        return self._plan(roots or known)

    def forget(self, paths: Iterable[str | Path]) -> IndexReport:
        """Drop files or whole folders. Raises NotFound where nothing is known of one."""
        started, report = time.perf_counter(), IndexReport()
        for path in paths:
            # Not resolved: what is dropped may be gone, links and all.
            target = str(Path(path).expanduser().absolute())
            files = self.catalog.under(target) or self.catalog.under(str(Path(path).resolve()))
            if not files and target not in self.catalog.roots:
                raise NotFound(
                    f"The index holds nothing at {target}", "`dalil status` lists what it holds"
                )
            for file in files:
                self._batch.drop(file)
            report.removed += len(files)
            self._forget_root(target)
        return self._finish(report, started)

    def _forget_root(self, target: str) -> None:
        below = target.rstrip("/") + "/"
        catalog = self.catalog
        catalog.roots = [r for r in catalog.roots if r != target and not r.startswith(below)]
        catalog.skipped = [s for s in catalog.skipped if not (s.path + "/").startswith(below)]

    def _plan(self, roots: Sequence[Path]) -> Plan:
        return plan(roots, self.catalog, max_size=self._max_size, encoding=bool(self._encodings))

    def _run(self, roots: Sequence[Path]) -> IndexReport:
        started = time.perf_counter()
        todo = self._plan(roots)
        report = IndexReport(
            unchanged=len(todo.unchanged) + len(todo.touched), warnings=todo.warnings
        )
        self._note_roots(roots, todo)
        for path in [*todo.removed, *todo.moved]:
            self._batch.drop(path)
        report.removed = len(todo.removed)
        for file in todo.touched:
            self._touch(file)
        self._read_all(todo, report)
        report.skipped = todo.skipped
        return self._finish(report, started)

    def _note_roots(self, roots: Sequence[Path], todo: Plan) -> None:
        """Remember the roots, and what is skipped below them in place of what was."""
        catalog = self.catalog
        for root in map(str, roots):
            if not any(_is_below(root, known) for known in catalog.roots):
                catalog.roots = [r for r in catalog.roots if not _is_below(r, root)] + [root]
            catalog.skipped = [s for s in catalog.skipped if not _is_below(s.path, root)]
        catalog.skipped += todo.skipped

    def _touch(self, file: Candidate) -> None:
        path = str(file.path)
        self.catalog.files[path] = replace(self.catalog.files[path], mtime_ns=file.mtime_ns)
        self._batch.changed = True

    def _read_all(self, todo: Plan, report: IndexReport) -> None:
        files = todo.to_read
        updated = {file.path for file in todo.updated}
        moved = {file.path for file in todo.moved.values()}
        for done, file in enumerate(files):
            self._tell(done, len(files), str(file.path))
            if not self._read(file, todo.skipped, done, len(files)):
                continue
            if file.path in updated:
                report.updated += 1
            elif file.path in moved:
                report.moved += 1
            else:
                report.added += 1
        self._tell(len(files), len(files), "")

    def _read(self, file: Candidate, skipped: list[Skipped], done: int, of: int) -> bool:
        """Put one file into the batch; whether it gave any document."""
        path, before = str(file.path), len(skipped)
        count = 0
        last: Document | None = None
        try:
            for item in extract.read(file.path, encodings=self._encodings):
                if isinstance(item, Skipped):
                    skipped.append(item)
                    continue
                if count == 0:
                    self._batch.drop(path)
                if self._batch.add(item, path):
                    skipped.append(Skipped(item.path, "a later line of the file has the same id"))
                count, last = count + 1, item
                if self._batch.full:
                    self._remember(file, count, last, complete=False)
                    self._batch.commit()
                    self._tell(done, of, path)
        except Unreadable as error:
            skipped.append(Skipped(path, error.message, problem=True))
        self.catalog.skipped += skipped[before:]
        if count:
            self._remember(file, count, last)
        return count > 0

    def _remember(
        self, file: Candidate, count: int, last: Document | None, *, complete: bool = True
    ) -> None:
        """Note a file that was read; a JSONL file is hashed whole, its lines are not."""
        whole = last is not None and last.type != "jsonl"
        sha256 = last.sha256 if last and whole else digest(file.path) if complete else ""
        self.catalog.files[str(file.path)] = FileState(
            root=str(file.root),
            size=file.size,
            mtime_ns=file.mtime_ns,
            sha256=sha256,
            documents=count,
            encoding=last.encoding if last else None,
            complete=complete,
        )

    def _tell(self, files: int, of: int, path: str) -> None:
        if self._on_progress:
            self._on_progress(Progress(files, of, self._batch.documents, path))

    def _finish(self, report: IndexReport, started: float) -> IndexReport:
        self._batch.commit()
        report.documents = self._batch.document_count()
        report.seconds = time.perf_counter() - started
        return report


def _is_below(path: str, root: str) -> bool:
    return path == root or path.startswith(root.rstrip("/") + "/")
