"""The syntax tree of a query, which ``parser`` makes of a text.

::

    ParsedQuery ── text, notes, sort
      └─ ParsedGroup ── should, must, must_not
           ├─ Word  Exact  Phrase  Prefix  Wildcard  Fuzzy      text to find
           ├─ PathFilter  TypeFilter  LanguageFilter                  documents to search
           ├─ DateFilter  UndatedFilter  ModifiedFilter  TagFilter
           ├─ Title ── a clause that the title must match
           ├─ Name ── a clause whose words are names, in every spelling
           └─ ParsedGroup ── a nested group
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True)
class Word:
    """Text without a space, of one or more words; each is matched on its own."""

    text: str


@dataclass(frozen=True, slots=True)
class Exact:
    """A word or phrase matched as spelled."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Consecutive words, or with a slop, words at most ``slop`` positions apart."""

    text: str
    slop: int = 0


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words that start with a prefix."""

    text: str


@dataclass(frozen=True, slots=True)
class Wildcard:
    """Words that fit a pattern: ``?`` is one letter, ``*`` any number of them."""

    text: str


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Words within an edit distance."""

    text: str
    distance: int = 1


@dataclass(frozen=True, slots=True)
class Title:
    """A clause that the title must match."""

    clause: Clause


@dataclass(frozen=True, slots=True)
class Name:
    """A clause whose words are names, even if they do not look like names."""

    clause: Clause


@dataclass(frozen=True, slots=True)
class PathFilter:
    """Documents whose path matches a glob."""

    glob: str


@dataclass(frozen=True, slots=True)
class TypeFilter:
    """Documents of one of these formats."""

    types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LanguageFilter:
    """Documents of which at least a fifth is in a language."""

    language: str


@dataclass(frozen=True, slots=True)
class DateFilter:
    """Documents dated from the ``first`` to the ``last`` day, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class UndatedFilter:
    """Documents without a date."""


@dataclass(frozen=True, slots=True)
class ModifiedFilter:
    """Documents whose file changed last from the ``first`` to the ``last`` day, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class ParsedGroup:
    """Clauses combined: all of ``must``, none of ``must_not``; ``should`` adds to the score.

    Without ``must``, at least one of ``should`` has to match.
    """

    should: tuple[Clause, ...] = ()
    must: tuple[Clause, ...] = ()
    must_not: tuple[Clause, ...] = ()


Sort = Literal["score", "date", "path"]
"""Order of the hits: best first, newest first, or by path."""


@dataclass(frozen=True, slots=True)
class TagFilter:
    """Documents that state one of these tags, or that the user gave it."""

    tags: tuple[str, ...]


Filter = (
    PathFilter
    | TypeFilter
    | LanguageFilter
    | DateFilter
    | UndatedFilter
    | ModifiedFilter
    | TagFilter
)
TextClause = Word | Exact | Phrase | Prefix | Wildcard | Fuzzy
Clause = TextClause | Title | Name | Filter | ParsedGroup


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query as a tree, with notes on parts that could not be parsed."""

    text: str
    root: ParsedGroup
    notes: tuple[str, ...] = ()
    sort: Sort | None = None
    """The order that ``sort:`` asks for, or None."""

    def required(self, filters: tuple[Filter, ...]) -> ParsedQuery:
        """Return the query with filters that every document must pass."""
        return replace(self, root=replace(self.root, must=(*self.root.must, *filters)))


def is_filter(clause: Clause) -> bool:
    """Whether a clause is a filter or a group of filters alone, and so never scores."""
    match clause:
        case Title(inner) | Name(inner):
            return is_filter(inner)
        case ParsedGroup(should, must, must_not):
            return all(map(is_filter, (*should, *must, *must_not)))
        case _:
            return isinstance(clause, Filter)
