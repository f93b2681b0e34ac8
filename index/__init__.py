"""The writing side: files to documents, documents to terms, terms to segments.

Ask here for ...                            ... in
------------------------------------------  -----------------------------------
a file as text with title and date          ``extract``
the terms of a text, with offsets           ``analysis``
the fields, and the version of the schema   ``schema``
the folder of an index                      ``directory``
the commit, all or nothing                  ``commit``, ``disk``, ``toc``
the arrays of a segment                     ``codec``
what was indexed from where, and skipped    ``catalog``
what a run will do                          ``plan``
the run                                     ``writer``, ``run``
files read into segments                    ``reading``, ``batch``
the same by several processes               ``workers``, ``shares``
drops and additions up to a commit          ``changes``
what the run did                            ``report``
what can go wrong                           ``errors``
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from index.indexing.report import IndexReport
    from index.indexing.writer import IndexWriter

__all__ = ["IndexReport", "IndexWriter"]


def __getattr__(name: str) -> Any:
    """Import the writer when it is asked for: a search uses this package without it."""
    if name == "IndexWriter":
        from index.indexing.writer import IndexWriter  # noqa: PLC0415

        return IndexWriter
    if name == "IndexReport":
        from index.indexing.report import IndexReport  # noqa: PLC0415

        return IndexReport
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
