"""Random executable queries over a small index, for comparing the kernel with numpy."""

from __future__ import annotations

import random
from collections.abc import Sequence

from search.query.boolean import (
    AndQuery,
    BoostQuery,
    EveryQuery,
    ExcludeQuery,
    FilterQuery,
    NoQuery,
    OrQuery,
    RequiredOptionalQuery,
)
from search.query.filters import DayQuery
from search.query.node import Query
from search.query.phrase import PhraseQuery
from search.query.terms import PrefixQuery, TermQuery, TermSetQuery

WORDS = ("libya", "russia", "oil", "ليبيا", "روسيا", "وزير", "minister", "railway", "the", "none")
FIELDS = ("exact", "stem", "title_exact", "title_stem")
LEAST_COMMON = 0.05
"""Share of documents with the least common word; the others follow Zipf's law."""


def texts(count: int, chance: random.Random) -> dict[str, dict[str, str]]:
    """Documents of these words: a few very long, so that frequencies do not fit a code."""
    weights = [1 / (n + 1) for n in range(len(WORDS) - 1)]

    def drawn(length: int) -> str:
        return " ".join(chance.choices(WORDS[:-1], weights, k=length))

    return {
        f"d{n}": {
            "text": drawn(chance.choice((0, 3, 20, 60, 60, 900 if n % 40 == 0 else 8))),
            "title": drawn(chance.randrange(3)),
            "date": f"20{chance.randrange(10, 24)}-05-01",
        }
        for n in range(count)
    }


class Trees:
    """Draws queries."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance

    def drawn(self, depth: int = 3) -> Query:
        """A query of a few levels."""
        chance = self._chance
        if depth == 0 or chance.random() < 0.3:
            return chance.choice((self._term, self._term, self._set, self._prefix, self._phrase))()
        return chance.choice(
            (
                *(self._any, self._any, self._all, self._exclude, self._optional),
                self._filtered,
                self._boosted,
                self._rare,
            )
        )(depth - 1)

    def _word(self) -> str:
        return self._chance.choice(WORDS)

    def _field(self) -> str:
        return self._chance.choice(FIELDS)

    def _weight(self) -> float:
        return self._chance.choice((1.0, 0.2, 0.5, self._chance.uniform(0.01, 2)))

    def _term(self) -> Query:
        return TermQuery(self._field(), self._word(), self._weight())

    def _set(self) -> Query:
        words = self._chance.sample(WORDS, self._chance.randrange(5))
        return TermSetQuery(
            self._field(), tuple((each, self._weight()) for each in words), self._weight()
        )

    def _prefix(self) -> Query:
        return PrefixQuery(
            self._field(), self._word()[: self._chance.randrange(1, 4)], self._weight()
        )

    def _phrase(self) -> Query:
        chance, field = self._chance, self._chance.choice(("exact", "title_exact"))
        count = chance.choice((2, 2, 3))
        places = [
            tuple((field, self._word()) for _ in range(chance.choice((1, 1, 2))))
            for _ in range(count)
        ]
        scored = [OrQuery(tuple(TermQuery(*term) for term in terms)) for terms in places]
        slop = chance.choice((0, 0, 1, 4))
        return PhraseQuery(AndQuery(tuple(scored)), tuple(places), tuple(range(count)), slop)

    def _parts(self, depth: int) -> tuple[Query, ...]:
        return tuple(self.drawn(depth) for _ in range(self._chance.randrange(2, 5)))

    def _any(self, depth: int) -> Query:
        return OrQuery(self._parts(depth))

    def _all(self, depth: int) -> Query:
        return AndQuery(self._parts(depth)[:3])

    def _exclude(self, depth: int) -> Query:
        return ExcludeQuery(self.drawn(depth), self.drawn(depth))

    def _optional(self, depth: int) -> Query:
        return RequiredOptionalQuery(self.drawn(depth), self.drawn(depth))

    def _filtered(self, depth: int) -> Query:
        days = [737_000 + self._chance.randrange(-3_000, 3_000) for _ in range(2)]
        column: Query = DayQuery(min(days), max(days))
        filters: Sequence[Query] = (column, self.drawn(0))
        return AndQuery((FilterQuery(self._chance.choice(filters)), self.drawn(depth)))

    def _boosted(self, depth: int) -> Query:
        return BoostQuery(self.drawn(depth), self._weight())

    def _rare(self, _depth: int) -> Query:
        return self._chance.choice((EveryQuery(), NoQuery(), FilterQuery(EveryQuery())))
