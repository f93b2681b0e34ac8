"""The progress of indexing, from the thread that indexes to the screen."""

from __future__ import annotations

from index.indexing.report import Progress


class Stopped(Exception):
    """The screen was closed while a folder was being indexed."""


class ProgressRelay:
    """The progress of indexing, passed from its thread to that of the screen."""

    def __init__(self) -> None:
        self.last: Progress | None = None
        self.stopped = False

    def put(self, progress: Progress) -> None:
        """Store the newest progress. Raises Stopped if the screen was closed."""
        self.last = progress
        if self.stopped:
            raise Stopped
