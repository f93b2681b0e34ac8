"""A beginning or an approximate spelling to the words that the index holds."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import Any

from index.analysis import normalizer, stemmer
from search.target import bare

_VARIED = 40
"""Beginnings to look up at most; with more, fewer letters of them are varied."""


def starting_with(reader: Any, prefix: str) -> dict[str, int]:
    """The exact forms whose folded form begins so, with or without ال. All at distance 0."""
    wanted = bare(prefix)
    return {
        word: 0
        for start in _beginnings(wanted)
        for word in _expand(reader, start)
        if (folded := normalizer.unaccented(normalizer.folded(word))).startswith(prefix)
        or bare(folded).startswith(wanted)
    }


def near(reader: Any, word: str, distance: int) -> dict[str, int]:
    """The exact forms within an edit distance of 1 or 2, with their distance.

    The first letter is taken as right, unless the word is Arabic and short enough
    for it to be worth the time.
    """
    found: dict[str, int] = {}
    for name in ("exact", "title_exact"):
        for allowed in range(distance, -1, -1):
            for form in reader.terms_within(name, word, allowed, prefix=1):
                found[form] = min(allowed, found.get(form, allowed))
    return found


def _expand(reader: Any, start: str) -> Iterator[str]:
    for name in ("exact", "title_exact"):
        for term in reader.expand_prefix(name, start):
            yield term.decode() if isinstance(term, bytes) else term


def _beginnings(prefix: str) -> list[str]:
    """The ways in which a folded beginning may be spelled in the exact field."""
    spelled = _spellings()
    letters = [[letter, *spelled.get(letter, ())] for letter in prefix]
    count, size = 0, 1
    while count < len(letters) and size * len(letters[count]) <= _VARIED:
        size *= len(letters[count])
        count += 1
    starts = ["".join(choice) for choice in product(*letters[: max(count, 1)])]
    return starts + [stemmer.ARTICLE + start for start in starts if start[0] > "ء"]


@cache
def _spellings() -> dict[str, list[str]]:
    """Folded letter → the exact letters that are folded to it."""
    table: dict[str, list[str]] = {}
    for code in (*range(0xC0, 0x250), *range(0x621, 0x6D6)):
        letter = chr(code)
        if letter != normalizer.exact(letter):
            continue
        folded = normalizer.unaccented(normalizer.folded(letter))
        if len(folded) == 1 and folded != letter:
            table.setdefault(folded, []).append(letter)
    return table
