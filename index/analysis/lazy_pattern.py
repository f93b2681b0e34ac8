"""Regular expressions that are compiled when they are first used.

A search uses few of those that its modules name, and compiling all of them took a third of the
processor time of ``dalil search`` from a cold start: 92 of 270 ms, 57 of them for two patterns.
"""

from __future__ import annotations

import re
from typing import Any, cast


def lazy_pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """Return what ``re.compile`` returns, but compile the text only on the first use.

    A mistake in the text therefore raises ``re.error`` then. ``pattern`` needs no compiling.
    """
    return cast("re.Pattern[str]", _LazyPattern(text, flags))


class _LazyPattern:
    """Becomes like the compiled pattern, with its methods as attributes, on the first use."""

    def __init__(self, text: str, flags: int) -> None:
        self.pattern, self._flags = text, flags

    def __getattr__(self, name: str) -> Any:
        """Compile the pattern. Python asks here only for an attribute that it does not find."""
        if name.startswith("_"):  # nothing of a pattern: a question of ``copy`` or ``pickle``
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._flags)
        vars(self).update({each: getattr(compiled, each) for each in _PUBLIC})
        return getattr(compiled, name)


_PUBLIC = [name for name in dir(re.Pattern) if not name.startswith("_")]
