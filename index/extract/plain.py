"""Plain text: the file is the document."""

from __future__ import annotations

from collections.abc import Iterator

from index.document import Document
from index.extract.file_source import FileSource, text_of


def read(source: FileSource) -> Iterator[Document]:
    """One document without a title. Raises `Unreadable` when the file is not text."""
    data = source.load()
    decoded = text_of(source, data)
    yield source.document(data, decoded.text, encoding=decoded.encoding)
