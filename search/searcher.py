"""Searcher: a snapshot of an index that answers queries."""

from __future__ import annotations

import os
import struct
import time
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from pickle import UnpicklingError
from types import TracebackType
from typing import Any, Literal, Self

from whoosh.searching import Searcher as WhooshSearcher

from index.analysis import analyze
from index.catalog import Catalog
from index.directory import REBUILD, IndexDirectory
from index.errors import IndexCorrupt, NotFound
from search import query as tree
from search.collector import Found, collect
from search.phrase import Locator
from search.plan import Plan, plan
from search.results import Hit, SearchResults, Snippet, Span
from search.scoring import BM25
from search.snippet import WIDTH, Positions, Source, fragments, matches, spans_of
from search.target import Target

Sort = Literal["score", "date", "path"]
_DAMAGE = (OSError, EOFError, struct.error, zlib.error, UnpicklingError, AssertionError, ValueError)
"""What Whoosh raises over a segment whose bytes are not what was written."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to search, beside the words."""

    limit: int = 10
    filters: tuple[tree.Filter, ...] = ()
    sort: Sort = "score"
    exact: bool = False
    plain: bool = False
    strict: bool = False
    fragments: int = 1
    width: int = WIDTH


class Searcher:
    """Answers queries from the last commit before it was opened.

    >>> with Searcher.open("my-index") as searcher:  # doctest: +SKIP
    ...     searcher.search("ليبيا روسيا", limit=10).total
    """

    def __init__(self, directory: IndexDirectory) -> None:
        self._directory = directory
        snapshot = directory.snapshot()
        self.catalog: Catalog = snapshot.catalog
        """What the index was made of."""
        self._searcher = WhooshSearcher(snapshot.reader, weighting=BM25(), closereader=True)

    @classmethod
    def open(cls, path: str | Path) -> Searcher:
        """The searcher of the index in a folder. Raises UnusableIndex."""
        return cls(IndexDirectory.open(Path(path).expanduser().absolute()))

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
        """Let go of the index's files."""
        self._searcher.close()

    @property
    def document_count(self) -> int:
        """Documents in the index."""
        return int(self._searcher.reader().doc_count())

    def counts(self, name: str) -> dict[str, int]:
        """Documents by ``language`` or ``type``, the commonest first."""
        reader = self._searcher.reader()
        terms = [term.decode() for term in reader.lexicon(name)]
        counts = {term: int(reader.doc_frequency(name, term)) for term in terms}
        return dict(sorted(counts.items(), key=lambda item: -item[1]))

    def search(
        self, text: str, *, limit: int = 10, options: Options | None = None
    ) -> SearchResults:
        """The best documents for a query. Raises BadQuery only if the options are strict."""
        options = options or Options(limit=limit)
        started = time.perf_counter()
        query = tree.parse(text, plain=options.plain, strict=options.strict)
        with self._reading():
            planned = self._plan(query, options)
            found = collect(self._searcher, planned.query)
            hits = self._hits(found, planned, options)
        return SearchResults(
            query=text,
            total=len(found.documents),
            seconds=time.perf_counter() - started,
            hits=hits,
            notes=tuple(planned.notes),
        )

    def rank(self, text: str, options: Options) -> list[tuple[str, float]]:
        """Only the ids of the best documents with their scores: no text is read but for ids."""
        query = tree.parse(text, plain=options.plain, strict=options.strict)
        with self._reading():
            found = collect(self._searcher, self._plan(query, options).query)
            best = self._best(found, options, options.limit)
            return [(self._stored(number)["id"], score) for number, score in best]

    def documents(self, path_or_id: str) -> list[dict[str, Any]]:
        """The stored documents that a path or an id names: none, one or several."""
        with self._reading():
            reader = self._searcher
            absolute = str(Path(path_or_id).expanduser().resolve())
            for field, value in (("path", absolute), ("path", path_or_id), ("id", path_or_id)):
                numbers = list(reader.document_numbers(**{field: value}))
                if numbers:
                    return [self._stored(number) for number in numbers]
        raise NotFound(
            f"The index holds no document {path_or_id}",
            "give a path or an id as a search shows it",
        )

    def light_up(self, stored: dict[str, Any], text: str) -> tuple[tuple[Span, ...], list[str]]:
        """All that a query matches in the text of one document, and what there is to note."""
        with self._reading():
            planned = self._plan(tree.parse(text), Options())
            (number,) = self._searcher.document_numbers(path=stored["path"])
            positions = self._positions(number, planned.targets)
        body = stored["text"]
        return spans_of(list(analyze(body)), positions, 0, len(body)), planned.notes

    # -- from documents to hits ----------------------------------------------------

    def _plan(self, query: tree.Query, options: Options) -> Plan:
        if options.filters:
            must = (*query.root.must, *options.filters)
            query = replace(query, root=replace(query.root, must=must))
        return plan(query, self._searcher.reader(), exact=options.exact)

    def _best(self, found: Found, options: Options, count: int) -> list[tuple[int, float]]:
        if options.sort == "score":
            return found.best(count)
        days = self._column("day", found.documents)
        if options.sort == "date":  # the newest first
            return found.best(count, [-day for day in days])
        return found.best(count, self._column("path", found.documents))

    def _column(self, name: str, documents: Sequence[int]) -> list[Any]:
        column = self._searcher.reader().column_reader(name)
        return [column[number] for number in documents]

    def _hits(self, found: Found, planned: Plan, options: Options) -> tuple[Hit, ...]:
        """The first hits; documents with the same content are one."""
        if options.limit <= 0:
            return ()
        count = options.limit
        while True:
            best = self._best(found, options, count)
            groups: dict[str, list[tuple[int, float, dict[str, Any]]]] = {}
            for number, score in best:
                stored = self._stored(number)
                groups.setdefault(stored["sha256"], []).append((number, score, stored))
            if len(groups) >= options.limit or len(best) == len(found.documents):
                break
            count *= 2
        chosen = list(groups.values())[: options.limit]
        return tuple(
            self._hit(rank, group, planned, options) for rank, group in enumerate(chosen, 1)
        )

    def _hit(
        self,
        rank: int,
        group: Sequence[tuple[int, float, dict[str, Any]]],
        planned: Plan,
        options: Options,
    ) -> Hit:
        number, score, stored = group[0]
        positions = self._positions(number, planned.targets)
        source = Source(stored["text"], stored["checkpoints"], stored["pages"])
        title = Source(stored["title"], [(0, 0)] if stored["title"] else [])
        in_title = _title_positions(stored["title"], planned.targets)
        targets = planned.targets
        return Hit(
            rank=rank,
            path=stored["path"],
            id=stored["id"],
            title=stored["title"],
            title_spans=spans_of(list(analyze(title.text)), in_title, 0, len(title.text)),
            language="+".join(stored["languages"]),
            type=stored["type"],
            date=stored["date"],
            modified=stored["modified"],
            sha256=stored["sha256"],
            score=score,
            snippets=self._snippets(source, positions, targets, options),
            matched=tuple(
                dict.fromkeys(
                    (*matches(title, in_title, targets), *matches(source, positions, targets))
                )
            ),
            copies=tuple(other["path"] for _, _, other in group[1:]),
            state=file_state(stored, self.catalog),
        )

    def _snippets(
        self, source: Source, positions: Positions, targets: Sequence[Target], options: Options
    ) -> tuple[Snippet, ...]:
        weights = [target.weight for target in targets]
        return fragments(source, positions, weights, count=options.fragments, width=options.width)

    def _positions(self, number: int, targets: Sequence[Target]) -> dict[int, list[int]]:
        """Where the targets stand in the body of a document."""
        segment, local = self._segment(number)
        reader = segment.reader()
        found: dict[int, list[int]] = {}
        for n, target in enumerate(targets):
            if target.in_body:
                places = target.positions(lambda leaves: Locator(reader, leaves).positions(local))
                for position in places:
                    found.setdefault(position, []).append(n)
        return found

    def _segment(self, number: int) -> tuple[WhooshSearcher, int]:
        for segment, offset in reversed(self._searcher.leaf_searchers()):
            if number >= offset:
                return segment, number - offset
        raise AssertionError("a document number of no segment")

    def _stored(self, number: int) -> dict[str, Any]:
        stored: dict[str, Any] = self._searcher.stored_fields(number)["stored"]
        return stored

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except _DAMAGE as error:
            raise IndexCorrupt(
                f"The index at {self._directory.path} is damaged: {error!r}", REBUILD
            ) from error


def _title_positions(title: str, targets: Sequence[Target]) -> dict[int, list[int]]:
    tokens = list(analyze(title))

    def locate(leaves: Sequence[tuple[str, str]]) -> list[int]:
        return [
            token.position
            for token in tokens
            if ("exact", token.term.exact) in leaves or ("stem", token.term.stem) in leaves
        ]

    found: dict[int, list[int]] = {}
    for n, target in enumerate(targets):
        for position in target.positions(locate):
            found.setdefault(position, []).append(n)
    return found


def file_state(
    stored: dict[str, Any], catalog: Catalog
) -> Literal["current", "changed", "missing"]:
    """Whether the file of a document is still what was indexed."""
    path = stored["path"]
    if stored["type"] == "jsonl":
        path = path.rpartition("#" + stored["id"])[0]
    try:
        status = os.stat(path)  # noqa: PTH116 (a hot path)
    except OSError:
        return "missing"
    state = catalog.files.get(path)
    if state is None:
        recorded = datetime.fromisoformat(stored["modified"]).timestamp()
        return "current" if abs(status.st_mtime - recorded) < 1 else "changed"
    same = (state.size, state.mtime_ns) == (status.st_size, status.st_mtime_ns)
    return "current" if same else "changed"
