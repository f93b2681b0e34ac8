"""The compiled library of this system, if there is one and it is wanted."""

from __future__ import annotations

import ctypes
import os
import sys
from functools import cache
from pathlib import Path
from typing import Any

LIBRARIES = Path(__file__).with_name("libraries")
CORRUPT = -1
"""A function read a number from a file that cannot be right."""
CANNOT = -2
"""A function leaves its work to the caller's own way."""
NO_ROOM = -3
"""A function wants more room from its caller, who then calls it again."""

Function = Any
"""A function of the library: takes and returns what :func:`function` declared."""

_NAMES = {
    ("linux", "x86_64"): "linux-x86_64.so",
    ("linux", "aarch64"): "linux-aarch64.so",
    ("darwin", "x86_64"): "macos-x86_64.dylib",
    ("darwin", "arm64"): "macos-arm64.dylib",
    ("win32", "AMD64"): "windows-x86_64.dll",
}
"""By system and processor, as Python names them."""


def state() -> str:
    """What runs, for people: ``compiled (linux-x86_64)``, or ``numpy`` and why."""
    if os.environ.get("DALIL_KERNEL") == "off":
        return "numpy (DALIL_KERNEL=off)"
    name = _name()
    if name is None:
        return f"numpy (no compiled kernel for {sys.platform} on {_machine()})"
    if _library(holds_lock=True) is None:
        return f"numpy (the compiled kernel {name} cannot be loaded)"
    return f"compiled ({Path(name).stem})"


def function(name: str, result: Any, *arguments: Any, holds_lock: bool = True) -> Function | None:
    """A function of the kernel with its types declared; None where numpy does the work.

    A call that ``holds_lock`` keeps the interpreter's lock, which is right for microseconds;
    the others let other threads run.
    """
    library = _library(holds_lock=holds_lock)
    if library is None:
        return None
    found = library[name]
    found.restype, found.argtypes = result, arguments
    return found


def _machine() -> str:
    """The processor, as ``platform.machine`` says it, whose import costs 4 ms of a cold start."""
    return os.uname().machine if hasattr(os, "uname") else os.environ["PROCESSOR_ARCHITECTURE"]


def _name() -> str | None:
    return _NAMES.get((sys.platform, _machine()))


@cache
def _library(*, holds_lock: bool) -> ctypes.CDLL | None:
    name = _name()
    if name is None or os.environ.get("DALIL_KERNEL") == "off":
        return None
    load = ctypes.PyDLL if holds_lock else ctypes.CDLL
    try:
        return load(str(LIBRARIES / name))
    except OSError:
        return None
