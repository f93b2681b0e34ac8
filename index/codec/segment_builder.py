"""What the arrays of a segment are, and how a batch of documents becomes them.

=====================  ======================================================
``stem/…`` and kin     the postings of a text field (``inversion``)
``exact/name_…``       names among the words of a field (``names``)
``path/…`` and kin     the postings of a field of whole values
``day``                a number a document
``forward/…``          the Arabic words of each document, ``grams/…`` theirs (``forward``)
``stored/…``           what is shown of the documents (``stored``)
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
from index.codec.text_inverter import TextInverter

MAX_SEGMENT_DOCUMENTS = 1 << 16
"""In a segment: a document number takes two bytes."""
TEXT_FIELDS = {"body": ("exact", "stem"), "title": ("title_exact", "title_stem")}
"""What is analysed → the fields that hold its terms as spelled and as stems."""
NAME_FIELDS = ("exact", "title_exact")
"""Fields whose words may be names (``names``)."""
VALUE_FIELDS = ("path", "file", "id", "type", "language")
"""Fields whose terms are whole values."""


class SegmentBuilder:
    """Documents on their way to one segment."""

    def __init__(self) -> None:
        self.count = 0
        self.texts = {name: TextInverter() for name in TEXT_FIELDS}
        self._values = {name: FieldInverter(positions=False) for name in VALUE_FIELDS}
        self._days = array("I")
        self._stored = StoredWriter()

    def add_value(self, name: str, *values: str) -> None:
        """The next document's values of a field."""
        inverter = self._values[name]
        inverter.add([inverter.vocabulary[value] for value in values])

    def finish_document(self, day: int, stored: dict[str, Any]) -> None:
        """All else of the next document, after its texts and values."""
        self._days.append(day)
        self._stored.add(stored)
        self.count += 1

    @property
    def tokens(self) -> int:
        """Of all bodies, so that memory can be bounded."""
        return self.texts["body"].tokens

    def arrays(self) -> dict[str, Array]:
        """The segment's arrays."""
        fields = {name: inverter.arrays() for name, inverter in self._values.items()}
        for name, pair in TEXT_FIELDS.items():
            fields |= dict(zip(pair, self.texts[name].arrays(), strict=True))
        return {
            **flattened(fields),
            "day": as_array(self._days),
            **forward_arrays(fields["exact"], fields["title_exact"], self.count),
            **self._stored.arrays(),
        }

    def write(self, path: Path) -> None:
        """Write the segment's file. Raises OSError."""
        write_arrays(path, self.arrays())


def flattened(fields: Mapping[str, Mapping[str, Array]]) -> dict[str, Array]:
    """``{"stem": {"codes": …}}`` to ``{"stem/codes": …}``."""
    return {
        f"{field}/{name}": values
        for field, arrays in fields.items()
        for name, values in arrays.items()
    }
