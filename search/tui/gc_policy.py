"""When garbage is collected: while nobody types.

Every strip of cells that Textual cuts refers to itself through its own caches, so what an
answer has drawn is not let go by counting references. Left alone, a hundred thousand such
objects are gone through at once, for a tenth of a second, in the midst of a key.
"""

from __future__ import annotations

import gc


def begin() -> None:
    """Collect from now on, but for the code, which stays until the end.

    All that is left is gone through seldom, for that takes as long as a frame or two.
    """
    gc.freeze()
    gc.set_threshold(700, 10, 50)
    gc.enable()


def keep() -> None:
    """What is there now stays until the end too: no collection goes through it again."""
    gc.collect()
    gc.freeze()


def collect() -> None:
    """All that was left since: some milliseconds after each answer."""
    gc.collect()
