"""A query understood (``query``) to what Whoosh runs and what a snippet shows.

Every clause becomes two things: a Whoosh query with its weights, and the targets
that say which words of a document answered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, groupby
from typing import Any

from whoosh import query as whoosh

from index.analysis import Term, analyze
from search.names.spellings import NameSpellings
from search.parsing import ast as tree
from search.planning.synonyms import SynonymExpander
from search.planning.term_variants import FieldScope, TermExpander
from search.planning.word_queries import MOST_WIDENED, WordQueryBuilder
from search.query.boolean import (
    NOTHING,
    BoostQuery,
    ExcludeQuery,
    RequiredOptionalQuery,
    all_of,
    any_of,
)
from search.query.filters import everything, filter_query
from search.query.query_terms import MatchTarget


@dataclass(slots=True)
class QueryPlan:
    """What to run, what to light up, what to tell."""

    query: whoosh.Query
    targets: list[MatchTarget]
    notes: list[str]
    missing: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Words of it that no document holds, each with the nearest that one does."""
    settled: bool = True
    """Whether nothing was left out because a word is being typed."""


def plan(
    query: tree.ParsedQuery,
    forms: TermExpander,
    *,
    exact: bool = False,
    widen: int = MOST_WIDENED,
    names: NameSpellings | None = None,
    unfinished: Term | None = None,
) -> QueryPlan:
    """Plan a query against the words that an index holds.

    With ``exact`` all_of word is matched as spelled. ``widen`` is how many words that hardly
    any document holds the nearest ones may stand for, ``unfinished`` a word that is being
    typed. Without ``names`` a name is found in the spelling that was typed.
    """

    def asking(**facts: Any) -> WordQueryBuilder:
        return WordQueryBuilder(SynonymExpander(forms, names, unfinished), **facts)

    planner = _Planner(asking(widen=widen), exact)
    found = planner.bag(query.root, FieldScope())
    notes = list(query.notes)
    if planner.words.left_out and not planner.asked:
        planner = _Planner(asking(stop_words=True), exact)
        found = planner.bag(query.root, FieldScope())
        notes.append("every word of the query is a very common one: searched as spelled")
    notes += planner.words.equivalents.notes + planner.words.notes
    if found is None and not notes:
        notes.append("the query has no words")
    if names is not None and not exact:
        notes += names.aliases.notes
    words = planner.words
    settled = words.began or not (words.put_off or words.equivalents.put_off)
    return QueryPlan(
        NOTHING if found is None else found, words.targets, notes, words.missing, settled
    )


def last_word(text: str) -> Term | None:
    """The word with which a text ends and which may go on; nothing behind a space or a sign."""
    last = text[-1:].strip() and text.rsplit(maxsplit=1)[-1]
    tokens = [token for token in analyze(last) if not token.alternative]
    return tokens[-1].term if tokens and tokens[-1].end == len(last) else None


@dataclass
class _Planner:
    """Joins what the words of a tree become the way the tree joins them.

    Each method gives nothing where a clause says nothing (a stop word, a bracket
    with nothing in it); what says something that is nowhere is NOTHING.
    """

    words: WordQueryBuilder
    exact: bool
    asked: bool = False
    """Whether anything is looked for, be it found or not."""

    def bag(self, bag: tree.ParsedGroup, where: FieldScope) -> whoosh.Query | None:
        must = all_of(self._all(bag.must, where, required=True))
        should = any_of(
            [*self._all(bag.should, where, required=False), *self._together(bag.should, where)]
        )
        excluded = self._excluded(bag.must_not, where)
        wanted = _both(must, should, bag)
        if excluded is None:
            return wanted
        return ExcludeQuery(everything() if wanted is None else wanted, excluded)

    def _all(
        self, clauses: Iterable[tree.Clause], where: FieldScope, *, required: bool
    ) -> list[whoosh.Query]:
        """The queries of the clauses; one that was typed twice weighs twice."""
        return [
            query if count == 1 else BoostQuery(query, count)
            for clause, count in Counter(clauses).items()
            if (query := self.clause(clause, where, required=required)) is not None
        ]

    def _together(self, clauses: Iterable[tree.Clause], where: FieldScope) -> list[whoosh.Query]:
        """What the words that stand behind each other ask for besides each."""
        rows = groupby(clauses, key=lambda clause: isinstance(clause, tree.Word) and not self.exact)
        found = [
            self.words.together([c.text for c in row if isinstance(c, tree.Word)], where)
            for plain, row in rows
            if plain
        ]
        return [*chain(*found)]

    def _excluded(self, clauses: Iterable[tree.Clause], where: FieldScope) -> whoosh.Query | None:
        """The query for what must not be there; none of it is lit up, or asked for."""
        targets, asked = list(self.words.targets), self.asked
        excluded = any_of(self._all(clauses, where, required=True))
        self.words.targets, self.asked = targets, asked
        return excluded

    def clause(
        self, clause: tree.Clause, where: FieldScope, *, required: bool
    ) -> whoosh.Query | None:
        match clause:
            case tree.Title(inner):
                return self.clause(inner, replace(where, body=False), required=required)
            case tree.Name(inner):
                return self.clause(inner, replace(where, name=True), required=required)
            case tree.ParsedGroup():
                return self.bag(clause, where)
            case tree.Word() | tree.Exact() | tree.Phrase() | tree.Prefix() | tree.Fuzzy():
                found = self._leaf(clause, where, required=required)
                self.asked |= found is not None
                return found
            case _:
                return filter_query(clause)

    def _leaf(
        self, leaf: tree.TextClause, where: FieldScope, *, required: bool
    ) -> whoosh.Query | None:
        words = self.words
        match leaf:
            case tree.Word(text) if not self.exact:
                return words.word(text, where, required=required)
            case tree.Phrase(text, slop) if not self.exact:
                return words.phrase(text, slop, where)
            case tree.Prefix(text):
                return words.prefix(text, where)
            case tree.Fuzzy(text, distance):
                return words.fuzzy(text, distance, where)
            case tree.Phrase(text, slop):
                return words.spelled(text, where, slop=slop)
            case tree.Word(text) | tree.Exact(text):
                asked = required or isinstance(leaf, tree.Exact)
                return words.spelled(text, where, required=asked)


def _both(
    must: whoosh.Query | None, should: whoosh.Query | None, bag: tree.ParsedGroup
) -> whoosh.Query | None:
    """``should`` only adds to the score of what ``must`` finds, unless all of it is filters."""
    if must is None or should is None:
        return must if should is None else should
    if all(map(tree.is_filter, bag.must)):
        return whoosh.And([must, should])
    return RequiredOptionalQuery(must, should)
