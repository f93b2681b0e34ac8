"""Repair: which files were in damaged segments, from the catalog and the other segments."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np

from index.codec.segment_reader import IndexReader, SegmentReader
from index.codec.term_bytes import decode_term
from index.indexing.transaction import Transaction
from index.store.catalog import Catalog


def mark_lost_files(transaction: Transaction) -> list[str]:
    """Return the files that lost documents with the damaged segments, in order.

    The catalog then has them as files that were not read to the end, so that the next run reads
    them again, or whenever they are there again.
    """
    catalog = transaction.catalog
    lost = lost_files(catalog, transaction.writer.reader)
    for path in lost:
        catalog.files[path] = replace(catalog.files[path], complete=False)
    return lost


def lost_files(catalog: Catalog, reader: IndexReader) -> list[str]:
    """Return the files of which fewer documents are in the segments than were read, in order."""
    found: Counter[str] = Counter()
    for segment in reader.segments:
        found.update(_documents_by_file(segment))
    return [path for path, state in catalog.files.items() if found[path] < state.documents]


def _documents_by_file(segment: SegmentReader) -> dict[str, int]:
    """Return the live documents of each file in a segment."""
    view = segment.fields["file"]
    documents = view.documents.whole
    live = np.ones(len(documents), bool) if segment.live is None else segment.live[documents]
    before = np.append(0, live.cumsum())
    ends = view.posting_starts.astype(np.int64)
    counts = before[ends[1:]] - before[ends[:-1]]
    names = [decode_term(term) for term in view.terms()]
    return dict(zip(names, counts.tolist(), strict=True))
