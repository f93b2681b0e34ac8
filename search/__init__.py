"""The reading side: a query to documents, documents to hits, hits to a screen.

Ask here for ...                            ... in
------------------------------------------  -----------------------------------
what was typed, as a tree                   ``query``
its words' other forms in this index        ``spellings``, ``expansion``
what runs, and what is lit up               ``plan``, ``target``, ``phrase``
what a match is worth                       ``scoring``
all matches, and the best of them           ``collector``
the passage to show                         ``snippet``
all of it in order                          ``searcher``
the answer as data                          ``results``
right-to-left text in a terminal            ``bidi``
the answer as lines, JSON, CSV, TREC        ``render``
the commands                                ``cli``
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from search.results import Hit, Match, SearchResults, Snippet

if TYPE_CHECKING:
    from search.searcher import Searcher

__all__ = ["Hit", "Match", "SearchResults", "Searcher", "Snippet"]


def __getattr__(name: str) -> Any:
    """Import the searcher when it is asked for: results can be used without it."""
    if name == "Searcher":
        from search.searcher import Searcher  # noqa: PLC0415

        return Searcher
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
