"""A column of hits that can be marked, to do something with several of them."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from search.results import Hit
from search.tui.widgets.column import Column


class MarkingColumn(Column):
    """Marks by the ids of hits: they stay when the list shows other results."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "mark", show=False)]

    def __init__(self, id: str) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id)
        self.marks: dict[str, Hit] = {}
        """Id → marked hit; marks stay for other queries."""

    @property
    def hit(self) -> Hit | None:
        """The selected hit; None if there is none or it is not built yet."""
        raise NotImplementedError

    @property
    def target_hits(self) -> list[Hit]:
        """The marked hits in the order of marking, else the selected one."""
        return [*self.marks.values()] or [hit for hit in (self.hit,) if hit]

    def action_move(self, rows: int) -> None:
        """Select the hit ``rows`` below."""
        raise NotImplementedError

    def action_mark(self) -> None:
        """Mark the selected hit, or remove its mark, and select the next."""
        if hit := self.hit:
            if self.marks.pop(hit.id, None) is None:
                self.marks[hit.id] = hit
            self.refresh()
            self.action_move(1)

    def unmark(self) -> bool:
        """Remove all marks. Returns whether there were any."""
        marked, self.marks = bool(self.marks), {}
        self.refresh()
        return marked
