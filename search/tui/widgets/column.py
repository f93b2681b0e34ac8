"""A scrolling column of rows whose number changes without a new layout of the screen."""

from __future__ import annotations

from textual.geometry import Size
from textual.reactive import Reactive
from textual.scroll_view import ScrollView


class Column(ScrollView):
    """A scroll view whose height may change with every search.

    Textual would lay out the whole screen again, and draw it in two frames.
    """

    virtual_size = Reactive(Size(0, 0), layout=False)

    def watch_virtual_size(self, size: Size) -> None:
        """Update the scroll bar."""
        self._scroll_update(size)

    def set_rows(self, rows: int) -> None:
        """Set the number of rows."""
        self.virtual_size = Size(self.scrollable_content_region.width, rows)
        self.refresh()
