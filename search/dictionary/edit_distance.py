"""Edit distance: letters added, left out, changed, or exchanged with their neighbour.

The optimal string alignment distance (Damerau, "A technique for computer detection and
correction of spelling errors", 1964).
"""

from __future__ import annotations


def edit_distance(one: str, other: str) -> int:
    """The distance between two words.

    >>> edit_distance("lavrvo", "lavrov"), edit_distance("كتاب", "كتب"), edit_distance("", "ab")
    (1, 1, 2)
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for n, letter in enumerate(one, 1):
        before, last, row = row, before, [n]
        for m, second in enumerate(other, 1):
            best = min(before[m] + 1, row[m - 1] + 1, before[m - 1] + (letter != second))
            if min(n, m) > 1 and letter == other[m - 2] and second == one[n - 2]:
                best = min(best, last[m - 2] + 1)
            row.append(best)
    return row[-1]


def within_one_edit(word: str, other: str) -> bool:
    """Whether the distance is at most 1.

    >>> within_one_edit("lavrvo", "lavrov"), within_one_edit("oil", "boil")
    (True, True)
    >>> within_one_edit("oil", "lie")
    False
    """
    pairs = enumerate(zip(word, other, strict=False))
    at = next((n for n, (one, two) in pairs if one != two), min(len(word), len(other)))
    rest, others = word[at:], other[at:]
    exchanged = rest[1::-1] == others[:2] and rest[2:] == others[2:]
    return exchanged or rest[1:] == others[1:] or rest == others[1:] or rest[1:] == others
