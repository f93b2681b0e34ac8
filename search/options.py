"""Options: how to search, besides the words of the query."""

from __future__ import annotations

from dataclasses import dataclass

from search.parsing.ast import Filter, Sort

WIDTH = 240
"""Characters of a fragment, about: two or three lines of a terminal."""
DOSSIER_FRAGMENTS, DOSSIER_WIDTH = 3, 400
"""Fragments of a document in a dossier, and characters of one: a paragraph, for what stands around
a word is evidence too."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to search, besides the words of the query."""

    limit: int = 10
    filters: tuple[Filter, ...] = ()
    sort: Sort = "score"
    exact: bool = False
    plain: bool = False
    strict: bool = False
    fragments: int = 1
    width: int = WIDTH
    names: bool = True
    """Whether a name is found in its other spellings, and by its aliases."""
    second_stage: bool = True
    """Whether the first hits are ranked once more, by the n-grams they share with the query."""
    typing: bool = False
    """Whether the query is being typed: its last word may be the beginning of one, and no
    near terms are searched for words that hardly any document has."""
