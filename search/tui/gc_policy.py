"""Collect garbage while nobody types.

Every strip of cells that Textual crops refers to itself through its caches, so counting
references does not free what a list has drawn. Without this policy the collector visits a
hundred thousand such objects at once, which takes a tenth of a second, between two keys.
"""

from __future__ import annotations

import gc


def begin() -> None:
    """Enable collection, without the loaded code; full collections (a frame or two) are rare."""
    gc.freeze()
    gc.set_threshold(700, 10, 50)
    gc.enable()


def keep() -> None:
    """Exclude all objects that exist now from later collections."""
    gc.collect()
    gc.freeze()


def collect() -> None:
    """Collect everything allocated since, in some milliseconds, after each search."""
    gc.collect()
