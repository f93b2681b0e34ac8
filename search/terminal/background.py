"""Whether the terminal's background is light, as the terminal or its environment tells it."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Final

BACKGROUND_PROBE: Final = "\x1b]11;?\x1b\\"
"""OSC 11 with a question mark asks for the colour of the background."""
_COLOUR: Final = re.compile(r"\x1b\]11;rgba?:([0-9a-f]+)/([0-9a-f]+)/([0-9a-f]+)", re.IGNORECASE)
_LUMINANCE: Final = (0.2126, 0.7152, 0.0722)
"""Weights of red, green and blue in the relative luminance of WCAG 2."""
_LIGHT_ANSI: Final = frozenset(("7", "9", "10", "11", "12", "13", "14", "15"))
"""Colours of the sixteen that are light; COLORFGBG has that of the background at its end."""


def is_light(reply: str, environ: Mapping[str, str]) -> bool | None:
    """Return whether the background is light; None if neither the reply nor COLORFGBG tells.

    ``reply`` is what the terminal answered to ``BACKGROUND_PROBE``, with other answers around it.
    """
    if found := _COLOUR.search(reply):
        shares = (int(value, 16) / (16 ** len(value) - 1) for value in found.groups())
        weighted = (weight * share for weight, share in zip(_LUMINANCE, shares, strict=True))
        return math.fsum(weighted) > 0.5
    _, _, background = environ.get("COLORFGBG", "").rpartition(";")
    return background in _LIGHT_ANSI if background.isdecimal() else None
