"""A real terminal on a display of its own: keys and mouse in, its text, pictures and clipboard out.

GNOME Terminal's widget (VTE) in a window, xterm and Konsole, under Xvfb. A test asks ``missing``
what is not installed here, and is skipped with that as its reason.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.commands import PROJECT, until

DISPLAY_TOOLS = ("Xvfb", "xdotool", "xclip", "import")
SYSTEM_PYTHON = "/usr/bin/python3"
"""The Python that has the bindings of GTK, if the system has them."""
SIZE = (1200, 620)
"""Of the display, in pixels."""
COLUMNS, ROWS = 100, 28
"""Of VTE and xterm."""
UNKNOWN = ("VTE_VERSION", "KONSOLE_VERSION", "XTERM_VERSION", "TMUX", "TMUX_PANE", "COLORTERM",
           "TERM_PROGRAM", "WAYLAND_DISPLAY", "NO_COLOR", "COLUMNS", "LINES", "DALIL_BIDI",
           "SSH_CONNECTION", "SSH_TTY", "PYTHONDONTWRITEBYTECODE")  # fmt: skip
"""Variables that a terminal sets itself, or that would tell of another one."""

VTE_WINDOW = f"""
import os, signal, sys
import gi
gi.require_version("Gtk", "3.0")
gi.require_version("Vte", "2.91")
from gi.repository import GLib, Gtk, Vte
text, *command = sys.argv[1:]
window, terminal = Gtk.Window(), Vte.Terminal()
terminal.set_size({COLUMNS}, {ROWS})
terminal.spawn_async(Vte.PtyFlags.DEFAULT, None, command, None, 0, None, None, -1, None, None)
def dump(*_):
    with open(text + ".new", "w") as file:
        file.write(terminal.get_text(None, None)[0] or "")
    os.replace(text + ".new", text)
    return True
GLib.unix_signal_add(GLib.PRIORITY_DEFAULT, signal.SIGUSR1, dump)
terminal.connect("child-exited", lambda *_: Gtk.main_quit())
terminal.set_cursor_blink_mode(Vte.CursorBlinkMode.OFF)
window.add(terminal)
window.move(0, 0)
window.show_all()
terminal.grab_focus()
Gtk.main()
"""
"""A window with VTE; at SIGUSR1 it writes its visible text to a file."""


@cache
def _has_vte() -> bool:
    asked = "import gi; gi.require_version('Vte', '2.91'); from gi.repository import Vte"
    with suppress(OSError):
        ran = subprocess.run([SYSTEM_PYTHON, "-c", asked], check=False, capture_output=True)
        return ran.returncode == 0
    return False


def missing(*programs: str) -> str:
    """Return a sentence with what is not installed of a display, and of some programs; or ""."""
    wanted = [name for name in (*DISPLAY_TOOLS, *programs) if name != "vte"]
    absent = [name for name in wanted if shutil.which(name) is None]
    if "vte" in programs and not _has_vte():
        absent.append("GTK's bindings with Vte 2.91")
    return f"not installed: {', '.join(absent)}" if absent else ""


@dataclass(frozen=True)
class Display:
    """An X display without a screen, with a clipboard of its own."""

    name: str
    folder: Path

    @property
    def environ(self) -> dict[str, str]:
        """The variables for a program on this display, none of another terminal."""
        known = {name: value for name, value in os.environ.items() if name not in UNKNOWN}
        return {**known, "DISPLAY": self.name, "LC_ALL": "C.UTF-8", "PYTHONPATH": str(PROJECT),
                "GDK_BACKEND": "x11", "QT_QPA_PLATFORM": "xcb", "NO_AT_BRIDGE": "1"}  # fmt: skip

    def run(self, *words: str) -> bytes:
        """Run a program on the display; return its output, empty if it fails."""
        return subprocess.run(
            words, env=self.environ, capture_output=True, check=False, timeout=20
        ).stdout

    @property
    def clipboard(self) -> str:
        """The text that a paste would give."""
        return self.run("xclip", "-o", "-selection", "clipboard").decode()

    @property
    def largest(self) -> tuple[str, int, int]:
        """The number, width and height in pixels of the largest window; 0 wide if there is none."""
        found = self.run("xdotool", "search", "--onlyvisible", "--name", "").decode().split()[1:]
        sizes = []
        for number in found:  # the first of all is the background
            told = self.run("xdotool", "getwindowgeometry", "--shell", number).decode().split()
            shape = dict(line.split("=") for line in told if "=" in line)
            sizes.append((number, int(shape.get("WIDTH", 0)), int(shape.get("HEIGHT", 0))))
        return max(sizes, key=lambda size: size[1] * size[2], default=("", 0, 0))

    def type(self, text: str) -> None:
        """Type letters."""
        self.run("xdotool", "type", "--delay", "15", text)

    def press(self, *keys: str) -> None:
        """Press keys by their names in X, such as Return and ctrl+c."""
        self.run("xdotool", "key", "--delay", "60", *keys)

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Drag with the left button from one pixel to another."""
        moves = [*map(str, start), "mousedown", "1", "sleep", "0.2", "mousemove",
                 *map(str, ((start[0] + end[0]) // 2, end[1])), "sleep", "0.1", "mousemove",
                 *map(str, end), "sleep", "0.2", "mouseup", "1"]  # fmt: skip
        self.run("xdotool", "mousemove", *moves)

    def picture(self, name: str) -> bytes:
        """Return the pixels of the display, and keep them as NAME.png in the folder."""
        path = self.folder / f"{name}.png"
        self.run("import", "-window", "root", str(path))
        return self.run("convert", str(path), "rgb:-")


class Window:
    """A terminal in a window with a command in it."""

    def __init__(self, display: Display, process: subprocess.Popen[bytes], text: Path) -> None:
        self.display, self.process, self._text = display, process, text

    @property
    def text(self) -> str:
        """The visible text of a VTE, in the order in which it was sent."""
        self._text.unlink(missing_ok=True)
        self.process.send_signal(signal.SIGUSR1)
        for _ in range(100):
            if self._text.exists():
                return self._text.read_text("utf-8")
            time.sleep(0.02)
        return ""

    @property
    def cell(self) -> tuple[float, float]:
        """Width and height of a cell of VTE in pixels."""
        _, width, height = self.display.largest
        return width / COLUMNS, height / ROWS

    def sees(self, text: str) -> None:
        """Wait for a text in a VTE."""
        until(lambda: text in self.text, lambda: f"{text!r} is not in\n{self.text}")


@contextmanager
def display(folder: Path) -> Iterator[Display]:
    """Start a display; files of its windows go to the folder."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{SIZE[0]}x{SIZE[1]}x24",
         "-nolisten", "tcp"],
        pass_fds=[writing], stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writing)
    try:
        with os.fdopen(reading) as answer:
            number = answer.readline().strip()
        yield Display(f":{number}", folder)
    finally:
        server.terminate()
        server.wait()


@contextmanager
def _window(on: Display, words: Sequence[str], text: Path) -> Iterator[Window]:
    process = subprocess.Popen(
        words, env=on.environ, cwd=PROJECT, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        until(lambda: on.largest[1] > 100, lambda: f"no window of {words[0]}")
        # There is no window manager to give it the keys.
        on.run("xdotool", "mousemove", "300", "300", "windowfocus", on.largest[0])
        yield Window(on, process, text)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def vte(on: Display, *command: str) -> AbstractContextManager[Window]:
    """Open VTE, the widget of GNOME Terminal, with a command in it."""
    text = on.folder / "vte.txt"
    return _window(on, [SYSTEM_PYTHON, "-c", VTE_WINDOW, str(text), *command], text)


def xterm(on: Display, *command: str) -> AbstractContextManager[Window]:
    """Open xterm; its text cannot be read, only its picture."""
    return _window(
        on, ["xterm", "-geometry", f"{COLUMNS}x{ROWS}+0+0", "-u8", "-e", *command], Path()
    )


def konsole(on: Display, *command: str) -> AbstractContextManager[Window]:
    """Open Konsole; its text cannot be read, only its picture."""
    words = ["konsole", "--nofork", "--hide-menubar", "--hide-tabbar", "-e", *command]
    return _window(on, words, Path())


OPENERS: dict[str, Callable[..., AbstractContextManager[Window]]] = {
    "vte": vte, "xterm": xterm, "konsole": konsole,
}  # fmt: skip
"""Name of a terminal, as ``missing`` takes it → how to open it."""
