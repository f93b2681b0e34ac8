"""What Whoosh imports and Dalil never uses, left out while a command that reads is imported.

Whoosh asks for a downloader (and with it for HTTP and TLS), for a backport of what
Python has (and with it for asyncio), and for a table of English word forms. Together
they take longer than the rest of Whoosh. Empty modules stand in for them until Whoosh
has been imported and are taken away again, so that whoever wants the real ones later
gets them. This happens in the process of such a command alone, in which only numpy and a
stemmer are imported besides, never in a program that imports ``search`` or ``index``.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import ModuleType
from typing import Any


def _never(*_arguments: Any, **_options: Any) -> Any:
    raise NotImplementedError("Dalil has no use for this part of Whoosh")


UNUSED: Mapping[str, Mapping[str, Any]] = {
    "urllib.request": {"urlretrieve": _never},  # by whoosh.compat, for nobody
    "cached_property": {"cached_property": functools.cached_property},  # by whoosh.reading
    "whoosh.lang.morph_en": {"variations": _never},  # by whoosh.query.terms, for Variations
}
"""Module → what Whoosh takes from it."""


@contextmanager
def stubbed() -> Iterator[None]:
    """While this lasts, importing one of :data:`UNUSED` costs nothing."""
    standing_in = {name: _module(name, names) for name, names in UNUSED.items()}
    ours = {name: module for name, module in standing_in.items() if name not in sys.modules}
    sys.modules.update(ours)
    try:
        yield
    finally:
        for name in ours:
            del sys.modules[name]


def _module(name: str, names: Mapping[str, Any]) -> ModuleType:
    module = ModuleType(name)
    vars(module).update(names)
    return module
