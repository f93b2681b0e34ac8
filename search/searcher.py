"""Searcher: a snapshot of an index that answers queries."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Self, TypeVar

from index.analysis import analyze
from index.errors import IndexCorrupt, NotFound
from index.store.catalog import Catalog
from index.store.catalog_changes import CatalogChanges, catalog_changes
from index.store.directory import IndexDirectory
from index.store.layout import commit_stamp
from index.store.trust import Roots, own_roots
from search.engine import Engine, Retrieved
from search.hits.annotations import AnnotationFile
from search.hits.builder import HitBuilder, SnippetOptions
from search.hits.deduplicate import distinct_documents
from search.hits.documents import Stored
from search.hits.facet_counter import FacetCounter
from search.hits.lazy_results import LazyResults
from search.hits.newest import newest
from search.hits.stored_text import highlight_spans
from search.kernels.ranked_documents import RankedDocuments
from search.names import aliases
from search.names.spellings import NameSpellings
from search.options import Options
from search.parsing.ast import ParsedQuery
from search.parsing.parser import parse
from search.parsing.query_notes import query_notes
from search.planning.context import MAX_APPROXIMATED
from search.planning.planner import QueryPlan, last_word, plan_query
from search.planning.term_variants import TermExpander
from search.query.boolean import EVERYTHING
from search.query.query_terms import MatchTarget, target_positions
from search.results import SearchResults, Span
from search.variations import Variations

T = TypeVar("T")
OnHit = Callable[[int, int], None]
"""Receives the number of hits that were made, and of those that will be."""


class Searcher:
    """Answers queries from the last commit before it was opened.

    >>> with Searcher.open("my-index") as searcher:  # doctest: +SKIP
    ...     searcher.search("ليبيا روسيا", limit=10).total
    """

    def __init__(self, directory: IndexDirectory, *, skip_damaged: bool = False) -> None:
        self._directory, self._skip_damaged = directory, skip_damaged
        self._left_out: set[str] = set()
        """Files of segments that a query found damaged."""
        self._open_snapshot()

    def _open_snapshot(self) -> None:
        """Open the last commit without the segments that are left out."""
        directory = self._directory
        snapshot = directory.snapshot(skip_damaged=self._skip_damaged, without=self._left_out)
        self._engine = engine = Engine.over(snapshot.reader)
        self._snapshot = snapshot
        self._notes = (snapshot.note,) if snapshot.note else ()
        self._catalog, self._reader = snapshot.catalog, snapshot.reader
        self._facet_counter = FacetCounter()
        self._variations = Variations(engine, self._plan)
        self._expander = TermExpander(engine.dictionary)
        self.roots: Roots | None = own_roots(directory.path)
        """The folders that the user indexed here; None for a foreign index."""
        self._annotations = AnnotationFile(directory.path, is_own=self.roots is not None)
        known = aliases.NONE if self.roots is None else aliases.load(directory.path)
        self._names = NameSpellings(engine.dictionary, engine.count, known)

    @classmethod
    def open(cls, path: str | Path, *, skip_damaged: bool = False) -> Searcher:
        """The searcher of the index in a folder. Raises UnusableIndex.

        With ``skip_damaged``, damaged segments are left out, also if :meth:`search`,
        :meth:`rank` or :meth:`documents` finds the damage; a note of the results says so.
        """
        directory = IndexDirectory.open(Path(path).expanduser().absolute())
        return cls(directory, skip_damaged=skip_damaged)

    def renew(self) -> CatalogChanges | None:
        """Open the last commit, if it is a later one; return what changed, or None.

        Results that were returned before stay as they are. Raises UnusableIndex, for example
        IndexMissing if the folder is gone; the searcher then answers as before.
        """
        path = self._directory.path
        with suppress(OSError):  # being removed or made anew: opening it says what is wrong
            if commit_stamp(path) == self._snapshot.stamp:
                return None
        self._directory = IndexDirectory.open(path)  # of this version of the schema
        self._left_out, before = set(), self._catalog
        self._open_snapshot()
        return catalog_changes(before, self._catalog)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """End the use of the index; files are unmapped with the last array over them."""

    def release(self) -> None:
        """Free the memory of the pages read so far; they are read again when needed."""
        self._engine.documents.release()

    @property
    def catalog(self) -> Catalog:
        """What the index was made of. Raises IndexCorrupt."""
        return self._catalog.whole

    @property
    def document_count(self) -> int:
        """Documents in the index."""
        return self._reader.live_count

    def counts(self, name: str) -> dict[str, int]:
        """Documents by ``language`` or ``type``, the commonest first."""
        with self._snapshot.reading():
            counts = self._reader.term_counts(name)
        return dict(sorted(counts.items(), key=lambda item: -item[1]))

    def search(
        self,
        text: str,
        *,
        limit: int = 10,
        options: Options | None = None,
        progress: OnHit = lambda _made, _total: None,
    ) -> SearchResults:
        """The best documents for a query. Raises BadQuery only if the options are strict."""
        return self._retried(lambda: self._search(text, options or Options(limit=limit), progress))

    def _search(self, text: str, options: Options, progress: OnHit) -> SearchResults:
        started = time.perf_counter()
        retrieved = self._run(text, options)
        plan, found, options = retrieved.plan, retrieved.found, retrieved.options
        with self._snapshot.reading():
            builder = self._builder(retrieved)
            documents = distinct_documents(
                found,
                lambda count: self._engine.best(retrieved, count),
                options.limit,
                self._engine.documents,
                self._catalog,
            )
            positions = builder.positions(document.number for document in documents)
            hits = []
            for rank, document in enumerate(documents, 1):
                hits.append(builder.build(rank, document, positions[document.number]))
                progress(rank, len(documents))
            tries = self._variations.suggestions(retrieved)
        return SearchResults(
            query=text,
            total=found.total,
            seconds=time.perf_counter() - started,
            hits=tuple(hits),
            suggestion=tries[0].query if tries else None,
            notes=(*self._notes, *plan.notes, *(() if found.total else map(str, tries))),
        )

    def look(self, text: str, options: Options | None = None) -> LazyResults:
        """All matches of a query, in order; each hit is made when it is shown."""
        started = time.perf_counter()
        retrieved = self._run(text, replace(options or Options(), strict=False))
        plan, found, options = retrieved.plan, retrieved.found, retrieved.options
        with self._snapshot.reading():
            ranking = RankedDocuments.of(self._engine.best(retrieved, max(found.total, 1)))
            builder = self._builder(retrieved)
            results = LazyResults(
                text, plan, found, ranking, builder, self._facet_counter,
                partial(self._variations.without_filters, retrieved.query, options),
            )  # fmt: skip
            tries = [] if options.typing else self._variations.suggestions(retrieved)
            results.suggestion = str(tries[0]) if tries else None
            results.alternatives = [(str(each), each.query) for each in tries]
            whole = found.total and plan.settled and not plan.missing
            results.settled = not options.typing or bool(whole)
        results.seconds = time.perf_counter() - started
        return results

    def newest(self, count: int, options: Options | None = None) -> LazyResults:
        """All documents, of which the ``count`` newest are rows. Raises IndexCorrupt."""
        with self._snapshot.reading():
            found = self._engine.collector.collect(EVERYTHING)
            rows = newest(self._engine.documents, found.documents, count)
            plan = QueryPlan(EVERYTHING, [], [])
            builder = self._builder(Retrieved(parse(""), plan, found, options or Options()))
            return LazyResults("", plan, found, rows, builder, self._facet_counter)

    def ask(self, question: Callable[[Engine], T]) -> T:
        """The answer of the index itself to a question. Raises IndexCorrupt."""
        with self._snapshot.reading():
            return question(self._engine)

    def rank(self, text: str, options: Options) -> list[tuple[str, float]]:
        """The ids of the best documents with their scores; only ids are read."""
        return self._retried(lambda: self._rank(text, options))

    def _rank(self, text: str, options: Options) -> list[tuple[str, float]]:
        retrieved = self._run(text, options)
        with self._snapshot.reading():
            best = self._engine.best(retrieved, options.limit)
            stored = self._engine.documents.stored
            return [(stored(number)["id"], score) for number, score in best]

    def documents(self, path_or_id: str) -> list[Stored]:
        """The stored documents that a path or an id names. Raises NotFound if there is none."""
        absolute = str(Path(path_or_id).expanduser().resolve())
        names = (("path", absolute), ("path", path_or_id), ("id", path_or_id))
        if not (named := self._retried(lambda: self.ask(lambda each: each.documents.named(names)))):
            said = f"The index holds no document {path_or_id}"
            raise NotFound(said, "give a path or an id as a search shows it")
        return named

    def highlight(self, stored: Stored, text: str) -> tuple[tuple[Span, ...], list[str]]:
        """The matches of a query in the text of one document, and the notes on the query."""
        with self._snapshot.reading():
            plan = self._plan(parse(text), Options())
            notes = plan.spelling_notes(self._engine.collector.collect(plan.query).count_with)
        body = stored["text"]
        tokens = list(analyze(body))
        positions = target_positions(tokens, [t for t in plan.targets if t.in_body])
        return highlight_spans(tokens, positions, 0, len(body)), [*self._notes, *notes, *plan.notes]

    def targets(self, words: str) -> Sequence[MatchTarget]:
        """What words match as a search does: in all forms and spellings, several in a row."""
        with self._snapshot.reading():
            in_a_row = '"{}"'.format(words.replace('"', " "))
            query = parse(in_a_row) if len(words.split()) > 1 else parse(words, plain=True)
            return self._plan(query, Options()).targets

    def _retried(self, answer: Callable[[], T]) -> T:
        """Return an answer; if it meets damage that may be skipped, that of the other segments."""
        while True:
            try:
                return answer()
            except IndexCorrupt:
                damaged = self._reader.damaged_segments() if self._skip_damaged else set()
                if not damaged:
                    raise
                self._left_out |= damaged
                self._open_snapshot()

    def _run(self, text: str, options: Options) -> Retrieved:
        """Parse, plan and run a query."""
        query = parse(text, plain=options.plain, strict=options.strict).required(options.filters)
        options = replace(options, sort=query.sort or options.sort)
        with self._snapshot.reading():
            plan = self._plan(query, options)
            found = self._engine.collector.collect(plan.query)
            plan.notes[:0] = plan.spelling_notes(found.count_with)
            typed = "" if options.plain else text
            plan.notes += query_notes(query, typed, self._totals(options), self.counts)
            retrieved = Retrieved(query, plan, found, options)
            plan.notes += self._variations.notes(retrieved)
        return retrieved

    def _plan(
        self, query: ParsedQuery, options: Options, *, max_approximated: int = MAX_APPROXIMATED
    ) -> QueryPlan:
        return plan_query(
            query,
            self._expander,
            exact=options.exact,
            max_approximated=0 if options.typing else max_approximated,
            names=self._names if options.names else None,
            unfinished=last_word(query.text) if options.typing else None,
            tagged=self._tagged_paths,
        )

    def _tagged_paths(self, tag: str) -> list[str]:
        """Return the paths of the documents that the user gave a tag."""
        return self._annotations.current().paths(tag, self._catalog, self._engine.documents)

    def _builder(self, retrieved: Retrieved) -> HitBuilder:
        options = SnippetOptions(retrieved.options.fragments, retrieved.options.width)
        targets = retrieved.plan.targets
        annotations = self._annotations.current()
        return HitBuilder(
            self._engine.documents, self._snapshot, targets, options, self.roots, annotations
        )

    def _totals(self, options: Options) -> Callable[[ParsedQuery], int]:
        """The function that returns the documents that a query finds."""
        return lambda query: self._engine.collector.count(self._plan(query, options).query)
