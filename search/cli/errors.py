"""Exit codes, and the one function in which an error becomes a sentence and an exit code.

Exit codes: 0 success, 1 nothing found, 2 error, 130 interrupted.
"""

from __future__ import annotations

import functools
import os
import sys
from contextlib import suppress
from typing import Any

from index.errors import DalilError
from search.cli.console import print_error
from search.cli.parameters import Function

NOTHING_FOUND = 1
FAILED = 2
INTERRUPTED = 130


def guarded(function: Function) -> Function:
    """Wrap a command so that it ends with a sentence and an exit code if it fails."""

    @functools.wraps(function)
    def run(*arguments: Any, **options: Any) -> None:
        try:
            try:
                function(*arguments, **options)
            finally:
                sys.stdout.flush()
        except DalilError as error:
            print_error(error.message, error.hint)
            raise SystemExit(FAILED) from error
        except KeyboardInterrupt as error:
            print_error("Interrupted", "what was committed is kept; run the command again to go on")
            raise SystemExit(INTERRUPTED) from error
        except BrokenPipeError:
            _discard_output()  # the reader of the pipe has closed it, such as head
            raise SystemExit(0) from None
        except OSError as error:
            _discard_output()
            _print_system_error(error)
            raise SystemExit(FAILED) from error

    return run


def _print_system_error(error: OSError) -> None:
    path = f" ({error.filename})" if error.filename else ""
    message = f"The system refused: {error.strerror or error}{path}"
    print_error(message, "check the disk and the path")


def _discard_output() -> None:
    """Redirect standard output to os.devnull, so that the flush at exit does not fail again."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
