"""The few colours there are, and whether there are any."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

RESET = "\x1b[0m"
# No bold and no italics: in kitty they tear an Arabic word apart. Black on yellow is
# a marker pen on any background, and is told from the rest without telling hues.
_SGR = {"match": "\x1b[30;43m", "path": "\x1b[36m", "quiet": "\x1b[2m", "badge": "\x1b[35m"}


@dataclass(frozen=True, slots=True)
class Style:
    """Paints text, or leaves it as it is."""

    colour: bool

    def match(self, text: str) -> str:
        """What answered the query."""
        return self.paint("match", text)

    def path(self, text: str) -> str:
        """Where a document is."""
        return self.paint("path", text)

    def quiet(self, text: str) -> str:
        """What matters less."""
        return self.paint("quiet", text)

    def badge(self, text: str) -> str:
        """The language of a document."""
        return self.paint("badge", text)

    def paint(self, name: str | None, text: str) -> str:
        """Text in the colour of a name; without a name, as it is."""
        return f"{_SGR[name]}{text}{RESET}" if self.colour and name in _SGR and text else text


def wants_colour(setting: str, *, tty: bool, environ: Mapping[str, str]) -> bool:
    """Whether to paint: ``auto`` does on a terminal, unless NO_COLOR (no-color.org) is set."""
    if setting == "auto":
        return tty and not environ.get("NO_COLOR") and environ.get("TERM") != "dumb"
    return setting == "always"
