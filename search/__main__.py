"""``dalil`` and ``python -m search``."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the command line and exit with its code."""
    try:
        # Measured: what a command needs, and no more.
        from search.cli import load  # noqa: PLC0415
        from search.cli.app import group  # noqa: PLC0415
        from search.cli.arguments import ordered  # noqa: PLC0415

        load(sys.argv[1:] if "_DALIL_COMPLETE" not in os.environ else [])
    except KeyboardInterrupt:
        sys.exit(130)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(errors="replace")
    group()(args=ordered(sys.argv[1:]), prog_name="dalil")


if __name__ == "__main__":
    main()
