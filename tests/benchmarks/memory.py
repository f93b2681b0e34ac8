"""The most memory that a process has had resident."""

from __future__ import annotations

import resource
import sys
from pathlib import Path


def peak() -> int:
    """Bytes of this process.

    ``getrusage`` counts what the process was before it became this program, too.
    """
    status = Path("/proc/self/status")
    if status.exists():
        rows = dict(line.split(":", 1) for line in status.read_text("utf-8").splitlines())
        return int(rows["VmHWM"].split()[0]) << 10
    return peak_of(resource.getrusage(resource.RUSAGE_SELF))


def peak_of(usage: resource.struct_rusage) -> int:
    """Bytes; the system counts in them on macOS alone, and elsewhere in KiB."""
    return usage.ru_maxrss if sys.platform == "darwin" else usage.ru_maxrss << 10
