"""The files of the model, read as arrays: needed once, so only then imported."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from index.meaning.piece_trie import build_trie

Arrays = dict[str, npt.NDArray[np.generic]]

_PARTS = 17
"""The table of pieces comes in 17 parts: piece n is row n // 17 of part n % 17."""
_ORDERS = (2, 3, 5)
"""How many neighbouring tokens each branch of the network sees."""
_UNKNOWN_PENALTY = 10.0
"""An unknown letter costs so much more than the rarest piece (SentencePiece's kUnkPenalty)."""


def read_model(tokenizer: bytes, weights: bytes) -> Arrays:
    """Return all arrays of tokenizer and network, from the bytes of both files.

    Raises ValueError if one of them is damaged.
    """
    try:
        return _tokenizer_arrays(tokenizer) | _network_arrays(weights)
    except (BadZipFile, KeyError, IndexError, struct.error, zlib.error) as error:
        raise ValueError(str(error)) from error


def _tokenizer_arrays(model: bytes) -> Arrays:
    """Pieces, their scores, and the map of characters, from SentencePiece's ModelProto."""
    fields = list(_fields(model))
    pieces = [dict(_fields(value)) for number, value in fields if number == 1]
    texts = [piece[1].decode("utf-8") for piece in pieces]
    scores = np.array([struct.unpack("<f", piece.get(2, bytes(4)))[0] for piece in pieces])
    (trainer,) = (value for number, value in fields if number == 3)
    charsmap = dict(_fields(trainer))[2]  # this old layout keeps it there
    (size,) = struct.unpack_from("<I", charsmap)
    return {
        **build_trie(texts),
        "scores": np.append(scores, scores.min() - _UNKNOWN_PENALTY),
        "characters": np.frombuffer(charsmap[4 : 4 + size], np.uint32),
        "replacements": np.frombuffer(charsmap[4 + size :], np.uint8),
    }


def _fields(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The fields of a protobuf message that have bytes: number, value. Varints are passed over."""
    at = 0
    while at < len(data):
        key, at = _varint(data, at)
        kind = key & 7
        if kind == 0:
            _, at = _varint(data, at)
            continue
        length, at = _varint(data, at) if kind == 2 else ({1: 8, 5: 4}[kind], at)
        yield key >> 3, data[at : at + length]
        at += length


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value, shift = 0, 0
    while True:
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at


def _network_arrays(weights: bytes) -> Arrays:
    """The layers as the network multiplies them: the three branches' first layers side by side."""
    with np.load(io.BytesIO(weights), allow_pickle=False) as file:
        parts = [file[f"q{part + 1}"] for part in range(_PARTS)]
        layers = {name: file[name] for name in file.files if not name.startswith("q")}
    arrays: Arrays = {"table": np.stack(parts, axis=1).reshape(-1, parts[0].shape[1])}
    for ours, theirs in (("project", "proj"), ("project_bias", "proj_b"),
                         ("project_gain", "ln_g"), ("project_shift", "ln_b")):  # fmt: skip
        arrays[ours] = np.concatenate([layers[f"{theirs}{n}"] for n in _ORDERS], axis=-1)
    for order in _ORDERS:
        for layer in (1, 2):
            arrays[f"window{order}_{layer}"] = layers[f"w{layer}_{order}"]
            arrays[f"window{order}_{layer}_bias"] = layers[f"b{layer}_{order}"]
    for ours, theirs in _NAMES.items():
        arrays[ours] = layers[theirs]
    return arrays


_NAMES = {
    "scale": "scale", "low": "lo", "gain": "ln_g", "shift": "ln_b", "sum": "cnn_W",
    "sum_bias": "cnn_b", "dense0": "d0", "dense1": "d1", "dense2": "d2", "dense3": "d3",
    "skip1": "p1", "skip3": "p3", "epsilon": "eps",
}  # fmt: skip
"""Our names of the arrays, and the package's."""
