"""The name of a segment's file, for those who only look for one: importing this needs no numpy."""

from __future__ import annotations

INDEX_NAME = "MAIN"
"""Whoosh's name of the index within its folder; the names of its files begin with it."""
SUFFIX = ".arr"
"""With which the name of a segment ends."""
