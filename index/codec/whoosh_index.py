"""A commit as an index of Whoosh, for Whoosh's own searcher."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from whoosh import fields, formats
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex

from index.codec.segment_info import SegmentInfo
from index.codec.segment_layout import TEXT_FIELDS, VALUE_FIELDS
from index.codec.segment_name import INDEX_NAME
from index.codec.whoosh_codec import ArraySegment


class PositionsField(fields.FieldType):  # type: ignore[misc] # Whoosh has no types
    """A field of words with positions. ``index.codec`` inverts them, never Whoosh."""

    def __init__(self) -> None:
        super().__init__(formats.Positions(), None, scorable=True)


def schema() -> fields.Schema:
    """The fields as Whoosh knows them."""
    words = {name: PositionsField() for pair in TEXT_FIELDS.values() for name in pair}
    return fields.Schema(
        **words, **{name: fields.ID() for name in VALUE_FIELDS}, stored=fields.STORED()
    )


class ArrayIndex(FileIndex):  # type: ignore[misc]
    """The segments of a commit. ``ArrayIndex(…).searcher()`` is Whoosh's searcher over them.

    Whoosh keeps its table of contents as a pickle, which runs whatever a stranger put
    into it; ours is JSON, read before, and handed in.
    """

    def __init__(self, folder: Path, segments: Sequence[SegmentInfo], generation: int) -> None:
        # Whoosh's own would read the table of contents.
        self.storage, self._schema, self.indexname = FileStorage(str(folder)), schema(), INDEX_NAME
        self._toc = TOC(self._schema, [ArraySegment(info) for info in segments], generation)

    def _read_toc(self) -> TOC:
        return self._toc
