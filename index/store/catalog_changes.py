"""What changed between two commits: documents that came and went, files with other content."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from index.store.catalog import CatalogReader, FileState, understanding


@dataclass(frozen=True, slots=True)
class CatalogChanges:
    """The changes from one commit to another."""

    came: int = 0
    """Documents that only the later one has."""
    went: int = 0
    """Documents that only the earlier one has."""
    changed: int = 0
    """Files that have other content, and as many documents."""

    def __str__(self) -> str:
        """Return the changes as a phrase: ``+2 −1, 1 changed``; "" if there are none."""
        came = f"+{self.came:,}" if self.came else ""
        went = f"−{self.went:,}" if self.went else ""
        moved = " ".join(filter(None, (came, went)))
        return ", ".join(filter(None, (moved, f"{self.changed:,} changed" if self.changed else "")))


def catalog_changes(before: CatalogReader, after: CatalogReader) -> CatalogChanges:
    """Return what changed. Raises IndexCorrupt.

    Most lines of two catalogs are equal; only the others are understood.
    """
    old_lines, new_lines = set(before.lines()), set(after.lines())
    with understanding():
        old = _states(old_lines - new_lines)
        new = _states(new_lines - old_lines)
    both = [(old[path], new[path]) for path in old.keys() & new.keys()]
    return CatalogChanges(
        came=sum(_more(new.get(path), old.get(path)) for path in new),
        went=sum(_more(old.get(path), new.get(path)) for path in old),
        changed=sum(
            one.sha256 != other.sha256 and one.documents == other.documents for one, other in both
        ),
    )


def _states(lines: Iterable[bytes]) -> dict[str, FileState]:
    """Return the states of files by path."""
    rows = map(json.loads, filter(None, lines))
    return {path: FileState(*state) for path, *state in rows}


def _more(one: FileState | None, other: FileState | None) -> int:
    """Return how many documents one state of a file has more than the other."""
    counts = [state.documents if state else 0 for state in (one, other)]
    return max(counts[0] - counts[1], 0)
