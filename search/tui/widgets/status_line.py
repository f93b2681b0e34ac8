"""One line that says how it is going."""

from __future__ import annotations

from textual.strip import Strip
from textual.widget import Widget

from search.bidi import Mode, clean, quotes
from search.hits.lazy_results import LazyResults
from search.tui.widgets.strips import first_line, in_column


class StatusLine(Widget):
    """Hits and time, then what there is to note."""

    def __init__(self, mode: Mode, id: str = "status") -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id)
        self.mode = mode
        self._text = ""

    def say(self, *parts: str) -> None:
        """Say something else."""
        text = " · ".join(clean(part) for part in parts if part)
        if text != self._text:
            self._text = text
            self.refresh()

    @property
    def text(self) -> str:
        """What it says, in the order of reading."""
        return self._text

    def render_line(self, y: int) -> Strip:
        """The one row there is."""
        width = self.size.width
        if y or width < 2:
            return Strip.blank(width, self.rich_style)
        text, style = self._text, self.rich_style
        line = first_line(
            text, (), width - 2, self.mode, style, {}, rtl=False, isolates=quotes(text)
        )
        blank = in_column(Strip([]), 1, self.rich_style)
        return Strip.join([blank, line, blank])


def summary(listing: LazyResults | None, documents: int) -> tuple[str, ...]:
    """What was found and what there is to note, or how many documents there are to search."""
    if listing is None:
        return _documents(documents), "type a word, a phrase or a name"
    found = _documents(listing.total) if listing.total else "nothing found"
    took = f"{listing.seconds * 1000:.0f} ms"
    return found, took, listing.suggestion or "", *listing.notes, *listing.problems


def _documents(count: int) -> str:
    return f"{count:,} {'document' if count == 1 else 'documents'}"
