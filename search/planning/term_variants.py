"""TermExpander: one word of a query to its variants in this index, and to terms near it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TypeVar

from index.analysis import Term, analyze, stopwords
from search.dictionary.dictionary import Dictionary
from search.dictionary.ngram_similarity import MAX_SIMILAR_TERMS
from search.dictionary.proclitics import proclitic_variants
from search.planning.term_queries import FieldScope, field_queries, term_set_queries
from search.query.boolean import OrQuery
from search.query.node import Query
from search.query.query_terms import FieldTerm, QueryTerm
from search.ranking.bm25 import FUZZY_WEIGHT, SIMILAR_WEIGHT, VARIANT_WEIGHT, idf
from search.results import Kind

MIN_APPROXIMATED = 5
"""Letters of a word that is approximated: a shorter one has too many neighbours."""
MAX_APPROXIMATED = 24
"""Letters of a word that is approximated: a longer one is no word."""
_CACHE_SIZE = 1 << 16
"""Words whose variants, and whose approximate terms, are remembered."""
_PERSIAN = str.maketrans("يىك", "ییک")
"""Letters of Arabic keyboards → those of Persian ones."""

Number = TypeVar("Number", int, float)
Approximate = Mapping[Kind, Mapping[str, float]]
"""Kind of match → exact terms near a word, with their weights."""


class TermExpander:
    """The variants of words in a snapshot of an index, and their queries."""

    def __init__(self, dictionary: Dictionary) -> None:
        self.dictionary = dictionary
        self._proclitic_variants = lru_cache(_CACHE_SIZE)(self._look_up_proclitics)
        """The stems of the index that are a term with or without a proclitic or a pronoun."""
        self.approximate = lru_cache(_CACHE_SIZE)(self._approximate)
        """The terms near a query term that hardly any document has, with their weights, by kind.

        Those that share most n-grams and begin alike, and for a word that no document has, before
        them those at edit distance 1. None that the word finds by itself, and none outweighs it
        for being rarer. ``tests/evaluation/strangers.py`` says what the rule is worth.
        """

    def variants(self, term: Term, spelled_out: Iterable[Term] = ()) -> QueryTerm:
        """A word with its variants in this index; ``spelled_out`` are its other spellings."""
        if term.stem is None:
            return QueryTerm(term, self._stop_word(term))
        stems = [term.stem, *self._proclitic_variants(term)]
        for other in spelled_out:
            stems += (other.stem or other.exact, *self._proclitic_variants(other))
        kind: Kind = "number" if any(map(str.isdigit, term.exact)) else "stem"
        return QueryTerm(term, tuple(("stem", stem) for stem in dict.fromkeys(stems)), kind)

    def _stop_word(self, term: Term) -> tuple[FieldTerm, ...]:
        """A stop word as typed, and its other spellings that the index has."""
        others = stopwords.spelling_variants(term.exact) if term.language == "ar" else []
        others += [form.translate(_PERSIAN) for form in others]
        held = [form for form in others if self.dictionary.document_frequency("exact", form)]
        return tuple(("exact", form) for form in dict.fromkeys((term.exact, *held)))

    def term_query(self, term: QueryTerm, scope: FieldScope) -> Query:
        """Every variant of a word in every field, and its exact form."""
        parts: list[Query] = []
        typed = term.field_terms[0]
        for number, variant in enumerate(term.own_terms):
            weight = VARIANT_WEIGHT * self._rarity(typed, variant) if number else 1.0
            parts += field_queries(*variant, scope, weight)
        # WHO is no stop word, but as it is spelled in the index it would be `who`.
        if typed[0] == "stem" and term.term.exact not in stopwords.english():
            parts += field_queries("exact", term.term.exact, scope, 1.0)
        if term.name_stems:
            boosts = {s: weight * self._rarity(typed, ("stem", s)) for s, weight in term.name_stems}
            parts += term_set_queries("stem", boosts, scope)
        return OrQuery(tuple(parts))

    def _rarity(self, typed: FieldTerm, variant: FieldTerm) -> float:
        """Factor by which a rare variant does not outweigh the typed form for being rare."""
        return min(1.0, self.idf(*typed) / self.idf(*variant))

    def idf(self, field: str, text: str) -> float:
        """Inverse document frequency of a term; always more than 0."""
        return idf(self.dictionary.documents, self.dictionary.document_frequency(field, text))

    def weight(self, terms: Iterable[QueryTerm]) -> float:
        """Sum of the highest inverse document frequencies, for choosing a snippet."""
        return sum(max((self.idf(*each) for each in t.field_terms), default=0) for t in terms)

    def frequency(self, term: QueryTerm) -> int:
        """Sum of the document frequencies of all accepted terms.

        0 if the index has none; a document with two of them counts twice.
        """
        return sum(self.dictionary.total_frequency(*each) for each in term.field_terms)

    def _look_up_proclitics(self, term: Term) -> tuple[str, ...]:
        return proclitic_variants(term, self._stem_frequency)

    def _stem_frequency(self, stem: str) -> int:
        return self.dictionary.total_frequency("stem", stem)

    def _approximate(self, term: QueryTerm) -> Approximate:
        if not can_approximate(term.term):
            return {}
        near = {} if self.frequency(term) else self.dictionary.near(term.term, 1)
        edited = _others(term, self.dictionary.plausible(near))
        relatives = self.dictionary.plausible(self.dictionary.relatives(term.term))
        similar = _others(term, relatives)
        best = sorted(similar, key=lambda word: (-similar[word], word))[:MAX_SIMILAR_TERMS]
        found: Approximate = {
            "fuzzy": dict.fromkeys(self._by_distance(edited)[:MAX_SIMILAR_TERMS], FUZZY_WEIGHT),
            "gram": {word: SIMILAR_WEIGHT * similar[word] ** 2 for word in best},
        }
        typed = term.field_terms[0]
        return {
            kind: {w: n * self._rarity(typed, ("exact", w)) for w, n in words.items()}
            for kind, words in found.items()
            if words
        }

    def commonest(self, distances: Mapping[str, int], count: int) -> Mapping[str, int]:
        """The ``count`` nearest exact terms, and of equally near ones the commonest."""
        if len(distances) <= count:
            return distances
        return {word: distances[word] for word in self._by_distance(distances)[:count]}

    def _by_distance(self, distances: Mapping[str, int]) -> list[str]:
        """Exact terms by edit distance, equally near ones by document frequency."""
        frequency = {word: self.dictionary.total_frequency("exact", word) for word in distances}
        return sorted(distances, key=lambda word: (distances[word], -frequency[word], word))


def can_approximate(term: Term) -> bool:
    """Whether near terms may be searched for a word. One with digits is meant as it stands."""
    fitting = MIN_APPROXIMATED <= len(term.folded) <= MAX_APPROXIMATED
    return fitting and term.exact.isalpha() and term.language != ""


def _others(term: QueryTerm, words: Mapping[str, Number]) -> dict[str, Number]:
    """Those of the words that a query term does not accept itself."""
    tokens = ((word, next(analyze(word), None)) for word in words)
    return {word: words[word] for word, token in tokens if token and not term.accepts(token.term)}
