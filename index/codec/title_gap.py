"""How far the words of a title are behind those of its text."""

from __future__ import annotations

TITLE_GAP = 1000
"""Positions without a word between a text and its title, so that no phrase runs from one into the
other; words of a phrase are at most so far apart (``search.planning.phrase_queries``)."""
