"""A story of a Word document: the XML of its body, notes, comments or headers as sections.

Elements are matched by their local names, which both flavours of the standard share (ECMA-376,
part 1: transitional and Strict). The XML is read as a stream, so that neither a tree is built nor
its depth matters.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from index.extract.docx_elements import (
    CHARACTERS,
    INLINE,
    LABELS,
    SEPARATORS,
    SKIPPED,
    TEXTS,
)
from index.extract.docx_lists import ListNumbers
from index.extract.docx_styles import Styles
from index.extract.sections import Section, label

Attributes = Mapping[str, str]


@dataclass(slots=True)
class _Frame:
    """A labelled element that is open, or the story itself."""

    label: str
    target: list[Section]
    """Where its sections go."""
    is_block: bool
    """Whether its next section begins a block."""


class Story:
    """A target of lxml's parser; the parser returns the sections of a story when it closes."""

    def __init__(self, lists: ListNumbers, styles: Styles | None = None) -> None:
        """``styles``: those of the document, if its title is looked for."""
        self.title = ""
        """The text of the first paragraph in the style of titles."""
        self.root = ""
        """Local name of the outermost element."""
        self._lists, self._styles = lists, styles
        self._flow: list[Section] = []
        """Sections in the order of the text."""
        self._boxes: list[Section] = []
        """Text boxes of the paragraph in hand, which follow it."""
        self._deleted: list[Section] = []
        """Deleted text, which follows the story."""
        self._frames = [_Frame("", self._flow, is_block=True)]
        self._text: list[str] = []
        """The text of the section in hand."""
        self._is_text = False
        self._skipped = 0
        """Depth within an element that is skipped; 0 outside."""
        self._paragraphs = 0
        """Depth of paragraphs, for a text box holds some within one."""
        self._properties: dict[str, str] = {}
        """What the properties of the paragraph in hand state."""
        self._title_from: int | None = None
        """Number of sections before the title, while it is read."""

    def start(self, tag: str, attributes: Attributes) -> None:
        """Take the start of an element."""
        if self._skipped:
            self._skipped += 1
        elif action := STARTS.get(tag.rpartition("}")[2]):
            action(self, tag.rpartition("}")[2], attributes)
        elif not self.root:
            self.root = tag.rpartition("}")[2]

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        if self._skipped:
            self._skipped -= 1
        elif action := ENDS.get(tag.rpartition("}")[2]):
            action(self)

    def data(self, data: str) -> None:
        """Take characters."""
        if self._is_text:
            self._text.append(data)

    def close(self) -> list[Section]:
        """Return the sections of the story; deleted text comes last."""
        self._flush()
        deleted = (replace(section, is_block=n == 0) for n, section in enumerate(self._deleted))
        return [*self._flow, *self._boxes, *deleted]

    def _start_text(self, _name: str, _attributes: Attributes) -> None:
        self._is_text = True

    def _end_text(self) -> None:
        self._is_text = False

    def _skip(self, _name: str, _attributes: Attributes) -> None:
        self._skipped = 1

    def _add_character(self, name: str, _attributes: Attributes) -> None:
        self._text.append(CHARACTERS[name])

    def _flush(self) -> None:
        """End the section in hand."""
        frame = self._frames[-1]
        if any(self._text):
            frame.target.append(Section(frame.label, "".join(self._text), frame.is_block))
            frame.is_block = False
        self._text.clear()

    # Labelled elements

    def _open(self, name: str, attributes: Attributes) -> None:
        if _value(attributes, "type") in SEPARATORS:
            self._skipped = 1
            return
        self._flush()
        self.root = self.root or name
        outer = self._frames[-1]
        target = {"del": self._deleted, "txbxContent": self._boxes}.get(name, outer.target)
        is_block = outer.is_block if name in INLINE else True
        named = label(LABELS[name], _value(attributes, "author"), within=outer.label)
        self._frames.append(_Frame(named, target, is_block))

    def _close(self) -> None:
        self._flush()
        inner = self._frames.pop()
        outer = self._frames[-1]
        if inner.target is outer.target:
            outer.is_block = inner.is_block

    def _close_block(self) -> None:
        self._close()
        self._frames[-1].is_block = True

    def _close_deleted(self) -> None:
        self._text.append("\n")
        self._close()

    # Paragraphs

    def _start_paragraph(self, _name: str, _attributes: Attributes) -> None:
        self._paragraphs += 1

    def _end_paragraph(self) -> None:
        if self._title_from is not None:
            self._flush()
            self.title = "".join(s.text for s in self._flow[self._title_from :]).strip()
            self._title_from = None
        self._text.append("\n")
        self._paragraphs -= 1
        if self._boxes and not self._paragraphs:
            self._flush()
            self._flow += self._boxes
            self._boxes.clear()
            self._frames[-1].is_block = True

    def _start_properties(self, _name: str, _attributes: Attributes) -> None:
        self._properties.clear()

    def _add_property(self, name: str, attributes: Attributes) -> None:
        self._properties[name] = _value(attributes, "val")

    def _end_properties(self) -> None:
        stated = self._properties
        style = stated.get("pStyle", "")
        self._text.append(self._lists.next_number(stated.get("numId"), stated.get("ilvl"), style))
        if style and not self.title and self._styles and self._styles.is_title(style):
            self._flush()
            self._title_from = len(self._flow)


def _value(attributes: Attributes, name: str) -> str:
    """Return the attribute of a local name, or ""."""
    return next((value for key, value in attributes.items() if key.endswith("}" + name)), "")


STARTS: Mapping[str, Callable[[Story, str, Attributes], None]] = {
    **dict.fromkeys(TEXTS, Story._start_text),
    **dict.fromkeys(CHARACTERS, Story._add_character),
    **dict.fromkeys(LABELS, Story._open),
    **dict.fromkeys(SKIPPED, Story._skip),
    **dict.fromkeys(("pStyle", "ilvl", "numId"), Story._add_property),
    "pPr": Story._start_properties,
    "p": Story._start_paragraph,
}
"""What the start of an element does, by its local name."""
ENDS: Mapping[str, Callable[[Story], None]] = {
    **dict.fromkeys(TEXTS, Story._end_text),
    **dict.fromkeys(LABELS, Story._close_block),
    **dict.fromkeys(INLINE, Story._close),
    "del": Story._close_deleted,
    "txbxContent": Story._close,
    "pPr": Story._end_properties,
    "p": Story._end_paragraph,
}
"""What the end of an element does."""
