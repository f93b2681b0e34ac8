"""The fields of an index, and the version of what they mean.

=============  ==========================================================
``exact``      words of the body as spelled; stop words too
``stem``       words of the body as stems; no stop words
``title_…``    the same two for the title
``path``       the document's path, unique
``file``       the file that holds the document: its path, or a JSONL file
``id``         what ``dalil show`` may be asked for
``type``       the format
``language``   ``ar``, ``en``, both or neither
``day``        the date it states, else the file's, as a proleptic ordinal
``stored``     all that is shown of a document, as one dictionary
=============  ==========================================================
"""

from __future__ import annotations

from typing import Any

from whoosh import fields, formats

from index.codec.segment_builder import TEXT_FIELDS, VALUE_FIELDS
from index.document import Document

SCHEMA_VERSION = 7
"""Raised whenever the same text would give other terms, other fields or other arrays."""


class Analysed(fields.FieldType):  # type: ignore[misc] # Whoosh has no types
    """A field of words with positions. They are inverted by ``codec``, never by Whoosh."""

    def __init__(self) -> None:
        super().__init__(formats.Positions(), None, scorable=True)


def schema() -> fields.Schema:
    """The fields as Whoosh knows them."""
    words = {name: Analysed() for names in TEXT_FIELDS.values() for name in names}
    return fields.Schema(
        **words, **{name: fields.ID() for name in VALUE_FIELDS}, stored=fields.STORED()
    )


def stored_fields(
    document: Document, languages: tuple[str, ...], checkpoints: list[tuple[int, int]]
) -> dict[str, Any]:
    """All that is kept to show a document, in plain types."""
    return {
        "path": document.path,
        "id": document.id,
        "title": document.title,
        "text": document.text,
        "type": document.type,
        "languages": languages,
        "date": document.date.isoformat() if document.date else None,
        "modified": document.modified.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "sha256": document.sha256,
        "encoding": document.encoding,
        "url": document.url,
        "pages": document.pages,
        "checkpoints": checkpoints,
    }


MIXED_SHARE = 0.2
"""A document is in every language that a fifth of its words is written in."""


def languages_of(words: dict[str, int], declared: str | None = None) -> tuple[str, ...]:
    """The languages of a text, sorted: the declared one and those of a fifth of its words.

    ``words`` counts words by language; ``""`` stands for numbers and other scripts.
    """
    lettered = {language: count for language, count in words.items() if language}
    total = sum(lettered.values())
    found = {language for language, n in lettered.items() if n >= MIXED_SHARE * total}
    if declared in ("ar", "en"):
        found.add(declared)
    return tuple(sorted(found))
