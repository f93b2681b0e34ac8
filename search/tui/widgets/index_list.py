"""Choose another index, without leaving the screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.widgets import OptionList

from search.bidi import Mode, clean, layout
from search.render.lines import shown_path

_MAX_CELLS = 200


@dataclass(frozen=True, slots=True)
class IndexChoice:
    """An index to choose."""

    folder: Path
    is_open: bool
    is_foreign: bool

    @property
    def label(self) -> str:
        """The name of the index, what is to be known of it, and its folder."""
        marks = ["open" if self.is_open else "", "foreign" if self.is_foreign else ""]
        said = "".join(f" ({mark})" for mark in marks if mark)
        return f"{self.folder.name}{said} · {shown_path(str(self.folder))}"


class IndexList(ModalScreen[Path | None]):
    """The indexes that are known; Enter opens one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,ض,i,ه", "dismiss(None)", "close"),
        Binding("j,ت", "move_down", show=False),
        Binding("k,ن", "move_up", show=False),
    ]

    def __init__(self, choices: Sequence[IndexChoice], mode: Mode) -> None:
        super().__init__()
        self._choices, self._mode = choices, mode

    def compose(self) -> ComposeResult:
        """Yield the list."""
        labels = [Text(_laid_out(choice.label, self._mode)) for choice in self._choices]
        yield OptionList(*labels, id="indexes")

    def action_move_down(self) -> None:
        """Go to the next index."""
        self.query_one(OptionList).action_cursor_down()

    def action_move_up(self) -> None:
        """Go to the index before."""
        self.query_one(OptionList).action_cursor_up()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open the chosen index."""
        event.stop()
        self.dismiss(self._choices[event.option_index].folder)


def _laid_out(text: str, mode: Mode) -> str:
    lines = layout(clean(text), (), _MAX_CELLS, mode=mode, rtl=False, max_lines=1)
    return "".join(part.text for line in lines for part in line.segments)
