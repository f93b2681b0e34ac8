"""Read DOCX: paragraphs and tables in document order."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date
from itertools import accumulate
from typing import Any

import docx

from index.document import Document
from index.errors import Unreadable
from index.extract.file_source import FileSource
from index.extract.metadata import collapse_spaces

MAX_UNPACKED_SIZE = 256 * 1024 * 1024
"""Bytes of all unpacked parts of a file; more is a zip bomb rather than a document."""

UNPACKED_PIECE = 1 << 20
NO_MEMORY = 2  # XML_ERR_NO_MEMORY, the code of an error of libxml2

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"

# The text of an element of the body: its own text, or a character at its start…
CHARACTERS = {WORD + "tab": "\t", WORD + "br": "\n", WORD + "cr": "\n", WORD + "noBreakHyphen": "-"}
# …and a line end at the end of a paragraph; the cells of a table consist of paragraphs too.
TEXT, PARAGRAPH = WORD + "t", WORD + "p"
# The alternative text of a drawing, and the tab stops that a paragraph declares.
SKIPPED_TAGS = {FALLBACK, WORD + "pPr"}


def read(source: FileSource) -> Iterator[Document]:
    """Yield one document. Raises `Unreadable` if the file is damaged, too large or not DOCX."""
    data = source.load()
    _check_archive(source, data)
    try:
        word = docx.Document(io.BytesIO(data))
        text = "".join(_text_under(word.element.body))
        title, created = _properties(word)
    except MemoryError:
        raise
    except Exception as error:  # a damaged part fails in whatever code reads it first
        if getattr(error, "code", None) == NO_MEMORY:
            raise MemoryError from error
        raise _broken(source, error) from error
    yield source.document(data, text.strip("\n"), title=collapse_spaces(title), date=created)


def _check_archive(source: FileSource, data: bytes) -> None:
    """Raise `Unreadable` if the file is not a ZIP archive, or unpacks to too much.

    The parts are unpacked a piece at a time, for the sizes in the directory may be wrong.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            sizes = accumulate(_unpacked_sizes(archive))
            is_large = any(size > MAX_UNPACKED_SIZE for size in sizes)
    except Exception as error:  # a damaged directory raises many types of error
        raise _broken(source, error) from error
    if is_large:
        raise Unreadable(
            f"{source.path} unpacks to more than {MAX_UNPACKED_SIZE >> 20} MB",
            "Split the document, or save its text alone.",
        )


def _unpacked_sizes(archive: zipfile.ZipFile) -> Iterator[int]:
    """Yield the size of each piece of each part, in bytes."""
    for part in archive.infolist():
        with archive.open(part) as stream:
            while piece := stream.read(UNPACKED_PIECE):
                yield len(piece)


def _broken(source: FileSource, error: Exception) -> Unreadable:
    """Return the error for a file that a word processor would not open either."""
    return Unreadable(
        f"{source.path} is not a complete DOCX file: {type(error).__name__}",
        "Open it in a word processor and save it anew, without a password.",
    )


def _text_under(element: Any) -> Iterator[str]:
    """Yield the text of an element and its descendants, in document order."""
    if element.tag in SKIPPED_TAGS:
        return
    if element.tag == TEXT:
        yield element.text or ""
    yield CHARACTERS.get(element.tag, "")
    for child in element:
        yield from _text_under(child)
    if element.tag == PARAGRAPH:
        yield "\n"


def _properties(word: Any) -> tuple[str, date | None]:
    """Return the title and the day of creation that the file states."""
    stated = word.core_properties
    return stated.title or "", stated.created.date() if stated.created else None
