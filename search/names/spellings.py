"""The words of an index that are other spellings of a name, in both scripts.

Spellings that the index would find by each other anyway, for they have one stem, count
as one: الدبيبة, والدبيبة and للدبيبة.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import chain
from math import log1p

import numpy as np

from index.analysis import analyze
from index.analysis.names import may_be_name, name_keys
from index.analysis.names.columns import key_hashes
from index.analysis.names.particles import particle_of
from index.analysis.names.phoneme_codes import concatenate_codes
from index.analysis.names.verification import MAX_SPELLINGS, passing_similarities
from index.analysis.script import language_of
from index.codec.name_index import are_lowercase, ranks_with_keys, stored_codes
from index.codec.postings import FieldPostings
from index.schema import DISJOINT_PREFIXES
from search.dictionary.dictionary import Dictionary
from search.kernels.scored_postings import Array
from search.names.aliases import NONE, Aliases
from search.names.false_friends import without_false_friends
from search.names.likelihood import likeness_of_names, with_unlikely_ones_below
from search.names.spelling import Found, Spelling
from search.parsing.tokens import QueryToken
from search.query.boolean import OrQuery
from search.query.node import Query
from search.query.terms import TermQuery

_MAX_FORMS = 8 * MAX_SPELLINGS
"""Forms that are compared, the most similar, before those of one stem become one."""
_COMMONNESS = 0.005
"""Similarity that a word gains by being e times as common. Of the names of ``names-gold`` that
passages of books have, 90.1 % are among the spellings gained without it, 92.6 % with it."""
_MAX_ACRONYM = 4
"""Letters of a word in capitals that is taken for an acronym, and for no name."""
_MIN_KEY_LENGTH = 4
"""Letters of the key of a word that hardly another word sounds like by accident."""
_CACHE_SIZE = 4096
_STEMS = tuple(prefix + "stem" for prefix in DISJOINT_PREFIXES)

Form = tuple[str, float]
"""An exact form, and its similarity."""
Count = Callable[[Query], int]
"""Counts the documents that match a query."""


class NameSpellings:
    """The spellings of names in a snapshot of an index; results are remembered."""

    def __init__(self, dictionary: Dictionary, count: Count, aliases: Aliases = NONE) -> None:
        self._dictionary, self.count, self.aliases = dictionary, count, aliases
        self.spellings = lru_cache(_CACHE_SIZE)(self._spellings)
        """Other spellings of a name by its exact form, at most :data:`MAX_SPELLINGS`."""

    def of_any(self, words: Iterable[str], stripped: Iterable[str] = ()) -> list[Spelling]:
        """The other spellings of any of several forms, each once, the most similar first.

        ``stripped`` are forms without a proclitic of the word, which are less sure.
        """
        less = (each.less_sure for word in stripped for each in self.spellings(word))
        found: dict[str, Spelling] = {}
        for spelling in chain((each for word in words for each in self.spellings(word)), less):
            known = found.setdefault(spelling.stem, spelling)
            if spelling.similarity > known.similarity:
                found[spelling.stem] = spelling
        return sorted(found.values(), key=lambda spelling: -spelling.similarity)[:MAX_SPELLINGS]

    def _spellings(self, exact: str) -> tuple[Spelling, ...]:
        """Of about equally similar ones, the commonest and the most like names come first."""
        similarity, frequency = self._similar(exact)
        ordered = sorted(similarity.items(), key=lambda form: (-form[1], form[0]))
        by_stem = _by_stem(ordered[:_MAX_FORMS])

        def worth(stem: str) -> float:
            common = log1p(sum(frequency[form] for form, _ in by_stem[stem]))
            form, near = by_stem[stem][0]
            return near + _COMMONNESS * common + likeness_of_names(exact, form)

        chosen = sorted(by_stem, key=worth, reverse=True)[:MAX_SPELLINGS]
        found = [self._spelling(stem, by_stem[stem], frequency) for stem in chosen]
        return tuple(with_unlikely_ones_below(found, exact, self._dictionary))

    def _spelling(self, stem: str, forms: Sequence[Form], frequency: Counter[str]) -> Spelling:
        commonest = max((form for form, _ in forms), key=frequency.__getitem__)
        return Spelling(commonest.capitalize(), stem, forms[0][1], self._with_stem(stem))

    def _similar(self, exact: str) -> tuple[dict[str, float], Counter[str]]:
        """The words that pass for the same name: similarity and document frequency of each.

        A Latin name has only names for Latin spellings, and a Latin word that is mostly
        written in lowercase, oxygen, has Arabic ones alone.
        """
        numbers, latin = key_hashes(exact), language_of(exact) != "ar"
        lowercase = latin and self._is_lowercase(exact)
        views = self._dictionary.exact_views()
        candidates = [(view, _candidates(view, numbers, names=latin)) for view in views]
        found = [(view, ranks) for view, ranks in candidates if len(ranks)]
        near = passing_similarities(
            exact, concatenate_codes([stored_codes(view, ranks) for view, ranks in found])
        )
        similarity: dict[str, float] = {}
        frequency: Counter[str] = Counter()
        end = 0
        for view, ranks in found:
            begin, end = end, end + len(ranks)
            for at in near[begin:end].nonzero()[0].tolist():
                word = view.term(int(ranks[at])).decode()
                if word != exact and not (lowercase and language_of(word) != "ar"):
                    similarity[word] = float(near[begin + at])
                    frequency[word] += view.frequency(int(ranks[at]))
        return without_false_friends(exact, similarity, self._frequency), frequency

    def _frequency(self, exact: str) -> int:
        return self._dictionary.total_frequency("exact", exact)

    def _with_stem(self, stem: str) -> Found:
        """The documents that have a stem in the body or the title."""
        return self.found(OrQuery(tuple(TermQuery(field, stem) for field in _STEMS)))

    def found(self, query: Query) -> Found:
        """The documents of a query, counted."""
        return Found(self.count(query), query)

    def is_name(self, typed: QueryToken, *, forced: bool) -> bool:
        """Whether a word of a query is taken for a name, as it was typed.

        Any Arabic word may be one. A Latin one is if it has a capital, if the index does
        not mostly have it in lowercase, or if it is long: oxygen is الأكسجين by its sound.
        At most four capitals are an acronym, and the first word of Abdul Hamid is no name
        by itself.
        """
        term, written = typed
        if term.stem is None or not may_be_name(term.exact):
            return False
        if forced or particle_of(term.exact):
            return forced
        if term.language == "ar":
            return True
        if written != written.lower():
            return not (written.isupper() and 1 < len(written) <= _MAX_ACRONYM)
        long = max(map(len, name_keys(term.exact)), default=0) >= _MIN_KEY_LENGTH
        return long or not self._is_lowercase(term.exact)

    def _is_lowercase(self, word: str) -> bool:
        """Whether most documents with a word have it without capitals."""
        votes = 0
        for view in self._dictionary.exact_views():
            rank = view.rank(word.encode())
            if rank >= 0:
                lowercase = are_lowercase(view, np.array([rank]))[0]
                votes += view.frequency(rank) * (1 if lowercase else -1)
        return votes > 0


def _candidates(view: FieldPostings, numbers: Iterable[int], *, names: bool) -> Array:
    """The ranks of the words of a field that share a key, or only of those that are names."""
    ranks = ranks_with_keys(view, numbers)
    return ranks[~are_lowercase(view, ranks)] if names and len(ranks) else ranks


def _by_stem(found: Iterable[Form]) -> dict[str, list[Form]]:
    """Forms by their stems, in order; a stop word has none."""
    by_stem: dict[str, list[Form]] = {}
    for form in found:
        term = next((token.term for token in analyze(form[0]) if not token.alternative), None)
        if term is not None and term.stem is not None:
            by_stem.setdefault(term.stem, []).append(form)
    return by_stem
