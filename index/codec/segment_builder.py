"""Build a segment: documents are added one by one, and written as one file of arrays.

=====================  ======================================================
``exact/…``            postings of a text field (``inversion``), as well as
                       ``stem/…``, and with ``title_`` and ``filename_``;
                       ``root/…``, the roots of Arabic stems
``exact/name_…``       name index of a field of exact words (``name_index``)
``path/…``             postings of a field of whole values, as well as
                       ``file/…``, ``id/…``, ``type/…``, ``language/…``, ``tag/…``,
                       ``doubtful/…``
``body_ends``          uint32: number of positions of each body; those of its title
                       follow it in the fields ``exact`` and ``stem``
``day``                uint32: the day of each document's date, as a proleptic
                       ordinal; :data:`NO_DAY` if it has none
``modified``           uint32: the day of each document's file, likewise
``forward/…``          Arabic words of each document, and ``grams/…`` their
                       n-grams (``forward_index``)
``stored/…``           stored fields of the documents (``stored_fields``)
=====================  ======================================================
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from index.codec.array_file import Array, write_arrays
from index.codec.forward_index import forward_arrays
from index.codec.inversion import FieldInverter, as_array
from index.codec.stored_fields import StoredWriter
from index.codec.text_inverter import Pieces, TextInverter, new_table

MAX_SEGMENT_DOCUMENTS = 1 << 16
"""A document number takes two bytes."""
TEXT_FIELDS = {
    "body": ("exact", "stem", "root"),
    "title": ("title_exact", "title_stem"),
    "filename": ("filename_exact", "filename_stem"),
}
"""Kind of text → the fields of its exact terms, of its stems, and of the roots of these."""
NAME_FIELDS = ("exact", "filename_exact")
"""Fields with a name index: the words of titles are among those of bodies."""
VALUE_FIELDS = ("path", "file", "id", "type", "language", "tag", "doubtful")
"""Fields whose terms are whole values."""
BODY_ENDS = "body_ends"
"""The array of the number of positions of each body."""
DAY_COLUMNS = ("day", "modified")
"""Arrays with a day for each document: of its date, and of its file."""
NO_DAY = 0
"""The day of a document without a date: less than that of any date."""


class SegmentBuilder:
    """Accumulates documents and writes them as one segment."""

    def __init__(self, pieces: Pieces | None = None) -> None:
        """Begin a segment, with the pieces of segments before, which need no analysis again."""
        self.count = 0
        self.pieces = new_table() if pieces is None else pieces
        self.texts = {kind: TextInverter(self.pieces) for kind in TEXT_FIELDS}
        self._values = {name: FieldInverter(positions=False) for name in VALUE_FIELDS}
        self._days = {name: array("I") for name in DAY_COLUMNS}
        self._stored = StoredWriter()

    def add_value(self, name: str, *values: str) -> None:
        """Add the values of a field of the next document."""
        inverter = self._values[name]
        inverter.add([inverter.vocabulary[value] for value in values])

    def finish_document(self, day: int, modified: int, stored: dict[str, Any]) -> None:
        """Finish the next document, after its texts and values.

        ``day`` is that of its date, or :data:`NO_DAY`, and ``modified`` that of its file.
        """
        for name, value in zip(DAY_COLUMNS, (day, modified), strict=True):
            self._days[name].append(value)
        self._stored.add(stored)
        self.count += 1

    @property
    def tokens(self) -> int:
        """Number of tokens of all texts, by which a merge of segments needs memory.

        An eighth of their characters if that is more: texts are in memory too, and some have
        few tokens. (Arabic and English have six to seven characters for a token.)
        """
        body = self.texts["body"]
        return max(body.tokens, body.characters // 8)

    def arrays(self) -> dict[str, Array]:
        """Return the arrays of the segment."""
        fields = {name: inverter.arrays() for name, inverter in self._values.items()}
        for kind, names in TEXT_FIELDS.items():
            fields |= self.texts[kind].arrays(names, named=names[0] in NAME_FIELDS)
        return {
            **flattened(fields),
            BODY_ENDS: as_array(self.texts["body"].ends),
            **{name: as_array(days) for name, days in self._days.items()},
            **forward_arrays(fields["exact"], self.count),
            **self._stored.arrays(),
        }

    def write(self, path: Path) -> None:
        """Write the file of the segment. Raises OSError."""
        write_arrays(path, self.arrays())


def flattened(fields: Mapping[str, Mapping[str, Array]]) -> dict[str, Array]:
    """Turn ``{"stem": {"codes": …}}`` into ``{"stem/codes": …}``."""
    return {
        f"{field}/{name}": values
        for field, arrays in fields.items()
        for name, values in arrays.items()
    }
