"""The network from pieces to a vector: windows of 2, 3 and 5 neighbours, their sum, dense layers.

It is the DAN and CNN of "Multilingual Universal Sentence Encoder for Semantic Retrieval" (Yang et
al., 2019). Many texts go through it side by side, as one matrix with a row for each token.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain

import numpy as np
import numpy.typing as npt

from index.meaning.encoder import Vectors

DIMENSIONS = 512
_WIDTH = 256
"""The numbers that a branch has for a token."""
_BRANCHES = ((2, 0), (3, 1), (5, 2))
"""How many tokens a window has, and how many of them stand before its own."""
_BEFORE, _AFTER = 2, 2
"""Tokens of the widest window on each side of its own."""

Indices = npt.NDArray[np.intp]


class Network:
    """Its weights may be mapped: of the table of pieces only the rows of a text are read."""

    def __init__(self, arrays: Mapping[str, npt.NDArray[np.generic]]) -> None:
        self._weights = {name: np.asarray(arrays[name], np.float32) for name in _names(arrays)}
        self._table = arrays["table"]
        self._epsilon = np.float32(self._weights["epsilon"])

    def vectors(self, texts: Sequence[Sequence[int]]) -> Vectors:
        """Return float32 of shape (texts, 512), each row of length 1, for texts of tokens."""
        lengths = np.array([len(text) for text in texts], np.intp)
        tokens = np.fromiter(chain.from_iterable(texts), np.intp, int(lengths.sum()))
        starts = np.cumsum(lengths) - lengths
        features = self._features(tokens, _neighbours(starts, lengths))
        sums = np.add.reduceat(features, starts, axis=0)
        return self._dense(sums, lengths.astype(np.float32)[:, None])

    def _features(self, tokens: Indices, neighbours: Indices) -> Vectors:
        """A row for each token: its own 512 numbers, and 256 from each branch, normalized."""
        weights = self._weights
        own, projected = self._embedded(tokens)
        features = np.empty((len(tokens), DIMENSIONS + _WIDTH * len(_BRANCHES)), np.float32)
        features[:, :DIMENSIONS] = own
        rows = np.zeros((len(tokens) + 1, _WIDTH), np.float32)  # the last is outside of all texts
        for branch, (size, before) in enumerate(_BRANCHES):
            window = neighbours[:, _BEFORE - before : _BEFORE - before + size]
            rows[:-1] = projected[:, branch * _WIDTH : (branch + 1) * _WIDTH]
            for layer in (f"window{size}_1", f"window{size}_2"):
                seen = rows[window].reshape(len(tokens), size * _WIDTH)
                new = seen @ weights[layer]
                new += weights[f"{layer}_bias"]
                rows[:-1] += np.maximum(new, 0, out=new)
            at = DIMENSIONS + branch * _WIDTH
            features[:, at : at + _WIDTH] = rows[:-1]
        return self._normalized(features, weights["gain"], weights["shift"])

    def _embedded(self, tokens: Indices) -> tuple[Vectors, Vectors]:
        """The numbers of each token, and what the branches see of it: once for equal tokens."""
        weights = self._weights
        distinct, places = np.unique(tokens, return_inverse=True)
        part = distinct % len(weights["scale"])
        own = self._table[distinct].astype(np.float32)
        own *= weights["scale"][part, None]
        own += weights["low"][part, None]
        projected = own @ weights["project"]
        projected += weights["project_bias"]
        self._normalized(projected, weights["project_gain"], weights["project_shift"])
        return own[places], projected[places]

    def _normalized(self, rows: Vectors, gain: Vectors, shift: Vectors) -> Vectors:
        """The rows with mean 0 and variance 1, then scaled and moved; they are changed."""
        rows -= rows.mean(axis=1, keepdims=True)
        variance = np.einsum("ij,ij->i", rows, rows) / np.float32(rows.shape[1])
        rows *= (1 / np.sqrt(variance + self._epsilon))[:, None]
        rows *= gain
        rows += shift
        return rows

    def _dense(self, sums: Vectors, lengths: Vectors) -> Vectors:
        """From the sum of a text's tokens to its vector: four layers, two of which skip one."""
        weights = self._weights
        mean = (sums @ weights["sum"] + lengths * weights["sum_bias"]) / np.sqrt(lengths)
        first = np.maximum(mean @ weights["dense0"], 0)
        second = np.maximum(mean @ weights["skip1"] + first @ weights["dense1"], 0)
        third = np.maximum(second @ weights["dense2"], 0)
        vectors = np.tanh(second @ weights["skip3"] + third @ weights["dense3"])
        squares = np.einsum("ij,ij->i", vectors, vectors)
        vectors /= np.sqrt(np.maximum(squares, self._epsilon))[:, None]
        return np.asarray(vectors, np.float32)


def _names(arrays: Mapping[str, npt.NDArray[np.generic]]) -> list[str]:
    """The arrays of float numbers but for the scores of the tokenizer."""
    return [name for name, array in arrays.items() if array.dtype.kind == "f" and name != "scores"]


def _neighbours(starts: Indices, lengths: Indices) -> Indices:
    """The rows of the tokens around each token; past an end of its text the row of zeros."""
    total = int(lengths.sum())
    around = np.arange(total)[:, None] + np.arange(-_BEFORE, _AFTER + 1)
    first = np.repeat(starts, lengths)[:, None]
    last = np.repeat(starts + lengths, lengths)[:, None]
    return np.where((around >= first) & (around < last), around, total)
