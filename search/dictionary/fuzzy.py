"""The terms of an index within an edit distance of a word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from index.analysis import Term
from index.codec.postings import FieldPostings
from index.codec.segment_reader import IndexReader
from index.codec.word_finder import NearWord, WordFinder
from search.dictionary.edit_distance import edit_distance
from search.dictionary.folding import fold, letter_variants
from search.dictionary.letter_tables import letter_table
from search.dictionary.one_edit import is_comparable, terms_within_one_edit
from search.dictionary.prefix import EXACT_FIELDS

if TYPE_CHECKING:
    from whoosh.automata.fsa import DFA, NFA

_State = tuple[int, int, str]
"""Letters read, edits made, and the pair of letters that is being exchanged, or ""."""


def near(reader: IndexReader, term: Term, distance: int, finder: WordFinder) -> dict[str, int]:
    """Exact terms within an edit distance of a word once both are folded, with their distance.

    The first letter is taken as right.
    """
    word = term.folded
    views = [segment.fields[field] for segment in reader.segments for field in EXACT_FIELDS]
    found: Iterable[str] | None = None
    if distance == 1 and is_comparable(word):
        firsts = (word[0], *letter_variants().get(word[0], ()))
        found = finder.words_near(NearWord(EXACT_FIELDS, firsts, letter_table(), word))
        if found is None:
            found = {form for view in views for form in terms_within_one_edit(view, word)}
    else:
        found = accepted(views, word, distance)
    return {form: edit_distance(word, fold(form)) for form in found}


def accepted(views: list[FieldPostings], word: str, distance: int) -> set[str]:
    """The terms of fields that a Levenshtein automaton accepts; it skips those between them."""
    automaton = _automaton(word, distance)
    return {form for view in views for form in _accepted(automaton, view)}


def _accepted(automaton: DFA, view: FieldPostings) -> Iterator[str]:
    wanted = automaton.next_valid_string(_term(view, 0) or "")
    while wanted is not None:
        # The next string may end in half a character, which no term does.
        term = _term(view, view.lower_bound(wanted.encode("utf-8", "surrogatepass")))
        if term is None:
            return
        if term == wanted:
            yield term
            term += "\0"
        wanted = automaton.next_valid_string(term)


def _term(view: FieldPostings, rank: int) -> str | None:
    """The term of a rank, or None behind the last."""
    return view.term(rank).decode("utf-8", "surrogatepass") if rank < len(view) else None


def _automaton(word: str, most: int) -> DFA:
    """Accepts every spelling within ``most`` edits of a folded word, none in its first letter."""
    from whoosh.automata.fsa import ANY, EPSILON, NFA  # noqa: PLC0415 (few queries need it)

    machine = NFA((0, 0, ""))
    for at, letter in enumerate(word):
        for made in range(most + 1):
            here = (at, made, "")
            _add_letter(machine, here, letter, (at + 1, made, ""))
            if at and made < most:
                machine.add_transition(here, ANY, (at, made + 1, ""))
                machine.add_transition(here, EPSILON, (at + 1, made + 1, ""))
                machine.add_transition(here, ANY, (at + 1, made + 1, ""))
                _add_exchange(machine, here, word[at : at + 2])
    for made in range(most + 1):
        if made < most:
            machine.add_transition((len(word), made, ""), ANY, (len(word), made + 1, ""))
        machine.add_final_state((len(word), made, ""))
    return machine.to_dfa()


def _add_exchange(machine: NFA, here: _State, pair: str) -> None:
    """Let two letters be read the other way round, for one edit."""
    at, made, _ = here
    if len(pair) == 2 and pair[0] != pair[1]:
        between = (at, made + 1, pair)
        _add_letter(machine, here, pair[1], between)
        _add_letter(machine, between, pair[0], (at + 2, made + 1, ""))


def _add_letter(machine: Any, start: _State, letter: str, end: _State) -> None:
    for spelled in (letter, *letter_variants().get(letter, ())):
        machine.add_transition(start, spelled, end)
