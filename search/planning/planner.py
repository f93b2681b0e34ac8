"""A syntax tree (``parsing.ast``) to an executable query and the terms to highlight.

Every clause becomes a query with its weights, and targets that say which words of a
document matched.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, groupby

from index.analysis import Term, analyze
from search.names.spellings import NameSpellings
from search.parsing import ast
from search.planning.context import MAX_APPROXIMATED, QueryContext
from search.planning.expansion_queries import expanded_query
from search.planning.filter_queries import TaggedPaths, filter_query
from search.planning.phrase_queries import MAX_SLOP
from search.planning.quoted_queries import exact_query, quoted_query
from search.planning.required_words import required_words
from search.planning.spelling_notes import Spellings, finds_every_word, spelling_notes
from search.planning.term_expansion import QueryTermBuilder
from search.planning.term_queries import TITLE, FieldScope
from search.planning.term_variants import TermExpander
from search.planning.word_queries import word_query, words_together
from search.query.boolean import (
    EVERYTHING,
    NOTHING,
    AndQuery,
    BoostQuery,
    ExcludeQuery,
    RequiredOptionalQuery,
    all_of,
    any_of,
)
from search.query.node import Query
from search.query.query_terms import MatchTarget


@dataclass(slots=True)
class QueryPlan:
    """An executable query, the targets to highlight, and the notes to show."""

    query: Query
    targets: list[MatchTarget]
    notes: list[str]
    missing: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Words that no document has, each with the nearest terms."""
    settled: bool = True
    """Whether nothing was left out because a word is being typed."""
    spellings: Spellings = field(default_factory=dict)
    """The other spellings of what was typed."""
    finds_every_word: bool = False
    """Whether every document with a word of the query, in whatever spelling, is found."""

    def spelling_notes(self, count: Callable[[Query], int]) -> list[str]:
        """Notes on other spellings; ``count`` tells how many documents found match a query."""
        if self.finds_every_word:
            return spelling_notes(self.spellings, lambda spelling: spelling.documents)
        return spelling_notes(self.spellings, lambda spelling: count(spelling.query))


def plan_query(
    query: ast.ParsedQuery,
    expander: TermExpander,
    *,
    exact: bool = False,
    max_approximated: int = MAX_APPROXIMATED,
    names: NameSpellings | None = None,
    unfinished: Term | None = None,
    tagged: TaggedPaths = lambda _tag: (),
) -> QueryPlan:
    """Plan a query against the terms of an index.

    With ``exact`` every word is matched as spelled. ``max_approximated`` is the number of
    rare or missing words for which near terms are searched, ``unfinished`` a word that is
    being typed. Without ``names`` a name is found in the spelling that was typed. ``tagged``
    tells which documents have a tag of the user.
    """

    def planner(*, stop_words: bool = False, approximated: int = max_approximated) -> _Planner:
        builder = QueryTermBuilder(expander, names, unfinished)
        return _Planner(QueryContext(builder, stop_words, approximated), exact, tagged)

    current = planner()
    found = current.group(query.root, FieldScope())
    notes = list(query.notes)
    if current.context.dropped_stop_word and not current.has_terms:
        current = planner(stop_words=True, approximated=MAX_APPROXIMATED)
        found = current.group(query.root, FieldScope())
        notes.append("every word of the query is a very common one: searched as spelled")
    context = current.context
    notes += context.notes
    if found is None and not notes and not context.builder.spellings:
        notes.append("the query has no words")
    if names is not None and not exact:
        notes += names.aliases.notes
    settled = context.completed or not (context.deferred or context.builder.deferred)
    retrieved = found if found is not None else NOTHING
    return QueryPlan(
        retrieved,
        context.targets,
        notes,
        context.missing,
        settled,
        context.builder.spellings,
        finds_every_word=finds_every_word(query.root),
    )


def last_word(text: str) -> Term | None:
    """The word with which a text ends and which may go on; None behind a space or a sign."""
    last = text[-1:].strip() and text.rsplit(maxsplit=1)[-1]
    tokens = [token for token in analyze(last) if not token.alternative]
    return tokens[-1].term if tokens and tokens[-1].end == len(last) else None


@dataclass
class _Planner:
    """Joins the queries of clauses the way the tree joins the clauses.

    Each method returns None for a clause that says nothing (a stop word, an empty
    group); a clause that says something that no document has is NOTHING.
    """

    context: QueryContext
    exact: bool
    tagged: TaggedPaths
    has_terms: bool = False
    """Whether any term is searched, be it found or not."""

    def group(self, group: ast.ParsedGroup, scope: FieldScope) -> Query | None:
        """All of ``must``, none of ``must_not``, ``should`` for the rank."""
        must = all_of(self._required(group.must, scope))
        should = any_of(
            [
                *(query for _, query in self._clauses(group.should, scope, required=False)),
                *self._together(group.should, scope),
            ]
        )
        excluded = self._excluded(group.must_not, scope)
        wanted = _both(must, should, group)
        if excluded is None:
            return wanted
        return ExcludeQuery(EVERYTHING if wanted is None else wanted, excluded)

    def _required(self, clauses: Iterable[ast.Clause], scope: FieldScope) -> list[Query]:
        """The queries of clauses that must match; names of two words also as one."""
        found: list[Query] = []
        for is_words, row in groupby(clauses, key=self._is_word):
            queries = self._clauses(row, scope, required=True)
            if is_words:
                typed = [(c.text, q) for c, q in queries if isinstance(c, ast.Word)]
                found += required_words(self.context, typed, scope)
            else:
                found += [query for _, query in queries]
        return found

    def _is_word(self, clause: ast.Clause) -> bool:
        return isinstance(clause, ast.Word) and not self.exact

    def _clauses(
        self, clauses: Iterable[ast.Clause], scope: FieldScope, *, required: bool
    ) -> list[tuple[ast.Clause, Query]]:
        """Clauses with their queries; one that was typed twice weighs twice."""
        return [
            (clause, query if count == 1 else BoostQuery(query, count))
            for clause, count in Counter(clauses).items()
            if (query := self.clause(clause, scope, required=required)) is not None
        ]

    def _together(self, clauses: Iterable[ast.Clause], scope: FieldScope) -> list[Query]:
        """The synonyms of words that stand beside each other."""
        rows = groupby(clauses, key=self._is_word)
        found = [
            words_together(self.context, [c.text for c in row if isinstance(c, ast.Word)], scope)
            for is_words, row in rows
            if is_words
        ]
        return [*chain(*found)]

    def _excluded(self, clauses: Iterable[ast.Clause], scope: FieldScope) -> Query | None:
        """The query for what must not match; none of it is highlighted or counts as a term."""
        targets, has_terms = list(self.context.targets), self.has_terms
        excluded = any_of([query for _, query in self._clauses(clauses, scope, required=True)])
        self.context.targets, self.has_terms = targets, has_terms
        return excluded

    def clause(self, clause: ast.Clause, scope: FieldScope, *, required: bool) -> Query | None:
        """The query of a clause."""
        match clause:
            case ast.Title(inner):
                return self.clause(inner, replace(scope, prefixes=TITLE), required=required)
            case ast.Name(inner):
                return self.clause(inner, replace(scope, name=True), required=required)
            case ast.ParsedGroup():
                return self.group(clause, scope)
            case (
                ast.Word()
                | ast.Exact()
                | ast.Phrase()
                | ast.Prefix()
                | ast.Wildcard()
                | ast.Fuzzy()
            ):
                found = self._text(clause, scope, required=required)
                self.has_terms |= found is not None
                return found
            case _:
                return filter_query(clause, self.tagged)

    def _text(self, clause: ast.TextClause, scope: FieldScope, *, required: bool) -> Query | None:
        context = self.context
        match clause:
            case ast.Word(text) if not self.exact:
                return word_query(context, text, scope, required=required)
            case ast.Phrase(text, slop) if not self.exact:
                return quoted_query(context, text, self._slop(slop), scope)
            case ast.Prefix() | ast.Wildcard() | ast.Fuzzy():
                return expanded_query(context, clause, scope)
            case ast.Phrase(text, slop):
                return exact_query(context, text, scope, slop=self._slop(slop))
            case ast.Word(text) | ast.Exact(text):
                asked = required or isinstance(clause, ast.Exact)
                return exact_query(context, text, scope, required=asked)

    def _slop(self, slop: int) -> int:
        """A slop of a phrase, at most :data:`MAX_SLOP`; noted if it was more."""
        if slop > MAX_SLOP:
            self.context.note(f"words are near each other up to {MAX_SLOP:,} words apart")
        return min(slop, MAX_SLOP)


def _both(must: Query | None, should: Query | None, group: ast.ParsedGroup) -> Query | None:
    """``should`` only adds to the score of what ``must`` finds, unless all of it is filters."""
    if must is None or should is None:
        return must if should is None else should
    if all(map(ast.is_filter, group.must)):
        return AndQuery((must, should))
    return RequiredOptionalQuery(must, should)
