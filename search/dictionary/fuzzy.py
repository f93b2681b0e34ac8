"""A beginning or an approximate spelling to the words that the index holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from heapq import nsmallest
from itertools import product
from typing import Any

import numpy as np
from whoosh.automata.fsa import ANY, DFA, EPSILON, NFA

from index.analysis import Term, stemmer
from index.codec.whoosh_codec import ArrayTerms
from search.dictionary.edit_distance import edit_distance
from search.dictionary.folding import fold, fold_all, letter_variants, without_article
from search.dictionary.one_edit import is_comparable, terms_within_one_edit

_VARIED = 40
"""Beginnings to look up at most; with more, fewer letters of them are varied."""
_FIELDS = ("exact", "title_exact")


def starting_with(reader: Any, prefix: str) -> Counter[str]:
    """The exact forms whose folded form begins so, with or without ال, and who holds each.

    The second is documents, those with the word in the title counted once more. An
    apostrophe among the first letters, where none was typed, may hide a word.
    """
    wanted = without_article(prefix)
    counts = _counted(reader, _beginnings(wanted))
    words = list(counts)
    for word, folded in zip(words, fold_all(words), strict=True):
        if not (folded.startswith(prefix) or without_article(folded).startswith(wanted)):
            del counts[word]
    return counts


def begun(reader: Any, prefix: str) -> Counter[str]:
    """The same for a word that is being typed.

    Quicker than :func:`starting_with`, for it only compares whole beginnings: an accent in a
    Latin word is met where it was typed.
    """
    return _counted(reader, _beginnings(without_article(prefix)) if prefix[0] > "ء" else [prefix])


def commonest(counts: Counter[str], most: int) -> dict[str, int]:
    """So many of the words that most documents hold, all at distance 0."""
    return dict.fromkeys(nsmallest(most, counts, key=lambda word: (-counts[word], word)), 0)


def _counted(reader: Any, starts: Sequence[str]) -> Counter[str]:
    """The terms that begin so, and how many documents hold each."""
    counts: Counter[str] = Counter()
    parts = (segment._terms.fields for segment, _ in reader.leaf_readers())
    views = (fields[name] for fields in parts for name in _FIELDS)
    for view, start in product(views, starts):
        low, high = view.beginning(start.encode())
        documents = np.diff(view.posting_starts[low : high + 1].astype(np.int64))
        for term, count in zip(view.terms(low, high), documents.tolist(), strict=True):
            counts[term.decode()] += count
    return counts


def near(reader: Any, term: Term, distance: int) -> dict[str, int]:
    """The exact forms within so many edits of a word once both are folded, with their distance.

    An edit is a letter too many, too few or wrong, or two beside each other exchanged.
    The first letter is taken as right.
    """
    word = term.folded
    leaves = (segment for segment, _ in reader.leaf_readers())
    terms = [segment._terms for segment in leaves if segment.doc_count_all()]
    if distance == 1 and is_comparable(word) and all(isinstance(t, ArrayTerms) for t in terms):
        views = (each.fields[name] for each in terms for name in _FIELDS)
        found = {form for view in views for form in terms_within_one_edit(view, word)}
    else:
        found = _accepted(reader, word, distance)
    return {form: edit_distance(word, fold(form)) for form in found}


def _accepted(reader: Any, word: str, distance: int) -> set[str]:
    """Those that an automaton accepts, by leaping from one to the next."""
    automaton = _automaton(word, distance)
    return {
        form
        for segment, _ in reader.leaf_readers()
        for name in _FIELDS
        for form in _leaping(automaton, segment.cursor(name))
    }


def _leaping(automaton: DFA, cursor: Any) -> Iterator[str]:
    """The terms of a field that an automaton accepts."""
    wanted = automaton.next_valid_string(cursor.text() or "")
    while wanted is not None:
        # The next string may end in half a character, which no term does.
        cursor.find(wanted.encode("utf-8", "surrogatepass"))
        term = cursor.text()
        if term is None:
            return
        if term == wanted:
            yield term
            term += "\0"
        wanted = automaton.next_valid_string(term)


def _automaton(word: str, most: int) -> DFA:
    """Accepts every spelling of what is so many edits from a folded word, not in its first."""
    machine = NFA((0, 0, ""))
    for at, letter in enumerate(word):
        for made in range(most + 1):
            here, behind = (at, made, ""), (at + 1, made, "")
            _letter(machine, here, letter, behind)
            if at and made < most:
                machine.add_transition(here, ANY, (at, made + 1, ""))
                machine.add_transition(here, EPSILON, (at + 1, made + 1, ""))
                machine.add_transition(here, ANY, (at + 1, made + 1, ""))
                _exchanged(machine, here, word[at : at + 2])
    for made in range(most + 1):
        if made < most:
            machine.add_transition((len(word), made, ""), ANY, (len(word), made + 1, ""))
        machine.add_final_state((len(word), made, ""))
    return machine.to_dfa()


def _exchanged(machine: NFA, here: tuple[int, int, str], pair: str) -> None:
    at, made, _ = here
    if len(pair) == 2 and pair[0] != pair[1]:
        between = (at, made + 1, pair)
        _letter(machine, here, pair[1], between)
        _letter(machine, between, pair[0], (at + 2, made + 1, ""))


def _letter(machine: NFA, start: Any, letter: str, end: Any) -> None:
    for spelled in (letter, *letter_variants().get(letter, ())):
        machine.add_transition(start, spelled, end)


def _beginnings(prefix: str) -> list[str]:
    """The ways in which a folded beginning may be spelled in the exact field."""
    spelled = letter_variants()
    letters = [[letter, *spelled.get(letter, ())] for letter in prefix]
    count, size = 0, 1
    while count < len(letters) and size * len(letters[count]) <= _VARIED:
        size *= len(letters[count])
        count += 1
    starts = ["".join(choice) for choice in product(*letters[: max(count, 1)])]
    with_article = [stemmer.ARTICLE + start for start in starts if start[0] > "ء"]
    return starts + [start for start in with_article if not start.startswith(tuple(starts))]
