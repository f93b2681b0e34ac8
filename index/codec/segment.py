"""What the arrays of a segment are, and how a batch of documents becomes them.

=====================  ======================================================
``stem/…`` and kin     the postings of a text field (``inversion``)
``path/…`` and kin     the postings of a field of whole values
``day``                a number a document
``stored/…``           what is shown of the documents (``stored``)
=====================  ======================================================
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.analysis.analyzer import piece_of
from index.analysis.tokenizer import pieces
from index.codec.arrays import Array, write_arrays
from index.codec.inversion import FieldInverter, as_array
from index.codec.stored import StoredWriter

MOST_DOCUMENTS = 1 << 16
"""In a segment: a document number takes two bytes."""
TEXTS = {"body": ("exact", "stem"), "title": ("title_exact", "title_stem")}
"""What is analysed → the fields that hold its terms as spelled and as stems."""
VALUES = ("path", "file", "id", "type", "language")
"""Fields whose terms are whole values."""
CHECKPOINT_EVERY = 128
"""Positions between two checkpoints: a snippet re-reads a few hundred characters
around a match, however long its document is."""


@dataclass(frozen=True, slots=True)
class TextFacts:
    """What was learnt of a text while it was inverted."""

    checkpoints: list[tuple[int, int]]
    """(position, offset) of a piece in every run of :data:`CHECKPOINT_EVERY`, from the first."""
    words: dict[str, int]
    """Words counted by language, ``ar``, ``en`` and ``""`` for numbers and the rest."""


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A piece as numbers of the two vocabularies."""

    exact: tuple[int, ...]
    stem: tuple[int, ...]
    languages: tuple[str, ...]
    exact_steps: tuple[int, ...]
    """Positions of the exact terms from that of the piece."""
    stem_steps: tuple[int, ...]


class TextInverter:
    """The two fields of one kind of text, body or title, filled side by side."""

    def __init__(self) -> None:
        self.exact = FieldInverter()
        self.stem = FieldInverter()
        self._known: dict[str, _Numbered] = {}

    def add(self, text: str) -> TextFacts:
        """The next document's text."""
        exact, stem = array("I"), array("I")
        exact_at, stem_at = array("I"), array("I")
        checkpoints: list[tuple[int, int]] = []
        words: dict[str, int] = {}
        known = self._known
        position = due = 0
        for raw, start, _, kind in pieces(text):
            if position >= due:
                checkpoints.append((position, start))
                due = position + CHECKPOINT_EVERY
            piece = known.get(raw) or self._number(raw, kind)
            if len(piece.exact) == 1:  # almost all of them
                exact.append(piece.exact[0])
                exact_at.append(position)
                if piece.stem:
                    stem.append(piece.stem[0])
                    stem_at.append(position)
            else:
                exact.extend(piece.exact)
                exact_at.extend([position + step for step in piece.exact_steps])
                stem.extend(piece.stem)
                stem_at.extend([position + step for step in piece.stem_steps])
            for language in piece.languages:
                words[language] = words.get(language, 0) + 1
            position += len(piece.languages)
        self.exact.add(exact, exact_at)
        self.stem.add(stem, stem_at)
        return TextFacts(checkpoints, words)

    def _number(self, raw: str, kind: str) -> _Numbered:
        piece = piece_of(raw, kind)
        every = [(term, 0) for term in piece.also]
        every += [(term, step) for step, term in enumerate(piece.words)]
        stems = [(term.stem, step) for term, step in every if term.stem is not None]
        numbered = self._known[raw] = _Numbered(
            exact=tuple(self.exact.vocabulary[term.exact] for term, _ in every),
            stem=tuple(self.stem.vocabulary[stem] for stem, _ in stems),
            languages=tuple(term.language for term in piece.words),
            exact_steps=tuple(step for _, step in every),
            stem_steps=tuple(step for _, step in stems),
        )
        return numbered


class SegmentBuilder:
    """Documents on their way to one segment."""

    def __init__(self) -> None:
        self.count = 0
        self.tokens = 0
        """Of all bodies, so that memory can be bounded."""
        self.texts = {name: TextInverter() for name in TEXTS}
        self._values = {name: FieldInverter(positions=False) for name in VALUES}
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
        self.tokens += self.texts["body"].exact.lengths[-1]
        self.count += 1

    def arrays(self) -> dict[str, Array]:
        """The segment's arrays."""
        fields: dict[str, FieldInverter] = dict(self._values)
        for name, (exact, stem) in TEXTS.items():
            fields |= {exact: self.texts[name].exact, stem: self.texts[name].stem}
        return {
            **flattened({name: inverter.arrays() for name, inverter in fields.items()}),
            "day": as_array(self._days),
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
