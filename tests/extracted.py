"""Write a file, and read its documents, without the process in which the indexer reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from index import extract
from index.document import Document, Skipped
from index.errors import DalilError, Unreadable
from index.extract import read
from index.extract.walk import Candidate
from index.sandbox.reader import SandboxedReader


def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the indexer read files in this process, where a test can replace the reader."""

    def ahead(_: SandboxedReader, files: Iterable[Candidate]) -> Iterable[Candidate]:
        return files

    def reads(_: SandboxedReader, file: Candidate) -> Iterator[Document | Skipped]:
        try:
            yield from extract.read(file.path)
        except DalilError:
            raise
        except Exception as error:
            raise Unreadable(f"{file.path} cannot be read: {error!r}") from error

    monkeypatch.setattr(SandboxedReader, "ahead", ahead)
    monkeypatch.setattr(SandboxedReader, "read", reads)


def only_document(path: Path) -> Document:
    """Return the single document of a file."""
    (document,) = read(path)
    assert isinstance(document, Document)
    return document


def write_file(folder: Path, name: str, data: bytes | str) -> Path:
    """Write a file into a folder and return its path."""
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path
