"""The errors that are reported to the user.

::

    DalilError
    ├── UnusableIndex
    │   ├── IndexMissing      the folder has no index
    │   ├── IndexForeign      the folder has content that Dalil did not write
    │   ├── IndexOutdated     written by another version of Dalil
    │   ├── IndexCorrupt      written by Dalil, damaged since
    │   ├── IndexLocked       another process is writing to the index
    │   └── IndexEmpty        the index holds no document
    ├── StorageFailed         the disk is full or write-protected
    ├── WorkerLost            a worker process ended before its work
    ├── Unreadable            a file cannot be turned into a document
    │   ├── Unreachable       the system does not give it
    │   └── ReaderFailed      its reader crashed, or passed a limit
    ├── MeaningUnavailable    the encoder is not installed, or damaged
    ├── NotFound              a document or folder is not in the index
    ├── BadQuery              `--strict` refuses the query
    ├── BadOption             an option has an invalid value
    ├── BadDossier            a file is no dossier, or not one that can be checked
    ├── NoTerminal            the screen was asked for where there is none
    └── InternalError         a defect of Dalil

Each has a ``message`` with the cause and the place, and a ``hint`` with the next step.
Only the command line prints them.
"""

from __future__ import annotations

REBUILD = "build the index again with `dalil index --rebuild FOLDER`"
"""The hint for an index that is damaged or of another version."""

REPAIR = "read its files again with `dalil index --repair`"
"""The remedy for a damaged segment whose commit is whole."""
DAMAGED_SEGMENT = f"{REPAIR}, search the rest with `dalil search --skip-damaged`, or {REBUILD}"
"""The hint for a damaged segment."""


class DalilError(Exception):
    """The base class of all errors.

    ``message`` is a complete sentence without full stop; ``hint`` is what the user can do,
    or "".
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UnusableIndex(DalilError):
    """The index cannot be used at all."""


class IndexMissing(UnusableIndex):
    """The given folder has no index."""


class IndexForeign(UnusableIndex):
    """The folder has content that Dalil did not write."""


class IndexOutdated(UnusableIndex):
    """The index was written by a version of Dalil with other terms."""


class IndexCorrupt(UnusableIndex):
    """A file of the index is damaged or truncated."""


class IndexLocked(UnusableIndex):
    """Another process is writing to the index."""


class IndexEmpty(UnusableIndex):
    """The index holds no document, so that there is nothing to search."""


class StorageFailed(DalilError):
    """The system refused to write: the disk is full, or permission is missing."""


class WorkerLost(DalilError):
    """A worker process was killed, or ran out of memory."""


class Unreadable(DalilError):
    """A file cannot be turned into a document; the run continues without it."""


class Unreachable(Unreadable):
    """The system does not give the file, now: the documents that the index has of it stay."""


class ReaderFailed(Unreadable):
    """The process that read a file crashed, or took more time or memory than a file may take."""


class MeaningUnavailable(DalilError):
    """The package of the encoder is not installed, or damaged."""


class NotFound(DalilError):
    """The index has no such document or folder."""


class BadQuery(DalilError):
    """The query cannot be parsed. ``position`` is the offset of the error in characters."""

    def __init__(self, message: str, hint: str = "", position: int = 0) -> None:
        super().__init__(message, hint)
        self.position = position


class BadOption(DalilError):
    """An option has an invalid value."""


class BadDossier(DalilError):
    """A file is no dossier, or none that can be checked."""


class NoTerminal(DalilError):
    """The screen was asked for, and no terminal is there to draw it on."""


class InternalError(DalilError):
    """A defect of Dalil: an exception that no code expected."""

    @classmethod
    def of(cls, error: BaseException) -> InternalError:
        """Return the error for an exception, with the place where it was raised."""
        if isinstance(error, MemoryError):
            return cls(
                "There is not enough memory", "end other programs, or use fewer `--jobs`; " + _KEPT
            )
        trace = error.__traceback__
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        place = f" in {trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else ""
        return cls(
            f"Dalil has a defect: {type(error).__name__}{place}: {str(error)[:200]}",
            f"{_KEPT}; please report it with what the same command prints under {TRACEBACK}=1",
        )


TRACEBACK = "DALIL_TRACEBACK"
"""The variable of the environment with which a defect is printed with all its calls."""
_KEPT = "what was committed is kept"
