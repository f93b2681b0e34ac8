"""A column of rows that scrolls, drawn a row at a time, whose rows come and go at once."""

from __future__ import annotations

from textual.geometry import Size
from textual.reactive import Reactive
from textual.scroll_view import ScrollView


class Column(ScrollView):
    """Rows that are more or fewer with every answer; none of them takes any room of others.

    Textual would lay the whole screen out anew for that, and draw it in two frames.
    """

    virtual_size = Reactive(Size(0, 0), layout=False)

    def watch_virtual_size(self, size: Size) -> None:
        """As much of the bar as is in sight."""
        self._scroll_update(size)

    def lengthen(self, rows: int) -> None:
        """So many rows."""
        self.virtual_size = Size(self.scrollable_content_region.width, rows)
        self.refresh()
