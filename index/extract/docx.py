"""DOCX: paragraphs and tables in the order they stand in."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date
from typing import Any

import docx

from index.document import Document
from index.errors import Unreadable
from index.extract.file_source import FileSource, one_line

UNPACKED = 256 * 1024 * 1024
"""Bytes that the parts of a file may unpack to; more is no document but a bomb."""

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"

# What an element of the body writes. Its own text, or a mark where it starts…
MARKS = {WORD + "tab": "\t", WORD + "br": "\n", WORD + "cr": "\n", WORD + "noBreakHyphen": "-"}
# …and the line end of a paragraph, where it ends: a cell of a table is paragraphs too.
TEXT, PARAGRAPH = WORD + "t", WORD + "p"
# The second version of a drawing's text, and the tab stops that paragraphs declare.
UNSEEN = {FALLBACK, WORD + "pPr"}


def read(source: FileSource) -> Iterator[Document]:
    """One document. Raises `Unreadable` for a file that is broken, too large or no DOCX."""
    data = source.load()
    _check(source, data)
    try:
        word = docx.Document(io.BytesIO(data))
        text = "".join(_written(word.element.body))
        title, made = _facts(word)
    except Exception as error:  # a damaged part fails in whatever code meets it first
        raise _broken(source, error) from error
    yield source.document(data, text.strip("\n"), title=one_line(title), date=made)


def _check(source: FileSource, data: bytes) -> None:
    """Refuse what is no ZIP archive, and what would not fit in memory."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(part.file_size for part in archive.infolist())
    except Exception as error:  # a damaged directory fails in many ways
        raise _broken(source, error) from error
    if size > UNPACKED:
        raise Unreadable(
            f"{source.path} unpacks to {size >> 20} MB, and {UNPACKED >> 20} MB is the limit",
            "Split the document, or save its text alone.",
        )


def _broken(source: FileSource, error: Exception) -> Unreadable:
    """The sentence for a file that Word would not open either."""
    return Unreadable(
        f"{source.path} is not a whole DOCX file: {type(error).__name__}",
        "Open it in a word processor and save it anew, without a password.",
    )


def _written(element: Any) -> Iterator[str]:
    """The text under an element, in document order."""
    if element.tag in UNSEEN:
        return
    if element.tag == TEXT:
        yield element.text or ""
    yield MARKS.get(element.tag, "")
    for child in element:
        yield from _written(child)
    if element.tag == PARAGRAPH:
        yield "\n"


def _facts(word: Any) -> tuple[str, date | None]:
    """The title and the day of creation that the file states."""
    facts = word.core_properties
    return facts.title or "", facts.created.date() if facts.created else None
