"""What else words of a query are called: spellings of names, names in two words, aliases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, product
from typing import NamedTuple

from whoosh import query as whoosh

from index.analysis import analyze
from index.analysis.names.particles import LATIN_ARTICLES, particle_of
from search.names.compounds import as_other, joined, pairs, particle_term
from search.parsing.tokens import QueryToken
from search.planning.phrase_queries import row
from search.planning.term_expansion import QueryTermBuilder
from search.planning.term_variants import FieldScope
from search.query.boolean import BoostQuery
from search.query.query_terms import QueryTerm
from search.ranking.bm25 import ALIAS_WEIGHT, NAME_WEIGHT, TOGETHER_WEIGHT

_NEAR = 2
"""Words between which a name may be torn: Abd al-Rahman has the article in it."""
_LONGEST = 4
"""Words of a name at most: more beside each other are a sentence, in which any may be a name."""


class Synonym(NamedTuple):
    """Something else that is looked for."""

    query: whoosh.Query
    text: str
    """What was typed."""
    slots: tuple[QueryTerm, ...]
    """What is lit up; nothing where other targets see to that."""
    slop: int = 0


class SynonymExpander(QueryTermBuilder):
    """What else the words stand for, each alone and in a row."""

    def of_word(self, typed: QueryToken, where: FieldScope) -> Iterator[Synonym]:
        """What one word stands for: عبد الحميد for عبدالحميد, and its aliases."""
        yield from self.of_phrase([typed], where)
        slots = self.in_two(typed, where)
        if self.names is not None and slots:
            found = self._headed(typed.written, slots, where, words=1)
            text = " ".join(slot.term.exact.capitalize() for slot in slots)
            self.tell(typed.written, {text: self.names.count(found.query)})
            yield found

    def of_quoted(self, typed: Sequence[QueryToken], where: FieldScope) -> Iterator[Synonym]:
        """What a phrase stands for as a whole."""
        if len(typed) == 1:
            yield from self.of_word(typed[0], where)
            return
        yield from self.of_phrase(typed, where)
        for parts in pairs(typed):
            if len(parts) == len(typed):
                yield from self._in_one(parts, where)
                return
        yield from self._read(typed, self._as_one(typed, where), where)
        yield from self._read(typed, self._as_two(typed, where), where)

    def _read(
        self, typed: Sequence[QueryToken], slots: Sequence[QueryTerm], where: FieldScope
    ) -> Iterator[Synonym]:
        """A longer phrase in which names of two words are written otherwise; none if none is."""
        if any(slot.weakest_kind == "name" for slot in slots):
            text = " ".join(each.written for each in typed)
            query = row(self.forms, slots, range(len(slots)), len(slots), where)
            yield Synonym(BoostQuery(query, NAME_WEIGHT), text, tuple(slots), len(slots))

    def _as_one(self, typed: Sequence[QueryToken], where: FieldScope) -> list[QueryTerm]:
        """Words in a row, every name of two of them in one."""
        found: list[QueryTerm] = []
        rest = list(typed)
        while rest:
            parts = next(pairs(rest[:3]), rest[:1])
            if parts[0] is not rest[0] or not self.is_name(parts[-1], where):
                parts = rest[:1]
            single = len(parts) == 1
            found.append(self.slot(parts[0], where) if single else self.in_one(parts, where))
            rest = rest[len(parts) :]
        return found

    def _as_two(self, typed: Sequence[QueryToken], where: FieldScope) -> list[QueryTerm]:
        """Words in a row, the first of every name of two in all its spellings."""
        found: list[QueryTerm] = []
        for at, each in enumerate(typed):
            head, last = particle_of(each.term.exact), at + 1 == len(typed)
            if each.term.exact in LATIN_ARTICLES and found and found[-1].weakest_kind == "name":
                continue
            if head and not last:
                found.append(particle_term(each.term, head))
            else:
                found += self.in_two(each, where) or [self.slot(each, where)]
        return found

    def of_phrase(self, typed: Sequence[QueryToken], where: FieldScope) -> Iterator[Synonym]:
        """The aliases of words in a row."""
        if self.names is None:
            return
        text = " ".join(each.written for each in typed)
        for member in self.names.aliases.of(each.term for each in typed):
            tokens = [token for token in analyze(member) if not token.alternative]
            slots = tuple(as_other(self.forms.slot(token.term)) for token in tokens)
            query = row(self.forms, slots, [t.position for t in tokens], 0, where)
            if query is not None:
                self.tell(text, {member: self.names.count(query)})
                # A longer name must not outweigh what was typed for having more words.
                share = min(1.0, len(typed) / len(slots))
                yield Synonym(BoostQuery(query, ALIAS_WEIGHT * share), text, slots)

    def of_row(self, typed: Sequence[QueryToken], where: FieldScope) -> Iterator[Synonym]:
        """What words beside each other stand for besides each.

        The parts of a name that stand together in a text, too, count more.
        """
        if self.names is None:
            return
        for parts in pairs(typed):
            yield from self._in_one(parts, where)
        longest = self.names.aliases.longest
        for at, size in product(range(len(typed)), range(2, longest + 1)):
            if at + size <= len(typed):
                yield from self.of_phrase(typed[at : at + size], where)
        slots = [self.slot(each, where) for each in typed] if len(typed) > 1 else []
        for named, group in groupby(slots, key=lambda slot: bool(slot.names)):
            name = tuple(group)
            if not named or not 1 < len(name) <= _LONGEST:
                continue
            query = row(self.forms, name, range(len(name)), _NEAR, where)
            if query is not None:
                yield Synonym(BoostQuery(query, TOGETHER_WEIGHT), "", ())

    def _in_one(self, parts: Sequence[QueryToken], where: FieldScope) -> Iterator[Synonym]:
        """عبدالحميد for عبد الحميد, and the two with the head in its other spellings."""
        head, rest = parts[0], parts[-1]
        known = particle_of(head.term.exact)
        if known and self.is_name(rest, where):
            one, text = self.in_one(parts, where), joined(parts).written
            yield Synonym(BoostQuery(self.forms.scored(one, where), NAME_WEIGHT), text, (one,))
            slots = [particle_term(head.term, known), self.slot(rest, where)]
            yield self._headed(text, slots, where, words=2)

    def _headed(
        self, text: str, slots: Sequence[QueryTerm], where: FieldScope, *, words: int
    ) -> Synonym:
        """A head and the rest of the name for so many words that were typed."""
        query = row(self.forms, slots, [0, 1], _NEAR, where)
        weight = NAME_WEIGHT * words / len(slots)
        return Synonym(BoostQuery(query, weight), text, tuple(slots), _NEAR)
