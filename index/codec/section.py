"""An array of a file of which each part is verified before its first use."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, Literal, overload

import numpy as np
from numpy.typing import DTypeLike, NDArray

from index.codec.page_checksums import PAGE_SHIFT

Array = NDArray[Any]


class Section:
    """A one-dimensional array. Every access raises IndexCorrupt if that part is damaged.

    ``verify(start, end)`` verifies bytes of the file and returns whether the whole array is
    verified with them.
    """

    def __init__(self, array: Array, offset: int, verify: Callable[[int, int], bool]) -> None:
        self._array = array
        self.numbers = array.data
        """The array, not verified. A view of memory gives a number four times faster."""
        self._offset, self._width = offset, array.dtype.itemsize
        self._verify = verify
        self._is_verified = not len(array)
        """Whether nothing is left to verify."""
        pages = ((offset + array.nbytes - 1) >> PAGE_SHIFT) - (offset >> PAGE_SHIFT) + 1
        self._seen = np.zeros(max(pages, 1), np.bool_)
        """The pages that :meth:`take` has verified, counted from that of the first element."""

    def __len__(self) -> int:
        return len(self._array)

    @cached_property
    def whole(self) -> Array:
        """The whole array."""
        self._require(0, len(self._array))
        self._is_verified = True
        return self._array

    def astype(self, dtype: DTypeLike) -> Array:
        """Return a copy of the whole array in another type."""
        return self.whole.astype(dtype)

    def item(self, index: int) -> int:
        """Return one element."""
        if not self._is_verified:
            self._require(index, index + 1)
        number: int = self.numbers[index]
        return number

    @overload
    def __getitem__(self, at: int) -> int: ...
    @overload
    def __getitem__(self, at: slice) -> Array: ...
    def __getitem__(self, at: int | slice) -> int | Array:
        """Return one element, or a slice without a step."""
        if not isinstance(at, slice):
            return self.item(at)
        if not self._is_verified:
            start, end, _ = at.indices(len(self._array))
            self._require(start, end)
        return self._array[at]

    def tobytes(self, start: int, end: int) -> bytes:
        """Return the elements from ``start`` to ``end`` of an array of bytes."""
        if not self._is_verified:
            self._require(start, end)
        return bytes(self.numbers[start:end])

    def take(self, indices: Array) -> Array:
        """Return the elements at indices (integers, an array of any shape)."""
        self.verify(indices)
        return self._array.take(indices)

    def verify(self, indices: Array) -> None:
        """Verify the elements at indices (integers, an array of any shape)."""
        if self._is_verified or not indices.size:
            return
        first = self._offset >> PAGE_SHIFT
        pages = (indices.astype(np.int64).ravel() * self._width + self._offset) >> PAGE_SHIFT
        for page in set(pages[~self._seen.take(pages - first)].tolist()):
            self._is_verified |= self._verify(page << PAGE_SHIFT, (page + 1) << PAGE_SHIFT)
            self._seen[page - first] = True

    def searchsorted(self, values: Array, side: Literal["left", "right"] = "left") -> Array:
        """Return where ``values`` belong in this sorted array: int64.

        The elements on both sides of each place are verified, and that they enclose the value:
        then a damaged element elsewhere cannot have led the search astray.
        """
        places = self._array.searchsorted(values, side)
        before, after = places > 0, places < len(self._array)
        lower, upper = self.take(places[before] - 1), self.take(places[after])
        if side == "left":
            fits = (lower < values[before]).all() and (values[after] <= upper).all()
        else:
            fits = (lower <= values[before]).all() and (values[after] < upper).all()
        if not fits:
            self._is_verified = False
            self._verify(self._offset, self._offset + self._array.nbytes)
            raise ValueError("an array of the index is not sorted")
        return places

    def spans(self, indices: Array, end: int) -> tuple[Array, Array]:
        """Return starts and sizes of the parts at distinct indices, of an array of starts: int64.

        ``end`` is the length of the array that is divided into parts. Raises ValueError if the
        parts do not lie in it: what is allocated for them never exceeds it.
        """
        begins = self.take(indices).astype(np.int64)
        sizes = self.take(indices + 1) - begins
        if sizes.size and (
            sizes.min() < 0 or sizes.sum() > end or begins.min() < 0 or (begins + sizes).max() > end
        ):
            raise ValueError("an array of the index has parts that lie outside another")
        return begins, sizes

    @property
    def unverified(self) -> Array:
        """The whole array; :meth:`verify` what is read of it."""
        return self._array

    def _require(self, start: int, end: int) -> None:
        if start < end:
            begin = self._offset + start * self._width
            self._is_verified |= self._verify(begin, begin + (end - start) * self._width)
