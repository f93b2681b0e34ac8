"""The colours of output, and when they are used."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass

RESET = "\x1b[0m"
# Black on yellow, like a marker pen, is visible on any background and to readers who cannot tell
# hues apart. Bright yellow, as many palettes have brown or orange in the place of yellow.
_SGR = {
    "match": "\x1b[30;103m",
    "title": "\x1b[1m",
    "path": "\x1b[36m",
    "quiet": "\x1b[2m",
    "badge": "\x1b[35m",
    "warning": "\x1b[33m",
}
_NO_LINKS = ("dumb", "linux", "eterm", "vt100", "vt220", "cons25")
"""What TERM begins with on terminals that show the sequence of a link, or could; all others ignore
it if they do not know it."""
_MATCH_256 = "\x1b[38;5;16;48;5;227m"
"""Black on light yellow where the palette of the user cannot change either."""


@dataclass(frozen=True, slots=True)
class Style:
    """Colours text, or returns it unchanged."""

    colour: bool
    many: bool = False
    """Whether the terminal has 256 colours."""
    links: bool = False
    """Whether paths are links to their files."""

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
        if not self.colour or name not in _SGR or not text:
            return text
        return f"{_MATCH_256 if self.many and name == 'match' else _SGR[name]}{text}{RESET}"


def wants_colour(setting: str, *, tty: bool, environ: Mapping[str, str]) -> bool:
    """Return whether to use colours: ``auto`` does on a terminal, unless NO_COLOR is set.

    NO_COLOR is the convention of https://no-color.org.
    """
    if setting == "auto":
        return tty and not environ.get("NO_COLOR") and environ.get("TERM") != "dumb"
    return setting == "always"


def wants_links(setting: str, *, tty: bool, environ: Mapping[str, str]) -> bool:
    """Return whether to link paths: ``auto`` does on a terminal that is not known to break."""
    if setting == "auto":
        return tty and not environ.get("TERM", "dumb").startswith(_NO_LINKS)
    return setting == "always"


def linked(text: str, uri: str) -> str:
    """Return text that opens an address when it is clicked (OSC 8); unchanged for ""."""
    return f"\x1b]8;;{uri}\x1b\\{text}\x1b]8;;\x1b\\" if uri else text


def has_many_colours(environ: Mapping[str, str]) -> bool:
    """Return whether the terminal has 256 colours."""
    return "256color" in environ.get("TERM", "") or bool(environ.get("COLORTERM"))


def output_style(colour: str, links: str = "never") -> Style:
    """Return the style of standard output; both settings are ``auto``, ``always`` or ``never``."""
    tty = sys.stdout.isatty()
    return Style(
        wants_colour(colour, tty=tty, environ=os.environ),
        has_many_colours(os.environ),
        wants_links(links, tty=tty, environ=os.environ),
    )
