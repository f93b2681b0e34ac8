"""``dalil`` and ``python -m search``."""

from __future__ import annotations

import gc
import os
import sys


def main() -> None:
    """Run the command line and exit with its code."""
    gc.disable()  # importing makes thousands of objects and no garbage
    try:
        # Measured: what a command needs, and no more.
        from search.cli import load  # noqa: PLC0415
        from search.cli.app import answer, group  # noqa: PLC0415
        from search.cli.arguments import ordered  # noqa: PLC0415

        completing = "_DALIL_COMPLETE" in os.environ
        load([] if completing else sys.argv[1:])
        # Code stays until the end: neither a collection nor the exit goes through it again.
        gc.freeze()
        gc.enable()
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="backslashreplace")
        if hasattr(sys.stdin, "reconfigure"):
            sys.stdin.reconfigure(errors="replace")
        arguments = ordered(sys.argv[1:])
        group()(args=arguments, prog_name="dalil") if completing else answer(arguments)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
