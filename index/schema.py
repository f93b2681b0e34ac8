"""The fields of an index, and the version of the schema.

=============  ==========================================================
``exact``      words of the body as spelled; stop words too
``stem``       words of the body as stems; no stop words
``title_…``    words of the title, ``title_exact`` and ``title_stem``
``path``       the document's path, unique
``file``       path of the file that holds the document: equal to ``path``,
               or that of a JSONL file
``id``         the document's id, by which ``dalil show`` finds it
``type``       the format
``language``   ``ar``, ``en``, both or neither
``day``        the date that the document or its file's name states,
               as a proleptic ordinal; 0 for none
``modified``   the day of the file, likewise
``stored``     all that is shown of a document, as one dictionary
=============  ==========================================================
"""

from __future__ import annotations

from typing import Any

from index.document import Document

SCHEMA_VERSION = 7
"""Increased whenever the same text would give other terms, other fields or other arrays."""


def stored_fields(
    document: Document, languages: tuple[str, ...], checkpoints: list[tuple[int, int]]
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
        "first_line": document.first_line,
        "checkpoints": checkpoints,
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
