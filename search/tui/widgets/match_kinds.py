"""List how the words of a document matched, by kind."""

from __future__ import annotations

from search.bidi import clean
from search.results import KINDS, Hit, Kind


def match_kinds(hit: Hit) -> list[str]:
    """Return a line for each kind of match with its words, the strictest first: ``name: Dabaiba``.

    A word is listed once, under the strictest of its kinds.
    """
    found: dict[str, Kind] = {}
    for match in sorted(hit.matched, key=lambda match: KINDS.index(match.kind)):
        found.setdefault(clean(match.text), match.kind)
    words = {kind: [word for word in found if found[word] == kind] for kind in found.values()}
    return [f"{kind}: {', '.join(words[kind])}" for kind in KINDS if kind in words]
