"""Functions of PDFium for thousands of calls a page.

A call through ctypes takes half a microsecond, of which its conversions are the most. Here handles
and places for results are plain integers, so that `map` makes the calls for all characters.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

from pypdfium2 import raw

ADDRESS = ctypes.c_void_p


def function(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    """Return a function of PDFium whose handles and pointers are addresses."""
    return ctypes.PYFUNCTYPE(result, *arguments)(address_of_function(name))


def address_of_function(name: str) -> int:
    """Return the address of a function of PDFium."""
    return address_of(getattr(raw, name))


def address_of(handle: Any) -> int:
    """Return the address of a raw handle or a function of pypdfium2."""
    return ctypes.cast(handle, ADDRESS).value or 0
