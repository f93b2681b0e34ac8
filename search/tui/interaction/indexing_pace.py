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
    def done(self) -> int:
        """The files read so far."""
        return self.progress.files

    @property
    def total(self) -> int:
        """The files that the run reads, at least 1."""
        return max(self.progress.of, 1)

    @property
    def seconds_left(self) -> float | None:
        """The time that the rest will take at this pace; None while that is unknown."""
        if self.seconds < _MIN_SECONDS or not self.done:
            return None
        return self.seconds * (self.total - self.done) / self.done

    def __str__(self) -> str:
        progress = self.progress
        parts = [
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
