"""Write a file and read the document that is extracted from it."""

from __future__ import annotations

from pathlib import Path

from index.document import Document
from index.extract import read


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
