"""Folders with their document counts as the rows of a tree, of which parts are unfolded."""

from __future__ import annotations

import os.path
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from search.hits.facets import Counts

MAX_FOLDERS = 12
"""Folders that are listed in one folder, those with the most documents."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A row of the tree."""

    path: str
    above: str
    """The path of the row that it is in; ``""`` for the first."""
    count: int
    depth: int
    """Rows that it is in."""
    unfolded: bool | None
    """None if no folder is in it."""


def folder_rows(counts: Counts, turned: Collection[str]) -> list[Folder]:
    """Return the rows of the folders of :class:`search.hits.facets.Facets`.

    The first folder is unfolded and the others are not, except for those in ``turned``: there it
    is the other way round. A folder that only leads to another one has no row.
    """
    if not counts:
        return []
    inside: dict[str, list[str]] = defaultdict(list)
    for path, _ in counts[1:]:
        inside[os.path.dirname(path)].append(path)  # noqa: PTH120 (not split into parts)
    return [*_rows(counts[0][0], "", 0, dict(counts), inside, turned)]


def _rows(
    path: str,
    above: str,
    depth: int,
    counts: Mapping[str, int],
    inside: Mapping[str, list[str]],
    turned: Collection[str],
) -> Iterator[Folder]:
    while len(within := inside.get(path, [])) == 1 and counts[within[0]] == counts[path]:
        path = within[0]
    unfolded = (path in turned) != (depth == 0) if within else None
    yield Folder(path, above, counts[path], depth, unfolded)
    if unfolded:
        for folder in within[:MAX_FOLDERS]:
            yield from _rows(folder, path, depth + 1, counts, inside, turned)
