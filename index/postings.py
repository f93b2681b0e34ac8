"""A text to what the index keeps of it: term positions by field, and the way back.

Both fields of a text, ``exact`` and ``stem``, count the same positions, so a phrase
may take one word from the one and the next from the other.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from index.analysis import scan

CHECKPOINT_EVERY = 128
"""Positions between two checkpoints: a snippet re-reads a few hundred characters
around a match, however long its document is."""

MIXED_SHARE = 0.2
"""A document is in every language that a fifth of its words is written in."""


@dataclass(slots=True)
class Postings:
    """The terms of one text: term → ascending positions."""

    exact: dict[str, list[int]] = field(default_factory=dict)
    stem: dict[str, list[int]] = field(default_factory=dict)
    checkpoints: list[tuple[int, int]] = field(default_factory=list)
    """(position, offset) of a piece in every run of :data:`CHECKPOINT_EVERY`, from the first."""
    words: dict[str, int] = field(default_factory=dict)
    """Words counted by language, ``ar``, ``en`` and ``""`` for numbers and the rest."""

    def languages(self, declared: str | None = None) -> tuple[str, ...]:
        """The languages, sorted: the declared one and those of a fifth of the words."""
        lettered = {language: count for language, count in self.words.items() if language}
        total = sum(lettered.values())
        found = {language for language, n in lettered.items() if n >= MIXED_SHARE * total}
        if declared in ("ar", "en"):
            found.add(declared)
        return tuple(sorted(found))


def invert(text: str) -> Postings:
    """The postings of a text."""
    postings = Postings()
    exact, stem, words = postings.exact, postings.stem, postings.words
    position = due = 0
    for piece, start, _ in scan(text):
        if position >= due:
            postings.checkpoints.append((position, start))
            due = position + CHECKPOINT_EVERY
        for term in piece.also:
            exact.setdefault(term.exact, []).append(position)
            if term.stem is not None:
                stem.setdefault(term.stem, []).append(position)
        for term in piece.words:
            exact.setdefault(term.exact, []).append(position)
            if term.stem is not None:
                stem.setdefault(term.stem, []).append(position)
            words[term.language] = words.get(term.language, 0) + 1
            position += 1
    return postings
