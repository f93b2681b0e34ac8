"""The user's own tags and notes on documents: a line of JSON for each document.

A document is known by its path and by the SHA-256 of its content, so that tags stay with a file
that was changed, and with one that was moved. No run of the indexer changes the file::

    {"path": "/home/me/contract.pdf", "sha256": "…", "tags": ["lead"], "note": "ask Hana"}
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.analysis.lazy_pattern import lazy_pattern
from index.document import MEMBER
from index.private_file import read_file
from index.store.layout import TAGS

if TYPE_CHECKING:  # they need numpy, and the first frame is drawn before
    from index.store.catalog import CatalogReader
    from search.hits.documents import StoredDocuments

_WITHIN = lazy_pattern(f"#|{MEMBER}")
"""What stands between a file and a document in it: ``FILE#id``, ``FILE!/name``."""
MAX_BYTES = 1 << 26
"""Bytes of the file; a larger one is not used."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """The tags of a document and a note on it."""

    path: str
    sha256: str
    tags: tuple[str, ...] = ()
    note: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing."""
        return not self.tags and not self.note


@dataclass(frozen=True)
class Annotations:
    """All of them, as their file had them."""

    entries: Sequence[Annotation] = ()
    notes: tuple[str, ...] = ()
    """Sentences about lines that cannot be used."""
    _by_path: dict[str, Annotation] = field(init=False, default_factory=dict)
    _by_content: dict[str, Annotation] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._by_path.update((entry.path, entry) for entry in self.entries)
        self._by_content.update((entry.sha256, entry) for entry in self.entries if entry.sha256)

    def of(self, path: str, sha256: str) -> Annotation | None:
        """Return that of a document, by its path or else by its content; None if it has none."""
        return self._by_path.get(path) or self._by_content.get(sha256)

    @cached_property
    def tags(self) -> tuple[str, ...]:
        """All tags, in alphabetical order."""
        return tuple(sorted({tag for entry in self.entries for tag in entry.tags}))

    def paths(self, tag: str, catalog: CatalogReader, documents: StoredDocuments) -> list[str]:
        """Return the paths in the index of the documents with a tag, in any case.

        A document that is not where it was is found by its content. Raises IndexCorrupt.
        """
        wanted = tag.casefold()
        tagged = [e for e in self.entries if wanted in map(str.casefold, e.tags)]
        away = [e for e in tagged if e.sha256 and not documents.numbers("path", e.path)]
        contents = {entry.sha256 for entry in away}
        paths = [entry.path for entry in tagged]
        if away:
            paths += [path for path, file in catalog.whole.files.items() if file.sha256 in contents]
        if endings := tuple({inner for entry in away for _, inner in splits(entry.path)}):
            ending = documents.ending(endings)
            paths += [stored["path"] for stored in ending if stored["sha256"] in contents]
        return paths


def splits(path: str) -> list[tuple[str, str]]:
    """Return each way to read a path as that of a file and of a document within.

    >>> splits("/docs/wire #2.jsonl#w-7")
    [('/docs/wire ', '#2.jsonl#w-7'), ('/docs/wire #2.jsonl', '#w-7')]
    """
    return [(path[: sign.start()], path[sign.start() :]) for sign in _WITHIN.finditer(path)]


class AnnotationFile:
    """The annotations of an index, read again when their file has changed."""

    def __init__(self, folder: Path, *, is_own: bool = True) -> None:
        self._path = folder / TAGS
        self._is_own = is_own
        """Whether the index is the user's: the tags of a stranger's are not used."""
        self._stamp: tuple[int, int, int] | None = None
        self._read = Annotations()

    def current(self) -> Annotations:
        """Return the annotations as they are now; what cannot be read is noted."""
        try:
            status = self._path.lstat() if self._is_own else None
        except OSError:
            status = None
        if status is None:
            self._stamp, self._read = None, Annotations()
            return self._read
        stamp = status.st_ino, status.st_size, status.st_mtime_ns
        if stamp != self._stamp:
            self._stamp, self._read = stamp, load(self._path)
        return self._read


def load(path: Path) -> Annotations:
    """Return the annotations of a file; none if there is no such file."""
    try:
        data = read_file(path, MAX_BYTES)
    except FileNotFoundError:
        return Annotations()
    except OSError as error:
        return Annotations(notes=(f"{TAGS} is not used: {error.strerror or error}",))
    entries, notes = [], []
    for number, line in enumerate(data.decode("utf-8", "surrogateescape").split("\n"), 1):
        if not line.strip():
            continue
        try:
            entries.append(_entry(json.loads(line)))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            notes.append(f"{TAGS}, line {number:,}, is not used: it is no annotation as JSON")
    return Annotations(entries, tuple(notes))


def to_lines(entries: Iterable[Annotation]) -> list[str]:
    """Return annotations as the lines of their file."""
    return [
        json.dumps(
            {"path": e.path, "sha256": e.sha256, "tags": list(e.tags), "note": e.note},
            ensure_ascii=False,
        )
        for e in entries
    ]


def _entry(data: Any) -> Annotation:
    """Return what a line states. Raises what a line of another form brings up."""
    if not all(isinstance(tag, str) for tag in data["tags"]):
        raise TypeError("a tag is no text")
    tags = tuple(tag.strip() for tag in data["tags"] if tag.strip())
    return Annotation(str(data["path"]), str(data["sha256"]), tags, str(data.get("note", "")))
