"""What else words of a query are called: spellings of names, names in two words, aliases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, product
from typing import NamedTuple

from whoosh import query as whoosh

from index.analysis import Term, analyze
from index.analysis.names.heads import ARTICLES, head_of, split
from search.compound import Times
from search.forms import Forms, Where
from search.names import Names
from search.parts import as_other, head_slot, joined, pairs
from search.rows import row
from search.scoring import ALIAS_WEIGHT, NAME_WEIGHT, TOGETHER_WEIGHT
from search.spellings import without_proclitics
from search.target import Slot
from search.typed import Typed, word

_NEAR = 2
"""Words between which a name may be torn: Abd al-Rahman has the article in it."""
_BEGUN = 5
"""Letters of a word that is being typed from which it is taken for a name: shorter ones sound
like so many that they take up to 80 ms among 100,000 passages, for a word nobody meant."""


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
    unfinished: Term | None = None
    """A word that is being typed: while it is short, it is no name yet."""
    put_off: bool = False
    """Whether a name was left out for that."""
    told: dict[str, dict[str, int]] = field(default_factory=dict)
    """As typed → what it also stands for → how many documents have that."""
    _slots: dict[tuple[Typed, bool], tuple[Slot, dict[str, int]]] = field(default_factory=dict)
    """A word, and whether it is a name whatever it looks like → what :meth:`_slot` gives."""

    @property
    def notes(self) -> list[str]:
        """A line a word: ``Dbeibah: also Dabaiba (2), الدبيبة (5)``."""
        return [
            f"{typed}: also {', '.join(f'{other} ({count:,})' for other, count in others.items())}"
            for typed, others in self.told.items()
        ]

    def slot(self, typed: Typed, where: Where) -> Slot:
        """A word with its forms in this index, and the other spellings of a name."""
        slot, others = self._slot(typed, where)
        self._tell(typed.written, others)
        return slot

    def _slot(self, typed: Typed, where: Where) -> tuple[Slot, dict[str, int]]:
        """The same, and what there is to tell of it."""
        known = self._slots.get((typed, where.name))
        if known is None:
            known = self._slots[typed, where.name] = self._looked_up(typed, where)
        return known

    def _looked_up(self, typed: Typed, where: Where) -> tuple[Slot, dict[str, int]]:
        slot = self.forms.slot(typed.term)
        names = self.names
        if names is None or not self._is_name(typed, where):
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

    def of_word(self, typed: Typed, where: Where) -> Iterator[Equivalent]:
        """What one word stands for: عبد الحميد for عبدالحميد, and its aliases."""
        yield from self.of_phrase([typed], where)
        slots = self._in_two(typed, where)
        if self.names is not None and slots:
            found = self._headed(typed.written, slots, where, words=1)
            text = " ".join(slot.term.exact.capitalize() for slot in slots)
            self._tell(typed.written, {text: self.names.count(found.query)})
            yield found

    def of_quoted(self, typed: Sequence[Typed], where: Where) -> Iterator[Equivalent]:
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
        self, typed: Sequence[Typed], slots: Sequence[Slot], where: Where
    ) -> Iterator[Equivalent]:
        """A longer phrase in which names of two words are written otherwise; none if none is."""
        if any(slot.loosely == "name" for slot in slots):
            text = " ".join(each.written for each in typed)
            query = row(self.forms, slots, range(len(slots)), len(slots), where)
            yield Equivalent(Times(query, NAME_WEIGHT), text, tuple(slots), len(slots))

    def _as_one(self, typed: Sequence[Typed], where: Where) -> list[Slot]:
        """Words in a row, every name of two of them in one."""
        found: list[Slot] = []
        rest = list(typed)
        while rest:
            parts = next(pairs(rest[:3]), rest[:1])
            if parts[0] is not rest[0] or not self._is_name(parts[-1], where):
                parts = rest[:1]
            single = len(parts) == 1
            found.append(self.slot(parts[0], where) if single else self._joined(parts, where))
            rest = rest[len(parts) :]
        return found

    def _as_two(self, typed: Sequence[Typed], where: Where) -> list[Slot]:
        """Words in a row, the first of every name of two in all its spellings."""
        found: list[Slot] = []
        for at, each in enumerate(typed):
            head, last = head_of(each.term.exact), at + 1 == len(typed)
            if each.term.exact in ARTICLES and found and found[-1].loosely == "name":
                continue
            if head and not last:
                found.append(head_slot(each.term, head))
            else:
                found += self._in_two(each, where) or [self.slot(each, where)]
        return found

    def _in_two(self, typed: Typed, where: Where) -> list[Slot]:
        """A word that may be a name of two; nothing where it is none."""
        parts = split(typed.term.exact)
        if not parts or not self._is_name(typed, where):
            return []
        first, rest = (word(part.capitalize()) for part in (parts.first, parts.rest))
        slots = head_slot(first.term, parts.head), self._slot(rest, where)[0]
        return [as_other(slot) for slot in slots]

    def _is_name(self, typed: Typed, where: Where) -> bool:
        return self.names is not None and self.names.is_name(typed, forced=where.name)

    def of_phrase(self, typed: Sequence[Typed], where: Where) -> Iterator[Equivalent]:
        """The aliases of words in a row."""
        if self.names is None:
            return
        text = " ".join(each.written for each in typed)
        for member in self.names.aliases.of(each.term for each in typed):
            tokens = [token for token in analyze(member) if not token.beside]
            slots = tuple(as_other(self.forms.slot(token.term)) for token in tokens)
            query = row(self.forms, slots, [t.position for t in tokens], 0, where)
            if query is not None:
                self._tell(text, {member: self.names.count(query)})
                # A longer name must not outweigh what was typed for having more words.
                share = min(1.0, len(typed) / len(slots))
                yield Equivalent(Times(query, ALIAS_WEIGHT * share), text, slots)

    def of_row(self, typed: Sequence[Typed], where: Where) -> Iterator[Equivalent]:
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
            query = row(self.forms, name, range(len(name)), _NEAR, where)
            if named and len(name) > 1 and query is not None:
                yield Equivalent(Times(query, TOGETHER_WEIGHT), "", ())

    def _in_one(self, parts: Sequence[Typed], where: Where) -> Iterator[Equivalent]:
        """عبدالحميد for عبد الحميد, and the two with the head in its other spellings."""
        head, rest = parts[0], parts[-1]
        known = head_of(head.term.exact)
        if known and self._is_name(rest, where):
            one, text = self._joined(parts, where), joined(parts).written
            yield Equivalent(Times(self.forms.scored(one, where), NAME_WEIGHT), text, (one,))
            slots = [head_slot(head.term, known), self.slot(rest, where)]
            yield self._headed(text, slots, where, words=2)

    def _joined(self, parts: Sequence[Typed], where: Where) -> Slot:
        """The parts of a name as one word, and what there is to tell of it."""
        one = joined(parts)
        slot, others = self._slot(one, where)
        if self.names is not None:
            held = self.names.count(self.forms.scored(self.forms.slot(one.term), where))
            self._tell(one.written, {one.term.exact.capitalize(): held, **others})
        return as_other(slot)

    def _headed(self, text: str, slots: Sequence[Slot], where: Where, *, words: int) -> Equivalent:
        """A head and the rest of the name for so many words that were typed."""
        query = row(self.forms, slots, [0, 1], _NEAR, where)
        weight = NAME_WEIGHT * words / len(slots)
        return Equivalent(Times(query, weight), text, tuple(slots), _NEAR)

    def _tell(self, typed: str, others: dict[str, int]) -> None:
        held = {other: count for other, count in others.items() if count}
        if held:
            self.told.setdefault(typed, {}).update(held)
