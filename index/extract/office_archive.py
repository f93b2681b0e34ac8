"""The archive of an Office document: its parts by name, and by their relationships.

A ZIP archive under the Open Packaging Conventions (ECMA-376, part 2). Names of parts and
relationships are those that the document states; nothing is taken from the names of its files.
What is wrong with an archive is said in words, for a user who did not make it.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from lxml import etree

from index.extract.file_signatures import describe_binary
from index.extract.metadata import printable

MAX_UNPACKED_SIZE = 256 * 1024 * 1024
"""Bytes of all parts that are read of a file; more is a zip bomb rather than a document."""
MAX_TABLE_SIZE = 32 << 20
"""Bytes of a part that is held in memory as a tree, such as the styles."""
UNPACKED_PIECE = 1 << 20
PARSER: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "huge_tree": False,
    "load_dtd": False,
}
"""Options of the XML parser: it follows no reference to the outside and expands no entity."""

# Codes of errors of libxml2 (xmlParserErrors): XML_ERR_NO_MEMORY, XML_ERR_RESOURCE_LIMIT, and
# XML_ERR_DOCUMENT_EMPTY, XML_ERR_DOCUMENT_END, XML_ERR_TAG_NOT_FINISHED.
NO_MEMORY, RESOURCE_LIMIT = 2, 116
ENDS_EARLY = (4, 5, 77)
MAX_NAME_LENGTH = 100
"""Characters of the name of a part in a message."""
PASSWORD = "is protected by a password"  # noqa: S105 (a clause, not a password)
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""The stream, named in the directory of an old Office file, that holds an encrypted document."""


class Damaged(Exception):
    """An archive or a part that cannot be read. ``str()`` is the reason, as a clause."""


class TooLarge(Damaged):
    """The parts unpack to more than :data:`MAX_UNPACKED_SIZE`."""


class Relationship(NamedTuple):
    """From one part to another."""

    type: str
    """The last word of its type, which both flavours of the standard share: ``footnotes``."""
    target: str
    """Name of the part."""


class OfficeArchive:
    """Reads the parts of an Office document. Every method raises `Damaged`."""

    def __init__(self, data: bytes) -> None:
        if reason := _not_an_archive(data):
            raise Damaged(reason)
        self._unpacked = 0
        """Bytes that were unpacked so far."""
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            self._parts = {_part_name(i.filename).lower(): i for i in self._archive.infolist()}
        except MemoryError:
            raise
        except Exception as error:  # a damaged directory raises many types of error
            raise Damaged("is cut short, or damaged: its table of contents is missing") from error

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._parts

    def parse(self, name: str, target: Any) -> Any:
        """Send the XML of a part, piece by piece, to a parser target; return what it closes with.

        The target has the methods ``start``, ``end``, ``data`` and ``close`` of lxml's interface.
        """
        parser = etree.XMLParser(target=target, **PARSER)
        with _named(name):
            for piece in self._pieces(name):
                parser.feed(piece)
        with _named(name, at_end=True):
            return parser.close()

    def tree(self, name: str) -> Any:
        """Return the root element of a small part."""
        parser = etree.XMLParser(remove_blank_text=True, collect_ids=False, **PARSER)
        size = 0
        with _named(name):
            for piece in self._pieces(name):
                parser.feed(piece)
                size += len(piece)
                if size > MAX_TABLE_SIZE:
                    raise Damaged(f"its part {name} is larger than {MAX_TABLE_SIZE >> 20} MB")
        with _named(name, at_end=True):
            return parser.close()

    def relationships(self, name: str = "") -> list[Relationship]:
        """Return the relationships of a part, "" for the whole document, without outer ones."""
        folder, base = posixpath.split(name)
        table = posixpath.join(folder, "_rels", f"{base}.rels")
        if table not in self:
            return []
        return [
            Relationship(
                element.get("Type", "").rpartition("/")[2],
                _part_name(posixpath.join("/", folder, element.get("Target", ""))),
            )
            for element in self.tree(table).iterchildren("{*}Relationship")
            if element.get("TargetMode") != "External"
        ]

    def _pieces(self, name: str) -> Iterator[bytes]:
        """Unpack a part a piece at a time, for the sizes in the directory may be wrong."""
        with self._archive.open(self._parts[name.lower()]) as stream:
            while piece := stream.read(UNPACKED_PIECE):
                self._unpacked += len(piece)
                if self._unpacked > MAX_UNPACKED_SIZE:
                    raise TooLarge(f"unpacks to more than {MAX_UNPACKED_SIZE >> 20} MB")
                yield piece


def _part_name(path: str) -> str:
    """Return a path within an archive without the slash at its beginning, and without dots."""
    return posixpath.normpath("/" + path.replace("\\", "/")).lstrip("/")


def _not_an_archive(data: bytes) -> str | None:
    """Return what else a file is, as a clause; None if it begins as an archive does."""
    if data.startswith(b"PK"):
        return None
    if data.startswith(OLD_OFFICE):
        if ENCRYPTED in data:
            return PASSWORD
        return "is named .docx but is a document of an older Office, such as .doc"
    if not data:
        return "is empty"
    return f"is named .docx but is {describe_binary(data) or 'a text'}"


@contextmanager
def _named(name: str, *, at_end: bool = False) -> Iterator[None]:
    """Turn what goes wrong in reading a part into `Damaged`, with its name and the cause.

    ``at_end``: the part was read to its end, so that only that can be missing.
    """
    try:
        yield
    except (MemoryError, Damaged):
        raise
    except Exception as error:  # zipfile, zlib and lxml raise many types
        if getattr(error, "code", None) == NO_MEMORY:
            raise MemoryError from error
        cause = "is cut short" if at_end else _cause(error)
        if cause == PASSWORD:
            raise Damaged(cause) from error
        raise Damaged(f"its part {printable(name[:MAX_NAME_LENGTH])} {cause}") from error


def _cause(error: Exception) -> str:
    """Return what is wrong with a part, as a clause."""
    if isinstance(error, etree.XMLSyntaxError):
        if error.code in ENDS_EARLY:
            return "is cut short"
        is_too_deep = error.code == RESOURCE_LIMIT
        return "nests too deep" if is_too_deep else f"has an error in line {error.lineno}"
    if isinstance(error, RuntimeError) and "encrypted" in str(error):
        return PASSWORD
    return next((cause for kind, cause in CAUSES if isinstance(error, kind)), "is damaged")


CAUSES: tuple[tuple[type[Exception], str], ...] = (
    (KeyError, "is missing"),
    (EOFError, "is cut short"),
    (NotImplementedError, "is compressed by a method that is not read"),
    (zipfile.BadZipFile, "is damaged: its checksum is wrong"),
    (zlib.error, "is damaged: it cannot be unpacked"),
)
"""What is wrong with a part by the type of the error; the first that fits counts."""
