"""The pieces of the vocabulary as a trie in three arrays, and a word's best division into them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

UNKNOWN = 0
"""The number of the piece for a letter that no piece has."""
_NONE = -1


def build_trie(pieces: Sequence[str]) -> dict[str, npt.NDArray[np.generic]]:
    """Return ``letters``, ``children`` and ``pieces``, by node, of a trie of all pieces.

    Nodes are sorted by length, then text: so a node's children are neighbours, sorted by letter,
    from ``children[node]`` to ``children[node + 1]``. Of equal pieces the last is kept.
    """
    texts = {piece[:end] for piece in pieces for end in range(len(piece) + 1)}
    nodes = sorted(texts, key=lambda text: (len(text), text))
    node_of = {text: node for node, text in enumerate(nodes)}
    parents = [node_of[text[:-1]] for text in nodes[1:]]
    numbers = np.full(len(nodes), _NONE, np.int32)
    for number, piece in enumerate(pieces):
        numbers[node_of[piece]] = number
    return {
        "letters": np.array([0, *(ord(text[-1]) for text in nodes[1:])], np.uint32),
        "children": (np.searchsorted(parents, np.arange(len(nodes) + 1)) + 1).astype(np.uint32),
        "pieces": numbers,
    }


class PieceTrie:
    """Divides words. Its arrays may be mapped: a division touches only some of their pages."""

    def __init__(self, arrays: Mapping[str, npt.NDArray[np.generic]]) -> None:
        # Their memoryviews give Python's own numbers, several times as fast as an array of numpy's.
        self._letters = arrays["letters"].data
        self._children = arrays["children"].data
        self._pieces = arrays["pieces"].data
        self._scores = arrays["scores"].data

    def divide(self, word: str) -> list[int]:
        """Return the numbers of the pieces with the highest sum of scores (Viterbi).

        Of equal sums, the last piece that begins earliest wins, as in SentencePiece.
        """
        letters = [ord(letter) for letter in word]
        sums = [0.0] + [float("-inf")] * len(word)
        best: list[tuple[int, int]] = [(0, UNKNOWN)] * (len(word) + 1)
        for start in range(len(word)):
            for end, piece in self._pieces_at(letters, start):
                total = sums[start] + self._scores[piece]
                if total > sums[end]:
                    sums[end] = total
                    best[end] = start, max(piece, UNKNOWN)
        numbers = []
        end = len(word)
        while end:
            end, piece = best[end]
            numbers.append(piece)
        return numbers[::-1]

    def _pieces_at(self, letters: list[int], start: int) -> list[tuple[int, int]]:
        """The end and the number of each piece from ``start``, shortest first.

        The number of an unknown letter is -1: the last score is its own.
        """
        found = []
        node, children, labels = 0, self._children, self._letters
        for end in range(start, len(letters)):
            stop = children[node + 1]
            node = bisect_left(labels, letters[end], children[node], stop)
            if node == stop or labels[node] != letters[end]:
                break
            if self._pieces[node] != _NONE:
                found.append((end + 1, self._pieces[node]))
        if not found or found[0][0] != start + 1:
            found.insert(0, (start + 1, _NONE))
        return found
