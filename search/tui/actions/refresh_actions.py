"""Read what changed in the folders of the index, from the screen."""

from __future__ import annotations

import asyncio

from textual import work
from textual.timer import Timer

from index.errors import DalilError
from index.indexing.report import IndexReport
from search.render.report import report_sentence
from search.tui.actions.live_actions import LiveActions
from search.tui.interaction.progress_relay import ProgressRelay, Stopped


class RefreshActions(LiveActions):
    """One refresh at a time, in a thread; leaving the screen ends it with its last commit."""

    _relay: ProgressRelay | None = None
    _clock: Timer | None = None

    def action_refresh_folders(self) -> None:
        """Begin, unless it runs already."""
        if self._relay is None:
            self._relay = ProgressRelay()
            self._refresh_folders(self._relay)

    @work(group="refresh")
    async def _refresh_folders(self, relay: ProgressRelay) -> None:
        self.status.show("looking for what changed …")
        self._clock = self.set_interval(0.2, self._show_progress)
        try:
            report = await asyncio.to_thread(self.session.refresh, relay)
        except Stopped:
            return
        except DalilError as error:
            self.notify(f"{error.message}: {error.hint}", severity="warning", markup=False)
        else:
            self._say_refreshed(report)
        finally:
            self._clock.stop()
            self._relay = None
        self.show_status()
        self.renew()

    def _show_progress(self) -> None:
        progress = self._relay.last if self._relay else None
        if progress is not None:
            self.status.show(
                f"reading {progress.files:,} of {progress.of:,} files",
                f"{progress.documents:,} documents",
            )

    def _say_refreshed(self, report: IndexReport) -> None:
        for warning in report.warnings:
            self.notify(warning, severity="warning", markup=False)
        self.notify(report_sentence(report), markup=False)

    def on_unmount(self) -> None:
        """Stop reading; what is committed stays."""
        if self._relay is not None:
            self._relay.stopped = True
