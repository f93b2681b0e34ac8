"""Sections: the pieces of a document in order, each with the label of where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from index.document import MAX_LABEL_LENGTH, Part
from index.extract.metadata import printable

MAX_PARTS = 20_000
"""Parts of one document; what comes after has the label of the last."""


@dataclass(frozen=True, slots=True)
class Section:
    """A piece of text, and the label of the part of the document to which it belongs."""

    label: str
    """As in :class:`Part`: "" is the main text."""
    text: str
    is_block: bool = True
    """False if it continues the line of the section before."""


def join_sections(sections: Iterable[Section]) -> tuple[str, tuple[Part, ...]]:
    """Return the text of all sections, a blank line before each block, and its parts.

    The text neither begins nor ends with a line end. Sections without text are left out.
    """
    pieces: list[str] = []
    parts: list[Part] = []
    length, label = 0, ""
    for section in sections:
        text = section.text if pieces else section.text.lstrip("\n")
        if not text or (section.is_block and not text.strip()):
            continue
        if pieces and section.is_block:
            trimmed = pieces[-1].rstrip("\n")
            length += len(trimmed) + len("\n\n") - len(pieces[-1])
            pieces[-1] = trimmed + "\n\n"
        if section.label != label and len(parts) < MAX_PARTS:
            label = section.label
            parts.append(Part(length, label))
        pieces.append(text)
        length += len(text)
    text = "".join(pieces).rstrip("\n")
    return text, tuple(part for part in parts if part.start < len(text))


def label(kind: str, author: str = "", *, within: str = "") -> str:
    """Return the label of a kind of part, by an author if one is stated: ``comment by Hana``.

    The name comes from the document: it is cleaned, and cut if it is long. ``within`` is the label
    of the part that holds this one.
    """
    name = printable(author[: 2 * MAX_LABEL_LENGTH])
    own = f"{kind} by {name}" if name else kind
    return (f"{within}, {own}" if within else own)[:MAX_LABEL_LENGTH].rstrip()
