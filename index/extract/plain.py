"""Read plain text: the file is the document."""

from __future__ import annotations

from collections.abc import Iterator

from index.document import Document
from index.extract.file_source import FileSource, decode_text


def read(source: FileSource) -> Iterator[Document]:
    """Yield one document without a title. Raises `Unreadable` if the file is not text."""
    data = source.load()
    decoded = decode_text(source, data)
    yield source.document(data, decoded.text, encoding=decoded.encoding)
