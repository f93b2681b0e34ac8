"""Decide which segments of an index to merge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.codec.segment_builder import MAX_SEGMENT_DOCUMENTS

MAX_MERGED_TOKENS = 16 << 20
"""In a merged segment: a merge needs some 40 bytes of memory a token."""
SEGMENTS_PER_TIER = 8
"""Segments of about one size that are left side by side before they are merged."""


@dataclass(frozen=True, slots=True)
class SegmentSize:
    """What a merge policy has to know of a segment."""

    documents: int
    """Without deleted ones."""
    tokens: int
    deleted: int


def to_merge(sizes: Sequence[SegmentSize]) -> list[int]:
    """Which segments to merge into one now, by their places; none or at least one.

    A tiered policy: segments are grouped by the power of :data:`SEGMENTS_PER_TIER` in their
    number of documents, and a full group is merged, so that many small updates do
    not pile up and no document is merged more often than there are tiers. A segment
    of which half is deleted is written anew.
    """
    groups: dict[int, list[int]] = {}
    for place, size in enumerate(sizes):
        if size.deleted > size.documents:
            return [place]
        tier = 0
        while size.documents >= SEGMENTS_PER_TIER ** (tier + 1):
            tier += 1
        groups.setdefault(tier, []).append(place)
    for _, places in sorted(groups.items()):
        chosen = _fitting(places, sizes)
        if len(places) >= SEGMENTS_PER_TIER and len(chosen) > 1:
            return chosen
    return []


def _fitting(places: Sequence[int], sizes: Sequence[SegmentSize]) -> list[int]:
    """As many of the segments as one segment may hold, the smallest first."""
    chosen: list[int] = []
    documents = tokens = 0
    for place in sorted(places, key=lambda n: sizes[n].documents):
        documents += sizes[place].documents
        tokens += sizes[place].tokens
        if documents > MAX_SEGMENT_DOCUMENTS or tokens > MAX_MERGED_TOKENS:
            break
        chosen.append(place)
    return sorted(chosen)
