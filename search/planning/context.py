"""QueryContext: what planning one query knows, and what it gathers besides the query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from index.analysis import Token, analyze
from search.planning.synonyms import SynonymExpander
from search.planning.term_expansion import QueryTermBuilder
from search.planning.term_queries import FieldScope
from search.planning.term_variants import TermExpander
from search.query.phrase_graph import PhraseGraph
from search.query.query_terms import MatchTarget, QueryTerm

MAX_WORDS = 500
"""Words of one query that are searched; the rest is noted and left out."""
MAX_APPROXIMATED = 3
"""Words of one query that are approximated: each sweeps the dictionary."""
MAX_EXPANDED = 32
"""Prefixes, patterns and fuzzy words of one query: each sweeps the dictionary too. The rest is
searched as it was typed, with a note."""

Word = TypeVar("Word")


@dataclass
class QueryContext:
    """Collects targets, notes and missing words while the clauses of a query are planned."""

    builder: QueryTermBuilder
    stop_words: bool = False
    """Whether stop words are searched without being asked for."""
    max_approximated: int = MAX_APPROXIMATED
    """Words for which near terms may be searched."""
    targets: list[MatchTarget] = field(default_factory=list)
    """The words and phrases to highlight."""
    notes: list[str] = field(default_factory=list)
    missing: dict[str, list[str]] = field(default_factory=dict)
    """Words that no document has, each with the nearest terms."""
    completed: bool = False
    """Whether an unfinished word was searched as a prefix: it need be no name."""
    deferred: bool = False
    """Whether near terms were left out because a word is being typed."""
    dropped_stop_word: bool = False
    """Whether a stop word was left out."""
    rare_approximated: int = 0
    """Rare words for which near terms were searched."""
    words_left: int = MAX_WORDS
    expansions_left: int = MAX_EXPANDED

    def may_expand(self) -> bool:
        """Count one more prefix, pattern or fuzzy word; False, with a note, after enough."""
        self.expansions_left -= 1
        if self.expansions_left < 0:
            self.note(
                f"the query has more than {MAX_EXPANDED} words with * or ~: "
                "the rest is searched as typed"
            )
        return self.expansions_left >= 0

    @property
    def expander(self) -> TermExpander:
        """The variants of words in the index."""
        return self.builder.expander

    @property
    def synonyms(self) -> SynonymExpander:
        """The synonyms of words."""
        return SynonymExpander(self.builder)

    def note(self, note: str) -> None:
        """Add a note, once however often a word was typed."""
        if note not in self.notes:
            self.notes.append(note)

    def fitting(self, words: Sequence[Word]) -> list[Word]:
        """The words that fit within :data:`MAX_WORDS`."""
        fitting = list(words[: self.words_left])
        if len(fitting) < len(words):
            self.note(
                f"the query has more than {MAX_WORDS:,} words: the first of them are searched"
            )
        self.words_left -= len(fitting)
        return fitting

    def tokens(self, text: str) -> list[Token]:
        """The tokens of a text that fit."""
        return self.fitting([token for token in analyze(text) if not token.alternative])

    def add_target(
        self,
        text: str,
        terms: Sequence[QueryTerm],
        scope: FieldScope,
        offsets: Sequence[int] = (0,),
        slop: int = 0,
        graph: PhraseGraph | None = None,
        boost: float = 1.0,
    ) -> None:
        """Have the matches of terms highlighted for what was typed."""
        typed = terms if graph is None else [t for t in terms if not t.is_equivalent]
        weight = boost * self.expander.weight(typed)
        self.targets.append(
            MatchTarget(text, tuple(terms), tuple(offsets), slop, scope.body, weight, graph)
        )
