"""The colours of output, and when they are used."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass

RESET = "\x1b[0m"
# No bold and no italics: in kitty they break the joining of an Arabic word. Black on yellow, like
# a marker pen, is visible on any background and to readers who cannot tell hues apart.
_SGR = {"match": "\x1b[30;43m", "path": "\x1b[36m", "quiet": "\x1b[2m", "badge": "\x1b[35m"}


@dataclass(frozen=True, slots=True)
class Style:
    """Colours text, or returns it unchanged."""

    colour: bool

    def match(self, text: str) -> str:
        """Colour a match of the query."""
        return self.paint("match", text)

    def path(self, text: str) -> str:
        """Colour the path of a document."""
        return self.paint("path", text)

    def quiet(self, text: str) -> str:
        """Colour less important text."""
        return self.paint("quiet", text)

    def badge(self, text: str) -> str:
        """Colour the language of a document."""
        return self.paint("badge", text)

    def paint(self, name: str | None, text: str) -> str:
        """Return text in the colour ``name``; unchanged if None."""
        return f"{_SGR[name]}{text}{RESET}" if self.colour and name in _SGR and text else text


def wants_colour(setting: str, *, tty: bool, environ: Mapping[str, str]) -> bool:
    """Return whether to use colours: ``auto`` does on a terminal, unless NO_COLOR is set.

    NO_COLOR is the convention of https://no-color.org.
    """
    if setting == "auto":
        return tty and not environ.get("NO_COLOR") and environ.get("TERM") != "dumb"
    return setting == "always"


def output_style(setting: str) -> Style:
    """Return the style of standard output under ``auto``, ``always`` or ``never``."""
    return Style(wants_colour(setting, tty=sys.stdout.isatty(), environ=os.environ))
