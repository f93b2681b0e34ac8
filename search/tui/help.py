"""What can be done, and by which keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from search.tui.keys import DEEDS, FIXED, TWINS, named

QUERIES = (
    ("libya russia", "documents with any of the words, those with more first"),
    ("+libya -russia", "with libya and without russia"),
    ('"oil ministry"', "these words in a row"),
    ('"oil ministry"~5', "no more than five words apart"),
    ("rail*   sarrag~", "words that begin so; a letter apart"),
    ('="Tripoli"', "as it is spelled, nothing else"),
    ("title:oil", "in the title"),
    ("lang:ar  type:pdf", "Arabic documents; PDF files"),
    ("date:2016..2021", "of these years"),
    ("path:reports", "in a folder, or a file, of this name"),
    ("sort:date", "the newest first"),
)
"""The query language by example."""


class Help(ModalScreen[None]):
    """The keys and the query language, over the screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,ض,question_mark,arabic_question_mark,f1,enter", "dismiss", "close"),
    ]

    def compose(self) -> ComposeResult:
        """One text that can be scrolled."""
        with VerticalScroll(id="help"):
            yield Static(_text())


def _text() -> Text:
    text = Text()
    _rows(text, "What to type", QUERIES)
    _rows(text, "Keys anywhere", FIXED)
    deeds = [(_keys(deed.keys), deed.what) for deed in DEEDS]
    _rows(text, "Keys outside the query box (with an Arabic layout too)", deeds)
    text.append("\nEsc closes this.")
    return text


def _keys(keys: tuple[str, ...]) -> str:
    return "  ".join(named(name) for key in keys for name in (key, *_twin(key)))


def _twin(key: str) -> tuple[str, ...]:
    return (TWINS[key],) if key in TWINS else ()


def _rows(text: Text, heading: str, rows: Sequence[tuple[str, str]]) -> None:
    text.append(f"{heading}\n", style="bold")
    for key, what in rows:
        text.append(f"  {key:<28}", style="bold")
        text.append(f"{what}\n")
    text.append("\n")
