"""The quotations of a dossier, compared with the files as they are now."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from index.document import Document
from search.export.comparison import Difference, first_difference, nearest
from search.export.dossier import Dossier, Exhibit
from search.export.exhibits import printable
from search.export.sources import Documents, Reading, Sources
from search.results import Snippet

Verdict = Literal["unchanged", "file changed", "moved", "changed", "missing", "not checked"]
"""Of a quotation:

``unchanged``     it stands where it stood, and the file has the same SHA-256
``file changed``  it stands where it stood, but other bytes of the file have changed
``moved``         it stands elsewhere: in a file of another name, or at another offset
``changed``       it does not stand there any more
``missing``       there is no such file or document
``not checked``   the file may not be read, or cannot be
"""
VERDICTS: tuple[Verdict, ...] = (
    *("unchanged", "file changed", "moved", "changed", "missing", "not checked"),
)


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a document as it is now."""

    path: str
    start: int
    line: int
    page: int | None


@dataclass(frozen=True, slots=True)
class Check:
    """What became of one quotation, or of a document without any (``quotation`` is None)."""

    exhibit: Exhibit
    quotation: Snippet | None
    verdict: Verdict
    place: Place | None = None
    """Where it stands now, or where it first differs; None if nothing can be said."""
    difference: Difference | None = None
    """Of a changed quotation."""
    sha256: str = ""
    """Of the document now; "" if it was not read."""
    problem: str = ""
    """Why it was not checked."""


def verify(
    dossier: Dossier, sources: Sources, progress: Callable[[int], None] = lambda _count: None
) -> Iterator[Check]:
    """Yield the check of each quotation, file by file; ``progress`` gets the documents so far."""
    count = 0
    by_file = sorted(dossier.exhibits, key=lambda exhibit: exhibit.file)
    for file, group in groupby(by_file, key=lambda exhibit: exhibit.file):
        exhibits = list(group)
        reading = sources.read(file, {exhibit.path for exhibit in exhibits})
        moved = _moved([e for e in exhibits if not _is_same(e, reading.documents)], sources)
        for exhibit in exhibits:
            document = moved.get(exhibit.path) or reading.documents.get(exhibit.path)
            yield from _checks(exhibit, document, reading)
            count += 1
            progress(count)


def _is_same(exhibit: Exhibit, documents: Documents, path: str = "") -> bool:
    """Whether a document is there with the bytes that it had; ``path`` if it has another now."""
    document = documents.get(path or exhibit.path)
    return document is not None and document.sha256 == exhibit.sha256


def _moved(exhibits: Sequence[Exhibit], sources: Sources) -> Documents:
    """Return the documents of a file that are, with the same bytes, in another file now.

    They are under the paths that they had. Each other file is read once.
    """
    found: dict[str, Document] = {}
    for (digest, file), group in groupby(exhibits, key=lambda e: (e.file_sha256, e.file)):
        waiting = list(group)
        for other in sources.elsewhere(digest, file):
            now = {e.path: other + e.path.removeprefix(file) for e in waiting}
            documents = sources.read(other, set(now.values())).documents
            same = [e for e in waiting if _is_same(e, documents, now[e.path])]
            found |= {e.path: documents[now[e.path]] for e in same}
            waiting = [e for e in waiting if e.path not in found]
            if not waiting:
                break
    return found


def _checks(exhibit: Exhibit, document: Document | None, reading: Reading) -> Iterator[Check]:
    """Yield the checks of a document as it is now; ``reading`` says why it is not known."""
    text = printable(document.text) if document else ""
    for quotation in exhibit.quotations or (None,):
        if document is not None:
            yield _compared(exhibit, quotation, document, text)
        elif reading.problem and not reading.is_missing:
            yield Check(exhibit, quotation, "not checked", problem=reading.problem)
        else:
            yield Check(exhibit, quotation, "missing")


def _compared(exhibit: Exhibit, quotation: Snippet | None, document: Document, text: str) -> Check:
    """Return the check of a quotation in its document as it is now."""
    start = quotation.start if quotation else 0
    found = nearest(text, quotation.text, start) if quotation else 0
    if quotation is not None and (found is None or not quotation.text):
        difference = first_difference(text, quotation.text, start)
        place = _place(document, difference.at, difference.at)
        return Check(exhibit, quotation, "changed", place, difference, document.sha256)
    verdict: Verdict = "unchanged"
    if document.path != exhibit.path or found != start:
        verdict = "moved"
    elif document.sha256 != exhibit.sha256:
        verdict = "file changed"
    first = quotation.spans[0][0] if quotation and quotation.spans else 0
    place = _place(document, found or 0, (found or 0) + first)
    return Check(exhibit, quotation, verdict, place, None, document.sha256)


def _place(document: Document, start: int, at: int) -> Place:
    """Return the place of a start; line and page are those of ``at``, as of the first match."""
    line = document.text.count("\n", 0, at) + document.first_line
    page = bisect_right(document.pages, at) if document.pages else None
    return Place(document.path, start, line, page)


def counted(checks: Sequence[Check]) -> dict[Verdict, int]:
    """Return the number of checks by verdict, of those that occur."""
    counts = {verdict: sum(check.verdict == verdict for check in checks) for verdict in VERDICTS}
    return {verdict: count for verdict, count in counts.items() if count}
