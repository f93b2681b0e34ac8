"""The words of an index that are other spellings of a name, in both scripts.

Spellings that the index would find by each other anyway, for they have one stem, count
as one: الدبيبة, والدبيبة and للدبيبة.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from whoosh import query as whoosh

from index.analysis import analyze
from index.analysis.names import keys, may_be_name, spellings
from index.analysis.names.heads import head_of
from index.analysis.names.spellings import MOST
from index.analysis.script import language_of
from index.codec.names import is_small, key_numbers, sharing
from index.codec.postings import FieldPostings
from search.aliases import NONE, Aliases
from search.typed import Typed

_FORMS = 8 * MOST
"""Forms that are verified, before those of one stem become one."""
_ACRONYM = 4
"""Letters of a word in capitals that is none."""
_LONG = 4
"""Letters of the key of a word that hardly another word sounds like by accident."""
_REMEMBERED = 4096

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


class Names:
    """The spellings of names in a snapshot of an index; what was asked once is remembered."""

    def __init__(self, reader: Any, count: Count, aliases: Aliases = NONE) -> None:
        self._reader, self.count, self.aliases = reader, count, aliases
        self.spellings = lru_cache(_REMEMBERED)(self._spellings)

    def _spellings(self, exact: str) -> tuple[Spelling, ...]:
        """Other spellings of a name, the likest first: at most :data:`MOST`."""
        by_stem: dict[str, list[tuple[str, float]]] = {}
        for word, likeness in spellings(exact, self._candidates(exact), _FORMS):
            term = next((token.term for token in analyze(word) if not token.beside), None)
            if term is not None and term.stem is not None:
                by_stem.setdefault(term.stem, []).append((word, likeness))
        found = [self._spelling(stem, forms) for stem, forms in list(by_stem.items())[:MOST]]
        return tuple(found)

    def _candidates(self, exact: str) -> set[str]:
        """The words that share a key. For a Latin one, of its own script only names."""
        numbers, latin = key_numbers(exact), language_of(exact) != "ar"
        return {
            word
            for view in self._views()
            for word, small in sharing(view, numbers)
            if not (latin and small)
        }

    def _spelling(self, stem: str, forms: list[tuple[str, float]]) -> Spelling:
        commonest = max(forms, key=lambda form: self._reader.doc_frequency("exact", form[0]))[0]
        fields = ("stem", "title_stem")
        documents = self.count(whoosh.Or([whoosh.Term(name, stem) for name in fields]))
        return Spelling(commonest.capitalize(), stem, forms[0][1], documents)

    def is_name(self, typed: Typed, *, forced: bool) -> bool:
        """Whether a word of a query is taken for a name, as it was typed.

        Any Arabic word may be one. A Latin one is if it has a capital, if the index does
        not mostly have it without, or if it is long: oxygen is الأكسجين by its sound.
        Four capitals at most are an acronym, and the first word of Abdul Hamid is none by
        itself.
        """
        term, written = typed
        if term.stem is None or not may_be_name(term.exact):
            return False
        if forced or head_of(term.exact):
            return forced
        if term.language == "ar":
            return True
        if written.isupper() and 1 < len(written) <= _ACRONYM:
            return False
        long = max(map(len, keys(term.exact)), default=0) >= _LONG
        return long or written != written.lower() or not self._is_small(term.exact)

    def _is_small(self, word: str) -> bool:
        votes = 0
        for view in self._views():
            rank = view.number(word.encode())
            if rank >= 0:
                votes += view.frequency(rank) * (1 if is_small(view, rank) else -1)
        return votes > 0

    def _views(self) -> Iterable[FieldPostings]:
        for segment, _ in self._reader.leaf_readers():
            if segment.doc_count_all():
                fields = segment._terms.fields
                yield fields["exact"]
                yield fields["title_exact"]
