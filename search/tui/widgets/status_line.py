"""The status line: number of hits, time, notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.strip import Strip
from textual.widget import Widget

from search.bidi import Mode, clean, quotes
from search.tui.widgets.strips import first_line, in_column

if TYPE_CHECKING:  # they need numpy, and the first frame is drawn before
    from search.hits.lazy_results import LazyResults


class StatusLine(Widget):
    """A line of text, cut at the width of the screen."""

    ALLOW_SELECT = False  # Textual would copy something else than is drawn

    def __init__(self, mode: Mode, id: str = "status") -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id)
        self.mode = mode
        self._text = ""

    def show(self, *parts: str) -> None:
        """Show other parts, separated by dots; empty ones are skipped."""
        text = " · ".join(clean(part) for part in parts if part)
        if text != self._text:
            self._text = text
            self.refresh()

    @property
    def text(self) -> str:
        """The text in logical order."""
        return self._text

    def render_line(self, y: int) -> Strip:
        """Render the single row."""
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
    """Return the parts of the status: total, time and notes, or the size of the index."""
    if listing is None:
        return _documents(documents), "type a word, a phrase or a name"
    total = _documents(listing.total) if listing.total else "nothing found"
    took = f"{listing.seconds * 1000:.0f} ms"
    return total, took, listing.suggestion or "", *listing.notes, *listing.problems


def _documents(count: int) -> str:
    return f"{count:,} {'document' if count == 1 else 'documents'}"
