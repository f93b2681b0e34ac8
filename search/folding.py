"""Words of the index as approximate spelling compares them: without marks, accents, hamzas."""

from __future__ import annotations

from functools import cache

from index.analysis import normalizer


def fold(exact: str) -> str:
    """An exact form of the index as it is compared."""
    return normalizer.unaccented(normalizer.folded(exact)).replace("'", "")


@cache
def spellings() -> dict[str, list[str]]:
    """Folded letter → the exact letters that are folded to it, ascending."""
    table: dict[str, list[str]] = {}
    for code in (*range(0xC0, 0x250), *range(0x621, 0x6D6)):
        letter = chr(code)
        if not letter.isalpha() or letter != normalizer.exact(letter):
            continue
        folded = fold(letter)
        if len(folded) == 1 and folded != letter:
            table.setdefault(folded, []).append(letter)
    return table


@cache
def letters() -> dict[int, int]:
    """The same the other way round, for ``str.translate``."""
    return {ord(letter): ord(to) for to, spelled in spellings().items() for letter in spelled}
