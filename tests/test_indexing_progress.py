"""The progress of the indexer: by bytes, so that one large file moves it too."""

from __future__ import annotations

import gzip
import io
import json
import sys
from pathlib import Path

import pytest
from commands import written

from index import IndexWriter
from index.indexing import segment_batch
from index.indexing.report import Progress
from search.cli.progress_bar import progress_bar

LINES = "".join(
    json.dumps({"id": str(n), "text": f"wire {n} ليبيا " * 20}) + "\n" for n in range(40)
)


@pytest.mark.parametrize("name", ["w.jsonl", "w.jsonl.gz"])
@pytest.mark.parametrize("jobs", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_progress_goes_on_within_a_file_and_ends_with_all_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, jobs: int
) -> None:
    monkeypatch.setattr(segment_batch, "PROGRESS_DOCUMENTS", 5)
    data = LINES.encode() if name.endswith("l") else gzip.compress(LINES.encode())
    docs = written(tmp_path / "docs", {name: data, "a.txt": "x" * 300, "b.docx": "no zip"})
    reports: list[Progress] = []
    with IndexWriter.open(tmp_path / "index", jobs=jobs, on_progress=reports.append) as writer:
        writer.add_path(docs)
    total = len(data) + 306
    assert {report.of_bytes for report in reports} == {total}
    steps = [report.bytes for report in reports]
    assert steps == sorted(steps)
    assert (reports[-1].bytes, reports[-1].share) == (total, 1.0)
    if jobs == 1 and not name.endswith("gz"):  # little compressed data is read at once
        assert len({step for step in steps if 300 < step < total - 6}) >= 7


def test_the_bar_shows_bytes_documents_a_second_and_the_time_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    screen = io.StringIO()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr(screen, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    with progress_bar(silent=False) as update:
        assert update is not None
        update(Progress(0, 2, 1200, "a.jsonl", 5 << 20, 10 << 20))
    shown = screen.getvalue()
    assert "5.0/10.0 MiB" in shown
    assert "1,200 documents, " in shown
    assert "/s" in shown


def test_nothing_to_read_is_all() -> None:
    assert Progress(0, 0, 0, "").share == 1.0
