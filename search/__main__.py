"""The entry point of ``dalil`` and ``python -m search``."""

from __future__ import annotations

import gc
import os
import sys

_SCREEN_OPTIONS = ("--index", "--bidi", "--color", "--query", "-q", "--pick", "--null", "-0")


def main() -> None:
    """Run the command line and exit with its code."""
    gc.disable()  # imports create thousands of objects and no garbage
    # numpy starts the threads of its linear algebra when it is imported, and a search has none.
    # Measured on two processors: 80 of 310 ms of processor time.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        if _answered_at_once(sys.argv[1:]):
            return
        # Measured: only what the command needs is imported.
        from search.cli.argv import ordered  # noqa: PLC0415
        from search.cli.dispatch import import_commands, run_command  # noqa: PLC0415

        if _names_no_command(sys.argv[1:]):
            from search.cli.commands.interactive import open_screen  # noqa: PLC0415

            if open_screen(sys.argv[1:]):
                return
        import_commands(sys.argv[1:])
        # Code lives until the end: neither a collection nor the exit traverses it again.
        gc.freeze()
        gc.enable()
        _replace_undecodable()
        run_command(ordered(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        from search.cli.errors import FAILED, print_defect  # noqa: PLC0415

        print_defect(error)
        sys.exit(FAILED)


def _answered_at_once(arguments: list[str]) -> bool:
    """Answer what needs none of the commands: a Tab of the shell, and ``--version``."""
    if arguments[:1] == ["__complete"]:
        from search.cli.completion.complete import main as complete  # noqa: PLC0415

        sys.exit(complete(arguments[1:]))
    if arguments == ["--version"]:
        from index import __version__  # noqa: PLC0415

        print(f"dalil {__version__}")
        return True
    return False


def _names_no_command(arguments: list[str]) -> bool:
    """Return whether the arguments can be options of the interactive screen."""
    return not arguments or arguments[0].partition("=")[0] in _SCREEN_OPTIONS


def _replace_undecodable() -> None:
    """Escape what the encoding of the standard streams cannot represent, instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(errors="replace")


if __name__ == "__main__":
    main()
