"""What one word or phrase of a query accepts, and how a word of a text answers it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.analysis import Term, Token
from search.query.positions import in_a_row, within
from search.results import KINDS, Kind

FieldTerm = tuple[str, str]
"""A field, ``stem`` or ``exact``, and a term of it."""

Positions = Mapping[int, Sequence[int]]
"""Position in a text → the numbers of the targets that stand there."""


@dataclass(frozen=True, slots=True)
class QueryTerm:
    """One word of a query with all the forms it accepts."""

    term: Term
    leaves: tuple[FieldTerm, ...]
    """The forms, the typed one first, other spellings of a name last."""
    weakest_kind: Kind = "stem"
    """What a match is called that is neither exact nor folded."""
    names: tuple[tuple[str, float], ...] = ()
    """Stems of other spellings of the name with their weights; they are leaves as well."""
    other: bool = False
    """Whether it is another name for what was typed, so that all it matches is of that kind."""

    @property
    def own(self) -> tuple[FieldTerm, ...]:
        """The leaves that are no other spelling."""
        return self.leaves[: len(self.leaves) - len(self.names)]

    def kind(self, found: Term) -> Kind:
        """How a word of a text that one of the leaves led to answers this one."""
        if self.other:
            return "name"
        if found.exact == self.term.exact:
            return "exact"
        if found.folded == self.term.folded:
            return "folded"
        if self.names and not _among(self.own, found):
            return "name"
        return self.weakest_kind


@dataclass(frozen=True, slots=True)
class MatchTarget:
    """A word, or the words of a phrase: what is looked for as one thing."""

    query: str
    """As typed."""
    slots: tuple[QueryTerm, ...]
    offsets: tuple[int, ...] = (0,)
    """Where the slots stand relative to each other."""
    slop: int = 0
    in_body: bool = True
    weight: float = 1.0
    """How telling the target is, for choosing a snippet."""

    def match_positions(self, found: Sequence[Sequence[int]]) -> list[int]:
        """Where it stands, each word of it, out of where each of its words does."""
        return match_positions(found, self.offsets, self.slop)

    def answer(self, found: Term) -> Kind | None:
        """The strictest way in which a word of a text answers one of the slots."""
        kinds = {slot.kind(found) for slot in self.slots if accepts_term(slot, found)}
        return next((k for k in KINDS if k in kinds), None)


def match_positions(found: Sequence[Sequence[int]], offsets: Sequence[int], slop: int) -> list[int]:
    """The positions that fit a phrase, out of those of its words."""
    if not all(found):
        return []
    if len(found) == 1:
        return list(found[0])
    return within(found, slop) if slop else in_a_row(found, offsets)


def accepts_term(slot: QueryTerm, found: Term) -> bool:
    """Whether a term of a text is one of the slot's forms."""
    return _among(slot.leaves, found)


def _among(leaves: Sequence[FieldTerm], found: Term) -> bool:
    return ("exact", found.exact) in leaves or ("stem", found.stem) in leaves


def target_positions(tokens: Sequence[Token], targets: Sequence[MatchTarget]) -> Positions:
    """Where the targets stand in a text that has been analysed."""
    found: dict[int, list[int]] = {}
    for n, target in enumerate(targets):
        places = [
            sorted({token.position for token in tokens if accepts_term(slot, token.term)})
            for slot in target.slots
        ]
        for position in target.match_positions(places):
            found.setdefault(position, []).append(n)
    return found
