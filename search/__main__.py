"""``dalil`` and ``python -m search``."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and exit with its code."""
    from search.cli import app  # noqa: PLC0415 (measured: what a command needs, and no more)
    from search.cli.arguments import query_last  # noqa: PLC0415

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    app(args=query_last(sys.argv[1:]), prog_name="dalil")


if __name__ == "__main__":
    main()
