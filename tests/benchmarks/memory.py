"""Peak resident memory of a process."""

from __future__ import annotations

import resource
import sys
from pathlib import Path


def peak() -> int:
    """Return the peak of this process in bytes.

    Not from ``getrusage``, which includes the program that the process ran before this one.
    """
    status = Path("/proc/self/status")
    if status.exists():
        rows = dict(line.split(":", 1) for line in status.read_text("utf-8").splitlines())
        return int(rows["VmHWM"].split()[0]) << 10
    return peak_of(resource.getrusage(resource.RUSAGE_SELF))


def peak_of(usage: resource.struct_rusage) -> int:
    """Return the peak of a usage in bytes; macOS counts in bytes, other systems in KiB."""
    return usage.ru_maxrss if sys.platform == "darwin" else usage.ru_maxrss << 10
