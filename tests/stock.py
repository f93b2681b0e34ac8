"""The documents of an index once more, in one that Whoosh writes and reads by itself.

Whoosh's own codec (``whoosh3``) in memory: its postings, lengths, statistics, matchers
and collector, asked with ``optimize=False``. Ours are the analysis, the query tree and
the formula; segments, document numbers and deletions are those of the index beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from unittest.mock import patch

from whoosh import fields, formats
from whoosh.analysis import Analyzer, Token
from whoosh.filedb.filestore import RamStorage
from whoosh.query import Query
from whoosh.searching import Searcher as WhooshSearcher

from index.analysis import analyze
from search import Searcher
from search.dictionary import fuzzy as expansion
from search.names.spellings import NameSpellings
from search.parsing.parser import parse
from search.planning.planner import plan
from search.planning.term_variants import TermExpander
from search.query import filters
from search.ranking.bm25 import BM25

Ranking = list[tuple[int, float]]
"""Documents and their scores, best first, equal ones in the order of the index."""

COUNTS = (1, 3, 10, 60)
"""How many of the best are asked for, beside all."""
CLOSE = 1e-9
"""Scores that differ by more are not equal."""


class Terms(Analyzer):  # type: ignore[misc] # Whoosh has no types
    """A text as Whoosh's tokens: one of the forms of ``index.analysis``, with positions."""

    def __init__(self, form: str) -> None:
        self.form = form

    def __call__(self, value: str, **_options: Any) -> Iterator[Token]:
        for token in analyze(value):
            text = getattr(token.term, self.form)
            if text is not None:
                yield Token(text=text, pos=token.position, boost=1.0, stopped=False)


class WordQueryBuilder(fields.FieldType):  # type: ignore[misc]
    """A field of words with positions, inverted by Whoosh."""

    def __init__(self, form: str) -> None:
        super().__init__(formats.Positions(), Terms(form), scorable=True)


_SCHEMA = fields.Schema(
    exact=WordQueryBuilder("exact"), stem=WordQueryBuilder("stem"), title_exact=WordQueryBuilder("exact"), title_stem=WordQueryBuilder("stem"),
    id=fields.ID(), type=fields.ID(), language=fields.KEYWORD(),
    path=fields.ID(stored=True), day=fields.STORED(),
)  # fmt: skip


def stock(ours: Searcher) -> WhooshSearcher:
    """Whoosh's searcher of the same documents in the same segments, the deleted ones too."""
    index = RamStorage().create_index(_SCHEMA)
    deleted: list[int] = []
    for segment, offset in ours._searcher.leaf_searchers():
        documents = segment.reader()._perdoc
        writer = index.writer()
        for number in range(documents.doc_count_all()):
            writer.add_document(**_fields(documents.stored_fields(number)["stored"]))
        writer.commit(merge=False)
        deleted += [offset + number for number in documents.deleted_docs()]
    writer = index.writer()
    for number in deleted:
        writer.delete_document(number)
    writer.commit(merge=False)
    return index.searcher(weighting=BM25())


def _fields(stored: dict[str, Any]) -> dict[str, Any]:
    text, title = stored["text"], stored["title"]
    return {
        "exact": text, "stem": text, "title_exact": title, "title_stem": title,
        "id": stored["id"], "type": stored["type"], "language": " ".join(stored["languages"]),
        "path": stored["path"],
        "day": date.fromisoformat(stored["date"] or stored["modified"][:10]).toordinal(),
    }  # fmt: skip


def _column(reader: Any, name: str) -> list[Any]:
    """What ``index.codec.whoosh_codec.column_of`` reads from our arrays, from Whoosh's."""
    return [reader._perdoc.stored_fields(n)[name] for n in range(reader.doc_count_all())]


def _counted(reader: Any, starts: Sequence[str]) -> Counter[str]:
    """What ``search.dictionary.fuzzy`` reads of our dictionary, from Whoosh's."""
    return Counter({
        term.decode(): sum(reader.doc_frequency(field, term) for field in ("exact", "title_exact"))
        for name in ("exact", "title_exact")
        for start in starts
        for term in reader.expand_prefix(name, start)
    })  # fmt: skip


def planned(searcher: WhooshSearcher, text: str, names: NameSpellings | None = None) -> Query:
    """A query as typed, understood with the words of an index, ours or Whoosh's.

    Which words are names, and their spellings, only ours can say. No rare word is widened:
    the near words of a dictionary are looked for in our arrays alone.
    """
    return plan(parse(text), TermExpander(searcher.reader()), widen=0, names=names).query


def by_whoosh(searcher: WhooshSearcher, query: Query) -> Ranking:
    """All that Whoosh's matchers find over an index, ours or its own."""
    found = searcher.search(query, limit=None, optimize=False)
    return ranking((document, score) for score, document in found.top_n)


def by_stock(searcher: WhooshSearcher, text: str, names: NameSpellings | None = None) -> Ranking:
    """What Whoosh says of a query, from its own index alone but for the spellings of names."""
    with (
        patch.object(filters, "column_of", _column),
        patch.object(expansion, "_counted", _counted),
    ):
        return by_whoosh(searcher, planned(searcher, text, names))


def ranking(scored: Any) -> Ranking:
    """Best first. Sums may differ in their last digit, and that decides no rank."""
    return sorted(scored, key=lambda pair: (-round(pair[1], 9), pair[0]))


def same(found: Sequence[tuple[int, float]], expected: Ranking) -> bool:
    """Whether two rankings name the same documents in the same order with equal scores."""
    return len(found) == len(expected) and all(
        one == other and abs(score - expected_score) <= CLOSE
        for (one, score), (other, expected_score) in zip(found, expected, strict=True)
    )


def kernels_agree(ours: Searcher, query: Query, expected: Ranking) -> bool:
    """Whether the kernels find these documents, and the best of them, however many."""
    found = ours._collector.collect(query)
    documents = sorted(document for document, _ in expected)
    return found.documents.tolist() == documents and all(
        same(found.best(count), expected[:count])
        for count in (*COUNTS, ours._searcher.doc_count_all())
    )
