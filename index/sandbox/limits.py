"""Limits for reading one file: time, memory, text."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass

MEGABYTE = 1 << 20

BASE_SECONDS = 60.0
SECONDS_PER_MEGABYTE = 2.0
"""A file may take this long until its next document. A page of 4,000,000 tags takes 2.5 s, a PDF of
a million pages 33 s: what takes longer does not end, as a rule."""

MEMORY_FACTOR = 8
MIN_MEMORY = 512 * MEGABYTE
"""Bytes of memory for reading a file: as many times the size of the largest file that is read.
Measured: a web page of 55 MB that consists of entities takes 350 MB."""

MAX_CHARACTERS = 64 * MEGABYTE
"""Characters in the text of one document, or the bytes of its file if those are more."""

MAX_WORDS = 800_000
MIN_COUNTED_CHARACTERS = 4 * MEGABYTE
"""Different words in the text of one document, counted in long texts only. Measured: a million
take 770 MB while they are inverted; 60 MB of Arabic news have 377,000, of English 119,000."""
_WORD = re.compile(r"\w+")

MAX_CONTROLS = 0.05
"""Share of control characters in a long text: JSON takes six bytes for each. Measured: a file of
50 MB of them took 1.3 GB while its document was stored."""
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]+")


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of a process that reads files."""

    memory: int = MIN_MEMORY
    """Bytes of memory that the process may hold."""
    base_seconds: float = BASE_SECONDS

    @classmethod
    def for_files(cls, max_size: int) -> Limits:
        """Return the limits for files of up to ``max_size`` bytes."""
        return cls(max(MIN_MEMORY, MEMORY_FACTOR * max_size))

    def seconds(self, size: int) -> float:
        """Return how long a file of ``size`` bytes may take until its next document."""
        return self.base_seconds + SECONDS_PER_MEGABYTE * size / MEGABYTE


def excess(text: str, characters: int) -> str | None:
    """Return what a text has too much of, as a clause, if it has more than ``characters``."""
    if len(text) > characters:
        return f"has a text of more than {characters >> 20} million characters"
    if len(text) < MIN_COUNTED_CHARACTERS:
        return None
    controls = sum(run.end() - run.start() for run in _CONTROLS.finditer(text))
    if controls > MAX_CONTROLS * len(text):
        return "is full of control characters: it is no text"
    words: set[str] = set()
    for start in range(0, len(text), MEGABYTE):
        words.update(_WORD.findall(text, start, start + MEGABYTE))
        if len(words) > MAX_WORDS:
            return f"has more than {MAX_WORDS:,} different words"
    return None


def limit_this_process(memory: int) -> None:
    """Let this process hold ``memory`` bytes, write no file and leave no core dump.

    Linux counts all private memory; macOS accepts the limit of memory and ignores it; Windows
    has none of these limits.
    """
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 (there is none on Windows)

    for kind, value in (
        (resource.RLIMIT_DATA, memory),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        limit = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (limit, limit))
