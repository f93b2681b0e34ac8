"""Words and phrases of a query to scored queries, and to the targets that light them up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from typing import Any

from whoosh import query as whoosh

from index.analysis import Term, Token, analyze
from search.dictionary.fuzzy import begun, commonest, near, starting_with
from search.parsing.tokens import QueryPiece, QueryToken, query_pieces, query_token, query_tokens
from search.planning.phrase_queries import row
from search.planning.synonyms import Synonym, SynonymExpander
from search.planning.term_variants import (
    FieldScope,
    TermExpander,
    Widened,
    expanded,
    is_widened,
    loosened,
    weighted,
)
from search.query.boolean import NOTHING, all_of, any_of
from search.query.query_terms import MatchTarget, QueryTerm
from search.results import Kind

MOST_WORDS = 1_000
"""Words of one query that are searched; the rest is noted and left."""
MOST_WIDENED = 3
"""Words of one query for which others are looked for: each goes through the dictionary."""
FEW = 2
"""Documents that hold a word for which others are looked for all the same.

``tests/evaluation/rare_words.py``: from none to 10 the mean nDCG@10 over nine collections is the
same within .0001, and no collection loses .001. A document that has the word in its title
and in its text counts twice.
"""
SHORTEST_BEGINNING = 3
"""Letters of an unfinished word from which words that begin so are looked for."""
MOST_BEGUN = 24
"""Words that an unfinished one may stand for: the commonest."""
MOST_EXPANSIONS = 512
"""Words a prefix or a fuzzy word may stand for: the commonest, and a note says so."""


@dataclass
class WordQueryBuilder:
    """Turns what was typed into queries, and gathers what a plan needs beside them.

    Each method gives nothing where there is nothing to ask: no word, or stop words
    alone, which count only where ``stop_words`` or a sign says so.
    """

    equivalents: SynonymExpander
    stop_words: bool = False
    targets: list[MatchTarget] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    widen: int = MOST_WIDENED
    """Words that others may stand for."""
    missing: dict[str, list[str]] = field(default_factory=dict)
    """Words that no document holds, each with the nearest that one does."""
    began: bool = False
    """Whether an unfinished word stood for words that begin so: it need be no name."""
    put_off: bool = False
    """Whether a word was taken as it is that others may stand for."""
    left_out: bool = False
    """Whether a stop word was not asked for."""
    _room: int = MOST_WORDS
    _few: int = 0
    """Words that few documents hold and for which others were looked for."""

    @property
    def forms(self) -> TermExpander:
        """The words of the index."""
        return self.equivalents.forms

    def word(self, text: str, where: FieldScope, *, required: bool) -> whoosh.Query | None:
        """Words without a space between them, each on its own: any of them, or all."""
        found = [
            query
            for piece in query_pieces(text)
            if (query := self._piece(text, piece, where, required)) is not None
        ]
        return all_of(found) if required else any_of(found)

    def _piece(
        self, text: str, piece: QueryPiece, where: FieldScope, required: bool
    ) -> whoosh.Query | None:
        asked = required or self.stop_words
        wanted = [word for word in piece.words if asked or word.term.stem is not None]
        self.left_out |= len(wanted) < len(piece.words)
        found = [self._word(text, word, where, required=required) for word in self._fitting(wanted)]
        parts = all_of(found) if required else any_of(found)
        if len(piece.words) == 1 or len(piece.alternatives) != 1:
            return parts
        (joined,) = piece.alternatives  # al-Koni also finds alkoni
        slot = QueryTerm(joined, (("stem", joined.stem or joined.exact),))
        together = self._scored(text, slot, where)
        return together if parts is None else any_of([parts, together])

    def _word(
        self, text: str, typed: QueryToken, where: FieldScope, *, required: bool
    ) -> whoosh.Query:
        """One word; where hardly any document holds it, the nearest as well, unless it must be."""
        term, slot = typed.term, self.equivalents.slot(typed, where)
        found = self._scored(text, slot, where)
        others = self._aimed(self.equivalents.of_word(typed, where), where)
        found = any_of([found, *others]) or found
        begun = self._begun(text, slot, where) if term == self.equivalents.unfinished else None
        if begun is not None:
            self.began = True
            return any_of([found, begun]) or found
        if self._suffices(typed, slot, required=required):
            return found
        widened = self._widened(slot)
        return any_of([found, *self._near(text, slot, {} if required else widened, where)]) or found

    def _suffices(self, typed: QueryToken, slot: QueryTerm, *, required: bool) -> bool:
        """Whether a word finds enough, or is meant as it stands."""
        as_typed = required or self.equivalents.names is None
        told = typed.written in self.equivalents.told
        return told or not slot.term.language or self.forms.held(slot) > (0 if as_typed else FEW)

    def _widened(self, slot: QueryTerm) -> Widened:
        """The words nearest to one, while there is room for it; first those that are nowhere."""
        held = bool(self.forms.held(slot))
        room = self.widen - len(self.missing) - (self._few if held else 0)
        widened = self.forms.widened(slot) if room > 0 else {}
        if held:
            self._few += bool(widened)
            self.put_off |= not self.widen and is_widened(slot.term)
        else:
            self.missing[slot.term.exact] = list(chain(*widened.values()))
        return widened

    def _near(
        self, text: str, slot: QueryTerm, widened: Widened, where: FieldScope
    ) -> list[whoosh.Query]:
        """What the words ask for that one also stands for."""
        for kind, words in widened.items():
            others = QueryTerm(slot.term, tuple(("exact", word) for word in words), kind)
            self._aim(text, [others], [0], 0, where)
        if widened:
            holding = "no document has" if slot.term.exact in self.missing else "few documents have"
            near_it = ", ".join(chain(*widened.values()))
            self._note(f"{holding} {slot.term.exact}; near it: {near_it}")
        return [weighted(words, where) for words in widened.values()]

    def _begun(self, text: str, slot: QueryTerm, where: FieldScope) -> whoosh.Query | None:
        """The words that an unfinished one is the beginning of; nothing where it is a word.

        It may well sound like a name before it is one.
        """
        term, own = slot.term, replace(slot, leaves=slot.own, names=())
        if len(term.folded) < SHORTEST_BEGINNING or not term.language or self.forms.held(own):
            return None
        words = commonest(begun(self.forms.reader, term.folded), MOST_BEGUN)
        if not words:
            return None
        self.notes.append(f"{term.exact}…: words that begin so")
        return self._any_of(text + "*", term, words, "prefix", where)

    def _scored(self, text: str, slot: QueryTerm, where: FieldScope) -> whoosh.Query:
        self._aim(text, [slot], [0], 0, where)
        return self.forms.scored(slot, where)

    def phrase(self, text: str, slop: int, where: FieldScope) -> whoosh.Query | None:
        """Words in a row, or near each other."""
        tokens = self._tokens(text)
        words = [query_token(token, text) for token in tokens]
        slots = [loosened(self.equivalents.slot(word, where)) for word in words]
        found = self._row(text, slots, [t.position for t in tokens], slop, where)
        others = () if slop else self.equivalents.of_quoted(words, where)
        return any_of([found, *self._aimed(others, where)]) if found is not None else None

    def together(self, texts: Sequence[str], where: FieldScope) -> list[whoosh.Query]:
        """What words that stand behind each other ask for besides each."""
        words = [word for text in texts for word in query_tokens(text)]
        return self._aimed(self.equivalents.of_row(words[:MOST_WORDS], where), where)

    def _aimed(self, others: Iterable[Synonym], where: FieldScope) -> list[whoosh.Query]:
        found = []
        for query, text, slots, slop in others:
            if slots:
                self._aim(text, list(slots), list(range(len(slots))), slop, where)
            found.append(query)
        return found

    def spelled(
        self, text: str, where: FieldScope, *, slop: int = 0, required: bool = True
    ) -> whoosh.Query | None:
        """A word or a phrase as it is spelled."""
        tokens = self._tokens(text)
        if not (required or self.stop_words) and all(t.term.stem is None for t in tokens):
            self.left_out |= bool(tokens)
            return None
        slots = [QueryTerm(token.term, (("exact", token.term.exact),)) for token in tokens]
        return self._row(text, slots, [t.position for t in tokens], slop, where)

    def _row(
        self, text: str, slots: list[QueryTerm], offsets: list[int], slop: int, where: FieldScope
    ) -> whoosh.Query | None:
        if slots:
            self._aim(text, slots, offsets, slop, where)
        return row(self.forms, slots, offsets, slop, where)

    def prefix(self, text: str, where: FieldScope) -> whoosh.Query | None:
        """Words that begin so."""
        return self._expanded(text, where, "prefix", 0)

    def fuzzy(self, text: str, distance: int, where: FieldScope) -> whoosh.Query | None:
        """Words so many letters apart."""
        return self._expanded(text, where, "fuzzy", distance)

    def _expanded(
        self, text: str, where: FieldScope, kind: Kind, distance: int
    ) -> whoosh.Query | None:
        """The last word stands for others; words joined to it must be there as well."""
        tokens = self._tokens(text)
        if not tokens:
            return None
        *before, last = tokens
        typed = text + ("*" if kind == "prefix" else "~")
        if kind == "prefix":
            counts = starting_with(self.forms.reader, last.term.folded)
            found, words = len(counts), commonest(counts, MOST_EXPANSIONS)
        else:
            nearest = near(self.forms.reader, last.term, distance)
            found, words = len(nearest), self.forms.commonest(nearest, MOST_EXPANSIONS)
        if found > MOST_EXPANSIONS:
            self.notes.append(
                f"{typed} stands for more than {MOST_EXPANSIONS} words: "
                "the commonest of them are searched"
            )
        parts = [self._scored(text, self.forms.slot(token.term), where) for token in before]
        return all_of([*parts, self._any_of(typed, last.term, words, kind, where)])

    def _any_of(
        self, typed: str, term: Term, words: dict[str, int], kind: Kind, where: FieldScope
    ) -> whoosh.Query:
        if not words:
            return NOTHING
        slot = QueryTerm(term, tuple(("exact", word) for word in words), kind)
        self._aim(typed, [slot], [0], 0, where)
        return expanded(term, words, kind, where)

    # -- what all of them need -----------------------------------------------------

    def _note(self, note: str) -> None:
        """Told once, however often a word was typed."""
        if note not in self.notes:
            self.notes.append(note)

    def _tokens(self, text: str) -> list[Token]:
        tokens = [token for token in analyze(text) if not token.alternative]
        return self._fitting(tokens)

    def _fitting(self, words: Sequence[Any]) -> list[Any]:
        """As many as there is room for in one query."""
        fitting = list(islice(words, self._room))
        if len(fitting) < len(words) and not any("first" in note for note in self.notes):
            self.notes.append(
                f"the query has more than {MOST_WORDS:,} words: the first of them are searched"
            )
        self._room -= len(fitting)
        return fitting

    def _aim(
        self, text: str, slots: list[QueryTerm], offsets: list[int], slop: int, where: FieldScope
    ) -> None:
        weight = self.forms.weight(slots)
        self.targets.append(
            MatchTarget(text, tuple(slots), tuple(offsets), slop, where.body, weight)
        )
