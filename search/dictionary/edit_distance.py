"""Edit distance between two words: letters added, left out, replaced, or adjacent ones swapped."""

from __future__ import annotations


def edit_distance(word: str, other: str) -> int:
    """Number of edits between two words (optimal string alignment).

    An edit adds, leaves out or replaces a letter, or swaps two adjacent ones.

    >>> edit_distance("lavrvo", "lavrov"), edit_distance("كتاب", "كتب"), edit_distance("", "ab")
    (1, 1, 2)
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for n, letter in enumerate(word, 1):
        before, last, row = row, before, [n]
        for m, second in enumerate(other, 1):
            best = min(before[m] + 1, row[m - 1] + 1, before[m - 1] + (letter != second))
            if min(n, m) > 1 and letter == other[m - 2] and second == word[n - 2]:
                best = min(best, last[m - 2] + 1)
            row.append(best)
    return row[-1]


def within_one_edit(word: str, other: str) -> bool:
    """Whether two words are at most one edit apart.

    Faster than :func:`edit_distance`: only what follows the common prefix is compared.

    >>> [within_one_edit("oil", other) for other in ("boil", "oli", "lie")]
    [True, True, False]
    """
    pairs = enumerate(zip(word, other, strict=False))
    at = next((n for n, (one, two) in pairs if one != two), min(len(word), len(other)))
    rest, others = word[at:], other[at:]
    swapped = rest[1::-1] == others[:2] and rest[2:] == others[2:]
    return swapped or rest[1:] == others[1:] or rest == others[1:] or rest[1:] == others
