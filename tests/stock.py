"""The documents of an index once more, in one that Whoosh writes and reads by itself.

Whoosh's own codec (``whoosh3``) in memory: its postings, lengths, statistics, matchers
and collector, asked with ``optimize=False``. Ours are the analysis, the query tree and
the formula; segments, document numbers and deletions are those of the index beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, cast
from unittest.mock import patch

from whoosh import fields, formats
from whoosh.analysis import Analyzer, Token
from whoosh.filedb.filestore import RamStorage
from whoosh.query import Query as WhooshQuery
from whoosh.searching import Searcher as WhooshSearcher
from whoosh_queries import BM25, as_whoosh

from index.analysis import Term, analyze
from index.analysis.roots import root_of
from index.codec.segment_layout import NO_DAY
from index.codec.segment_reader import IndexReader
from index.codec.title_gap import TITLE_GAP
from index.schema import filename_words
from index.store.directory import IndexDirectory
from search import Searcher
from search.dictionary import prefix
from search.dictionary.dictionary import Dictionary
from search.dictionary.edit_distance import edit_distance
from search.dictionary.folding import fold, letter_folding
from search.names.spellings import NameSpellings
from search.parsing.parser import parse
from search.planning.planner import plan_query
from search.planning.term_variants import TermExpander
from search.query.node import Query

Ranking = list[tuple[int, float]]
"""Documents and their scores, best first, equal ones in the order of the index."""

COUNTS = (1, 3, 10, 60)
"""How many of the best are asked for, beside all."""
_END = "\x00\x1c"
"""Between a body and its title, in one value: Whoosh takes several values for words."""
CLOSE = 1e-9
"""Scores that differ by more are not equal."""


FORMS: dict[str, Callable[[Term], str | None]] = {
    "exact": lambda term: term.exact,
    "stem": lambda term: term.stem,
    "root": root_of,
}


class Terms(Analyzer):  # type: ignore[misc] # Whoosh has no types
    """Texts as Whoosh's tokens: one of the forms of ``index.analysis``, with positions.

    The title follows the body at a distance.
    """

    def __init__(self, form: str) -> None:
        self.form = form

    def __call__(self, value: str, **_options: Any) -> Iterator[Token]:
        begin = 0
        for part in value.split(_END):
            placed = [(FORMS[self.form](t.term), t.position) for t in analyze(part, position=begin)]
            for text, position in dict.fromkeys(placed) if self.form == "root" else placed:
                if text is not None:
                    yield Token(text=text, pos=position, boost=1.0, stopped=False)
            end = placed[-1][1] + 1 if placed else begin
            begin = end + TITLE_GAP


class WordField(fields.FieldType):  # type: ignore[misc]
    """A field of words with positions, inverted by Whoosh."""

    def __init__(self, form: str) -> None:
        super().__init__(formats.Positions(), Terms(form), scorable=True)


_SCHEMA = fields.Schema(
    exact=WordField("exact"), stem=WordField("stem"), root=WordField("root"),
    title_exact=WordField("exact"), title_stem=WordField("stem"),
    filename_exact=WordField("exact"), filename_stem=WordField("stem"),
    id=fields.ID(), type=fields.ID(), language=fields.KEYWORD(),
    path=fields.ID(stored=True), day=fields.STORED(),
)  # fmt: skip


@lru_cache(8)
def array_searcher(ours: Searcher) -> WhooshSearcher:
    """Whoosh's searcher over our own arrays, by our codec."""
    folder = ours._catalog.folder
    return IndexDirectory.open(folder).whoosh_index().searcher(weighting=BM25())


def stock(ours: Searcher) -> WhooshSearcher:
    """Whoosh's searcher of the same documents in the same segments, the deleted ones too."""
    index = RamStorage().create_index(_SCHEMA)
    deleted: list[int] = []
    for segment, offset in ours._reader:
        writer = index.writer()
        for number in range(segment.count):
            writer.add_document(**_fields(segment.stored(number)))
        writer.commit(merge=False)
        deleted += [offset + number for number in segment.info.deleted]
    writer = index.writer()
    for number in deleted:
        writer.delete_document(number)
    writer.commit(merge=False)
    return index.searcher(weighting=BM25())


def _fields(stored: dict[str, Any]) -> dict[str, Any]:
    text, title = stored["text"], stored["title"]
    filename = filename_words(stored["path"], stored["filename"])
    return {
        "exact": text + _END + title, "stem": text + _END + title,
        "root": text + _END + title,
        "title_exact": title, "title_stem": title,
        "filename_exact": filename, "filename_stem": filename,
        "id": stored["id"], "type": stored["type"], "language": " ".join(stored["languages"]),
        "path": stored["path"], "day": _day(stored),
    }  # fmt: skip


def _day(stored: dict[str, Any]) -> int:
    return date.fromisoformat(stored["date"]).toordinal() if stored["date"] else NO_DAY


def _own_column(reader: Any, name: str) -> list[Any]:
    """``day`` or ``path`` of each document, from the stored fields of our arrays."""
    stored = [reader.stored_fields(n)["stored"] for n in range(reader.doc_count_all())]
    return [_day(each) if name == "day" else each[name] for each in stored]


def _stock_column(reader: Any, name: str) -> list[Any]:
    """Return a column from the stored fields that Whoosh wrote."""
    return [reader._perdoc.stored_fields(n)[name] for n in range(reader.doc_count_all())]


class StockDictionary(Dictionary):
    """The terms of an index that Whoosh wrote, as planning asks for them."""

    def __init__(self, reader: Any) -> None:
        self._whoosh = reader
        self.documents = reader.doc_count_all()
        self.document_frequency = reader.doc_frequency

    def starting_with(self, folded: str) -> Counter[str]:
        with patch.object(prefix, "_counted", self._counted):
            return prefix.starting_with(cast(IndexReader, None), folded)

    def commonest_starting_with(self, folded: str, most: int) -> tuple[int, dict[str, int]]:
        counts = self.starting_with(folded)
        return len(counts), prefix.commonest(counts, most)

    def _counted(self, _reader: object, starts: Sequence[str]) -> Counter[str]:
        """The terms that start with any of several strings, and their document frequencies."""
        return Counter({
            term.decode(): sum(map(self._frequency(term), prefix.EXACT_FIELDS))
            for field in prefix.EXACT_FIELDS
            for start in starts
            for term in self._whoosh.expand_prefix(field, start)
        })  # fmt: skip

    def _frequency(self, term: bytes) -> Any:
        return lambda field: self._whoosh.doc_frequency(field, term)

    def near(self, term: Term, distance: int) -> dict[str, int]:
        """Every form of the dictionary is compared; an apostrophe counts as a letter."""
        word = term.folded
        forms = {form for field in prefix.EXACT_FIELDS for form in self._whoosh.field_terms(field)}
        return {
            form: edit_distance(word, fold(form))
            for form in forms
            if (other := form.translate(letter_folding()))[:1] == word[:1]
            and edit_distance(word, other) <= distance
        }


def planned(ours: Searcher, text: str, names: NameSpellings | None = None) -> Query:
    """A query as typed, planned with the terms of our index; no rare word is approximated."""
    return plan_query(parse(text), ours._expander, max_approximated=0, names=names).query


def by_arrays(searcher: WhooshSearcher, query: Query) -> Ranking:
    """All that Whoosh's matchers find over our arrays."""
    return by_whoosh(searcher, as_whoosh(query, _own_column))


def by_whoosh(searcher: WhooshSearcher, query: WhooshQuery) -> Ranking:
    """All that Whoosh's matchers find over an index, ours or its own."""
    found = searcher.search(query, limit=None, optimize=False)
    return ranking((document, score) for score, document in found.top_n)


def by_stock(searcher: WhooshSearcher, text: str, names: NameSpellings | None = None) -> Ranking:
    """What Whoosh says of a query, from its own index alone but for the spellings of names.

    Which words are names, and their spellings, only ours can say.
    """
    expander = TermExpander(StockDictionary(searcher.reader()))
    query = plan_query(parse(text), expander, max_approximated=0, names=names).query
    return by_whoosh(searcher, as_whoosh(query, _stock_column))


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
    found = ours._engine.collector.collect(query)
    documents = sorted(document for document, _ in expected)
    return found.documents.tolist() == documents and all(
        same(found.best(count), expected[:count]) for count in (*COUNTS, ours._reader.count)
    )
