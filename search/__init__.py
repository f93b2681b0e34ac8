"""The reading side: a query to documents, documents to hits, hits to a screen.

Ask here for ...                            ... in
------------------------------------------  -----------------------------------
what was typed, as a tree                   ``query``
a text to that tree                         ``parser``, ``scanner``, ``values``
its words' other forms in this index        ``spellings``, ``expansion``, ``forms``
near words of its dictionary                ``neighbours``, ``grams``, ``vocabulary``
its names in other spellings, its aliases   ``names``, ``slots``, ``equivalents``, ``aliases``
what runs, and what is lit up               ``plan``, ``words``, ``target``
what Whoosh lacks for that                  ``compound``, ``filters``, ``phrase``
where words of a phrase stand               ``positions``
what a match is worth                       ``scoring``
its words as lists of documents             ``leaves``, ``adjacency``
who matches, by arrays, and what it scores  ``evaluate``, ``kernels``
all matches, and the best of them           ``collector``
the best ranked once more                   ``rerank``
what to try where nothing is found          ``suggest``, ``layouts``
what is kept of them                        ``segments``, ``source``
the passage to show, and where to cut it    ``snippet``, ``borders``
a document as a hit                         ``hits``
all hits, made as they are looked at        ``listing``, ``spans``, ``facets``
all of it in order                          ``searcher``
the answer as data                          ``results``
right-to-left text in a terminal            ``bidi``
the answer as lines, JSON, CSV, TREC        ``render``
the commands                                ``cli``
the screen                                  ``tui``
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
