"""Random queries and mutated documents are answered, skipped or refused, and nothing else."""

from __future__ import annotations

from pathlib import Path

from index import IndexWriter
from tests.faults import damage, documents, queries
from tests.faults.shrink import shrunk


def test_any_query_is_answered_or_refused(tmp_path: Path) -> None:
    index = tmp_path / "index"
    with IndexWriter.open(index) as writer:
        writer.add_path(damage.documents(tmp_path / "docs"))
    found = queries.queries(index, tmp_path, seed=1, count=300)
    assert {how for how in found if not how.startswith("slow")} <= queries.SAFE, found


def test_any_mutated_document_is_read_skipped_or_unreadable(tmp_path: Path) -> None:
    found = documents.mutated_files(tmp_path, tmp_path / "room", seed=1, count=200)
    assert {how for how in found if not how.startswith("slow")} <= documents.SAFE, found


def test_a_failing_input_is_shrunk_to_the_part_that_fails() -> None:
    assert shrunk("libya AND (russia OR \0 oil)", lambda text: "\0" in text) == "\0"
    assert shrunk(b"a" * 1000 + b"xy" + b"b" * 1000, lambda data: b"xy" in data) == b"xy"
