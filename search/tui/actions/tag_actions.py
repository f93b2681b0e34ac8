"""Tag the selected document and note what it is."""

from __future__ import annotations

from index.errors import DalilError
from search.desk.tags import Change, tags_of
from search.hits.annotations import Annotation
from search.results import Hit
from search.tui.actions.live_actions import LiveActions
from search.tui.widgets.entry_dialog import EntryDialog


class TagActions(LiveActions):
    """The user's own tags of documents; ``tag:NAME`` finds them."""

    def action_tag(self) -> None:
        """Ask for tags and a note, and store them."""
        hit = self.hits.hit
        if hit is None:
            return
        if self.session.roots is None:
            self.notify("this index is not yours: dalil trust", severity="warning", timeout=4)
            return
        known = self.session.annotation(hit.path, hit.sha256)
        lines = [("tags, with commas between", ", ".join(known.tags)), ("note", known.note)]
        dialog = EntryDialog(hit.heading[0], lines, self.plan.mode, "tag:NAME finds it")

        def store(typed: tuple[str, ...] | None) -> None:
            if typed is not None:
                self._annotate(hit, known, *typed)

        self.push_screen(dialog, store)

    def _annotate(self, hit: Hit, shown: Annotation, tags: str, note: str) -> None:
        try:
            change = Change.between(shown, tags_of(tags), note)
            self.session.annotate(hit.path, hit.sha256, change)
        except DalilError as error:
            self.notify(f"{error.message}: {error.hint}", severity="warning", markup=False)
            return
        self.search_again()
