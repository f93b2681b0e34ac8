"""The report of a run of the indexer as a sentence."""

from __future__ import annotations

from index.indexing.report import IndexReport


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
    skipped = f" {len(report.skipped):,} skipped." if report.skipped else ""
    documents = "document" if report.documents == 1 else "documents"
    return (
        f"{changed} in {report.seconds:.1f} s.{skipped} "
        f"The index holds {report.documents:,} {documents}."
    )
