"""What turns texts into vectors. Whatever has these three can stand behind the door."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
"""A row of unit length for each text."""


class Encoder(Protocol):
    """Texts to vectors: the cosine of two rows says how near their meanings are."""

    @property
    def identity(self) -> str:
        """Name, version and digest of the model: vectors of two identities are never compared."""

    @property
    def dimensions(self) -> int:
        """The numbers of a vector."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return float32 of shape (texts, dimensions), each row of length 1."""
