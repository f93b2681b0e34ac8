"""The words of an index as candidates for a word that is begun."""

from __future__ import annotations

import os
from itertools import islice
from pathlib import Path

from index.errors import DalilError
from index.store.directory import IndexDirectory
from index.store.snapshot import open_snapshot
from search.cli.options import index_folder
from search.dictionary.common_terms import LAST, common

MAX_CANDIDATES = 50
"""More than a screen of a shell is of no use to anybody."""


def index_words(index: str, begun: str) -> list[str]:
    """Return the commonest words of an index that begin with ``begun``; none if it is unusable.

    They keep the letters that were typed. A word of an index is letters and nothing else: one
    with another character, which could be an option or a sequence of a terminal, is left out.
    """
    given = index or os.environ.get("DALIL_INDEX", "")
    start = begun.casefold()
    if len(start) != len(begun):
        return []
    try:
        folder = index_folder(Path(given) if given else None)
        IndexDirectory.open(folder)
        snapshot = open_snapshot(folder, skip_damaged=True)
        with snapshot.reading():
            terms = filter(str.isalpha, common(snapshot.reader, start, start + LAST))
            return [begun + term[len(begun) :] for term in islice(terms, MAX_CANDIDATES)]
    except (DalilError, OSError):
        return []
