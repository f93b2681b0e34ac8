"""Replace letters by their joining forms: the only module that uses arabic-reshaper.

A terminal that does not shape draws each letter unjoined. Unicode's presentation forms (U+FB50 to
U+FEFC) are the joined shapes as separate characters, and arabic-reshaper has the tables of them.
Its function is not used: it returns a string and no mapping for highlights.
"""

from __future__ import annotations

from typing import Final

from arabic_reshaper.letters import LETTERS_ARABIC

from search.bidi.characters import ZWJ
from search.bidi.clusters import LAM_ALEF, Clusters

FORMS: Final[dict[str, tuple[str, str, str, str]]] = {
    letter: (isolated, initial, final, medial)
    for letter, (isolated, initial, medial, final) in LETTERS_ARABIC.items()
    if letter != ZWJ
} | {isolated: (isolated, "", chr(ord(isolated) + 1), "") for isolated in LAM_ALEF.values()}
"""Letter → its isolated, initial, final and medial form; "" for a form that it lacks.

The index of a form is 2 × (joins the letter before) + (joins the letter after). The final form
of lam-alef is the character that follows the isolated one.
"""

_JOINS_BEFORE: Final = frozenset(letter for letter, forms in FORMS.items() if forms[2])
_JOINS_AFTER: Final = frozenset(letter for letter, forms in FORMS.items() if forms[1])


def shape(clusters: Clusters) -> list[str]:
    """Return the texts of the clusters with their letters in joining forms."""
    before, after = _joins(clusters)
    return [
        FORMS[base][2 * left + right] + text[1:] if base in FORMS else text
        for base, text, left, right in zip(
            clusters.bases, clusters.texts, before, after, strict=True
        )
    ]


def _joins(clusters: Clusters) -> tuple[list[bool], list[bool]]:
    """Return whether each cluster joins the one before it, and whether the one after it."""
    heads = [base in _JOINS_BEFORE for base in clusters.bases]
    tails = [base in _JOINS_AFTER for base in clusters.bases]
    joined = [tail and head for tail, head in zip(tails, heads[1:], strict=False)]
    before, after = [False, *joined][: len(heads)], [*joined, False][: len(heads)]
    for k, joiner in clusters.joiners.items():
        if k < len(heads):
            before[k] = joiner == ZWJ and heads[k]
        if k > 0:
            after[k - 1] = joiner == ZWJ and tails[k - 1]
    return before, after
