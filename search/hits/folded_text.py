"""Find words in one text by its letters: case, marks and forms of a letter do not matter.

A text is folded once; then a search for any words takes some milliseconds, also in a text of
megabytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import overload

import numpy as np
import numpy.typing as npt

from index.analysis import normalizer
from search.dictionary.folding import fold
from search.results import Span

_CODES = 0x110000
"""The number of code points of Unicode."""
_SPACE = ord(" ")
Codes = npt.NDArray[np.uint32]
Offsets = npt.NDArray[np.int64]


class FoundSpans(Sequence[Span]):
    """The places where something was found, ascending, none of which overlap."""

    def __init__(self, starts: Offsets, ends: Offsets) -> None:
        """``starts`` and ``ends``: as many offsets of characters, ends not included."""
        self._starts, self._ends = starts, ends

    def __len__(self) -> int:
        return len(self._starts)

    @overload
    def __getitem__(self, at: int) -> Span: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Span]: ...
    def __getitem__(self, at: int | slice) -> Span | Sequence[Span]:
        if isinstance(at, slice):
            return FoundSpans(self._starts[at], self._ends[at])
        return int(self._starts[at]), int(self._ends[at])

    def with_others(self, others: Sequence[Span]) -> FoundSpans:
        """Return these and those of ``others``, which are ascending, that overlap none of these."""
        pairs = np.array(others, np.int64).reshape(-1, 2)
        starts, ends = pairs[:, 0], pairs[:, 1]
        following = np.searchsorted(self._ends, starts, "right")  # the first that ends behind
        apart = np.append(self._starts, np.iinfo(np.int64).max)[following] >= ends
        merged = np.append(self._starts, starts[apart])
        order = np.argsort(merged, kind="stable")
        return FoundSpans(merged[order], np.append(self._ends, ends[apart])[order])


class FoldedText:
    """A text as Dalil compares it: folded letters, and one blank for any white space."""

    def __init__(self, text: str) -> None:
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        folded, sources = _folded(codes)
        blank = folded == _SPACE
        kept = ~blank
        kept[:1] = True
        kept[1:] |= ~blank[:-1]
        self._codes: Codes = folded[kept]
        self._sources: Offsets = np.append(sources[kept], len(text))
        """The offset in the text of each folded letter, and the length of the text."""

    def find(self, words: str) -> FoundSpans:
        """Return where the words are, in this order; marks behind the last letter are included.

        They may begin and end within a word of the text. No words are found nowhere.
        """
        wanted = FoldedText(words)._codes
        starts = _occurrences(self._codes, wanted)
        return FoundSpans(self._sources[starts], self._sources[starts + len(wanted)])


def _occurrences(codes: Codes, wanted: Codes) -> Offsets:
    """Return where ``wanted`` begins in ``codes``, int64, ascending, without overlaps."""
    if not 0 < len(wanted) <= len(codes):
        return np.empty(0, np.int64)
    found = np.flatnonzero(codes[: len(codes) - len(wanted) + 1] == wanted[0])
    for at, code in enumerate(wanted[1:], 1):
        found = found[codes[found + at] == code]
    return found if _are_apart(found, len(wanted)) else _without_overlaps(found, len(wanted))


def _are_apart(starts: Offsets, length: int) -> bool:
    return not len(starts) or bool((np.diff(starts) >= length).all())


def _without_overlaps(starts: Offsets, length: int) -> Offsets:
    """Return the starts that are not within the occurrence before, from left to right."""
    kept, end = [], 0
    for start in starts.tolist():
        if start >= end:
            kept.append(start)
            end = start + length
    return np.array(kept, np.int64)


def _folded(codes: Codes) -> tuple[Codes, Offsets]:
    """Return the folded letters of a text, and for each the offset of the character it is from."""
    seen = np.zeros(_CODES, bool)
    seen[codes] = True
    folds = {int(code): _folded_letter(chr(code)) for code in np.flatnonzero(seen)}
    lengths, firsts = np.zeros(_CODES, np.int64), np.zeros(_CODES, np.uint32)
    for code, letters in folds.items():
        lengths[code] = len(letters)
        firsts[code] = ord(letters[0]) if letters else 0
    counts = lengths[codes]
    folded = np.repeat(firsts[codes], counts)
    begins = np.cumsum(counts) - counts
    for code, letters in folds.items():
        for at, letter in enumerate(letters[1:], 1):
            folded[begins[codes == code] + at] = ord(letter)
    return folded, np.repeat(np.arange(len(codes)), counts)


@lru_cache(1 << 14)
def _folded_letter(letter: str) -> str:
    """Return a character as it is compared: "" for a mark, a blank for white space."""
    if letter.isspace():
        return " "
    return "" if "\ud800" <= letter <= "\udfff" else fold(normalizer.exact(letter))
