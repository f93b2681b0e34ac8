"""Notes on the other spellings of names: how many documents of a result have each."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from search.names.spelling import Found
from search.parsing import ast
from search.planning.term_expansion import Others

Spellings = Mapping[str, Others]
"""What was typed → its other spellings."""


def spelling_notes(spellings: Spellings, count: Callable[[Found], int]) -> list[str]:
    """A line for each word with another spelling: ``Dbeibah: also Dabaiba (2), الدبيبة (5)``.

    ``count`` says how many documents of the result have a spelling; one that none has is left
    out.
    """
    counted = {
        typed: {other: number for other, found in others.items() if (number := count(found))}
        for typed, others in spellings.items()
    }
    notes = {
        (typed.casefold(), *others): f"{typed}: also {_listed(others)}"
        for typed, others in reversed(counted.items())  # of one word in two cases the first stays
        if others
    }
    return [*reversed(notes.values())]


def _listed(others: Mapping[str, int]) -> str:
    return ", ".join(f"{other} ({number:,})" for other, number in others.items())


def finds_every_word(clause: ast.Clause) -> bool:
    """Whether every document with a word of a query, in whatever spelling, is in the result."""
    match clause:
        case ast.ParsedGroup(should, must, must_not):
            return not must and not must_not and all(map(finds_every_word, should))
        case ast.Name(inner):
            return finds_every_word(inner)
        case _:
            return isinstance(clause, ast.Word)
