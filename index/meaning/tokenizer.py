"""Text to the numbers of its pieces, as SentencePiece does it for this model.

No piece has a space inside, and no key of the map of characters has one: so each word is divided
on its own, and remembered. The sums of scores are exact in 64 bits, so that nothing else changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from index.meaning.characters import CharacterMap
from index.meaning.piece_trie import UNKNOWN, PieceTrie

_BEGIN, _END = 1, 2
_SPACE = "\u2581"
"""What stands for the space before a word, in a piece."""
_REMEMBERED = 1 << 16
"""Words kept with their pieces: some 20 MB."""


class Tokenizer:
    """Equal to the package's own tokenizer, for every text that has a UTF-8."""

    def __init__(self, arrays: Mapping[str, npt.NDArray[np.generic]]) -> None:
        self._characters = CharacterMap(arrays)
        self._trie = PieceTrie(arrays)
        self._word_tokens = lru_cache(_REMEMBERED)(self._divide)

    def tokens(self, text: str) -> list[int]:
        """Return the numbers of the pieces of ``text``, with the marks of its begin and end."""
        numbers = [_BEGIN]
        for word in text.split(" "):
            numbers += self._word_tokens(word)
        if len(numbers) == 1:
            numbers.append(UNKNOWN)
        numbers.append(_END)
        return numbers

    def _divide(self, word: str) -> tuple[int, ...]:
        """The pieces of what lies between two spaces: more words where a character is a space."""
        words = filter(None, self._characters.normalize(word).split(" "))
        return tuple(number for each in words for number in self._trie.divide(_SPACE + each))
