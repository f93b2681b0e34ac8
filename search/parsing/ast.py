"""A query as a tree of clauses: what ``parser`` makes of a text.

::

    Query ── text, notes
      └─ Bag ── should, must, must_not
           ├─ Word  Exact  Phrase  Prefix  Fuzzy      what to look for
           ├─ PathFilter  TypeFilter  LanguageFilter  DateFilter      where to look
           ├─ Title ── a clause that the title must meet
           ├─ Name ── a clause that is a name, in every spelling
           └─ Bag ── a group
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True)
class Word:
    """Words that stand together without a space; each is matched on its own."""

    text: str


@dataclass(frozen=True, slots=True)
class Exact:
    """A word or phrase matched as spelled."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in a row, or with a slop, within so many words of each other."""

    text: str
    slop: int = 0


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words that begin so."""

    text: str


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Words a few letters apart."""

    text: str
    distance: int = 1


@dataclass(frozen=True, slots=True)
class Title:
    """A clause that must be met by the title."""

    clause: Clause


@dataclass(frozen=True, slots=True)
class Name:
    """A clause whose words are names, whatever they look like."""

    clause: Clause


@dataclass(frozen=True, slots=True)
class PathFilter:
    """Documents whose path fits a glob."""

    glob: str


@dataclass(frozen=True, slots=True)
class TypeFilter:
    """Documents of one of these formats."""

    types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LanguageFilter:
    """Documents of which at least a fifth is in the language."""

    language: str


@dataclass(frozen=True, slots=True)
class DateFilter:
    """Documents dated from the one day to the other, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class ParsedGroup:
    """Clauses together: all of ``must``, none of ``must_not``, ``should`` for the rank.

    Without ``must``, one of ``should`` has to match.
    """

    should: tuple[Clause, ...] = ()
    must: tuple[Clause, ...] = ()
    must_not: tuple[Clause, ...] = ()


Sort = Literal["score", "date", "path"]
"""What comes first: the best, the newest, or the first by its path."""

Filter = PathFilter | TypeFilter | LanguageFilter | DateFilter
TextClause = Word | Exact | Phrase | Prefix | Fuzzy
Clause = TextClause | Title | Name | Filter | ParsedGroup


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query understood: its tree, and what was not understood of it."""

    text: str
    root: ParsedGroup
    notes: tuple[str, ...] = ()
    sort: Sort | None = None
    """What ``sort:`` asked for."""


def is_filter(clause: Clause) -> bool:
    """Whether a clause only says where to look: a filter, or a group of nothing else."""
    match clause:
        case Title(inner) | Name(inner):
            return is_filter(inner)
        case ParsedGroup(should, must, must_not):
            return all(map(is_filter, (*should, *must, *must_not)))
        case _:
            return isinstance(clause, Filter)
