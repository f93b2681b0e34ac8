"""The encoder's own normalization of characters: NFKC, and all sorts of spaces as one."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

_LEAF = 0x100
_LABEL = 0x800000FF
_VALUE = 0x7FFFFFFF


class CharacterMap:
    """SentencePiece's precompiled map: a double-array trie (darts-clone) over UTF-8.

    The value of a key is the place of its replacement among ``replacements``, up to a NUL.
    """

    def __init__(self, arrays: Mapping[str, npt.NDArray[np.generic]]) -> None:
        self._units = arrays["characters"].data
        self._replacements = arrays["replacements"].tobytes()

    def normalize(self, text: str) -> str:
        """Return ``text`` with the longest keys replaced, from left to right.

        A lone surrogate, which no UTF-8 has, becomes a question mark.
        """
        data = text.encode("utf-8", "replace")
        parts = []
        at = 0
        while at < len(data):
            length, replacement = self._longest(data, at)
            if not length:
                length = _character_length(data[at])
                replacement = data[at : at + length]
            parts.append(replacement)
            at += length
        return b"".join(parts).decode("utf-8")

    def _longest(self, data: bytes, start: int) -> tuple[int, bytes]:
        """Bytes of the longest key at ``start``, and its replacement; 0 if there is none."""
        units = self._units
        node = _offset(units[0])
        length, value = 0, 0
        for at in range(start, len(data)):
            node ^= data[at]
            unit = units[node]
            if unit & _LABEL != data[at]:
                break
            node ^= _offset(unit)
            if unit & _LEAF:
                length, value = at + 1 - start, units[node] & _VALUE
        if not length:
            return 0, b""
        return length, self._replacements[value : self._replacements.index(0, value)]


def _offset(unit: int) -> int:
    """The distance from a node to its children, as darts-clone packs it."""
    return (unit >> 10) << ((unit & 0x200) >> 6)


def _character_length(first: int) -> int:
    """Bytes of the UTF-8 character that begins with ``first``."""
    return 1 + (first >= 0xC0) + (first >= 0xE0) + (first >= 0xF0)
