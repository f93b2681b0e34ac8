"""What was indexed from where, in which state, and what was left out and why.

A catalog belongs to one commit: it is written beside the segments under the number
of their generation, before the table of contents makes both valid together. It knows
the checksums of both, and starts with its own.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from index.document import Skipped
from index.errors import REBUILD, IndexCorrupt


@dataclass(frozen=True, slots=True)
class FileState:
    """A file as it was when it was read."""

    root: str
    """The folder (or file) the user named, under which it was found."""
    size: int
    """Bytes."""
    mtime_ns: int
    sha256: str
    documents: int
    encoding: str | None = None
    complete: bool = True
    """False while a commit holds only the first part of a JSONL file."""


@dataclass(slots=True)
class Catalog:
    """Everything the index knows about the files it was made of."""

    roots: list[str] = field(default_factory=list)
    files: dict[str, FileState] = field(default_factory=dict)
    skipped: list[Skipped] = field(default_factory=list)
    checksums: dict[str, tuple[int, int]] = field(default_factory=dict)
    """The commit's other files, segments and table of contents: name → (bytes, CRC-32)."""

    def under(self, path: str) -> list[str]:
        """The indexed files at or below a path."""
        below = path.rstrip("/") + "/"
        return [file for file in self.files if file == path or file.startswith(below)]

    def to_json(self) -> str:
        """The catalog as text; :meth:`from_json` reads it back."""
        body = json.dumps(
            {
                "roots": self.roots,
                "files": {path: asdict(state) for path, state in self.files.items()},
                "skipped": [asdict(skipped) for skipped in self.skipped],
                "checksums": self.checksums,
            },
            ensure_ascii=True,  # a file name need not be valid Unicode
        )
        return _crc(body) + body[1:]

    @classmethod
    def read(cls, folder: Path, generation: int) -> Catalog:
        """The catalog of a commit. Raises IndexCorrupt or OSError."""
        return cls.from_json(catalog_text(folder, generation))

    @classmethod
    def from_json(cls, text: str) -> Catalog:
        """Raises IndexCorrupt where the text is no catalog, or not as it was written."""
        try:
            data: dict[str, Any] = json.loads(text)
            if not text.startswith(_crc("{" + text[_CRC_LENGTH:])):
                raise ValueError("its checksum is wrong")
            return cls(
                roots=list(data["roots"]),
                files={path: FileState(**state) for path, state in data["files"].items()},
                skipped=[Skipped(**skipped) for skipped in data["skipped"]],
                checksums={name: (size, crc) for name, (size, crc) in data["checksums"].items()},
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise IndexCorrupt(
                f"The index's catalog cannot be read ({error})",
                REBUILD,
            ) from error


def catalog_text(folder: Path, generation: int) -> str:
    """The catalog of a commit as it is written; what is damaged in it fails as JSON."""
    return (folder / f"catalog-{generation}.json").read_text("utf-8", "replace")


def _crc(body: str) -> str:
    """What a catalog starts with: the checksum of its text without this."""
    return f'{{"crc32": "{zlib.crc32(body.encode()):08x}", '


_CRC_LENGTH = len(_crc(""))
