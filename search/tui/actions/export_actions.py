"""Export hits to a dossier."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from search.bidi import layout, quotes
from search.tui.actions.desk import Desk

_TOAST = 50
"""Width of the text of a toast, in cells, less than which Textual gives it."""


class ExportActions(Desk):
    """Ask for a file, and write the marked hits, or all, to it."""

    def action_export(self) -> None:
        """Open the dialog."""
        from search.tui.interaction.export_job import ExportJob, proposed  # noqa: PLC0415 (after the first frame)
        from search.tui.widgets.export_dialog import ExportDialog  # noqa: PLC0415

        marked = [*self.hits.marks.values()]
        listing = self.listing
        if not marked and (listing is None or not listing.total):
            self.notify("nothing to export: no hits", severity="warning", timeout=3)
            return
        query = listing.query if listing else ""
        total = listing.total if listing else 0
        job = ExportJob(self.session, query, marked, total, self.exact)
        try:
            folder = Path.cwd()
        except OSError:  # it was deleted
            folder = Path.home()
        name = proposed(query, folder, date.today())
        self.push_screen(ExportDialog(job, name, self.plan.mode), self._exported)

    def _exported(self, said: str | None) -> None:
        """Say what was written; a toast puts no Arabic in order by itself."""
        if said:
            rows = layout(said, (), _TOAST, mode=self.plan.mode, rtl=False, isolates=quotes(said))
            text = "\n".join("".join(part.text for part in row.segments) for row in rows)
            self.notify(text, timeout=6, markup=False)
