"""The writing side: from files to documents, to terms, to segments on disk.

::

    files ──extract──▶ documents ──analysis──▶ terms ──codec──▶ segments (arrays)
              ▲                                                    │
              └── indexing: plan, readers, workers ──▶ store: commit, catalog, folder

``schema`` names the fields; ``errors`` is the tree of everything that can go wrong.
"""

from __future__ import annotations

TYPE_CHECKING = False  # as in typing, which takes as long to import as Python to start
if TYPE_CHECKING:
    from typing import Any

    from index.indexing.report import IndexReport
    from index.indexing.writer import IndexWriter

__all__ = ["IndexReport", "IndexWriter"]

__version__ = "0.1.0"
"""The version of Dalil; ``pyproject.toml`` takes it from here."""


def __getattr__(name: str) -> Any:
    """Import the writer when it is asked for: a search uses this package without it."""
    if name == "IndexWriter":
        from index.indexing.writer import IndexWriter  # noqa: PLC0415

        return IndexWriter
    if name == "IndexReport":
        from index.indexing.report import IndexReport  # noqa: PLC0415

        return IndexReport
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
