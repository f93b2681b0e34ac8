"""What of a document goes into which field of a segment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from index.codec.segment_builder import SegmentBuilder
from index.codec.segment_layout import NO_DAY
from index.codec.text_pieces import TextFacts
from index.document import Document
from index.schema import (
    DOUBTFUL,
    filename_span,
    filename_words,
    languages_of,
    readable_path,
    stored_fields,
)


class FileDocument(NamedTuple):
    """A document, and where it was found."""

    document: Document
    file: str
    """Path of the file that holds it."""
    root: str
    """Path of the folder that is indexed."""

    @property
    def path(self) -> str:
        """The path of the document, as it is shown."""
        return readable_path(self.document.path)

    @property
    def filename(self) -> tuple[int, int]:
        """Where the name of the file is in :attr:`path`; the lines of a file have none."""
        if self.document.type == "jsonl":
            return 0, 0
        return filename_span(self.path, readable_path(self.root))


def add_documents(builder: SegmentBuilder, documents: Sequence[FileDocument]) -> None:
    """Add documents to a segment; their new words are analysed together."""
    titles = [words_of_title(each.document) for each in documents]
    texts = [each.document.text for each in documents]
    bodies = builder.texts["body"].add_all([*zip(texts, titles, strict=True)])
    builder.texts["title"].add_all([(title, "") for title in titles])
    names = [filename_words(each.path, each.filename) for each in documents]
    builder.texts["filename"].add_all([(name, "") for name in names])
    for each, body in zip(documents, bodies, strict=True):
        _add_values(builder, each, body)


def _add_values(builder: SegmentBuilder, found: FileDocument, body: TextFacts) -> None:
    document = found.document
    languages = languages_of(body.words, document.language)
    builder.add_value("path", document.path)
    builder.add_value("file", found.file)
    builder.add_value("id", document.id, *{found.path} - {document.path})
    builder.add_value("type", document.type)
    builder.add_value("language", *languages)
    builder.add_value("tag", *dict.fromkeys(map(str.casefold, document.tags)))
    builder.add_value("doubtful", *([DOUBTFUL] if document.doubtful else []))
    day = document.date.toordinal() if document.date else NO_DAY
    modified = document.modified.date().toordinal()
    builder.finish_document(
        day, modified, stored_fields(document, languages, body.checkpoints, found.filename)
    )


def words_of_title(document: Document) -> str:
    """Return what is searched as the title of a document: its author and its tags too."""
    return "\n".join(filter(None, (document.title, document.author, *document.tags)))
