"""The merge policy: which segments of an index to merge into one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.codec.segment_layout import MAX_SEGMENT_DOCUMENTS

MAX_MERGED_TOKENS = 16 << 20
"""Tokens of a merged segment: a merge needs some 40 bytes of memory for each."""
SEGMENTS_PER_TIER = 8
"""Segments of about the same size from which on they are merged."""


@dataclass(frozen=True, slots=True)
class SegmentSize:
    """Size of a segment, by which the policy decides."""

    documents: int
    """Without deleted ones."""
    tokens: int
    deleted: int
    """Number of deleted documents."""


def to_merge(sizes: Sequence[SegmentSize]) -> list[int]:
    """Return the indexes of the segments to merge into one now; empty if there are none.

    A tiered policy: segments are grouped by the power of :data:`SEGMENTS_PER_TIER` in their
    number of documents, and a full group is merged, so that small segments of many updates
    do not accumulate and no document is merged more often than there are tiers. A segment of
    which more than half is deleted is written anew.
    """
    tiers: dict[int, list[int]] = {}
    for index, size in enumerate(sizes):
        if size.deleted > size.documents:
            return [index]
        tier = 0
        while size.documents >= SEGMENTS_PER_TIER ** (tier + 1):
            tier += 1
        tiers.setdefault(tier, []).append(index)
    for _, indexes in sorted(tiers.items()):
        chosen = _fitting(indexes, sizes)
        if len(indexes) >= SEGMENTS_PER_TIER and len(chosen) > 1:
            return chosen
    return []


def _fitting(indexes: Sequence[int], sizes: Sequence[SegmentSize]) -> list[int]:
    """Return as many of the segments as fit in one, smallest first; ascending indexes."""
    chosen: list[int] = []
    documents = tokens = 0
    for index in sorted(indexes, key=lambda n: sizes[n].documents):
        documents += sizes[index].documents
        tokens += sizes[index].tokens
        if documents > MAX_SEGMENT_DOCUMENTS or tokens > MAX_MERGED_TOKENS:
            break
        chosen.append(index)
    return sorted(chosen)
