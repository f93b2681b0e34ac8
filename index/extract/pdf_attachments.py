"""Files that are attached to a PDF: each is a document of its own, ``FILE.pdf!/name``."""

from __future__ import annotations

import ctypes
import hashlib
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from itertools import chain, count
from pathlib import Path, PurePath
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from index.document import MEMBER, Document, Part, Skipped
from index.errors import Unreadable
from index.extract.file_signatures import HEAD_SIZE, describe_binary
from index.extract.file_source import FileSource
from index.extract.formats import FORMATS, TEXT, Format, format_by_content
from index.extract.metadata import printable

MAX_ATTACHMENTS = 500
MAX_ATTACHED_SIZE = 64 << 20
"""Bytes of all files attached to a PDF that are read."""
MAX_NAME_LENGTH = 120
"""Characters of the name of an attached file."""
BY_CONTENT = ((b"%PDF-", "pdf"), (b"PK\x03\x04", "docx"))
"""First bytes of a file, and the format in which it is read if its suffix is not listed."""
LABEL = "attachment"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file in a PDF."""

    name: str
    """As the PDF states it."""
    content: bytes | None
    """None if it was not read: there is too much of it, or it is damaged."""
    reason: str = ""
    """Why not, as a clause."""


class Attachments:
    """Collects the files attached to an open PDF, or to a comment in it."""

    def __init__(self, pdf: Any) -> None:
        indices = range(min(pdf.count_attachments(), MAX_ATTACHMENTS))
        self._handles = [pdfium.FPDFDoc_GetAttachment(pdf, index) for index in indices]
        self._pdf = pdf

    def add(self, handle: Any) -> None:
        """Add the file that is attached to a comment."""
        if handle and len(self._handles) < MAX_ATTACHMENTS:
            self._handles.append(handle)

    def read(self) -> Iterator[Attachment]:
        """Yield the files with their contents, those that are attached twice once."""
        seen: set[tuple[str, bytes]] = set()
        room = MAX_ATTACHED_SIZE
        for handle in filter(None, self._handles):
            attachment = _attachment(pypdfium2.PdfAttachment(handle, self._pdf), room)
            content = attachment.content or b""
            room -= len(content)
            known = attachment.name, hashlib.sha256(content).digest()
            if known not in seen:
                yield attachment
            seen.add(known)


def _attachment(attached: Any, room: int) -> Attachment:
    """Return an attached file of up to ``room`` bytes."""
    try:
        name = attached.get_name()
    except (pypdfium2.PdfiumError, UnicodeDecodeError):
        name = ""
    size = ctypes.c_ulong()
    if not pdfium.FPDFAttachment_GetFile(attached, None, 0, size):
        return Attachment(name, None, "it is damaged")
    if size.value > room:
        return Attachment(name, None, f"there is more than {MAX_ATTACHED_SIZE >> 20} MB attached")
    try:
        return Attachment(name, bytes(attached.get_data()) if size.value else b"")
    except pypdfium2.PdfiumError:
        return Attachment(name, None, "it is damaged")


def read_attachments(
    source: FileSource, attachments: Iterator[Attachment]
) -> Iterator[Document | Skipped]:
    """Yield the documents of attached files, and a `Skipped` for each that is none.

    Those of an attached file are not read.
    """
    if source.content is not None:
        if next(attachments, None):
            yield Skipped(str(source.path), "the files attached to it are not read")
        return
    names: set[str] = set()
    for attachment in attachments:
        name = _name(attachment.name, names)
        names.add(name)
        path = Path(f"{source.path}{MEMBER}{name}")
        if attachment.content is None:
            yield Skipped(str(path), attachment.reason, problem=True)
        else:
            yield from _documents(source, path, attachment.content)


def _name(stated: str, names: Container[str]) -> str:
    """Return the name of a file, cleaned, without folders, and different from the others."""
    path = PurePath(printable(stated.replace("\\", "/").rpartition("/")[2]))
    suffix = path.suffix[:MAX_NAME_LENGTH]
    stem = path.name.removesuffix(suffix)[: MAX_NAME_LENGTH - len(suffix)].strip()
    stem = stem if stem.strip(".") else LABEL
    numbered = (f"{stem} ({number}){suffix}" for number in count(2))
    return next(name for name in chain([stem + suffix], numbered) if name not in names)


def _documents(source: FileSource, path: Path, content: bytes) -> Iterator[Document | Skipped]:
    """Yield the documents of one attached file."""
    row = _format(path, content)
    if row is None:
        kind = describe_binary(content[:HEAD_SIZE])
        yield Skipped(str(path), f"not a type that is read: {kind}")
        return
    try:
        for item in row.reader()(FileSource(path, row.name, source.modified, content=content)):
            yield _labelled(item) if isinstance(item, Document) else item
    except Unreadable as error:
        yield Skipped(str(path), error.message.removeprefix(f"{path} "), problem=True)


def _format(path: Path, content: bytes) -> Format | None:
    """Return the format of a file by its suffix, or by its content; None if it is not read.

    Lines of JSON are read as text: a document has no documents of its own.
    """
    head = content[:HEAD_SIZE]
    row = format_by_content(path, head)
    if row and not row.streams:
        return row
    by_content = next((name for start, name in BY_CONTENT if content.startswith(start)), None)
    if by_content:
        return next(row for row in FORMATS if row.name == by_content)
    return None if describe_binary(head) else TEXT


def _labelled(document: Document) -> Document:
    """Return a document whose main text is labelled as that of an attachment."""
    parts = document.parts
    if not parts or parts[0].start:
        parts = (Part(0, ""), *parts)
    return replace(document, parts=tuple(Part(p.start, p.label or LABEL) for p in parts))
