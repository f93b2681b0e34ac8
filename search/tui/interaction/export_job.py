"""Export hits of the screen to a dossier, in a thread."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from search.bidi import clean
from search.export import files
from search.export.exhibits import Window, all_hits
from search.options import DOSSIER_FRAGMENTS, DOSSIER_WIDTH
from search.render.lines import shown_path
from search.results import Hit
from search.tui.interaction.progress_relay import Stopped
from search.tui.interaction.search_session import SearchRequest, SearchSession

if TYPE_CHECKING:  # they need numpy, and the first frame is drawn before
    from search.hits.lazy_results import LazyResults

MARKED = "the hits were marked by hand"
"""The note of a dossier of marked hits."""
OTHERS = "they were marked while another query was on the screen: hits "
"""The note of those that the query does not find, before their ranks."""
_MAX_NAME = 40
"""Characters of the query in the name that is proposed."""

Found = tuple[list[Hit], int, tuple[str, ...]]
"""Hits, the total of the query, and notes."""


@dataclass(slots=True)
class ExportJob:
    """The export of the marked hits, or of all hits of a query.

    ``run`` is called in a thread; ``done`` and ``total`` say how far it is.
    """

    session: SearchSession
    query: str
    marked: Sequence[Hit]
    total: int
    """Documents that the query finds."""
    exact: bool = False
    """Whether words are searched as typed."""
    done: int = 0
    stopped: bool = False
    """Whether the user does not want it any more."""

    def run(self, to: Path, *, force: bool) -> str:
        """Write the dossier and say what is in it. Raises DalilError, or Stopped."""
        from search.export.collection import digests, dossier_of_hits  # noqa: PLC0415 (rarely needed)

        files.check_target(to, force=force)
        self.done = 0
        hits, total, notes = self._marked() if self.marked else self._all()
        dossier = dossier_of_hits(
            self.query,
            hits,
            total,
            digest=digests(self.session.catalog),
            index=self.session.folder,
            notes=notes,
        )
        self._check()
        files.write(dossier, to, force=force)
        documents = "document" if len(hits) == 1 else "documents"
        name = clean(shown_path(str(to)))
        return f"{len(hits):,} {documents}, {dossier.quotations:,} quotations: {name}"

    def _marked(self) -> Found:
        """Return the marked hits, with longer quotations of those that the query finds."""
        listing = self._listing() if self.query else None
        hits: list[Hit] = []
        others: list[str] = []
        for rank, marked in enumerate(self.marked, 1):
            hit = self.session.hit(listing, marked.path) if listing else None
            others += [] if hit else [str(rank)]
            hits.append(replace(hit or marked, rank=rank))
            self._progress(rank)
        notes = (MARKED, *([OTHERS + ", ".join(others)] if others else []))
        return hits, max(self.total, len(hits)), (*notes, *(listing.notes if listing else ()))

    def _listing(self) -> LazyResults:
        """Search again, for quotations that are longer than on the screen."""
        request = SearchRequest(
            self.query,
            width=DOSSIER_WIDTH,
            rows=0,
            fragments=DOSSIER_FRAGMENTS,
            exact=self.exact,
        )
        listing = self.session.search(request, lambda: True)
        if listing is None:  # the screen was closed
            raise Stopped
        return listing

    def _all(self) -> Found:
        listing = self._listing()
        hits = list(all_hits(self._window(listing), listing.total, self._progress))
        return hits, listing.total, listing.notes

    def _window(self, listing: LazyResults) -> Window:
        return lambda first, count: self.session.hits(listing, first, count)

    def _progress(self, count: int) -> None:
        self.done = count
        self._check()

    def _check(self) -> None:
        if self.stopped:
            raise Stopped


def proposed(query: str, folder: Path, today: date) -> str:
    """Return a name for the dossier of a query, of a file that is not in the folder yet.

    >>> proposed('libya "oil ministry" lang:ar', Path("/nowhere"), date(2026, 11, 28))
    'libya-oil-ministry-lang-ar-2026-11-28.html'
    """
    words = "-".join(re.findall(r"\w+", clean(query)))[:_MAX_NAME].strip("-_")
    stem = f"{words or 'dossier'}-{today.isoformat()}"
    names = (f"{stem}{f'-{n}' if n > 1 else ''}.html" for n in range(1, 1000))
    return next((name for name in names if not (folder / name).exists()), f"{stem}.html")
