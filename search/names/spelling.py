"""Spelling: another spelling of a name that is in an index, and how much it counts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

from search.names.false_friends import PROCLITIC_COST
from search.query.node import Query
from search.ranking.bm25 import NAME_WEIGHT


class Found(NamedTuple):
    """The documents with a spelling: their number, and the query that finds them."""

    documents: int
    query: Query


@dataclass(frozen=True, slots=True)
class Spelling:
    """A spelling of a name that is in the index."""

    written: str
    """Its commonest form, for people."""
    stem: str
    similarity: float
    """To the name that was looked up, up to 1."""
    found: Found
    greatest_weight: float = 1.0
    """Upper bound of :attr:`weight`, lower for one that may be another word."""

    @property
    def weight(self) -> float:
        """How much a match counts; one of the name as it was typed counts 1."""
        return min(NAME_WEIGHT * self.similarity**4, self.greatest_weight)

    @property
    def less_sure(self) -> Spelling:
        """The spelling as one of a word behind a stripped proclitic."""
        return replace(self, similarity=self.similarity - PROCLITIC_COST)
