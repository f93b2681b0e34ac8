"""QueryTermBuilder: words of a query with their variants and other spellings of names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from index.analysis import Term
from index.analysis.chains import spelled_out_terms
from index.analysis.names.particles import FAITH, other_articles, split_name
from search.dictionary.proclitics import without_proclitics
from search.names.compounds import as_equivalent, join_name, particle_term
from search.names.spelling import Found
from search.names.spellings import NameSpellings
from search.parsing.tokens import QueryToken, token_of_word
from search.planning.phrase_queries import NAME_SLOP, phrase_query
from search.planning.term_queries import FieldScope
from search.planning.term_variants import TermExpander
from search.query.boolean import NOTHING
from search.query.query_terms import QueryTerm
from search.ranking.bm25 import NAME_WEIGHT

_MIN_UNFINISHED_NAME = 5
"""Letters of a word that is being typed from which it is taken for a name: shorter ones sound
like very many others, and nobody means the beginning of a name by them."""

Others = dict[str, Found]
"""Other spelling → the documents that have it."""


@dataclass
class QueryTermBuilder:
    """Looks words up, each once, and keeps the notes about their spellings."""

    expander: TermExpander
    names: NameSpellings | None = None
    """None if only what was typed is searched."""
    unfinished: Term | None = None
    """A word that is being typed: while it is short, it is no name yet."""
    deferred: bool = False
    """Whether a name was left out for that."""
    spellings: dict[str, Others] = field(default_factory=dict)
    """Other spellings found, by what was typed."""
    _known: dict[tuple[QueryToken, bool], tuple[QueryTerm, Others]] = field(default_factory=dict)
    """A word, and whether it is a name whatever it looks like → the result of :meth:`_look_up`."""

    def query_term(self, typed: QueryToken, scope: FieldScope) -> QueryTerm:
        """A word with its variants in this index, and the other spellings of a name; noted."""
        term, others = self._looked_up(typed, scope)
        self.note(typed.written, others)
        return term

    def _looked_up(self, typed: QueryToken, scope: FieldScope) -> tuple[QueryTerm, Others]:
        known = self._known.get((typed, scope.name))
        if known is None:
            known = self._with_other_articles(typed, scope, self._look_up(typed, scope))
            self._known[typed, scope.name] = known
        return known

    def _with_other_articles(
        self, typed: QueryToken, scope: FieldScope, known: tuple[QueryTerm, Others]
    ) -> tuple[QueryTerm, Others]:
        """What was found for Abderrahman, and what is found for Abdulrahman."""
        forms = other_articles(typed.term.exact)
        for form in forms if forms and self.is_name(typed, scope) else ():
            other = token_of_word(form.capitalize())
            term, others = self._look_up(other, scope)
            others = {**known[1], **self._as_written(other), **others}
            known = _merged(known[0], term), others
        return known

    def _look_up(self, typed: QueryToken, scope: FieldScope) -> tuple[QueryTerm, Others]:
        spelled_out = spelled_out_terms(typed.written, typed.term)
        term = self.expander.variants(typed.term, spelled_out)
        names = self.names
        if names is None or not self.is_name(typed, scope):
            return term, {}
        if typed.term == self.unfinished and len(typed.term.exact) < _MIN_UNFINISHED_NAME:
            self.deferred = True
            return term, {}
        own = {text for _, text in term.field_terms}
        forms = [each.exact for each in (typed.term, *spelled_out)]
        found = names.of_any(forms, without_proclitics(typed.term, own))
        others = [spelling for spelling in found if spelling.stem not in own]
        stems = tuple((other.stem, other.weight) for other in others)
        field_terms = (*term.field_terms, *(("stem", stem) for stem, _ in stems))
        term = replace(term, field_terms=field_terms, name_stems=stems)
        return term, {other.written: other.found for other in others}

    def is_name(self, typed: QueryToken, scope: FieldScope) -> bool:
        """Whether a word is taken for a name."""
        return self.names is not None and self.names.is_name(typed, forced=scope.name)

    def as_two(self, typed: QueryToken, scope: FieldScope) -> list[QueryTerm]:
        """The two words of a name that was typed as one, noted; empty if it is no such name."""
        parts = split_name(typed.term.exact)
        if self.names is None or not parts or not self.is_name(typed, scope):
            return []
        first, rest = (token_of_word(part.capitalize()) for part in (parts.written, parts.rest))
        looked_up = [particle_term(first.term, parts.particle), self._looked_up(rest, scope)[0]]
        if parts.particle is FAITH:
            looked_up.reverse()
        terms = [as_equivalent(term) for term in looked_up]
        query = phrase_query(self.expander, terms, range(2), NAME_SLOP, scope) or NOTHING
        text = " ".join(term.term.exact.capitalize() for term in terms)
        self.note(typed.written, {text: self.names.found(query)})
        return terms

    def as_one(self, parts: Sequence[QueryToken], scope: FieldScope) -> QueryTerm:
        """The parts of a compound name as one word; noted."""
        joined = join_name(parts)
        term, others = self._looked_up(joined, scope)
        if self.names is not None:
            self.note(joined.written, {**self._as_written(joined), **others})
        return as_equivalent(term)

    def _as_written(self, word: QueryToken) -> Others:
        """A word as it is written, for a note on another."""
        own = self.expander.term_query(self.expander.variants(word.term), FieldScope())
        return {word.term.exact.capitalize(): self.names.found(own)} if self.names else {}

    def note(self, typed: str, others: Others) -> None:
        """Record the other spellings that were found for what was typed."""
        held = {other: found for other, found in others.items() if found.documents}
        if held:
            self.spellings.setdefault(typed, {}).update(held)


def _merged(term: QueryTerm, other: QueryTerm) -> QueryTerm:
    """A name that also accepts what another spelling of it accepts."""
    own = {text for _, text in term.own_terms}
    stems = {text: NAME_WEIGHT for form, text in other.own_terms if form == "stem"}
    stems |= dict(other.name_stems) | dict(term.name_stems)
    others = tuple((stem, weight) for stem, weight in stems.items() if stem not in own)
    field_terms = (*term.own_terms, *(("stem", stem) for stem, _ in others))
    return replace(term, field_terms=field_terms, name_stems=others)
