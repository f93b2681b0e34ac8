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
        from search.cli.argv import ordered  # noqa: PLC0415

        completing = "_DALIL_COMPLETE" in os.environ
        if not completing and _only_options(sys.argv[1:]):
            from search.cli.commands.interactive import opened  # noqa: PLC0415

            if opened(sys.argv[1:]):
                return
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


def _only_options(arguments: list[str]) -> bool:
    """Whether nothing may be a command: every second word is an option, or all are."""
    return not arguments or arguments[0].partition("=")[0] in ("--index", "--bidi", "--color")


if __name__ == "__main__":
    main()
