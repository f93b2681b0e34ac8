"""Copy text for pasting elsewhere, by every way that this terminal has, and say by which.

In this order:

1. a program of the desktop (``wl-copy``, ``xclip``, ``xsel``, ``pbcopy``, ``clip.exe``), the one
   way that is known to have worked;
2. the buffer of tmux, which also hands the text on to its terminal, unless it is set not to;
3. OSC 52, a sequence that asks the terminal to copy. Terminals do not answer it: GNOME Terminal
   ignores it, as does xterm until it is allowed. Over a connection it is the only way.

A machine at the far end of a connection has a clipboard that nobody sees; it is left alone unless
the display is forwarded.
"""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from search.terminal import tmux

Environ = Mapping[str, str]

MAX_SEQUENCE_BYTES: Final = 74_994
"""Bytes of text that OSC 52 can carry: 100,000 bytes of sequence in base64, the limit of hterm;
others take at least as much."""
_TIMEOUT: Final = 2.0
"""Seconds to wait for a program; it answers in a tenth of one."""
_IGNORED: Final = {
    "VTE_VERSION": "most GNOME Terminals ignore that",
    "XTERM_VERSION": "xterm ignores that unless it allows window operations",
}
"""Variable → what is known about a terminal that sets it."""


@dataclass(frozen=True, slots=True)
class Tool:
    """A program that copies what it reads from standard input, and where it can be used."""

    name: str
    options: tuple[str, ...]
    usable: Callable[[Environ], bool]
    encoding: str = "utf-8"


def _is_remote(environ: Environ) -> bool:
    return bool(environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"))


def _on_wayland(environ: Environ) -> bool:
    return bool(environ.get("WAYLAND_DISPLAY")) and not _is_remote(environ)


def _on_x(environ: Environ) -> bool:
    """Whether there is an X display; over ssh, only one forwarded to the user: localhost:10."""
    display = environ.get("DISPLAY", "")
    forwarded = not display.startswith((":", "/", "unix:"))
    return bool(display) and (forwarded or not _is_remote(environ))


def _on_mac(environ: Environ) -> bool:
    return sys.platform == "darwin" and not _is_remote(environ)


def _on_windows(environ: Environ) -> bool:
    """Whether Windows is the desktop: for Linux within it (WSL), or itself."""
    within = "WSL_DISTRO_NAME" in environ or sys.platform == "win32"
    return within and not _is_remote(environ)


TOOLS: Final = (
    Tool("wl-copy", (), _on_wayland),
    Tool("xclip", ("-selection", "clipboard", "-in"), _on_x),
    Tool("xsel", ("--clipboard", "--input"), _on_x),
    Tool("pbcopy", (), _on_mac),
    Tool("clip.exe", (), _on_windows, encoding="utf-16-le"),
)
"""All tools, the best first."""


@dataclass(frozen=True, slots=True)
class Copied:
    """By which ways a text was copied."""

    tool: str = ""
    """The program that took it; "" if none did."""
    in_tmux: bool = False
    """Whether it is in tmux's buffer."""
    sequence: str = ""
    """What the caller is to send to the terminal; "" if the text is too long for that."""
    doubt: str = ""
    """What is known to prevent the terminal from copying; "" if nothing."""

    @property
    def sentence(self) -> str:
        """Return the ways as the end of a sentence that begins with what was copied."""
        if self.tool:
            return f"copied by {self.tool}"
        buffer = "in tmux's buffer" if self.in_tmux else ""
        sent = "sent to the terminal" if self.sequence else ""
        ways = " and ".join(way for way in (buffer, sent) if way)
        doubt = self.doubt if sent else f"longer than the {MAX_SEQUENCE_BYTES:,} bytes it can take"
        reason = f"; {doubt}:" if doubt and not (buffer and sent) else ";"
        return f"{ways or 'not sent to the terminal'}{reason} D writes it to a file"


def copy(text: str, environ: Environ) -> Copied:
    """Copy ``text``, which is UTF-8, by programs; the caller sends the sequence of the result.

    Takes up to some seconds if a program does not answer. Raises nothing.
    """
    client = tmux.client(environ)
    here = {**environ, **_desktop(client.variables)} if client.variables else environ
    tool = next((tool.name for tool in _usable(here) if _ran(tool, text, here)), "")
    in_tmux = bool(environ.get("TMUX")) and tmux.load_buffer(text)
    sequence = _sequence(text)
    doubt = next((said for name, said in _IGNORED.items() if here.get(name)), "")
    return Copied(
        tool, in_tmux, tmux.wrapped(sequence) if in_tmux and sequence else sequence, doubt
    )


def _desktop(variables: Environ) -> dict[str, str]:
    """Return the variables of the client in full: one that it lacks is not that of the pane."""
    return {name: variables.get(name, "") for name in tmux.CLIENT_VARIABLES}


def _usable(environ: Environ) -> Iterator[Tool]:
    return (tool for tool in TOOLS if tool.usable(environ))


def _ran(tool: Tool, text: str, environ: Environ) -> bool:
    """Give the text to a tool; return whether it took it.

    xclip and wl-copy go on as another process, which holds the text until something else is
    copied: it must not keep a pipe of ours open, nor end with the terminal.
    """
    program = shutil.which(tool.name)
    if program is None or not Path(program).is_absolute():
        return False
    variables = {name: value for name, value in environ.items() if value}
    try:
        subprocess.run(  # noqa: S603 (a program of the table, without words of the text)
            [program, *tool.options], input=text.encode(tool.encoding, "replace"), env=variables,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            check=True, timeout=_TIMEOUT, start_new_session=True, cwd=os.sep,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return False
    return True


def _sequence(text: str) -> str:
    """Return OSC 52 with the text; "" if that is longer than terminals take."""
    content = text.encode("utf-8", "replace")
    if len(content) > MAX_SEQUENCE_BYTES:
        return ""
    return f"\x1b]52;c;{base64.b64encode(content).decode('ascii')}\a"
