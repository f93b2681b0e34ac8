"""The report of a run of the indexer as a sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from index.document import Skipped
from index.indexing.report import IndexReport
from search.render.lines import amount

_ON_PURPOSE = {
    "hidden": "hidden",
    "ignored": "ignored",
    "a broken link": "broken links",
    "a link": "links",
    "not a plain file": "no plain files",
    "the index itself": "the index",
}
"""How the reasons begin for which a file is left out although nothing is wrong → their kind."""


def left_out_kind(skipped: Skipped) -> str:
    """Return the kind of a file that is left out on purpose; "" for one to be reported."""
    if skipped.problem:
        return ""
    kinds = (kind for begin, kind in _ON_PURPOSE.items() if skipped.reason.startswith(begin))
    return next(kinds, "")


def left_out_sentence(skipped: Sequence[Skipped]) -> str:
    """Return how many files were left out on purpose, by kind; "" if there are none.

    >>> left_out_sentence([Skipped("a", "hidden"), Skipped("b", "ignored by .ignore")])
    '2 left out on purpose (1 hidden, 1 ignored)'
    """
    kinds = Counter(kind for kind in map(left_out_kind, skipped) if kind)
    if not kinds:
        return ""
    listed = ", ".join(f"{count:,} {kind}" for kind, count in kinds.most_common())
    return f"{kinds.total():,} left out on purpose ({listed})"


def report_sentence(report: IndexReport) -> str:
    """Return what a run changed, how long it took, and what the index holds now."""
    counts = {
        "added": report.added,
        "updated": report.updated,
        "moved": report.moved,
        "removed": report.removed,
    }
    changes = ", ".join(f"{verb} {count:,}" for verb, count in counts.items() if count)
    files = "file" if sum(counts.values()) == 1 else "files"
    changed = f"{changes} {files}".capitalize() if changes else "Nothing has changed"
    left_out = left_out_sentence(report.skipped)
    skipped = f" {left_out}." if left_out else ""
    return (
        f"{changed} in {report.seconds:.1f} s.{skipped} "
        f"The index holds {amount(report.documents, 'document')}."
    )
