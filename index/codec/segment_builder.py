"""Build a segment: documents are added one by one, and written as one file of arrays.

``segment_layout`` names the arrays.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from index.codec.array_file import Array, write_arrays
from index.codec.arrays import as_array
from index.codec.forward_index import forward_arrays
from index.codec.inversion import FieldInverter
from index.codec.segment_layout import (
    BODY_ENDS,
    DAY_COLUMNS,
    NAME_FIELDS,
    TEXT_FIELDS,
    VALUE_FIELDS,
)
from index.codec.stored_fields import StoredWriter
from index.codec.text_inverter import Pieces, TextInverter, new_table


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
