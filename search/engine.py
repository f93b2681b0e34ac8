"""Engine: what answers a planned query. The one boundary below the planned tree.

================  =============================================================
``dictionary``    terms and their document frequencies, for planning
``collector``     the documents that match: total, top k
``reranker``      scores of the first hits by n-grams
``documents``     stored documents, columns, positions
================  =============================================================

Everything above (parsing, planning, hits, screens) asks these four and nothing else of
an index; an engine over another store would offer the same four.
"""

from __future__ import annotations

from dataclasses import dataclass

from index.codec.segment_reader import IndexReader
from index.schema import DOUBTFUL
from search.dictionary.dictionary import Dictionary
from search.execution.collector import Collector, MatchSet
from search.hits.documents import StoredDocuments
from search.kernels.ranked_documents import Ranked
from search.options import Options
from search.parsing.ast import ParsedQuery
from search.planning.planner import QueryPlan
from search.query.boolean import ExcludeQuery
from search.query.node import Query
from search.query.terms import TermQuery
from search.ranking.rerank import DEPTH, Reranker


@dataclass(frozen=True, slots=True)
class Retrieved:
    """A query that was planned and run."""

    query: ParsedQuery
    plan: QueryPlan
    found: MatchSet
    options: Options
    """With the order that the query asks for itself."""


@dataclass(frozen=True, slots=True)
class Engine:
    """The four parts over the segments of one commit."""

    dictionary: Dictionary
    collector: Collector
    reranker: Reranker
    documents: StoredDocuments

    @classmethod
    def over(cls, reader: IndexReader) -> Engine:
        """The engine of a snapshot."""
        collector = Collector(reader)
        dictionary = Dictionary(reader, collector)
        return cls(
            dictionary, collector, Reranker(reader), StoredDocuments(reader, collector.positions)
        )

    def count(self, query: Query) -> int:
        """How many documents match, without those of doubtful words: for notes and suggestions."""
        if self.dictionary.document_frequency("doubtful", DOUBTFUL):
            query = ExcludeQuery(query, TermQuery("doubtful", DOUBTFUL))
        return self.collector.count(query)

    def best(self, retrieved: Retrieved, count: int) -> Ranked:
        """The first ``count`` matches in the order that the options ask for."""
        found, options = retrieved.found, retrieved.options
        if options.sort == "score" and options.second_stage and not options.exact:
            ranked = found.best(max(count, DEPTH))
            return self.reranker.rerank(ranked, retrieved.plan.targets)[:count]
        if options.sort == "score":
            return found.best(count)
        if options.sort == "date":  # the newest first
            return found.best(count, (-self.documents.days(found.documents)).tolist())
        return found.best(count, self.documents.paths(found.documents))
