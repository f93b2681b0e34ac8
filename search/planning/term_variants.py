"""One word of a query: the forms in which this index holds it, and their scored query."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeVar

from whoosh import query as whoosh

from index.analysis import Term, analyze, stopwords
from search.dictionary.fuzzy import near
from search.dictionary.ngram_similarity import MAX_SIMILAR_TERMS, similar_terms
from search.dictionary.proclitics import proclitic_variants
from search.query.boolean import TermSetQuery
from search.query.query_terms import FieldTerm, QueryTerm, accepts_term
from search.ranking.bm25 import (
    ALIKE_WEIGHT,
    FUZZY_WEIGHT,
    PREFIX_WEIGHT,
    VARIANT_WEIGHT,
    WEIGHTS,
    idf,
)
from search.results import Kind

SHORTEST_WIDENED = 5
"""Letters of a word that others may stand for: a shorter one has too many neighbours."""
LONGEST_WIDENED = 24
"""The same, from above: what is longer is no word."""
_REMEMBERED = 1 << 16
"""Forms whose frequency is kept at hand."""
_PERSIAN = str.maketrans("يىك", "ییک")
"""Letters of Arabic keyboards → those of Persian ones."""


@dataclass(frozen=True, slots=True)
class FieldScope:
    """Which fields a clause asks."""

    title: bool = True
    body: bool = True
    name: bool = False
    """Whether its words are names, whatever they look like."""

    def fields(self, name: str) -> list[str]:
        """The fields of the index behind ``stem`` or ``exact``."""
        body = [name] if self.body else []
        return body + (["title_" + name] if self.title else [])


Number = TypeVar("Number", int, float)
Widened = dict[Kind, dict[str, float]]
"""How words are near to one → these words with their weights."""


@dataclass(frozen=True)
class TermExpander:
    """The words of a snapshot of an index, as a Whoosh reader knows them."""

    reader: Any
    _known: dict[tuple[str, str], int] = field(default_factory=dict, compare=False)
    """How many documents hold a form, of those that were asked for."""
    _near: dict[QueryTerm, Widened] = field(default_factory=dict, compare=False)
    """The words nearest to those that were asked for."""

    @cached_property
    def _documents(self) -> int:
        return int(self.reader.doc_count_all())

    def slot(self, term: Term) -> QueryTerm:
        """A word with its relatives in this index."""
        if term.stem is None:
            return QueryTerm(term, self._stop_word(term))
        stems = (term.stem, *proclitic_variants(term, self._stem_frequency))
        return QueryTerm(term, tuple(("stem", stem) for stem in stems))

    def _stop_word(self, term: Term) -> tuple[FieldTerm, ...]:
        """A stop word as typed, and its other spellings that the index holds."""
        others = stopwords.spelling_variants(term.exact) if term.language == "ar" else []
        others += [form.translate(_PERSIAN) for form in others]
        held = [form for form in others if self.frequency("exact", form)]
        return tuple(("exact", form) for form in dict.fromkeys((term.exact, *held)))

    def scored(self, slot: QueryTerm, where: FieldScope) -> whoosh.Query:
        """Every form of one word in every field, and the surface form."""
        parts = []
        for number, (name, text) in enumerate(slot.own):
            weight = 1.0 if number == 0 else self._variant_weight(slot.leaves[0], (name, text))
            parts += _terms(name, text, where, weight)
        # WHO is no stop word, but as it is spelled in the index it would be `who`.
        if slot.leaves[0][0] == "stem" and slot.term.exact not in stopwords.english():
            parts += _terms("exact", slot.term.exact, where, 1.0)
        if slot.names:
            boosts = {
                stem: weight * self._rarity(slot.leaves[0], ("stem", stem))
                for stem, weight in slot.names
            }
            parts += [TermSetQuery(name, boosts, WEIGHTS[name]) for name in where.fields("stem")]
        return whoosh.Or(parts)

    def _variant_weight(self, typed: FieldTerm, variant: FieldTerm) -> float:
        return VARIANT_WEIGHT * self._rarity(typed, variant)

    def _rarity(self, typed: FieldTerm, variant: FieldTerm) -> float:
        """A rare variant must not outweigh the typed form for being rare."""
        return min(1.0, self.idf(*typed) / self.idf(*variant))

    def idf(self, name: str, text: str) -> float:
        """How telling a form is; always more than 0."""
        return idf(self._documents, self.frequency(name, text))

    def weight(self, slots: Iterable[QueryTerm]) -> float:
        """How telling a word or a phrase is, for choosing what to show."""
        return sum(max((self.idf(*leaf) for leaf in slot.leaves), default=0) for slot in slots)

    def held(self, slot: QueryTerm) -> int:
        """How many documents hold a form of a word, or another spelling of the name.

        0 for none; a document that holds two of them is counted twice.
        """
        return sum(self._anywhere(name, text) for name, text in slot.leaves)

    def widened(self, slot: QueryTerm) -> Widened:
        """The words nearest to one that hardly any document holds, with their weights, by how.

        A letter apart, and then those that share most of their letters in a row; none that
        the word finds by itself, and none outweighs it for being rarer.
        """
        if slot not in self._near:
            if len(self._near) >= _REMEMBERED:
                self._near.clear()
            self._near[slot] = self._nearest(slot) if is_widened(slot.term) else {}
        return self._near[slot]

    def _nearest(self, slot: QueryTerm) -> Widened:
        apart = _others(slot, near(self.reader, slot.term, 1))
        close = self.commonest(apart, MAX_SIMILAR_TERMS)
        alike: dict[str, float] = {}
        for segment, _ in self.reader.leaf_readers():
            if segment.doc_count_all():
                alike |= similar_terms(segment._terms.fields["exact"], slot.term.exact)
        alike = _others(slot, {word: alike[word] for word in alike.keys() - apart.keys()})
        best = sorted(alike, key=lambda word: (-alike[word], word))[:MAX_SIMILAR_TERMS]
        found: Widened = {
            "fuzzy": dict.fromkeys(close, FUZZY_WEIGHT),
            "gram": {word: ALIKE_WEIGHT * alike[word] ** 2 for word in best},
        }
        return {
            kind: {w: n * self._rarity(slot.leaves[0], ("exact", w)) for w, n in words.items()}
            for kind, words in found.items()
            if words
        }

    def commonest(self, words: dict[str, int], count: int) -> dict[str, int]:
        """The nearest words, and of those the commonest. ``words``: exact form → distance."""
        if len(words) <= count:
            return words
        frequency = {word: self._anywhere("exact", word) for word in words}
        kept = sorted(words, key=lambda word: (words[word], -frequency[word], word))
        return {word: words[word] for word in kept[:count]}

    def frequency(self, name: str, text: str) -> int:
        """How many documents hold a form in a field."""
        known = self._known.get((name, text))
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            known = self._known[name, text] = int(self.reader.doc_frequency(name, text))
        return known

    def _stem_frequency(self, stem: str) -> int:
        return self._anywhere("stem", stem)

    def _anywhere(self, name: str, text: str) -> int:
        return self.frequency(name, text) + self.frequency("title_" + name, text)


def _terms(name: str, text: str, where: FieldScope, weight: float) -> list[whoosh.Query]:
    return [
        whoosh.Term(field_name, text, boost=weight * WEIGHTS[field_name])
        for field_name in where.fields(name)
    ]


def is_widened(term: Term) -> bool:
    """Whether others may stand for a word. What has digits in it is meant as it stands."""
    letters = SHORTEST_WIDENED <= len(term.folded) <= LONGEST_WIDENED
    return letters and term.exact.isalpha() and term.language != ""


def _others(slot: QueryTerm, words: dict[str, Number]) -> dict[str, Number]:
    """Those of the words that a slot does not accept itself."""
    terms = ((word, next(analyze(word), None)) for word in words)
    return {
        word: words[word] for word, token in terms if token and not accepts_term(slot, token.term)
    }


def weighted(words: dict[str, float], where: FieldScope) -> whoosh.Query:
    """The scored query of words with their weights."""
    return whoosh.Or([TermSetQuery(name, words, WEIGHTS[name]) for name in where.fields("exact")])


def expanded(term: Term, words: dict[str, int], kind: Any, where: FieldScope) -> whoosh.Query:
    """The scored query of the words that a prefix or a fuzzy word stands for."""
    base = PREFIX_WEIGHT if kind == "prefix" else 1.0
    weights = {
        word: 1.0 if word == term.exact else base * FUZZY_WEIGHT**distance
        for word, distance in words.items()
    }
    return weighted(weights, where)


def loosened(slot: QueryTerm) -> QueryTerm:
    """Inside a phrase final ى and ي meet, even على and علي."""
    spelled = slot.term.exact
    if slot.term.language != "ar" or spelled[-1] not in "ىي":
        return slot
    other = spelled[:-1] + ("ي" if spelled[-1] == "ى" else "ى")
    own = dict.fromkeys((*slot.own, ("exact", other)))
    return replace(slot, leaves=(*own, *slot.leaves[len(slot.own) :]))
