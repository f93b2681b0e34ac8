"""Exit codes, and the one function in which an error becomes a sentence and an exit code.

Exit codes: 0 success, 1 nothing found, 2 error, 130 interrupted.
"""

from __future__ import annotations

import functools
import os
import sys
from contextlib import suppress
from typing import Any

from index.errors import TRACEBACK, DalilError, InternalError
from search.cli.console import print_error, print_note
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
        except Exception as error:
            _discard_output()
            print_defect(error)
            raise SystemExit(FAILED) from error

    return run


def print_defect(error: Exception) -> None:
    """Print an exception that no code expected as a sentence, and its calls if the user asks."""
    if os.environ.get(TRACEBACK):
        import traceback  # noqa: PLC0415 (a defect is rare)

        print_note("".join(traceback.format_exception(error)))
    defect = InternalError.of(error)
    print_error(defect.message, defect.hint)


def _print_system_error(error: OSError) -> None:
    path = f" ({error.filename})" if error.filename else ""
    message = f"The system refused: {error.strerror or error}{path}"
    print_error(message, "check the disk and the path")


def _discard_output() -> None:
    """Redirect standard output to os.devnull, so that the flush at exit does not fail again."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
