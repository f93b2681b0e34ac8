"""The help: the query language by example, all keys, the mouse, and the signs of the screen."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from search.bidi import Mode
from search.parsing.examples import QUERIES
from search.tui.interaction.keys import (
    ACTIONS,
    FIXED,
    MOUSE,
    SIGNS,
    TO_END,
    TO_START,
    TWINS,
    Action,
    key_label,
)
from search.tui.widgets.sheet import Sheet, SheetRow, SheetView

_KEYS = 30
"""Cells of the column of keys."""


class Help(ModalScreen[None]):
    """The query language, the keys and the mouse, over the screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,ض,question_mark,arabic_question_mark,f1,enter", "dismiss", "close"),
    ]

    def __init__(self, mode: Mode, actions: Sequence[Action] = ACTIONS) -> None:
        super().__init__()
        self._mode: Mode = mode
        self._actions = actions
        """All actions, with the keys that they have now."""

    def compose(self) -> ComposeResult:
        """Yield one text that scrolls."""
        rows = partial(help_rows, actions=self._actions)
        yield SheetView(rows, self._mode, labels=_KEYS, id="help")


def help_rows(sheet: Sheet, actions: Sequence[Action] = ACTIONS) -> list[SheetRow]:
    """Return the rows of the help."""
    ends = (f"{TO_START[0]}  {TO_START[1]}, {TO_END[0]}  {TO_END[1]}", "first, last hit or row")
    groups = (
        ("What to type", [*QUERIES]),
        ("Keys anywhere", [*FIXED]),
        (
            "Keys for documents (outside the box; with an Arabic layout too)",
            [*_keys(actions, True), ends],
        ),
        ("Keys for the query and the screen (likewise)", _keys(actions, False)),
        ("Mouse", [*MOUSE]),
        ("Signs", [*SIGNS]),
    )
    rows: list[SheetRow] = []
    for heading, pairs in groups:
        rows += [*sheet.paragraph(heading, "title"), *sheet.table(pairs), SheetRow()]
    return [*rows, *sheet.paragraph("Esc closes this.")]


def _keys(actions: Sequence[Action], inside: bool) -> list[tuple[str, str]]:
    chosen = [action for action in actions if action.inside is inside]
    return [(_labels(action.keys), action.description) for action in chosen]


def _labels(keys: tuple[str, ...]) -> str:
    return "  ".join(key_label(name) for key in keys for name in (key, *_twin(key)))


def _twin(key: str) -> tuple[str, ...]:
    return (TWINS[key],) if key in TWINS else ()
