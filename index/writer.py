"""IndexWriter: files into the index, files out of it, one commit after the other."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Self

from index import extract
from index.batch import Batch
from index.catalog import Catalog, FileState
from index.directory import IndexDirectory
from index.document import Document, Skipped
from index.errors import DalilError, IndexMissing, NotFound, Unreadable
from index.extract.walk import Candidate
from index.plan import Plan, digest, is_below, plan
from index.report import IndexReport

MAX_SIZE = 64 << 20
"""Bytes; a larger document is skipped unless the user says otherwise."""


TELL_EVERY = 500
"""Documents of one file between two reports of progress."""


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
                self._batch.drop(file)
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
        catalog.skipped = [s for s in catalog.skipped if not _concerns(s, target)]
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
        todo.skipped += self._still_skipped(todo)
        report = IndexReport(
            unchanged=len(todo.unchanged) + len(todo.touched), warnings=todo.warnings
        )
        self._note_roots([root for root in roots if root.exists()], todo)
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
            if not any(is_below(root, known) for known in catalog.roots):
                catalog.roots = [r for r in catalog.roots if not is_below(r, root)] + [root]
            catalog.skipped = [s for s in catalog.skipped if not _concerns(s, root)]
        catalog.skipped += todo.skipped

    def _still_skipped(self, todo: Plan) -> list[Skipped]:
        """What was left out of files that are not read again, such as a bad line."""
        same = {str(file.path) for file in (*todo.unchanged, *todo.touched)}
        return [s for s in self.catalog.skipped if not same.isdisjoint(_files(s))]

    def _touch(self, file: Candidate) -> None:
        path = str(file.path)
        self.catalog.files[path] = replace(self.catalog.files[path], mtime_ns=file.mtime_ns)

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
        """Put one file into the batch; whether it gave any document.

        A file that is out of reach keeps the documents it had; one that no longer
        holds any loses them.
        """
        path, before = str(file.path), len(skipped)
        count = 0
        complete, last = True, None
        try:
            for item in self._extracted(file.path):
                if isinstance(item, Skipped):
                    skipped.append(item)
                    continue
                if count == 0:
                    self._batch.drop(path)
                if self._batch.add(item, path):
                    skipped.append(Skipped(item.path, "a later line of the file has the same id"))
                count, last = count + 1, item
                if count % TELL_EVERY == 0:
                    self._tell(done, of, path)
                if self._batch.full:
                    self._remember(file, count, last, complete=False)
                    self._batch.commit()
                    self._tell(done, of, path)
        except Unreadable as error:
            reason = error.message.removeprefix(f"{path} ")  # it is named beside it
            skipped.append(Skipped(path, reason, problem=True))
            complete = not isinstance(error.__cause__, OSError)
        self.catalog.skipped += skipped[before:]
        if count:
            self._remember(file, count, last, complete=complete)
        elif complete:
            self._batch.drop(path)
        return count > 0

    def _extracted(self, path: Path) -> Iterator[Document | Skipped]:
        """What is in a file. Whatever a reader stumbles over is this file's matter alone."""
        try:
            yield from extract.read(path, encodings=self._encodings)
        except (DalilError, GeneratorExit):
            raise
        except Exception as error:
            raise Unreadable(f"{path} cannot be read: {error!r}", "leave it out") from error

    def _remember(
        self, file: Candidate, count: int, last: Document | None, *, complete: bool = True
    ) -> None:
        """Note a file that was read; a JSONL file is hashed whole, its lines are not."""
        lines = last is not None and last.type == "jsonl"
        sha256 = digest(file.path) if lines and complete else ""
        if last is not None and not lines:
            sha256 = last.sha256
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


def dry_run(
    folder: str | Path,
    paths: Iterable[str | Path] = (),
    *,
    rebuild: bool = False,
    max_size: int = MAX_SIZE,
    encodings: Sequence[tuple[str, str]] = (),
) -> Plan:
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


def _files(skipped: Skipped) -> set[str]:
    """The paths that a note may be about: ``FILE``, ``FILE:line`` or ``FILE#id``."""
    path = skipped.path
    return {path} | {path[:at] for at, char in enumerate(path) if char in ":#"}


def _concerns(skipped: Skipped, root: str) -> bool:
    return any(is_below(path, root) for path in _files(skipped))
