"""What an index holds, for the screen while nothing is typed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from index.document import Skipped
from index.store.layout import latest_generation, toc_name
from search.bidi import clean
from search.desk.saved import SavedSearch
from search.hits.facets import Counts, Facets
from search.results import Hit

if TYPE_CHECKING:  # they need numpy, and the first frame is drawn before
    from search.hits.lazy_results import LazyResults

NEWEST = 10
"""Documents that are listed, the newest of them."""
_MAX_CAUSES = 6
_CAUSES = (
    (re.compile(r"[\d.]+ (MB|kB|bytes), and .* is the limit"), "too large"),
    (re.compile(r"a link to "), "a link out of the folder"),
    (re.compile(r"takes more than .* to read"), "takes too long to read"),
)
"""Beginnings of reasons that name a figure or a file, and what they have in common."""


@dataclass(frozen=True, slots=True)
class FrontPage:
    """What is shown while nothing is typed."""

    newest: LazyResults
    """All documents; its rows are the newest, with their hits built."""
    facets: Facets
    """All documents, counted."""
    committed: datetime | None
    """When the index was last written, in local time; None if that is unknown."""
    left_out: Counts = ()
    """Why files were left out: cause → files, the commonest first."""
    saved: Sequence[tuple[SavedSearch, int | None]] = ()
    """The saved searches, each with the hits that came or changed since it was last asked;
    None if they are too many to count."""

    @property
    def hits(self) -> list[tuple[int, Hit]]:
        """The newest documents: number and hit."""
        known = ((number, self.newest.known(number)) for number, _ in self.newest.rows)
        return [(number, hit) for number, hit in known if hit is not None]


def causes(skipped: Sequence[Skipped]) -> Counts:
    """Count skipped files by cause: problems first, each sort the commonest first.

    >>> causes([Skipped("a", "80 MB, and 64 MB is the limit: see --max-size")])
    (('too large', 1),)
    """
    counts = Counter(_cause(each.reason) for each in skipped)
    problems = {_cause(each.reason) for each in skipped if each.problem}
    ordered = sorted(counts.items(), key=lambda pair: (pair[0] not in problems, -pair[1]))
    kept, rest = ordered[:_MAX_CAUSES], ordered[_MAX_CAUSES:]
    others = [("other reasons", sum(count for _, count in rest))] if rest else []
    return (*kept, *others)


def _cause(reason: str) -> str:
    """Return what a reason has in common with others: no figures, no names."""
    for pattern, cause in _CAUSES:
        if pattern.match(reason):
            return cause
    first = re.split(r"[:;(]", reason, maxsplit=1)[0]
    return clean(re.sub(r"[\d,.–]*\d", "…", first)).strip()


def time_of_commit(folder: Path) -> datetime | None:
    """Return when an index was last written, in local time; None if that is unknown."""
    with suppress(OSError, ValueError, OverflowError):
        written = (folder / toc_name(latest_generation(folder))).lstat().st_mtime
        return datetime.fromtimestamp(written).astimezone()
    return None
