"""The terms that a word or phrase of a query accepts, and how a word of a text matches them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from index.analysis import Term, Token
from index.analysis.analyzer import numbered
from index.analysis.chains import Piece
from index.analysis.roots import root_of
from search.query.phrase_graph import PhraseGraph
from search.query.positions import in_a_row, within
from search.results import KINDS, Kind

FieldTerm = tuple[str, str]
"""A field, ``stem``, ``exact`` or ``root``, and a term of it."""

Positions = Mapping[int, Sequence[int]]
"""Position in a text → the numbers of the targets that match there."""


@dataclass(frozen=True, slots=True)
class QueryTerm:
    """One word of a query with all the terms it accepts."""

    term: Term
    field_terms: tuple[FieldTerm, ...]
    """The typed form first, other spellings of a name last."""
    weakest_kind: Kind = "stem"
    """The kind of a match that is neither exact nor folded."""
    name_stems: tuple[tuple[str, float], ...] = ()
    """Stems of other spellings of the name with their weights; they are among the field terms."""
    is_equivalent: bool = False
    """Whether it is another name for what was typed: every match is of kind ``name``."""
    excluded: tuple[FieldTerm, ...] = ()
    """Terms whose words are not accepted: those that a stronger kind of match accepts."""

    @property
    def own_terms(self) -> tuple[FieldTerm, ...]:
        """The field terms but for other spellings of the name."""
        return self.field_terms[: len(self.field_terms) - len(self.name_stems)]

    def accepts(self, found: Term) -> bool:
        """Whether a word of a text is one of the terms."""
        accepted = _is_among(self.field_terms, found)
        return accepted and not _is_among(self.excluded, found)

    def kind(self, found: Term) -> Kind:
        """How an accepted word of a text matches."""
        if self.is_equivalent:
            return "name"
        if found.exact == self.term.exact:
            return "exact"
        if found.folded == self.term.folded:
            return "folded"
        if self.name_stems and not _is_among(self.own_terms, found):
            return "name"
        return self.weakest_kind


@dataclass(frozen=True, slots=True)
class MatchTarget:
    """A word or a phrase of a query, to be found and highlighted as one."""

    query: str
    """As typed."""
    terms: tuple[QueryTerm, ...]
    offsets: tuple[int, ...] = (0,)
    """Position of each term relative to the others."""
    slop: int = 0
    """0 for terms in a row; else the distance within which all of them stand."""
    in_body: bool = True
    weight: float = 1.0
    """Sum of the terms' inverse document frequencies, for choosing a snippet."""
    graph: PhraseGraph | None = None
    """The orders of the terms of a phrase of names, instead of offsets and slop."""

    @property
    def by_root(self) -> bool:
        """Whether it is a word by its root, which is searched in texts alone."""
        return any(term.weakest_kind == "root" for term in self.terms)

    def match_positions(self, found: Sequence[Sequence[int]]) -> list[int]:
        """The positions that match, given the ascending positions of each term."""
        if self.graph is not None:
            return self.graph.match(found)
        return match_positions(found, self.offsets, self.slop)

    def kind(self, found: Term) -> Kind | None:
        """The strictest kind of match of a word of a text with any of the terms, or None."""
        kinds = {term.kind(found) for term in self.terms if term.accepts(found)}
        return next((kind for kind in KINDS if kind in kinds), None)


def match_positions(found: Sequence[Sequence[int]], offsets: Sequence[int], slop: int) -> list[int]:
    """The positions that fit a phrase, given the ascending positions of each of its terms."""
    if not all(found):
        return []
    if len(found) == 1:
        return list(found[0])
    return within(found, slop) if slop else in_a_row(found, offsets)


def _is_among(field_terms: Sequence[FieldTerm], found: Term) -> bool:
    return (
        ("stem", found.stem) in field_terms
        or ("exact", found.exact) in field_terms
        or ("root", root_of(found)) in field_terms
    )


_Accepting = dict[str | None, list[tuple[int, int]]]
"""Term → the targets, and which of the terms of each, that accept it."""


class AcceptedTerms:
    """The terms of targets, by what they accept: a text is read once for all of them."""

    def __init__(self, targets: Sequence[MatchTarget]) -> None:
        self._targets = targets
        fields: dict[str, _Accepting] = {"stem": {}, "exact": {}, "root": {}}
        for n, target in enumerate(targets):
            for i, term in enumerate(target.terms):
                for field, text in term.field_terms:
                    if field in fields:
                        fields[field].setdefault(text, []).append((n, i))
        self._stems, self._exact, self._roots = fields.values()
        self._excludes = any(term.excluded for target in targets for term in target.terms)

    def may_be_in(self, stems: Set[str | None], exact: Set[str]) -> bool:
        """Whether a text of these terms may have any of them: without them it needs no tokens."""
        return bool(
            self._roots
            or not self._stems.keys().isdisjoint(stems)
            or not self._exact.keys().isdisjoint(exact)
        )

    def tokens_in(self, pieces: Iterable[tuple[Piece, int, int]]) -> list[Token]:
        """The tokens of those pieces of a text, as ``scan`` yields them, that may have any."""
        stems, exact, roots = self._stems, self._exact, self._roots
        found: list[Token] = []
        position = 0
        for piece, start, end in pieces:
            words, alternatives = piece
            for term in words + alternatives if alternatives else words:
                if term.stem in stems or term.exact in exact or (roots and root_of(term) in roots):
                    found += numbered([(piece, start, end)], position)
                    break
            position += len(words)
        return found

    def by(self, found: Term) -> Sequence[tuple[int, int]]:
        """The targets that accept a word of a text: the number of each, and that of its term."""
        accepting = [*self._stems.get(found.stem, ()), *self._exact.get(found.exact, ())]
        if self._roots:
            accepting += self._roots.get(root_of(found), ())
        if not self._excludes:
            return accepting
        excluded = (self._targets[n].terms[i].excluded for n, i in accepting)
        return [
            each
            for each, terms in zip(accepting, excluded, strict=True)
            if not _is_among(terms, found)
        ]

    def positions(self, tokens: Iterable[Token]) -> Positions:
        """The positions of the targets in an analysed text."""
        places: dict[tuple[int, int], set[int]] = {}
        for token in tokens:
            for accepting in self.by(token.term):
                places.setdefault(accepting, set()).add(token.position)
        found: dict[int, list[int]] = {}
        for n in sorted({n for n, _ in places}):
            target = self._targets[n]
            by_term = [sorted(places.get((n, i), ())) for i in range(len(target.terms))]
            for position in target.match_positions(by_term):
                found.setdefault(position, []).append(n)
        return found


def target_positions(tokens: Sequence[Token], targets: Sequence[MatchTarget]) -> Positions:
    """The positions of the targets in an analysed text."""
    return AcceptedTerms(targets).positions(tokens)
