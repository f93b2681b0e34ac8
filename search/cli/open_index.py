"""Open the index that a command names, and answer a query from it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from index.errors import IndexEmpty
from search.cli import options as opt
from search.options import Options
from search.results import SearchResults
from search.searcher import Searcher
from search.suggest.suggestions import in_other_layout


def open_searcher(index: Path | None, *, skip_damaged: bool) -> Searcher:
    """Return the searcher of an index that holds documents. Raises UnusableIndex."""
    folder = opt.index_folder(index)
    searcher = Searcher.open(folder, skip_damaged=skip_damaged)
    if not searcher.document_count and not skip_damaged:
        raise IndexEmpty(f"The index at {folder} is empty", "fill it with `dalil index FOLDER`")
    return searcher


def answered(searcher: Searcher, text: str, options: Options) -> SearchResults:
    """Return the results of a query; if nothing has its words, of those of the other keyboard.

    A note says so. Words behind ``+``, an exact, plain or strict query are taken as typed.
    """
    results = searcher.search(text, options=options)
    other = in_other_layout(text)
    if results.total or other == text or options.exact or options.plain or options.strict:
        return results
    instead = searcher.search(other, options=options)
    if not instead.total:
        return results
    typed = f"; +{text} finds what was typed" if text.isprintable() and " " not in text else ""
    note = f"searched as {other}, with the other keyboard{typed}"
    return replace(instead, query=text, suggestion=other, notes=(note, *instead.notes))
