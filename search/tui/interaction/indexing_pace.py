"""How fast a folder is indexed, and how long it will still take."""

from __future__ import annotations

from dataclasses import dataclass

from index.indexing.report import Progress

_MIN_SECONDS = 2.0
"""Seconds before the time left is estimated."""


@dataclass(frozen=True, slots=True)
class IndexingPace:
    """The progress of a run after some seconds."""

    progress: Progress
    seconds: float

    @property
    def share(self) -> float:
        """The share that has been read, from 0 to 1: of the bytes, or where they are unknown, of
        the files.
        """
        progress = self.progress
        return progress.share if progress.of_bytes else progress.files / max(progress.of, 1)

    @property
    def seconds_left(self) -> float | None:
        """The time that the rest will take at this pace; None while that is unknown."""
        if self.seconds < _MIN_SECONDS or not self.share:
            return None
        return self.seconds * (1 - self.share) / self.share

    def __str__(self) -> str:
        progress = self.progress
        parts = [
            f"{self.share:.0%}",
            f"{progress.files:,} of {progress.of:,} files",
            f"{progress.documents:,} documents",
        ]
        if self.seconds >= _MIN_SECONDS and progress.documents:
            parts.append(f"{progress.documents / self.seconds:,.0f} a second")
        if self.seconds_left is not None:
            parts.append(f"{shown_seconds(self.seconds_left)} left")
        return ", ".join(parts)


def shown_seconds(seconds: float) -> str:
    """Return a time for people to read.

    >>> shown_seconds(0.4), shown_seconds(75), shown_seconds(7260)
    ('1 s', '1 min 15 s', '2 h 1 min')
    """
    whole = max(round(seconds), 1)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"
