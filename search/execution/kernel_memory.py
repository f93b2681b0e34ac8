"""The memory that calls of the kernel work in, made once a process."""

from __future__ import annotations

import struct
from ctypes import c_uint64
from functools import cache
from threading import Lock

import numpy as np

from index.kernel.library import function
from search.execution.kernel_layout import MAX_HITS, SEGMENT_DOCUMENTS, Index
from search.kernels.scored_postings import DOCUMENT

_ARENA_BYTES = 32 << 20
"""For the documents and scores of one query over one segment; the system gives what is used."""
HIT = struct.Struct("<qd")
"""A document, and its score."""
_SPANS = 1 << 18
"""Terms of a query times segments."""


class WorkingMemory:
    """What one call at a time works in, while :attr:`lock` is held."""

    def __init__(self) -> None:
        self.lock = Lock()
        """Held from what is written for a call until its result is read."""
        self.hits = memoryview(bytearray(MAX_HITS * HIT.size))
        """A :data:`HIT` for each of the best documents."""
        self.found = np.zeros(SEGMENT_DOCUMENTS, DOCUMENT)
        self._work = np.zeros(_size_of("dalil_work_size"), np.uint8)
        self._plan = np.zeros(_size_of("dalil_plan_size"), np.uint8)
        self._arena = np.zeros(_ARENA_BYTES, np.uint8)
        self._spans = np.zeros(_SPANS, np.uint64)

    def lend_to(self, index: Index) -> None:
        """Write the addresses into what every call is given."""
        index.work, index.plan = self._work.ctypes.data, self._plan.ctypes.data
        index.arena, index.arena_size = self._arena.ctypes.data, len(self._arena)
        index.spans, index.span_count = self._spans.ctypes.data, len(self._spans)
        index.hits = np.frombuffer(self.hits, np.uint8).ctypes.data
        index.found = self.found.ctypes.data


@cache
def working_memory() -> WorkingMemory:
    """The memory of this process."""
    return WorkingMemory()


def _size_of(name: str) -> int:
    size = function(name, c_uint64)
    return int(size()) if size else 0
