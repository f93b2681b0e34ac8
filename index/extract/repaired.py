"""Repair the documents of a file whose text was read in a wrong encoding once before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import accumulate, pairwise

from index.document import Document, Skipped
from index.extract.mojibake import Repair, damaged_lines, repair


def repaired(items: Iterable[Document | Skipped]) -> Iterator[Document | Skipped]:
    """Yield what a reader made of a file, each document repaired if all of it was read wrongly.

    A note follows a document in which only some lines are damaged: it is left as it is.
    """
    for item in items:
        found = repair(item.text) if isinstance(item, Document) else None
        if isinstance(item, Document) and found:
            yield _repaired(item, found)
            continue
        yield item
        if isinstance(item, Document) and (lines := damaged_lines(item.text)):
            yield Skipped(item.path, _reason(lines))


def _reason(lines: list[int]) -> str:
    count = "1 line seems" if len(lines) == 1 else f"{len(lines):,} lines seem"
    first = "" if len(lines) == 1 else "the first is "
    return f"{count} to have been read in a wrong encoding, {first}line {lines[0]:,}: not repaired"


def _repaired(document: Document, found: Repair) -> Document:
    starts = (*document.pages, *(part.start for part in document.parts))
    offsets = sorted({0, *starts, len(document.text)})
    pieces = [found.undo(document.text[a:b]) for a, b in pairwise(offsets)]
    moved = dict(zip(offsets, accumulate(map(len, pieces), initial=0), strict=True))
    return replace(
        document,
        text="".join(pieces),
        title=found.undo(document.title),
        pages=tuple(moved[page] for page in document.pages),
        parts=tuple(replace(part, start=moved[part.start]) for part in document.parts),
        encoding=found.encoding,
    )
