"""Export the hits of a search as a dossier, for ``dalil search --export``."""

from __future__ import annotations

from pathlib import Path

from search.cli.console import print_note
from search.cli.progress_bar import count_bar
from search.export import files
from search.export.collection import described, digests, dossier_of_hits
from search.options import Options
from search.render.lines import one_line
from search.results import SearchResults
from search.searcher import Searcher


def export_hits(
    searcher: Searcher, query: str, options: Options, index: Path, to: Path, *, force: bool
) -> SearchResults:
    """Search, write the dossier of the hits if there are any, and say what is in it.

    Raises DalilError, for a file that cannot be written before the search.
    """
    to = to.expanduser()
    files.check_target(to, force=force)
    with count_bar("exporting") as count:
        results = searcher.search(query, options=options, progress=count)
    if not results.hits:
        return results
    dossier = dossier_of_hits(
        query,
        results.hits,
        results.total,
        digest=digests(lambda: searcher.catalog),
        index=index,
        options=described(options),
        notes=results.notes,
    )
    files.write(dossier, to, force=force)
    print_note(_sentence(results, dossier.quotations, to))
    return results


def _sentence(results: SearchResults, quotations: int, to: Path) -> str:
    hits, copies = len(results.hits), sum(len(hit.copies) for hit in results.hits)
    counts = f"{hits:,} of {results.total:,} documents, {quotations:,} quotations: {to}"
    more = "" if hits + copies >= results.total else " (all of them with --all)"
    return one_line(counts) + more
