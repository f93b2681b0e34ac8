"""Random queries and mutated documents are answered, skipped or refused, and nothing else."""

from __future__ import annotations

from pathlib import Path

from index import IndexWriter
from tests.faults import damage, documents, queries


def test_any_query_is_answered_or_refused(tmp_path: Path) -> None:
    index = tmp_path / "index"
    with IndexWriter.open(index) as writer:
        writer.add_path(damage.documents(tmp_path / "docs"))
    found = queries.queries(index, tmp_path, seed=1, count=300)
    assert {how for how in found if not how.startswith("slow")} <= {"answered", "refused"}, found


def test_any_mutated_document_is_read_skipped_or_unreadable(tmp_path: Path) -> None:
    found = documents.mutated_files(tmp_path, tmp_path / "room", seed=1, count=200)
    safe = {"documents", "skipped", "unreadable"}
    assert {how for how in found if not how.startswith("slow")} <= safe, found
