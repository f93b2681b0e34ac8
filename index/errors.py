"""Everything that can go wrong and be told to a person.

::

    DalilError
    ├── UnusableIndex
    │   ├── IndexMissing      nothing is there
    │   ├── IndexForeign      something is there that Dalil did not make
    │   ├── IndexOutdated     made by another version of Dalil
    │   ├── IndexCorrupt      made by Dalil, damaged since
    │   └── IndexLocked       another process is writing to it
    ├── StorageFailed         the disk is full or may not be written to
    ├── WorkerLost            a process that read files ended before its work
    ├── Unreadable            a file that cannot be turned into a document
    ├── NotFound              a document or folder that the index does not hold
    ├── BadQuery              a query that `--strict` refuses
    └── BadOption             an option whose value makes no sense

Each carries a sentence that says what and where, and a ``hint`` that says what
to do next. The command line is the one place that prints them.
"""

from __future__ import annotations

REBUILD = "build the index again with `dalil index --rebuild FOLDER`"
"""What to do about an index that is damaged or of another version."""


class DalilError(Exception):
    """The root of the tree.

    ``message`` is a whole sentence without its full stop; ``hint`` is what the
    reader can do about it, possibly empty.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UnusableIndex(DalilError):
    """The index as a whole cannot be used."""


class IndexMissing(UnusableIndex):
    """There is no index at the given folder."""


class IndexForeign(UnusableIndex):
    """The folder holds something that Dalil did not make."""


class IndexOutdated(UnusableIndex):
    """The index was made by a version of Dalil whose terms differ from this one's."""


class IndexCorrupt(UnusableIndex):
    """A file of the index is damaged or cut short."""


class IndexLocked(UnusableIndex):
    """Another process is writing to the index."""


class StorageFailed(DalilError):
    """The system refused to write: the disk is full, or the folder is not ours."""


class WorkerLost(DalilError):
    """A process that read files was killed, or had no memory left."""


class Unreadable(DalilError):
    """A file could not be turned into a document; the run goes on without it."""


class NotFound(DalilError):
    """The index holds no such document or folder."""


class BadQuery(DalilError):
    """The query does not parse. ``position`` is the character where it fails."""

    def __init__(self, message: str, hint: str = "", position: int = 0) -> None:
        super().__init__(message, hint)
        self.position = position


class BadOption(DalilError):
    """An option has a value that makes no sense."""
