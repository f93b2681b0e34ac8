"""The fields of an index, and the version of the schema.

=============  ==========================================================
``exact``      words of the body and of the title as spelled; stop words too
``stem``       words of the body and of the title as stems; no stop words
``root``       roots of the Arabic stems of the body and of the title
``title_…``    words of the title alone, with the author and the tags,
               ``title_exact`` and ``title_stem``
``filename_…`` words in the name of the file and of its folders, below the
               folder that was indexed; none for a line of a JSONL file
``path``       the document's path, unique
``file``       path of the file that holds the document: equal to ``path``,
               or that of a JSONL file, or of a PDF with attached files
``id``         the document's id, by which ``dalil show`` finds it
``type``       the format
``language``   ``ar``, ``en``, both or neither
``tag``        tags that the document states, in lower case
``day``        the date that the document or its file's name states,
               as a proleptic ordinal; 0 for none
``modified``   the day of the file, likewise
``doubtful``   `DOUBTFUL` if words of some of its pages are implausible
``stored``     all that is shown of a document, as one dictionary
=============  ==========================================================
"""

from __future__ import annotations

import os
import re
from typing import Any

from index.document import Document

SCHEMA_VERSION = 10
"""Increased whenever the same text would give other terms, other fields or other arrays."""


DOUBTFUL = "yes"
"""The value of the field ``doubtful``."""
PREFIXES = ("", "title_", "filename_")
"""What stands before ``exact`` and ``stem`` in the names of the fields of words."""
DISJOINT_PREFIXES = ("", "filename_")
"""Those of the fields that hold every word of a document between them, and none twice: the words
of the title are among those of the body."""


def stored_fields(
    document: Document,
    languages: tuple[str, ...],
    checkpoints: list[tuple[int, int]],
    filename: tuple[int, int],
) -> dict[str, Any]:
    """Return all that is stored to show a document, in plain types."""
    return {
        "path": document.path,
        "id": document.id,
        "title": document.title,
        "text": document.text,
        "type": document.type,
        "languages": languages,
        "date": document.date.isoformat() if document.date else None,
        "date_source": document.date_source,
        "date_marks": document.date_marks,
        "author": document.author,
        "tags": document.tags,
        "modified": document.modified.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "sha256": document.sha256,
        "encoding": document.encoding,
        "url": document.url,
        "pages": document.pages,
        "parts": [(part.start, part.label) for part in document.parts],
        "first_line": document.first_line,
        "checkpoints": checkpoints,
        "filename": filename,
    }


MIN_LANGUAGE_SHARE = 0.2
"""Share of the words of a document from which on it counts as written in a language."""


def languages_of(words: dict[str, int], declared: str | None = None) -> tuple[str, ...]:
    """Return the languages of a text, sorted: the declared one and those of a fifth of its words.

    ``words`` counts words by language; its key ``""`` counts numbers and other scripts.
    """
    lettered = {language: count for language, count in words.items() if language}
    total = sum(lettered.values())
    languages = {name for name, count in lettered.items() if count >= MIN_LANGUAGE_SHARE * total}
    if declared in ("ar", "en"):
        languages.add(declared)
    return tuple(sorted(languages))


SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,5}$")
SIGNS = re.compile(r"[/_+]|%20|(?<!\d)-|-(?!\d)")
"""What stands for a space in names of files and folders. A hyphen between digits is of a number."""
BYTES = re.compile("[\udc80-\udcff]")
"""A byte of a name that is not UTF-8."""


def readable_path(path: str) -> str:
    """Return a path as people read it: names that are not UTF-8 in their likeliest encoding.

    Archives that were made on an old Windows have such names, in windows-1256 for example.
    """
    if path.isascii() or not BYTES.search(path):
        return path
    from index.extract.encoding import decode  # noqa: PLC0415 (few paths need it)

    names = path.split("/")
    return "/".join(decode(os.fsencode(n)).text if BYTES.search(n) else n for n in names)


def filename_span(path: str, root: str) -> tuple[int, int]:
    """Return where the words of a readable path lie: below the indexed folder, without suffix.

    Of a root that is the file itself, the name of the file.
    """
    begin = len(root.rstrip("/")) + 1
    if not path.startswith(root.rstrip("/") + "/"):
        begin = path.rfind("/") + 1
    suffix = SUFFIX.search(path, begin)
    return begin, suffix.start() if suffix else len(path)


def filename_words(path: str, span: tuple[int, int]) -> str:
    """Return that part of a readable path as text: as long as it is, with spaces for signs."""
    begin, end = span
    return SIGNS.sub(lambda sign: " " * len(sign[0]), path[begin:end])
