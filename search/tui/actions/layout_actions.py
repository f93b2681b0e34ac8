"""Divide the screen between the list and the document, or read the document alone."""

from __future__ import annotations

from search.tui.actions.desk import Desk
from search.tui.interaction.pane_sizes import SHARE, limited, read_share, write_share
from search.tui.widgets.left_border import LeftBorder

_STEP = 4
"""Percent by which one key moves the border."""


class LayoutActions(Desk):
    """Change the sizes of the panes; those of the user's own index are remembered."""

    _share = SHARE

    def restore_sizes(self) -> None:
        """Divide the screen as the user left it."""
        if (share := read_share(self.session.folder)) is not None:
            self._share = share
            self.panes.set_share(share)

    def action_read_full(self) -> None:
        """Read the document alone, or beside the list again."""
        if self.document.passage is not None:
            self.panes.read_full()

    def action_move_border(self, steps: int) -> None:
        """Make the document wider by some steps; narrower if negative."""
        self._divide(self._share + steps * _STEP)
        self._remember()

    def on_left_border_dragged(self, event: LeftBorder.Dragged) -> None:
        """Move the border to the mouse."""
        if not self.panes.stacked:
            left, right = self.hits.region.x, self.document.region.right
            self._divide(round(100 * (right - event.x) / max(right - left, 1)))

    def on_left_border_dropped(self, _event: LeftBorder.Dropped) -> None:
        """Keep the border where it was dragged to."""
        self._remember()

    def _divide(self, share: int) -> None:
        self._share = limited(share)
        self.panes.set_share(self._share)

    def _remember(self) -> None:
        if self.session.roots is not None:
            write_share(self.session.folder, self._share)
