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
from search.export.sources import Reading, Sources
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
        for exhibit in exhibits:
            yield from _checks(exhibit, reading, sources)
            count += 1
            progress(count)


def _checks(exhibit: Exhibit, reading: Reading, sources: Sources) -> Iterator[Check]:
    """Yield the checks of a document."""
    document = reading.documents.get(exhibit.path)
    is_same = document is not None and document.sha256 == exhibit.sha256
    moved = None if is_same else _moved(exhibit, sources)
    document = moved or document
    text = printable(document.text) if document else ""
    for quotation in exhibit.quotations or (None,):
        if document is not None:
            yield _compared(exhibit, quotation, document, text)
        elif reading.problem and not reading.is_missing:
            yield Check(exhibit, quotation, "not checked", problem=reading.problem)
        else:
            yield Check(exhibit, quotation, "missing")


def _moved(exhibit: Exhibit, sources: Sources) -> Document | None:
    """Return the same document in a file that had the same bytes when it was indexed."""
    member = exhibit.path.removeprefix(exhibit.file)
    for file in sources.elsewhere(exhibit.file_sha256, exhibit.file):
        path = file + member
        document = sources.read(file, {path}).documents.get(path)
        if document is not None and document.sha256 == exhibit.sha256:
            return document
    return None


def _compared(exhibit: Exhibit, quotation: Snippet | None, document: Document, text: str) -> Check:
    """Return the check of a quotation in its document as it is now."""
    start = quotation.start if quotation else 0
    found = nearest(text, quotation.text, start) if quotation else 0
    if quotation is not None and (found is None or not quotation.text):
        difference = first_difference(text, quotation.text, start)
        place = _place(document, difference.at)
        return Check(exhibit, quotation, "changed", place, difference, document.sha256)
    verdict: Verdict = "unchanged"
    if document.path != exhibit.path or found != start:
        verdict = "moved"
    elif document.sha256 != exhibit.sha256:
        verdict = "file changed"
    return Check(exhibit, quotation, verdict, _place(document, found or 0), None, document.sha256)


def _place(document: Document, at: int) -> Place:
    line = document.text.count("\n", 0, at) + document.first_line
    page = bisect_right(document.pages, at) if document.pages else None
    return Place(document.path, at, line, page)


def counted(checks: Sequence[Check]) -> dict[Verdict, int]:
    """Return the number of checks by verdict, of those that occur."""
    counts = {verdict: sum(check.verdict == verdict for check in checks) for verdict in VERDICTS}
    return {verdict: count for verdict, count in counts.items() if count}
