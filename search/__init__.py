"""The reading side: from the text of a query to hits, and from hits to a screen.

::

    query text ──parsing──▶ syntax tree ──planning──▶ executable query and targets
                                           │ asks          │
                       dictionary, names ◀─┘               │ execution, by kernels
                       (the index's terms near a word,     ▼ over query nodes, scored by ranking
                        spellings of a name, aliases)   matching documents, top k
                                                           │ hits: stored text, snippets,
                                                           ▼ highlights, facets
    render (lines, JSON, CSV)  ◀── cli ──  searcher ──▶  results
                                   tui ──┘     └── suggest: what to try if nothing is found

``searcher`` is the facade; ``engine`` is the one boundary towards an index. ``bidi`` puts
right-to-left text in order, ``terminal`` knows the terminal that Dalil runs in.
"""

from __future__ import annotations

TYPE_CHECKING = False  # as in typing, which takes as long to import as Python to start
if TYPE_CHECKING:
    from typing import Any

    from search.results import Hit, Match, SearchResults, Snippet
    from search.searcher import Searcher

__all__ = ["Hit", "Match", "SearchResults", "Searcher", "Snippet"]


def __getattr__(name: str) -> Any:
    """Import a class when it is asked for: results can be used without the searcher."""
    if name == "Searcher":
        from search.searcher import Searcher  # noqa: PLC0415

        return Searcher
    if name in __all__:
        from search import results  # noqa: PLC0415

        return getattr(results, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
