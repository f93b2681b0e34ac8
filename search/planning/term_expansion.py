"""Words of a query as slots: their forms in this index, and other spellings of a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from index.analysis import Term
from index.analysis.names.particles import split_name
from search.dictionary.proclitics import without_proclitics
from search.names.compounds import as_other, joined, particle_term
from search.names.spellings import NameSpellings
from search.parsing.tokens import QueryToken, token_of_word
from search.planning.term_variants import FieldScope, TermExpander
from search.query.query_terms import QueryTerm
from search.ranking.bm25 import NAME_WEIGHT

_BEGUN = 5
"""Letters of a word that is being typed from which it is taken for a name: shorter ones sound
like very many others, and nobody means the beginning of a name by them."""

Told = dict[str, int]
"""What a word also stands for → how many documents have that."""


@dataclass
class QueryTermBuilder:
    """Looks words up, each once, and remembers what to tell of them."""

    forms: TermExpander
    names: NameSpellings | None = None
    """Nothing where only what was typed is asked for."""
    unfinished: Term | None = None
    """A word that is being typed: while it is short, it is no name yet."""
    put_off: bool = False
    """Whether a name was left out for that."""
    told: dict[str, Told] = field(default_factory=dict)
    """By what was typed."""
    _slots: dict[tuple[QueryToken, bool], tuple[QueryTerm, Told]] = field(default_factory=dict)
    """A word, and whether it is a name whatever it looks like → what :meth:`_slot` gives."""

    @property
    def notes(self) -> list[str]:
        """A line a word: ``Dbeibah: also Dabaiba (2), الدبيبة (5)``."""
        return [
            f"{typed}: also {', '.join(f'{other} ({count:,})' for other, count in others.items())}"
            for typed, others in self.told.items()
        ]

    def slot(self, typed: QueryToken, where: FieldScope) -> QueryTerm:
        """A word with its forms in this index, and the other spellings of a name."""
        slot, others = self._slot(typed, where)
        self.tell(typed.written, others)
        return slot

    def _slot(self, typed: QueryToken, where: FieldScope) -> tuple[QueryTerm, Told]:
        """The same, and what there is to tell of it."""
        known = self._slots.get((typed, where.name))
        if known is None:
            known = self._slots[typed, where.name] = self._looked_up(typed, where)
        return known

    def _looked_up(self, typed: QueryToken, where: FieldScope) -> tuple[QueryTerm, Told]:
        slot = self.forms.slot(typed.term)
        names = self.names
        if names is None or not self.is_name(typed, where):
            return slot, {}
        if typed.term == self.unfinished and len(typed.term.exact) < _BEGUN:
            self.put_off = True
            return slot, {}
        own = {text for _, text in slot.leaves}
        words = (typed.term.exact, *without_proclitics(typed.term, own))
        others = [s for s in names.of_any(words) if s.stem not in own]
        weights = tuple((o.stem, NAME_WEIGHT * o.likeness**4) for o in others)
        leaves = (*slot.leaves, *(("stem", stem) for stem, _ in weights))
        slot = replace(slot, leaves=leaves, names=weights)
        return slot, {other.written: other.documents for other in others}

    def in_two(self, typed: QueryToken, where: FieldScope) -> list[QueryTerm]:
        """A word that may be a name of two; nothing where it is none."""
        parts = split_name(typed.term.exact)
        if not parts or not self.is_name(typed, where):
            return []
        first, rest = (token_of_word(part.capitalize()) for part in (parts.written, parts.rest))
        slots = particle_term(first.term, parts.particle), self._slot(rest, where)[0]
        return [as_other(slot) for slot in slots]

    def is_name(self, typed: QueryToken, where: FieldScope) -> bool:
        """Whether a word is taken for a name."""
        return self.names is not None and self.names.is_name(typed, forced=where.name)

    def in_one(self, parts: Sequence[QueryToken], where: FieldScope) -> QueryTerm:
        """The parts of a name as one word, and what there is to tell of it."""
        one = joined(parts)
        slot, others = self._slot(one, where)
        if self.names is not None:
            held = self.names.count(self.forms.scored(self.forms.slot(one.term), where))
            self.tell(one.written, {one.term.exact.capitalize(): held, **others})
        return as_other(slot)

    def tell(self, typed: str, others: Told) -> None:
        """Remember what else was found for what was typed, and in how many documents."""
        held = {other: count for other, count in others.items() if count}
        if held:
            self.told.setdefault(typed, {}).update(held)
