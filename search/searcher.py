"""Searcher: a snapshot of an index that answers queries."""

from __future__ import annotations

import time
from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from whoosh.searching import Searcher as WhooshSearcher

from index.analysis import analyze
from index.errors import NotFound
from index.store.catalog import Catalog
from index.store.directory import IndexDirectory
from index.store.disk import reading
from search.dictionary.common_terms import common, nearest
from search.execution.collector import Collector, MatchSet
from search.hits.builder import ScoredDocument, SnippetOptions, Stored, hit
from search.hits.documents import StoredDocuments
from search.hits.facets import FacetCounter
from search.hits.lazy_results import LazyResults
from search.hits.snippet import WIDTH
from search.hits.stored_text import highlight_spans
from search.kernels.ranked_documents import Ranked, RankedDocuments
from search.names import aliases
from search.names.spellings import NameSpellings
from search.parsing.ast import Filter, ParsedQuery, Sort
from search.parsing.parser import parse
from search.planning.planner import QueryPlan, last_word, plan
from search.planning.term_variants import TermExpander
from search.planning.word_queries import MOST_WIDENED
from search.query.query_terms import target_positions
from search.ranking.bm25 import BM25
from search.ranking.rerank import DEPTH, Reranker
from search.results import Hit, SearchResults, Span
from search.suggest.suggestions import Suggestion, corrected, suggestions


@dataclass(frozen=True, slots=True)
class Options:
    """How to search, beside the words."""

    limit: int = 10
    filters: tuple[Filter, ...] = ()
    sort: Sort = "score"
    exact: bool = False
    plain: bool = False
    strict: bool = False
    fragments: int = 1
    width: int = WIDTH
    names: bool = True
    """Whether a name is found in its other spellings, and by its aliases."""
    second_stage: bool = True
    """Whether the first hits are ranked once more, by the letters they share with the query."""
    typing: bool = False
    """Whether the query is being typed: its last word may be the beginning of one, and for
    words that hardly any document holds no others are looked for."""


class Searcher:
    """Answers queries from the last commit before it was opened.

    >>> with Searcher.open("my-index") as searcher:  # doctest: +SKIP
    ...     searcher.search("ليبيا روسيا", limit=10).total
    """

    def __init__(self, directory: IndexDirectory) -> None:
        snapshot = directory.snapshot()
        self._catalog = snapshot.catalog
        self._searcher = WhooshSearcher(snapshot.reader, weighting=BM25(), closereader=True)
        self._segments = StoredDocuments(self._searcher)
        self._collector = Collector(self._searcher)
        self._reranker = Reranker(self._searcher)
        self._tally = FacetCounter()
        count = self._collector.count
        self._forms = TermExpander(snapshot.reader)
        self._names = NameSpellings(self._forms, count, aliases.load(directory.path))

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

    def release(self) -> None:
        """Let go of the memory of what was read so far; it is read again when it is needed."""
        self._segments.release()

    @property
    def catalog(self) -> Catalog:
        """What the index was made of. Raises IndexCorrupt."""
        return self._catalog.whole

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
        query = parse(text, plain=options.plain, strict=options.strict)
        with reading(self._catalog.folder):
            planned, found, options = self._ask(query, options)
            hits = self._hits(found, planned, options)
            tries = self._tries(text, planned, found, options)
        return SearchResults(
            query=text,
            total=found.total,
            seconds=time.perf_counter() - started,
            hits=hits,
            suggestion=tries[0].query if tries else None,
            notes=(*planned.notes, *(() if found.total else map(str, tries))),
        )

    def look(self, text: str, options: Options | None = None) -> LazyResults:
        """All that a query finds, in order, each hit made when it is looked at."""
        options = options or Options()
        started = time.perf_counter()
        query = parse(text, plain=options.plain)
        with reading(self._catalog.folder):
            planned, found, options = self._ask(query, options)
            ranking = RankedDocuments.of(self._best(found, planned, options, max(found.total, 1)))
            looks = SnippetOptions(options.fragments, options.width)
            listing = LazyResults(
                text, planned, found, ranking, self._segments, self._catalog, looks, self._tally
            )
            tries = [] if options.typing else self._tries(text, planned, found, options)
            listing.suggestion = str(tries[0]) if tries else None
            whole = found.total and planned.settled and not planned.missing
            listing.settled = not options.typing or bool(whole)
        listing.seconds = time.perf_counter() - started
        return listing

    def rank(self, text: str, options: Options) -> list[tuple[str, float]]:
        """Only the ids of the best documents with their scores: no text is read but for ids."""
        query = parse(text, plain=options.plain, strict=options.strict)
        with reading(self._catalog.folder):
            planned, found, options = self._ask(query, options)
            best = self._best(found, planned, options, options.limit)
            return [(self._segments.stored(number)["id"], score) for number, score in best]

    def documents(self, path_or_id: str) -> list[Stored]:
        """The stored documents that a path or an id names: none, one or several."""
        absolute = str(Path(path_or_id).expanduser().resolve())
        with reading(self._catalog.folder):
            for field, value in (("path", absolute), ("path", path_or_id), ("id", path_or_id)):
                numbers = self._segments.numbers(field, value)
                if numbers:
                    return [self._segments.stored(number) for number in numbers]
        raise NotFound(
            f"The index holds no document {path_or_id}",
            "give a path or an id as a search shows it",
        )

    def highlight(self, stored: Stored, text: str) -> tuple[tuple[Span, ...], list[str]]:
        """All that a query matches in the text of one document, and what there is to note."""
        with reading(self._catalog.folder):
            planned = self._plan(parse(text), Options())
        body = stored["text"]
        tokens = list(analyze(body))
        positions = target_positions(tokens, [t for t in planned.targets if t.in_body])
        return highlight_spans(tokens, positions, 0, len(body)), planned.notes

    # -- from a query to hits ------------------------------------------------------

    def _ask(self, query: ParsedQuery, options: Options) -> tuple[QueryPlan, MatchSet, Options]:
        """What a query finds, and the options with the order that it asks for itself."""
        planned = self._plan(query, options)
        options = replace(options, sort=query.sort or options.sort)
        return planned, self._collector.collect(planned.query), options

    def _plan(
        self, query: ParsedQuery, options: Options, *, widen: int = MOST_WIDENED
    ) -> QueryPlan:
        if options.filters:
            must = (*query.root.must, *options.filters)
            query = replace(query, root=replace(query.root, must=must))
        return plan(
            query,
            self._forms,
            exact=options.exact,
            widen=0 if options.typing else widen,
            names=self._names if options.names else None,
            unfinished=last_word(query.text) if options.typing else None,
        )

    def _tries(
        self, text: str, planned: QueryPlan, found: MatchSet, options: Options
    ) -> list[Suggestion]:
        """What to try, where nothing is found or a word is nowhere."""
        if options.plain or (found.total and not planned.missing):
            return []
        looked_for = list(planned.missing.items())[:MOST_WIDENED]
        nowhere = {word for word, near in looked_for if not near}

        def count(other: str) -> int:
            return self._count(other, options, nowhere)

        if found.total:
            better = corrected(text, planned.missing)
            total = count(better) if better != text else 0
            return [Suggestion(better, total, "did you mean")] if total else []
        reader = self._searcher.reader()
        missing = {**planned.missing, **{word: nearest(reader, word) for word in nowhere}}
        return suggestions(text, missing, count, partial(common, reader))

    def _count(self, text: str, options: Options, nowhere: Set[str]) -> int:
        """What a query finds; nothing if other words would have to be looked for first.

        ``nowhere`` are words that no others may stand for.
        """
        planned = self._plan(parse(text), options, widen=0)
        if planned.missing.keys() - nowhere:
            return 0
        return self._collector.count(planned.query)

    def _best(self, found: MatchSet, planned: QueryPlan, options: Options, count: int) -> Ranked:
        if options.sort == "score" and options.second_stage and not options.exact:
            ranked = found.best(max(count, DEPTH))
            return self._reranker.rerank(ranked, planned.targets)[:count]
        if options.sort == "score":
            return found.best(count)
        if options.sort == "date":  # the newest first
            days = self._segments.column("day", found.documents.tolist())
            return found.best(count, [-day for day in days])
        return found.best(count, self._segments.column("path", found.documents.tolist()))

    def _hits(self, found: MatchSet, planned: QueryPlan, options: Options) -> tuple[Hit, ...]:
        chosen = self._choose(found, planned, options)
        places = self._segments.positions((c.number for c in chosen), planned.targets)
        looks = SnippetOptions(options.fragments, options.width)
        return tuple(
            hit(rank, c, places[c.number], planned.targets, self._catalog, looks)
            for rank, c in enumerate(chosen, 1)
        )

    def _choose(
        self, found: MatchSet, planned: QueryPlan, options: Options
    ) -> list[ScoredDocument]:
        """The first documents; those with the same content are one."""
        chosen: dict[str, ScoredDocument] = {}
        looked_at, count = 0, options.limit
        while len(chosen) < options.limit and (not looked_at or looked_at < found.total):
            for number, score in self._best(found, planned, options, count)[looked_at:]:
                stored = self._segments.stored(number)
                known = chosen.get(stored["sha256"])
                if known is not None:
                    known.copies.append(stored["path"])
                elif len(chosen) < options.limit:
                    chosen[stored["sha256"]] = ScoredDocument(number, score, stored)
            looked_at, count = count, count * 2
        self._add_copies(chosen, found)
        return list(chosen.values())

    def _add_copies(self, chosen: Mapping[str, ScoredDocument], found: MatchSet) -> None:
        """The files with the same content that come behind the last hit."""
        matching: set[int] = set()
        for sha256 in chosen.keys() & self._catalog.copies.keys():
            matching = matching or set(found.documents.tolist())
            known = {chosen[sha256].stored["path"], *chosen[sha256].copies}
            for path in self._catalog.copies[sha256]:
                if path not in known and matching.intersection(
                    self._segments.numbers("path", path)
                ):
                    chosen[sha256].copies.append(path)
