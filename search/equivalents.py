"""What else words of a query are called: spellings of names, names in two words, aliases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise, product
from typing import NamedTuple

from whoosh import query as whoosh

from index.analysis import Term, analyze
from index.analysis.names.heads import Head, head_of, split
from search.compound import Times
from search.forms import Forms, Where
from search.names import Names
from search.rows import row
from search.scoring import ALIAS_WEIGHT, NAME_WEIGHT, TOGETHER_WEIGHT
from search.target import Slot
from search.typed import Typed, word

_NEAR = 2
"""Words between which a name may be torn: Abd al-Rahman has the article in it."""


class Equivalent(NamedTuple):
    """Something else that is looked for."""

    query: whoosh.Query
    text: str
    """What was typed."""
    slots: tuple[Slot, ...]
    """What is lit up; nothing where other targets see to that."""
    slop: int = 0


@dataclass
class Equivalents:
    """Looks up what words stand for, and remembers what to tell of it."""

    forms: Forms
    names: Names | None = None
    """Nothing where only what was typed is asked for."""
    told: dict[str, dict[str, int]] = field(default_factory=dict)
    """As typed → what it also stands for → how many documents have that."""

    @property
    def notes(self) -> list[str]:
        """A line a word: ``Dbeibah: also Dabaiba (2), الدبيبة (5)``."""
        return [
            f"{typed}: also {', '.join(f'{other} ({count:,})' for other, count in others.items())}"
            for typed, others in self.told.items()
        ]

    def slot(self, typed: Typed, where: Where) -> Slot:
        """A word with its forms in this index, and the other spellings of a name."""
        slot = self.forms.slot(typed.term)
        names = self.names
        if names is None or not names.is_name(typed, forced=where.name):
            return slot
        own = {text for _, text in slot.leaves}
        others = [s for s in names.spellings(typed.term.exact) if s.stem not in own]
        if others:
            self._tell(typed.written, {other.written: other.documents for other in others})
        weights = tuple((o.stem, NAME_WEIGHT * o.likeness**4) for o in others)
        leaves = (*slot.leaves, *(("stem", stem) for stem, _ in weights))
        return replace(slot, leaves=leaves, names=weights)

    def of_word(self, typed: Typed, where: Where) -> Iterator[Equivalent]:
        """What one word stands for: عبد الحميد for عبدالحميد, and its aliases."""
        yield from self.of_phrase([typed], where)
        parts = split(typed.term.exact)
        if self.names is not None and parts and self.names.is_name(typed, forced=where.name):
            head, rest = parts
            first = _head_slot(word(head.spellings[0]).term, head)
            yield self._headed(typed.written, first, word(rest.capitalize()), where)

    def of_phrase(self, typed: Sequence[Typed], where: Where) -> Iterator[Equivalent]:
        """The aliases of words in a row."""
        if self.names is None:
            return
        text = " ".join(each.written for each in typed)
        for member in self.names.aliases.of(each.term for each in typed):
            tokens = [token for token in analyze(member) if not token.beside]
            slots = tuple(replace(self.forms.slot(t.term), loosely="name") for t in tokens)
            query = row(self.forms, slots, [t.position for t in tokens], 0, where)
            if query is not None:
                self._tell(text, {member: self.names.count(query)})
                yield Equivalent(Times(query, ALIAS_WEIGHT), text, slots)

    def of_row(self, typed: Sequence[Typed], where: Where) -> Iterator[Equivalent]:
        """What words beside each other stand for besides each.

        The parts of a name that stand together in a text, too, count more.
        """
        if self.names is None:
            return
        for head, rest in pairwise(typed):
            yield from self._in_one(head, rest, where)
        longest = self.names.aliases.longest
        for at, size in product(range(len(typed)), range(2, longest + 1)):
            if at + size <= len(typed):
                yield from self.of_phrase(typed[at : at + size], where)
        slots = [self.slot(each, where) for each in typed] if len(typed) > 1 else []
        for named, group in groupby(slots, key=lambda slot: bool(slot.names)):
            name = tuple(group)
            query = row(self.forms, name, range(len(name)), _NEAR, where)
            if named and len(name) > 1 and query is not None:
                yield Equivalent(Times(query, TOGETHER_WEIGHT), "", ())

    def _in_one(self, head: Typed, rest: Typed, where: Where) -> Iterator[Equivalent]:
        """عبدالحميد for عبد الحميد, and the two with the head in its other spellings."""
        known = head_of(head.term.exact)
        if self.names is None or not known or not self.names.is_name(rest, forced=where.name):
            return
        text = f"{head.written} {rest.written}"
        joined = Typed(word(head.term.exact + rest.term.exact).term, text)
        slot = replace(self.slot(joined, where), loosely="name")
        yield Equivalent(Times(self.forms.scored(slot, where), NAME_WEIGHT), text, (slot,))
        yield self._headed(text, _head_slot(head.term, known), rest, where)

    def _headed(self, text: str, head: Slot, rest: Typed, where: Where) -> Equivalent:
        slots = (head, replace(self.slot(rest, where), loosely="name"))
        query = row(self.forms, slots, [0, 1], _NEAR, where)
        return Equivalent(Times(query, NAME_WEIGHT), text, slots, _NEAR)

    def _tell(self, typed: str, others: dict[str, int]) -> None:
        self.told.setdefault(typed, {}).update(
            {other: count for other, count in others.items() if count}
        )


def _head_slot(term: Term, head: Head) -> Slot:
    """The first word of a name that is written in two, in all its spellings."""
    others = (spelling for spelling in head.spellings if spelling != term.exact)
    return Slot(term, tuple(("exact", form) for form in (term.exact, *others)), "name")
