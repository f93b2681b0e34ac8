"""Build small indexes for tests from texts or files, and read what a search returns."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from index import IndexWriter
from index.store import commit
from search import Hit, Searcher, Snippet

Texts = Mapping[str, str | Mapping[str, Any]]
"""Document id → its text, or the fields of its line of JSONL."""


@contextmanager
def unmerged() -> Iterator[None]:
    """Switch off merging: every commit leaves a segment of its own."""
    with patch.object(commit, "to_merge", lambda sizes: []):
        yield


def build(folder: Path, texts: Texts, *, segments: int = 1) -> Searcher:
    """Index the texts in ``segments`` commits, each of which leaves one segment."""
    items = list(texts.items())
    size = max(1, -(-len(items) // segments))
    files = folder / "files"
    files.mkdir(parents=True)
    with unmerged(), IndexWriter.open(folder / "index") as writer:
        for start in range(0, len(items), size):
            file = files / f"{start:05}.jsonl"
            file.write_text("".join(_line(*item) for item in items[start : start + size]), "utf-8")
            writer.add_path(file)
    return Searcher.open(folder / "index")


def thinned(folder: Path, texts: Texts, *, segments: int = 1, size: int = 5) -> Searcher:
    """Index the texts in ``segments`` segments, and delete a third of each one's documents.

    A segment is indexed from files of ``size`` documents, because files are deleted as a
    whole. If there are several segments, half of the files are changed instead: their new
    versions make one more segment each.
    """
    items = list(texts.items())
    share = -(-len(items) // segments)
    with unmerged(), IndexWriter.open(folder / "index") as writer:
        for start in range(0, len(items), share):
            inside = folder / "files" / f"{start:05}"
            inside.mkdir(parents=True)
            for at in range(start, min(start + share, len(items)), size):
                file = inside / f"{at:05}.jsonl"
                lines = (_line(*item) for item in items[at : min(at + size, start + share)])
                file.write_text("".join(lines), "utf-8")
            writer.add_path(inside)
        for inside in sorted((folder / "files").iterdir()):
            for n, file in enumerate(sorted(inside.iterdir())[::3]):
                if segments > 1 and n % 2:
                    lines = file.read_text("utf-8").splitlines(keepends=True)
                    file.write_text("".join(reversed(lines)), "utf-8")
                else:
                    file.unlink()
            writer.add_path(inside)
    return Searcher.open(folder / "index")


def _line(name: str, given: str | Mapping[str, Any]) -> str:
    fields = {"text": given} if isinstance(given, str) else dict(given)
    return json.dumps({"id": name, "title": "", "text": "", **fields}) + "\n"


def index_files(folder: Path, files: Mapping[str, bytes | str]) -> Searcher:
    """Index files with these contents."""
    for name, content in files.items():
        path = folder / "files" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with IndexWriter.open(folder / "index") as writer:
        writer.add_path(folder / "files")
    return Searcher.open(folder / "index")


def ids(searcher: Searcher, query: str, **options: Any) -> list[str]:
    """Return the ids of the first 100 hits, in order."""
    return [hit.id for hit in searcher.search(query, limit=100, **options).hits]


def highlighted(hit: Hit) -> list[str]:
    """Return the highlighted parts of a hit's title and snippets."""
    title = [hit.title[start:end] for start, end in hit.title_spans]
    return title + [part for snippet in hit.snippets for part in highlighted_parts(snippet)]


def highlighted_parts(snippet: Snippet) -> Sequence[str]:
    """Return the highlighted parts of a snippet."""
    return [snippet.text[start:end] for start, end in snippet.spans]
