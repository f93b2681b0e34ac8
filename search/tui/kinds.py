"""How the words of a document answer those of a query, in a few words."""

from __future__ import annotations

from search.bidi import clean
from search.results import KINDS, Hit, Kind


def kinds(hit: Hit) -> list[str]:
    """The words of a document that matched by how they did, the strictest first: ``name: Dabaiba``.

    A word is told once, by the strictest of its kinds.
    """
    found: dict[str, Kind] = {}
    for match in sorted(hit.matched, key=lambda match: KINDS.index(match.kind)):
        found.setdefault(clean(match.text), match.kind)
    words = {kind: [word for word in found if found[word] == kind] for kind in found.values()}
    return [f"{kind}: {', '.join(words[kind])}" for kind in KINDS if kind in words]
