"""The folder of each document of a segment, and documents counted by folder."""

from __future__ import annotations

import os.path
from collections import Counter
from functools import cached_property

import numpy as np

from index.codec.postings import FieldPostings
from index.codec.term_bytes import decode_term
from search.kernels.scored_postings import Array


class Folders:
    """Counts documents by folder, those of its subfolders included.

    A file that holds several documents counts as a folder.
    """

    def __init__(self, files: FieldPostings) -> None:
        self._files = files
        """The field ``file`` of the segment."""

    @cached_property
    def _numbered(self) -> tuple[list[str], Array]:
        """The folders, and the number of each document's own: int64."""
        view = self._files
        counts = view.all_frequencies()
        known: dict[str, int] = {}
        numbers = []
        for term, count in zip(view.terms(), counts.tolist(), strict=True):
            path = decode_term(term)
            folder = path if count > 1 else os.path.dirname(path)  # noqa: PTH120 (a hot path)
            numbers.append(known.setdefault(folder, len(known)))
        by_document = np.zeros(int(view.documents.whole.max(initial=0)) + 1, np.int64)
        by_document[view.documents.whole] = np.repeat(np.array(numbers, np.int64), counts)
        return list(known), by_document

    @cached_property
    def _tree(self) -> tuple[list[str], list[tuple[int, int]]]:
        """The folders with all those above them; and each with the one above, deepest first."""
        names = [*self._numbered[0]]
        known = {name: n for n, name in enumerate(names)}
        pairs = []
        for name in names:  # which grows
            above = os.path.dirname(name)  # noqa: PTH120
            if above != name:
                if above not in known:
                    known[above] = len(names)
                    names.append(above)
                pairs.append((known[name], known[above]))
        pairs.sort(key=lambda pair: -len(names[pair[0]]))
        return names, pairs

    def counts(self, matching: Array) -> Counter[str]:
        """The matching documents (bool, one a document) by folder, up to the root."""
        own, by_document = self._numbered
        names, pairs = self._tree
        found = np.bincount(by_document[matching[: len(by_document)]], minlength=len(own))
        counts = [*found.tolist(), *[0] * (len(names) - len(own))]
        for inner, outer in pairs:
            counts[outer] += counts[inner]
        return Counter({name: count for name, count in zip(names, counts, strict=True) if count})
