"""The help: all keys, and the query language by example."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from search.parsing.examples import QUERIES
from search.tui.interaction.keys import ACTIONS, FIXED, TO_END, TO_START, TWINS, key_label

_KEYS = 26
"""Width of the column of keys, in cells."""


class Help(ModalScreen[None]):
    """The keys and the query language, over the screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,ض,question_mark,arabic_question_mark,f1,enter", "dismiss", "close"),
    ]

    def compose(self) -> ComposeResult:
        """Build one text that scrolls."""
        with VerticalScroll(id="help"):
            yield Static(_text())


def _text() -> Group:
    actions = [(_keys(action.keys), action.description) for action in ACTIONS]
    ends = (f"{TO_START[0]}  {TO_START[1]}, {TO_END[0]}  {TO_END[1]}", "first, last hit or row")
    return Group(
        *_rows("What to type", QUERIES),
        *_rows("Keys anywhere", FIXED),
        *_rows("Keys outside the query box (with an Arabic layout too)", [*actions, ends]),
        "Esc closes this.",
    )


def _keys(keys: tuple[str, ...]) -> str:
    return "  ".join(key_label(name) for key in keys for name in (key, *_twin(key)))


def _twin(key: str) -> tuple[str, ...]:
    return (TWINS[key],) if key in TWINS else ()


def _rows(heading: str, rows: Sequence[tuple[str, str]]) -> tuple[Text, Padding]:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="bold", width=_KEYS, no_wrap=True)
    table.add_column()
    for row in rows:
        table.add_row(*map(Text, row))
    return Text(heading, style="bold"), Padding(table, (0, 0, 1, 2))
