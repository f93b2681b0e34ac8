"""Say why the selected hit stands where it does, and search for words as they are typed."""

from __future__ import annotations

from search.tui.actions.desk import Desk
from search.tui.widgets.why import Why


class RankingActions(Desk):
    """Explain a ranking, and switch to exact spellings."""

    def action_explain(self) -> None:
        """Show how the words of the selected hit matched, and its score."""
        if self.listing is None or (hit := self.hits.hit) is None:
            self.notify("type a query first: its first hit can then be explained", timeout=3)
            return
        rank = self.hits.row + 1
        self.push_screen(Why(hit, rank, self.listing, self.plan.mode))

    def action_toggle_exact(self) -> None:
        """Search for the words as typed, or in all their forms and spellings again."""
        self.exact = not self.exact
        self._search()
        if self.listing is None:
            self.show_status()
