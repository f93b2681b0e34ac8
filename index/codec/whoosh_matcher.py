"""A Whoosh matcher over the postings of one term."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from copy import copy
from typing import Any

import numpy as np
from whoosh.matching import LeafMatcher, ReadTooFar

from index.codec.posting_codes import LENGTH_BY_CODE
from index.codec.postings import FieldPostings


class ArrayMatcher(LeafMatcher):  # type: ignore[misc] # Whoosh has no types
    """Steps through the documents of a term. The whole list is one block."""

    def __init__(
        self, view: FieldPostings, number: int, term: tuple[str, bytes], spec: Any, scorer: Any
    ) -> None:
        self.format = spec
        self.scorer = scorer
        self._view, self._number, self._term = view, number, term
        found = view.postings(number)
        self._ids: list[int] = found.documents.tolist()
        count = len(self._ids)
        self._scored = found.codes is not None
        frequencies = (
            view.frequencies(found.start, found.start + count)
            if self._scored
            else np.ones(count, np.int64)
        )
        self._weights: list[int] = frequencies.tolist()
        self._lengths = (
            LENGTH_BY_CODE[found.codes & 255] if found.codes is not None else np.ones(count)
        )
        self._at = 0

    def is_active(self) -> bool:
        return self._at < len(self._ids)

    def reset(self) -> None:
        self._at = 0

    def copy(self) -> ArrayMatcher:
        return copy(self)

    def id(self) -> int:
        return self._ids[self._at]

    def all_ids(self) -> Iterator[int]:
        return iter(self._ids[self._at :])

    def next(self) -> bool:
        if not self.is_active():
            raise ReadTooFar
        self._at += 1
        return not self.is_active()

    def skip_to(self, id: int) -> bool:  # noqa: A002 (Whoosh's name)
        if not self.is_active():
            raise ReadTooFar
        if self._ids[self._at] < id:
            self._at = bisect_left(self._ids, id, self._at)
        return not self.is_active()

    def weight(self) -> float:
        return float(self._weights[self._at])

    def supports(self, kind: str) -> bool:
        return kind == "frequency" or (kind == "positions" and self._scored)

    def value(self) -> bytes:
        """Whoosh's encoded posting; ours are read through :meth:`value_as`."""
        return b""

    def value_as(self, kind: str) -> Any:
        if kind == "positions":
            return self._view.positions(self._number, self._at)
        return self._weights[self._at]

    def skip_to_quality(self, minquality: float) -> int:
        if self.block_quality() <= minquality:
            self._at = len(self._ids)
            return 1
        return 0

    def block_max_weight(self) -> float:
        return float(max(self._weights, default=0))

    def block_min_length(self) -> float:
        return float(self._lengths.min(initial=np.inf))

    def block_max_length(self) -> float:
        return float(self._lengths.max(initial=0))

    def block_min_id(self) -> int:
        return self._ids[0]

    def block_max_id(self) -> int:
        return self._ids[-1]
