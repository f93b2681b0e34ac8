"""Variations of a query that are run beside it: corrected, shorter, without some filters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Protocol

from search.engine import Engine, Retrieved
from search.execution.collector import MatchSet
from search.options import Options
from search.parsing.ast import ParsedGroup, ParsedQuery
from search.parsing.filter_clauses import without_field
from search.parsing.parser import parse
from search.parsing.query_notes import missing_word_notes
from search.planning.context import MAX_APPROXIMATED
from search.planning.planner import QueryPlan
from search.query.boolean import EVERYTHING
from search.suggest.suggestions import Suggestion, corrected, suggestions


class PlanQuery(Protocol):
    """Plans a query; ``max_approximated`` as in :func:`search.planning.planner.plan_query`."""

    def __call__(
        self, query: ParsedQuery, options: Options, *, max_approximated: int = MAX_APPROXIMATED
    ) -> QueryPlan:
        """The plan of a query."""


@dataclass(frozen=True, slots=True)
class Variations:
    """Runs variations of queries over one index."""

    engine: Engine
    plan: PlanQuery

    def without_filters(self, query: ParsedQuery, options: Options, field: str) -> MatchSet | None:
        """The matches of a query without its filters of one field; None if it has none."""
        other = without_field(query, field)
        if other is None:
            return None
        is_empty = other.root == ParsedGroup()
        executable = EVERYTHING if is_empty else self.plan(other, options).query
        return self.engine.collector.collect(executable)

    def suggestions(self, retrieved: Retrieved) -> list[Suggestion]:
        """Queries to try if a query finds nothing or no document has one of its words."""
        text, plan, options = retrieved.query.text, retrieved.plan, retrieved.options
        total = retrieved.found.total
        if options.plain or (total and not plan.missing):
            return []
        first = dict(list(self._missing(retrieved).items())[:MAX_APPROXIMATED])
        nowhere = {word for word, near in first.items() if not near}

        def count(other: str) -> int:
            return self._count(other, options, nowhere)

        if total:
            better = corrected(text, plan.missing)
            found = count(better) if better != text else 0
            return [Suggestion(better, found, "did you mean")] if found else []
        dictionary = self.engine.dictionary
        missing = {**first, **{word: dictionary.nearest(word) for word in nowhere}}
        return suggestions(text, missing, count, dictionary.common)

    def notes(self, retrieved: Retrieved) -> list[str]:
        """The note on words that no document has; none while a word is being typed."""
        typing = retrieved.options.typing
        return [] if typing else missing_word_notes(self._missing(retrieved))

    def _missing(self, retrieved: Retrieved) -> Mapping[str, Sequence[str]]:
        """The words that no document has; if nothing is found, also those of quotations."""
        text, plan, options = retrieved.query.text, retrieved.plan, retrieved.options
        if retrieved.found.total or options.plain or '"' not in text:
            return plan.missing
        loose = self.plan(parse(text.replace('"', " ")), options, max_approximated=0)
        return {**loose.missing, **plan.missing}

    def _count(self, text: str, options: Options, nowhere: Set[str]) -> int:
        """The documents that a query finds; 0 if near terms would have to be searched first.

        ``nowhere`` are words without near terms.
        """
        plan = self.plan(parse(text).required(options.filters), options, max_approximated=0)
        if plan.missing.keys() - nowhere:
            return 0
        return self.engine.count(plan.query)
