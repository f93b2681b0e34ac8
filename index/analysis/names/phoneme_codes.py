"""Words as the sounds of all their forms, in one run of bytes: what an index keeps of them.

A form is a byte a sound, its number in ``sounds.txt``, and behind it one from
:data:`END`, which says what was lost for what is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from index.analysis.names.phonology import END, Array, Phonology
from index.analysis.names.pronunciations import Pronunciation, forms


class PhonemeCodes(NamedTuple):
    """The forms of some words."""

    letters: Array
    """uint8: the forms of each word, one after the other."""
    starts: Array
    """int64, one longer than the words: where the forms of each begin, and last where all end."""


class Forms(NamedTuple):
    """The same form by form, all arrays int64."""

    words: Array
    """Ascending: the number of the word it is a form of."""
    begins: Array
    lengths: Array
    costs: Array
    """In hundredths."""


def encoded(found: Iterable[Pronunciation], rules: Phonology) -> bytes:
    """The forms of one word."""
    return b"".join(
        [
            sounds.translate(rules.numbers).encode("latin-1") + bytes([END + round(cost * 100)])
            for sounds, cost in found
        ]
    )


def codes_of(words: Iterable[str], rules: Phonology) -> PhonemeCodes:
    """Exact words with their sounds."""
    return sounds_in([encoded(forms(word, rules), rules) for word in words])


def sounds_in(words: Sequence[bytes]) -> PhonemeCodes:
    """Words that are encoded, each by itself."""
    starts = np.zeros(len(words) + 1, np.int64)
    np.cumsum([len(word) for word in words], out=starts[1:])
    return PhonemeCodes(np.frombuffer(b"".join(words), np.uint8), starts)


def joined(parts: Sequence[PhonemeCodes]) -> PhonemeCodes:
    """The words of several, one after the other."""
    sizes = [len(part.letters) for part in parts]
    before = np.cumsum([0, *sizes])
    starts = [part.starts[:-1] + at for part, at in zip(parts, before.tolist(), strict=False)]
    return PhonemeCodes(
        np.concatenate([np.zeros(0, np.uint8), *(part.letters for part in parts)]),
        np.concatenate([*starts, before[-1:]]),
    )


def forms_in(sounds: PhonemeCodes) -> Forms:
    """The forms of the words."""
    ends = (sounds.letters >= END).nonzero()[0]
    begins = np.zeros_like(ends)
    begins[1:] = ends[:-1] + 1
    words = sounds.starts.searchsorted(ends, "right") - 1
    costs = sounds.letters.take(ends).astype(np.int64) - END
    return Forms(words, begins, ends - begins, costs)
