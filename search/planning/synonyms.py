"""SynonymExpander: other names for words of a query, as one word, as two, or by an alias."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, product
from typing import NamedTuple

from index.analysis import analyze
from index.analysis.names.particles import FAITH, particle_of
from search.names.compounds import as_equivalent, bare_name, join_name, name_pairs, particle_term
from search.parsing.tokens import QueryToken
from search.planning.phrase_queries import NAME_SLOP, phrase_query
from search.planning.term_expansion import QueryTermBuilder
from search.planning.term_queries import FieldScope
from search.planning.term_variants import TermExpander
from search.query.boolean import BoostQuery
from search.query.node import Query
from search.query.query_terms import QueryTerm
from search.ranking.bm25 import ALIAS_WEIGHT, NAME_WEIGHT, PROXIMITY_WEIGHT

_MAX_NAME_WORDS = 4
"""Words of a name: more beside each other are a sentence, in which any may be a name."""


class Synonym(NamedTuple):
    """Another query for what was typed."""

    query: Query
    text: str
    """What was typed."""
    terms: tuple[QueryTerm, ...]
    """Terms to highlight; empty if other targets already cover them."""
    slop: int = 0


@dataclass(frozen=True, slots=True)
class SynonymExpander:
    """Finds the synonyms of words, each alone and in a row."""

    builder: QueryTermBuilder

    @property
    def _expander(self) -> TermExpander:
        return self.builder.expander

    def of_word(self, typed: QueryToken, scope: FieldScope) -> Iterator[Synonym]:
        """The synonyms of one word: عبد الحميد for عبدالحميد, and its aliases."""
        yield from self._aliases([typed], scope)
        terms = self.builder.as_two(typed, scope)
        if terms:
            yield self._compound(typed.written, terms, scope, words=1)

    def of_quoted(self, typed: Sequence[QueryToken], scope: FieldScope) -> Iterator[Synonym]:
        """The aliases of a phrase as a whole."""
        yield from self._aliases(typed, scope)

    def of_row(self, typed: Sequence[QueryToken], scope: FieldScope) -> Iterator[Synonym]:
        """The synonyms of words that stand beside each other in a query.

        The parts of a name that are near each other in a text, too, count more.
        """
        names = self.builder.names
        if names is None:
            return
        for parts in name_pairs(typed):
            yield from self.joined(parts, scope)
        for at, size in product(range(len(typed)), range(2, names.aliases.longest + 1)):
            if at + size <= len(typed):
                yield from self._aliases(typed[at : at + size], scope)
        yield from self._near_each_other(typed, scope)

    def joined(self, parts: Sequence[QueryToken], scope: FieldScope) -> Iterator[Synonym]:
        """عبدالحميد for عبد الحميد, and the two with the particle in its other spellings."""
        if self.builder.is_name(bare_name(parts), scope):
            one, text = self.builder.as_one(parts, scope), join_name(parts).written
            query = self._expander.term_query(one, scope)
            yield Synonym(BoostQuery(query, NAME_WEIGHT), text, (one,))
            terms = [
                self.builder.query_term(part, scope)
                if part is bare_name(parts)
                else particle_term(part.term, particle_of(part.term.exact) or FAITH)
                for part in (parts[0], parts[-1])
            ]
            yield self._compound(text, terms, scope, words=2)

    def _near_each_other(self, typed: Sequence[QueryToken], scope: FieldScope) -> Iterator[Synonym]:
        """The parts of each name within a few words of each other."""
        terms = [self.builder.query_term(t, scope) for t in typed] if len(typed) > 1 else []
        for is_name, group in groupby(terms, key=lambda term: bool(term.name_stems)):
            name = tuple(group)
            if not is_name or not 1 < len(name) <= _MAX_NAME_WORDS:
                continue
            query = phrase_query(self._expander, name, range(len(name)), NAME_SLOP, scope)
            if query is not None:
                yield Synonym(BoostQuery(query, PROXIMITY_WEIGHT), "", ())

    def _aliases(self, typed: Sequence[QueryToken], scope: FieldScope) -> Iterator[Synonym]:
        """The aliases of words in a row."""
        names = self.builder.names
        if names is None:
            return
        text = " ".join(each.written for each in typed)
        for member in names.aliases.of(each.term for each in typed):
            tokens = [token for token in analyze(member) if not token.alternative]
            terms = tuple(as_equivalent(self._expander.variants(token.term)) for token in tokens)
            offsets = [token.position for token in tokens]
            query = phrase_query(self._expander, terms, offsets, 0, scope)
            if query is not None:
                self.builder.note(text, {member: names.found(query)})
                # A longer name must not outweigh what was typed for having more words.
                share = min(1.0, len(typed) / len(terms))
                yield Synonym(BoostQuery(query, ALIAS_WEIGHT * share), text, terms)

    def _compound(
        self, text: str, terms: Sequence[QueryTerm], scope: FieldScope, *, words: int
    ) -> Synonym:
        """A particle and the rest of the name, for ``words`` words that were typed."""
        query = phrase_query(self._expander, terms, [0, 1], NAME_SLOP, scope)
        assert query is not None  # noqa: S101 (there are two terms)
        weight = NAME_WEIGHT * words / len(terms)
        return Synonym(BoostQuery(query, weight), text, tuple(terms), NAME_SLOP)
