"""Divide the screen between the list and the document, or read the document alone."""

from __future__ import annotations

from search.tui.actions.desk import Desk
from search.tui.interaction.pane_sizes import SHARE, limited, read_share, write_share

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
        self._share = limited(self._share + steps * _STEP)
        self.panes.set_share(self._share)
        if self.session.roots is not None:
            write_share(self.session.folder, self._share)
