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
    verified with them. ``verified`` has 1 for each page of the file that was verified; it is
    empty for a file without checksums of pages, whose arrays are verified whole.
    """

    def __init__(
        self, array: Array, offset: int, verify: Callable[[int, int], bool], verified: bytearray
    ) -> None:
        self._array = array
        self.numbers = array.data
        """The array, not verified. A view of memory gives a number four times faster."""
        self._offset, self._width = offset, array.dtype.itemsize
        self._verify = verify
        self._is_verified = not len(array)
        """Whether nothing is left to verify."""
        self._verified = verified
        self._are_verified = np.frombuffer(verified, np.bool_)

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
        if not self._verified:
            self._require(0, len(self._array))
            return
        pages = (indices.astype(np.int64).ravel() * self._width + self._offset) >> PAGE_SHIFT
        seen = self._are_verified.take(pages)
        if not seen.all():
            for page in set(pages[~seen].tolist()):
                self._verify(page << PAGE_SHIFT, (page + 1) << PAGE_SHIFT)

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
        if start >= end:
            return
        begin = self._offset + start * self._width
        stop = begin + (end - start) * self._width
        last = (stop - 1) >> PAGE_SHIFT
        if last >= len(self._verified) or 0 in self._verified[begin >> PAGE_SHIFT : last + 1]:
            self._is_verified |= self._verify(begin, stop)
