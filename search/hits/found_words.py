"""The words that the kernel has found in a text, and how they match the words of a query."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from index.analysis.chains import cached_piece
from search.query.query_terms import MatchTarget
from search.results import Match

FoundWord = tuple[int, str, str, int]
"""The number of a target, a piece of a text, its kind, and which of its words matches."""

WordMatches = dict[FoundWord, tuple[Match, ...]]
"""How words match, as far as that was found out."""


def word_matches(
    words: Sequence[FoundWord], targets: Sequence[MatchTarget], known: WordMatches
) -> tuple[Match, ...]:
    """Return what ``snippet.matches`` does of the words that the kernel has found.

    ``known`` keeps what is found out, for the next text with the same words.
    """
    distinct = dict.fromkeys(words)
    for word in distinct:
        if word not in known:
            known[word] = tuple(dict.fromkeys(_matches_of(word, targets)))
    found = [known[word] for word in distinct]
    return found[0] if len(found) == 1 else tuple(dict.fromkeys(chain.from_iterable(found)))


def _matches_of(word: FoundWord, targets: Sequence[MatchTarget]) -> Iterator[Match]:
    n, text, piece_kind, at = word
    piece = cached_piece(text, piece_kind)
    for term in (*(piece.alternatives if at == 0 else ()), *piece.words[at : at + 1]):
        kind = targets[n].kind(term)
        if kind is not None:
            yield Match(targets[n].query, text, kind)
