"""Functions on whole arrays of numbers, which indexing and search share."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

import numpy as np

from index.codec.array_file import Array


def as_array(values: array[int]) -> Array:
    """Return a growing array of numbers as uint32; numpy takes no empty buffer."""
    return np.frombuffer(values, np.uint32) if values else np.zeros(0, np.uint32)


def starts(counts: Sequence[int] | Array) -> Array:
    """Return the start of each of several adjacent groups of values, then their total: int64.

    ``counts`` are the sizes of the groups.
    """
    result = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=result[1:])
    return result


def ranges_from_zero(counts: Array) -> Array:
    """Return ``0 … counts[0] - 1``, then ``0 … counts[1] - 1`` and so on: uint32."""
    ends = np.cumsum(counts, dtype=np.uint32)
    total = int(ends[-1]) if len(ends) else 0
    ranges = np.arange(total, dtype=np.uint32)
    ranges -= np.repeat(ends - counts.astype(np.uint32), counts)
    return ranges


def narrowed(values: Array) -> Array:
    """Return unsigned numbers in the smallest dtype that fits them."""
    return values.astype(np.min_scalar_type(int(values.max(initial=0))))


def radix_argsort(values: Array) -> Array:
    """Return a stable argsort of uint32 in two passes: numpy sorts 16 bits by radix."""
    order = np.argsort(values.astype(np.uint16), kind="stable")
    high = (values >> 16).astype(np.uint16)
    return order[np.argsort(high[order], kind="stable")] if high.any() else order
