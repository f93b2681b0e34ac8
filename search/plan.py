"""A query understood (``query``) to what Whoosh runs and what a snippet shows.

Every clause becomes two things: a Whoosh query with its weights, and the targets
that say which words of a document answered.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import translate
from typing import Any

from whoosh import query as whoosh

from index.analysis import Term, Token, analyze, stopwords
from search import query as tree
from search.expansion import near, starting_with
from search.phrase import PhraseQuery
from search.scoring import FUZZY_WEIGHT, PREFIX_WEIGHT, VARIANT_WEIGHT, WEIGHTS, idf
from search.spellings import other_stems
from search.target import Leaf, Slot, Target

MOST_EXPANSIONS = 512
"""Words a prefix or a fuzzy word may stand for: the commonest, and a note says so."""


@dataclass(slots=True)
class Plan:
    """What to run, what to light up, what to tell."""

    query: whoosh.Query
    targets: list[Target]
    notes: list[str]


@dataclass(frozen=True, slots=True)
class _Where:
    """Which fields a clause asks."""

    title: bool = True
    body: bool = True

    def fields(self, field_name: str) -> list[str]:
        body = [field_name] if self.body else []
        return body + (["title_" + field_name] if self.title else [])


def plan(query: tree.Query, reader: Any, *, exact: bool = False) -> Plan:
    """Plan a query against the words that a Whoosh reader holds.

    With ``exact`` every word is matched as spelled.
    """
    planner = _Planner(reader, exact)
    found = planner.bag(query.root, _Where())
    if found is None and not planner.notes and not query.notes:
        planner.notes.append("the query has no words")
    planned = found if found is not None else whoosh.NullQuery()
    return Plan(planned, planner.targets, [*query.notes, *planner.notes])


@dataclass
class _Planner:
    reader: Any
    exact: bool
    targets: list[Target] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    # -- clauses ---------------------------------------------------------------

    def bag(self, bag: tree.Bag, where: _Where) -> whoosh.Query | None:
        must = self._all(bag.must, where, required=True)
        should = self._all(bag.should, where, required=False)
        if should is None and bag.should and not (bag.must and must):
            should = self._stop_words(bag.should, where)
        excluded = self._excluded(bag.must_not, where)
        wanted = _both(must, should, bag)
        if excluded is None:
            return wanted
        return whoosh.AndNot(wanted or whoosh.Every(), excluded)

    def _all(
        self, clauses: Iterable[tree.Clause], where: _Where, *, required: bool
    ) -> whoosh.Query | None:
        repeated = Counter(clauses)  # a word typed twice weighs twice
        parts = [
            _times(self.clause(clause, where, required=required), count)
            for clause, count in repeated.items()
        ]
        found = [part for part in parts if part is not None]
        if not found:
            return None
        if len(found) == 1:
            return found[0]
        return whoosh.And(found) if required else whoosh.Or(found)

    def _excluded(self, clauses: Sequence[tree.Clause], where: _Where) -> whoosh.Query | None:
        """The query for what must not be there; none of it is lit up."""
        shown = list(self.targets)
        excluded = self._all(clauses, where, required=False)
        self.targets = shown
        return excluded

    def _stop_words(self, clauses: Sequence[tree.Clause], where: _Where) -> whoosh.Query | None:
        """A query of stop words only searches them, and says so."""
        words = [clause for clause in clauses if isinstance(clause, tree.Word)]
        found = _any([q for word in words if (q := self.word(word.text, where, required=True))])
        if found is not None:
            self.notes.append("every word of the query is a very common one: searched as spelled")
        return found

    def clause(self, clause: tree.Clause, where: _Where, *, required: bool) -> whoosh.Query | None:
        match clause:
            case tree.Exact(text):
                found = self.spelled(text, where)
            case tree.Word(text) | tree.Phrase(text) if self.exact:
                found = self.spelled(text, where)
            case tree.Word(text):
                found = self.word(text, where, required)
            case tree.Phrase(text, slop):
                found = self.phrase(text, slop, where)
            case tree.Prefix(text):
                found = self.prefix(text, where)
            case tree.Fuzzy(text, distance):
                found = self.fuzzy(text, distance, where)
            case tree.Title(inner):
                found = self.clause(inner, _Where(body=False), required=required)
            case tree.Bag():
                found = self.bag(clause, where)
            case _:
                found = whoosh.ConstantScoreQuery(filter_query(clause), 0.0)
        return found

    # -- words -----------------------------------------------------------------

    def word(self, text: str, where: _Where, required: bool) -> whoosh.Query | None:
        tokens = list(analyze(text))
        words = [t for t in tokens if not t.beside and (t.term.stem is not None or required)]
        slots = [self.slot(token.term) for token in words]
        for slot in slots:
            self._aim(text, [slot], [0], 0, where)
        parts = [self._any_form(slot, where) for slot in slots]
        joined = self._joined(tokens, where, text) if len(words) > 1 or not parts else None
        if len(parts) > 1:
            parts = [whoosh.And(parts) if required else whoosh.Or(parts)]
        return _any([*parts, *([joined] if joined else [])])

    def _joined(self, tokens: Sequence[Token], where: _Where, text: str) -> whoosh.Query | None:
        """``al-Koni`` also finds ``alkoni``."""
        beside = [token.term for token in tokens if token.beside and token.term.language]
        if len(beside) != 1 or "@" in text or "." in text:
            return None
        slot = Slot(beside[0], (("stem", beside[0].stem or beside[0].exact),))
        self._aim(text, [slot], [0], 0, where)
        return self._any_form(slot, where)

    def slot(self, term: Term) -> Slot:
        """The forms of a word: its stem and its relatives in this index."""
        if term.stem is None:
            return Slot(term, self._stop_word(term))
        stems = (term.stem, *other_stems(term, self._stem_frequency))
        return Slot(term, tuple(("stem", stem) for stem in stems))

    def _stop_word(self, term: Term) -> tuple[Leaf, ...]:
        """A stop word as typed, and its other spellings that the index holds."""
        others = stopwords.spellings(term.exact) if term.language == "ar" else []
        held = [form for form in others if self._frequency("exact", form)]
        return tuple(("exact", form) for form in dict.fromkeys((term.exact, *held)))

    def _any_form(self, slot: Slot, where: _Where) -> whoosh.Query:
        """The scored query of one word: every form in every field, and the surface form."""
        parts = []
        for number, (name, text) in enumerate(slot.leaves):
            weight = 1.0 if number == 0 else self._variant_weight(slot.leaves[0], (name, text))
            parts += self._terms(name, text, where, weight)
        if slot.leaves[0][0] == "stem":
            parts += self._terms("exact", slot.term.exact, where, 1.0)
        return whoosh.Or(parts)

    def _terms(self, name: str, text: str, where: _Where, weight: float) -> list[whoosh.Query]:
        return [
            whoosh.Term(field_name, text, boost=weight * WEIGHTS[field_name])
            for field_name in where.fields(name)
        ]

    def _variant_weight(self, typed: Leaf, variant: Leaf) -> float:
        """A rare variant must not outweigh the typed form for being rare."""
        rarity = self._idf(*variant)
        return VARIANT_WEIGHT * (min(1.0, self._idf(*typed) / rarity) if rarity else 1.0)

    # -- phrases, spelled words, expansions --------------------------------------

    def phrase(self, text: str, slop: int, where: _Where) -> whoosh.Query | None:
        tokens = [token for token in analyze(text) if not token.beside]
        slots = [_loosened(self.slot(token.term)) for token in tokens]
        return self._row(text, slots, [t.position for t in tokens], slop, where)

    def spelled(self, text: str, where: _Where) -> whoosh.Query | None:
        tokens = [token for token in analyze(text) if not token.beside]
        slots = [Slot(token.term, (("exact", token.term.exact),)) for token in tokens]
        return self._row(text, slots, [t.position for t in tokens], 0, where)

    def _row(
        self, text: str, slots: list[Slot], offsets: list[int], slop: int, where: _Where
    ) -> whoosh.Query | None:
        if not slots:
            return None
        self._aim(text, slots, offsets, slop, where)
        if len(slots) == 1:
            return self._any_form(slots[0], where)
        parts = []
        for part in (_Where(title=False), _Where(body=False)):
            if part.fields("stem")[0] not in where.fields("stem"):
                continue
            scored = whoosh.And([self._any_form(slot, part) for slot in slots])
            prefix = "" if part.body else "title_"
            leaves = [[(prefix + name, t) for name, t in slot.leaves] for slot in slots]
            parts.append(PhraseQuery(scored, leaves, offsets, slop))
        return _any(parts)

    def prefix(self, text: str, where: _Where) -> whoosh.Query | None:
        tokens = [token for token in analyze(text) if not token.beside]
        if not tokens:
            return None
        words = starting_with(self.reader, tokens[-1].term.folded)
        return self._expanded(f"{text}*", tokens[-1].term, words, "prefix", where)

    def fuzzy(self, text: str, distance: int, where: _Where) -> whoosh.Query | None:
        tokens = [token for token in analyze(text) if not token.beside]
        if not tokens:
            return None
        words = near(self.reader, tokens[-1].term.exact, distance)
        return self._expanded(f"{text}~", tokens[-1].term, words, "fuzzy", where)

    def _expanded(
        self, text: str, term: Term, words: dict[str, int], kind: Any, where: _Where
    ) -> whoosh.Query | None:
        """``words``: exact form → its distance (0 for a prefix)."""
        if len(words) > MOST_EXPANSIONS:
            kept = sorted(words, key=lambda w: (words[w], -self._frequency("exact", w)))
            words = {word: words[word] for word in kept[:MOST_EXPANSIONS]}
            self.notes.append(
                f"{text} stands for more than {MOST_EXPANSIONS} words: "
                "the commonest of them are searched"
            )
        if not words:
            return None
        slot = Slot(term, tuple(("exact", word) for word in words), kind)
        self._aim(text, [slot], [0], 0, where)
        base = PREFIX_WEIGHT if kind == "prefix" else 1.0
        return whoosh.Or(
            [
                part
                for word, distance in words.items()
                for part in self._terms(
                    "exact",
                    word,
                    where,
                    1.0 if word == term.exact else base * FUZZY_WEIGHT**distance,
                )
            ]
        )

    # -- what is lit up ------------------------------------------------------------

    def _aim(
        self, text: str, slots: list[Slot], offsets: list[int], slop: int, where: _Where
    ) -> None:
        weight = sum(max((self._idf(*leaf) for leaf in slot.leaves), default=0) for slot in slots)
        in_body = where.body
        self.targets.append(Target(text, tuple(slots), tuple(offsets), slop, in_body, weight))

    # -- statistics ----------------------------------------------------------------

    def _frequency(self, name: str, text: str) -> int:
        return int(self.reader.doc_frequency(name, text))

    def _stem_frequency(self, stem: str) -> int:
        return self._frequency("stem", stem) + self._frequency("title_stem", stem)

    def _idf(self, name: str, text: str) -> float:
        return idf(self.reader.doc_count_all(), self._frequency(name, text))


def _loosened(slot: Slot) -> Slot:
    """Inside a phrase final ى and ي meet, even على and علي."""
    spelled = slot.term.exact
    if slot.term.language != "ar" or spelled[-1] not in "ىي":
        return slot
    other = spelled[:-1] + ("ي" if spelled[-1] == "ى" else "ى")
    return replace(slot, leaves=tuple(dict.fromkeys((*slot.leaves, ("exact", other)))))


def _times(query: whoosh.Query | None, count: int) -> whoosh.Query | None:
    return query if query is None or count == 1 else whoosh.Or([query], boost=float(count))


def _any(parts: Sequence[whoosh.Query]) -> whoosh.Query | None:
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else whoosh.Or(list(parts))


def _both(
    must: whoosh.Query | None, should: whoosh.Query | None, bag: tree.Bag
) -> whoosh.Query | None:
    """``should`` only adds to the score of what ``must`` finds, unless all of it is filters."""
    if must is None or should is None:
        return must if should is None else should
    if all(isinstance(clause, tree.Filter) for clause in bag.must):
        return whoosh.And([must, should])
    return whoosh.AndMaybe(must, should)


def filter_query(clause: tree.Filter) -> whoosh.Query:
    """The documents that pass a filter."""
    match clause:
        case tree.LanguageFilter(language):
            return whoosh.Term("language", language)
        case tree.TypeFilter(types):
            return whoosh.Or([whoosh.Term("type", name) for name in types])
        case tree.DateFilter(first, last):
            return whoosh.NumericRange("day", first.toordinal(), last.toordinal())
        case tree.PathFilter(glob):
            return whoosh.Regex("path", path_pattern(glob))


def path_pattern(glob: str) -> str:
    """A glob as a regular expression over absolute paths.

    It may begin at any folder, and name a folder for all that is in it; ``*`` also
    crosses folders.
    """
    glob = glob.rstrip("/") or "/"
    inner = translate(glob).removeprefix("(?s:").removesuffix(")\\Z").removesuffix(")\\z")
    start = "" if glob.startswith("/") else "(?:.*/)?"
    return re.sub(r"\s+", " ", f"(?s:{start}{inner}(?:[/#].*)?)\\Z")
