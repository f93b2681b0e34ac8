"""The words of an index that are other spellings of a name, in both scripts.

Spellings that the index would find by each other anyway, for they have one stem, count
as one: الدبيبة, والدبيبة and للدبيبة.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log1p

import numpy as np
from whoosh import query as whoosh

from index.analysis import analyze
from index.analysis.names import may_be_name, name_keys
from index.analysis.names.particles import particle_of
from index.analysis.names.phoneme_codes import concatenate_codes
from index.analysis.names.verification import MAX_SPELLINGS, passing_similarities
from index.analysis.script import language_of
from index.codec.array_file import Array
from index.codec.name_index import are_lowercase, key_hashes, ranks_with_keys, stored_codes
from index.codec.postings import FieldPostings
from search.kernels import docsets
from search.kernels.scored_postings import NO_DOCUMENTS
from search.names.aliases import NONE, Aliases
from search.parsing.tokens import QueryToken
from search.planning.term_variants import TermExpander

_FORMS = 8 * MAX_SPELLINGS
"""Forms that are looked at, the likest, before those of one stem become one."""
_COMMONNESS = 0.005
"""Likeness that a word gains by being e times as common. Of the names of ``names-gold`` that
passages of books have, 90.1 % are among the spellings gained without it, 92.6 % with it."""
_ACRONYM = 4
"""Letters of a word in capitals that is none."""
_LONG = 4
"""Letters of the key of a word that hardly another word sounds like by accident."""
_REMEMBERED = 4096
_STEMS = ("stem", "title_stem")

Form = tuple[str, float]
"""An exact form, and how like it is."""
Count = Callable[[whoosh.Query], int]
"""How many documents a query finds."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """A spelling of a name that is in the index."""

    written: str
    """Its commonest form, for people."""
    stem: str
    likeness: float
    """To what was asked for, up to 1."""
    documents: int


class NameSpellings:
    """The spellings of names in a snapshot of an index; what was asked once is remembered."""

    def __init__(self, forms: TermExpander, count: Count, aliases: Aliases = NONE) -> None:
        self._forms, self.count, self.aliases = forms, count, aliases
        self.spellings = lru_cache(_REMEMBERED)(self._spellings)

    def of_any(self, words: Iterable[str]) -> list[Spelling]:
        """The other spellings of any of some forms of a name, each once, the likest first."""
        found: dict[str, Spelling] = {}
        for spelling in (each for word in words for each in self.spellings(word)):
            known = found.setdefault(spelling.stem, spelling)
            if spelling.likeness > known.likeness:
                found[spelling.stem] = spelling
        return sorted(found.values(), key=lambda spelling: -spelling.likeness)[:MAX_SPELLINGS]

    def _spellings(self, exact: str) -> tuple[Spelling, ...]:
        """At most ``MAX_SPELLINGS`` other spellings of a name, by likeness and commonness."""
        likeness, frequency = self._alike(exact)
        likest = sorted(likeness.items(), key=lambda form: (-form[1], form[0]))
        by_stem = _by_stem(likest[:_FORMS])

        def worth(stem: str) -> float:
            common = log1p(sum(frequency[form] for form, _ in by_stem[stem]))
            return by_stem[stem][0][1] + _COMMONNESS * common

        chosen = sorted(by_stem, key=worth, reverse=True)[:MAX_SPELLINGS]
        return tuple(self._spelling(stem, by_stem[stem], frequency) for stem in chosen)

    def _spelling(self, stem: str, forms: Sequence[Form], frequency: Counter[str]) -> Spelling:
        commonest = max((form for form, _ in forms), key=frequency.__getitem__)
        return Spelling(commonest.capitalize(), stem, forms[0][1], self._holding(stem))

    def _alike(self, exact: str) -> tuple[dict[str, float], Counter[str]]:
        """The words that pass for the same name: how like it, and how many documents hold each.

        A Latin name has only names for Latin spellings, and a Latin word that is mostly
        written small, oxygen, has Arabic ones alone.
        """
        numbers, latin = key_hashes(exact), language_of(exact) != "ar"
        small = latin and self._is_lowercase(exact)
        shared = [(view, _candidates(view, numbers, names=latin)) for view in self._views()]
        found = [(view, ranks) for view, ranks in shared if len(ranks)]
        near = passing_similarities(
            exact, concatenate_codes([stored_codes(view, ranks) for view, ranks in found])
        )
        likeness: dict[str, float] = {}
        frequency: Counter[str] = Counter()
        end = 0
        for view, ranks in found:
            begin, end = end, end + len(ranks)
            for at in near[begin:end].nonzero()[0].tolist():
                word = view.term(int(ranks[at])).decode()
                if word != exact and not (small and language_of(word) != "ar"):
                    likeness[word] = float(near[begin + at])
                    frequency[word] += view.frequency(int(ranks[at]))
        return likeness, frequency

    def _holding(self, stem: str) -> int:
        """How many documents hold a stem, in the text or the title."""
        if self._forms.reader.has_deletions():
            return self.count(whoosh.Or([whoosh.Term(name, stem) for name in _STEMS]))
        found = 0
        for fields, documents in self._segments():
            text, title = (_documents(fields[name], stem) for name in _STEMS)
            both = docsets.indices_in(title, text, documents) if len(title) else title
            found += len(text) + len(title) - len(both)
        return found

    def is_name(self, typed: QueryToken, *, forced: bool) -> bool:
        """Whether a word of a query is taken for a name, as it was typed.

        Any Arabic word may be one. A Latin one is if it has a capital, if the index does
        not mostly have it without, or if it is long: oxygen is الأكسجين by its sound.
        Four capitals at most are an acronym, and the first word of Abdul Hamid is none by
        itself.
        """
        term, written = typed
        if term.stem is None or not may_be_name(term.exact):
            return False
        if forced or particle_of(term.exact):
            return forced
        if term.language == "ar":
            return True
        if written.isupper() and 1 < len(written) <= _ACRONYM:
            return False
        long = max(map(len, name_keys(term.exact)), default=0) >= _LONG
        return long or written != written.lower() or not self._is_lowercase(term.exact)

    def _is_lowercase(self, word: str) -> bool:
        votes = 0
        for view in self._views():
            rank = view.number(word.encode())
            if rank >= 0:
                small = are_lowercase(view, np.array([rank]))[0]
                votes += view.frequency(rank) * (1 if small else -1)
        return votes > 0

    def _views(self) -> Iterable[FieldPostings]:
        for fields, _ in self._segments():
            yield fields["exact"]
            yield fields["title_exact"]

    def _segments(self) -> Iterable[tuple[Mapping[str, FieldPostings], int]]:
        """The fields of each, and its documents."""
        for segment, _ in self._forms.reader.leaf_readers():
            if segment.doc_count_all():
                yield segment._terms.fields, segment.doc_count_all()


def _documents(view: FieldPostings, term: str) -> Array:
    """uint16, ascending: the documents of a field that hold a term."""
    rank = view.number(term.encode())
    return view.postings(rank).documents if rank >= 0 else NO_DOCUMENTS


def _candidates(view: FieldPostings, numbers: Iterable[int], *, names: bool) -> Array:
    """The ranks of the words of a field that share a key, or only of those that are names."""
    ranks = ranks_with_keys(view, numbers)
    return ranks[~are_lowercase(view, ranks)] if names and len(ranks) else ranks


def _by_stem(found: Iterable[Form]) -> dict[str, list[Form]]:
    """Spellings by their stems, in order; a stop word has none."""
    by_stem: dict[str, list[Form]] = {}
    for form in found:
        term = next((token.term for token in analyze(form[0]) if not token.alternative), None)
        if term is not None and term.stem is not None:
            by_stem.setdefault(term.stem, []).append(form)
    return by_stem
