"""The interactive screen in a real terminal, which must be restored afterwards."""

from __future__ import annotations

import os
import re
import select
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import pytest

from tests.commands import PROJECT, command, environment, indexed, until, written

pytestmark = pytest.mark.slow
pty = pytest.importorskip("pty", reason="the system has no pseudo-terminals")

TMUX = shutil.which("tmux")
in_tmux = pytest.mark.skipif(TMUX is None, reason="tmux is not installed")
DOCUMENTS = {
    "railway.txt": "The railway board met the oil ministry in Tripoli.",
    "ar.txt": "قالت وزارة النفط إن أسعار النفط ارتفعت في طرابلس.",
}
BROKEN = """
import sys
from search.tui.app import DalilApp
DalilApp.action_copy_path = lambda self: 1 / 0
sys.argv = ["dalil", *sys.argv[1:]]
from search.__main__ import main
main()
"""
"""Dalil with an exception on the key Y."""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return indexed(written(tmp_path_factory.mktemp("terminal") / "docs", DOCUMENTS))


# -- in tmux -----------------------------------------------------------------------


class Tmux:
    """A tmux server of its own with one window, in which a shell waits."""

    def __init__(self, folder: Path) -> None:
        self.socket = f"dalil-{uuid4().hex}"
        self.code = folder / "code"
        environ = {**environment(), "TERM": "xterm-256color", "PS1": "$ ", "LC_ALL": "C.UTF-8"}
        del environ["NO_COLOR"], environ["COLUMNS"]
        environ.pop("TMUX", None)
        self._environ = environ
        self("-f", "/dev/null", "new-session", "-d", "-x", "120", "-y", "30", "/bin/sh")

    def __call__(self, *words: str) -> str:
        ran = subprocess.run([str(TMUX), "-u", "-L", self.socket, *words], check=True,
                             capture_output=True, env=self._environ)  # fmt: skip
        return ran.stdout.decode()

    @property
    def screen(self) -> str:
        """The text on the screen."""
        return self("capture-pane", "-p")

    def flag(self, name: str) -> str:
        """The value of a variable of tmux."""
        return self("display-message", "-p", f"#{{{name}}}").strip()

    def start(self, *words: str) -> None:
        """Start Dalil in the shell, which then writes its exit code to a file."""
        quoted = " ".join(f"'{word}'" for word in words)
        self.type(f"cd {PROJECT} && {quoted}; echo $? > {self.code}")
        self.keys("Enter")
        self.sees("documents · type a word")

    def type(self, text: str) -> None:
        """Type letters."""
        self("send-keys", "-l", text)

    def keys(self, *keys: str) -> None:
        """Press keys by their names."""
        self("send-keys", *keys)

    def sees(self, text: str) -> None:
        """Wait for a text."""
        until(lambda: text in self.screen, lambda: f"{text!r} is not in\n{self.screen}")

    def ended(self) -> int:
        """Wait for the end; the exit code."""
        until(lambda: self.code.exists() and self.code.read_text(), lambda: self.screen)
        return int(self.code.read_text())


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[Tmux]:
    server = Tmux(tmp_path)
    yield server
    with suppress(subprocess.CalledProcessError):
        server("kill-server")


@in_tmux
def test_hits_are_seen_while_typing_and_the_terminal_is_left_as_it_was(
    index: Path, tmux: Tmux
) -> None:
    tmux.start(*command("--index", index))
    assert tmux.flag("alternate_on") == "1"
    tmux.type("railway")
    tmux.sees("match 1 of 1")
    assert "The railway board met" in tmux.screen
    tmux.keys("C-u")
    tmux.type("النفط")
    tmux.sees("match 1 of 2")
    box = tmux.screen.splitlines()[1]
    assert box.rstrip().endswith("ﻂﻔﻨﻟﺍ")
    assert box.index("ﻂﻔﻨﻟﺍ") > 100
    tmux.keys("Enter")
    tmux.type("ى")  # the key of N on an Arabic keyboard
    tmux.sees("match 2 of 2")
    tmux.type("ض")  # that of Q
    assert tmux.ended() == 0
    assert (tmux.flag("alternate_on"), tmux.flag("cursor_flag")) == ("0", "1")
    assert tmux.flag("mouse_any_flag") == "0"
    tmux.type("echo still $((1 + 1)) here")
    tmux.keys("Enter")
    tmux.sees("still 2 here")


@in_tmux
def test_marks_and_a_paste_reach_the_query(index: Path, tmux: Tmux) -> None:
    tmux.start(*command("--index", index))
    tmux.type("النَّفْط")
    tmux.sees("match 1 of 2")


@in_tmux
@pytest.mark.parametrize("stdin", ["", "echo | "])
def test_the_marked_paths_are_printed_on_leaving(
    index: Path, tmux: Tmux, tmp_path: Path, stdin: str
) -> None:
    words = shlex.join(command("--pick", "-q", "oil النفط", "--index", index))
    tmux.type(f'cd {PROJECT}; P=$({stdin}{words}); echo "$? $P" > {tmp_path}/picked')
    tmux.keys("Enter")
    tmux.sees("2 documents · ")
    tmux.keys("Enter")  # into the document
    tmux.sees("q quit")
    tmux.type("q")
    picked = tmp_path / "picked"
    until(lambda: picked.exists() and picked.read_text(), lambda: tmux.screen)
    assert re.fullmatch(r"0 \S+/docs/(ar|railway)\.txt\n", picked.read_text())


@in_tmux
def test_picking_nothing_is_exit_code_1(index: Path, tmux: Tmux) -> None:
    tmux.start(*command("--pick", "--index", index))
    tmux.keys("C-c")
    assert tmux.ended() == 1


@in_tmux
def test_keys_of_one_burst_keep_their_order(index: Path, tmux: Tmux) -> None:
    """As over a slow connection: all are read at once."""
    tmux.start(*command("--index", index))
    tmux.keys("o", "n", "e", "Space", "t", "w", "o", "C-w", "x")
    tmux.sees("one\u00a0x")


# -- to the byte, in a pseudo-terminal ---------------------------------------------

BDSM = ("\x1b[8l", "\x1b[8h")
TERMINALS = {
    "VTE": ({"VTE_VERSION": "7006"}, BDSM),
    "xterm": ({}, BDSM),
    "Konsole": (
        {"KONSOLE_VERSION": "221203"},
        ("\x1b]50;BidiRenderingEnabled=false\x07", "\x1b]50;BidiRenderingEnabled=true\x07"),
    ),
    "mlterm": ({"MLTERM": "3.9.0"}, ("\x1b]5379;use_ctl=false\x07", "\x1b]5379;use_ctl=true\x07")),
    "kitty": ({"TERM": "xterm-kitty", "KITTY_WINDOW_ID": "1"}, ("", "")),
    "tmux": (
        {"TERM": "tmux-256color", "TMUX": "/run/tmux/x,1,0"},
        ("\x1bPtmux;\x1b\x1b[8l\x1b\\", "\x1bPtmux;\x1b\x1b[8h\x1b\\"),
    ),
}
SWITCHES = re.compile(
    r"\x1b\[8[lh]|\x1b\]50;[^\x07]*\x07|\x1b\]5379;[^\x07]*\x07|\x1bPtmux;\x1b\x1b\[8[lh]\x1b\\"
)
CLOSINGS = ("q", "Ctrl+C", "SIGTERM", "SIGHUP", "mistake")
CODES = {"q": 0, "Ctrl+C": 0, "SIGTERM": 143, "SIGHUP": 129, "mistake": 2}


class Terminal:
    """Dalil in a pseudo-terminal, with all output so far."""

    def __init__(self, words: list[str], environ: dict[str, str]) -> None:
        self.ours, theirs = pty.openpty()
        import termios  # noqa: PLC0415

        self.before = termios.tcgetattr(theirs)
        self._theirs = theirs
        self._attributes = termios.tcgetattr
        known = {**environment(), "TERM": "xterm-256color", "LINES": "30", "COLUMNS": "120"}
        for name in ("NO_COLOR", "TMUX", "VTE_VERSION", "COLORTERM", "TERM_PROGRAM"):
            known.pop(name, None)
        self.process = subprocess.Popen(
            words, stdin=theirs, stdout=theirs, stderr=theirs, env={**known, **environ},
            cwd=PROJECT, start_new_session=True,
        )  # fmt: skip
        self.sent = ""

    def read(self) -> None:
        """Read the output so far."""
        while select.select([self.ours], [], [], 0.02)[0]:
            data = os.read(self.ours, 1 << 16)
            self.sent += data.decode("utf-8", "replace")

    def sees(self, text: str) -> None:
        """Wait for a text."""

        def there() -> bool:
            self.read()
            return text in self.sent

        until(there, lambda: f"{text!r} is not in {self.sent[-2000:]!r}")

    def press(self, keys: str) -> None:
        """Press keys."""
        os.write(self.ours, keys.encode())

    def close(self, way: str) -> int:
        """Close Dalil and return its exit code."""
        match way:
            case "q":
                self.press("railway\r")
                self.sees("/ find")
                self.press("q")
            case "mistake":
                self.press("railway\r")
                self.sees("/ find")
                self.press("y")
            case "Ctrl+C":
                self.press("\x03")
            case _:
                self.process.send_signal(getattr(signal, way))

        def ended() -> bool:
            self.read()
            return self.process.poll() is not None

        until(ended, lambda: self.sent[-2000:])
        self.read()
        return self.process.returncode

    @property
    def restored(self) -> bool:
        """Whether the terminal's settings are those from before."""
        return bool(self._attributes(self._theirs) == self.before)

    def vanish(self) -> None:
        """Close both ends of the pseudo-terminal."""
        os.close(self.ours)
        os.close(self._theirs)

    def end(self) -> None:
        """Kill it if it still runs, and close the terminal."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self._theirs)
        os.close(self.ours)


def mode(sent: str, number: int) -> str:
    """Return the last setting of a private mode of the terminal, ``h`` or ``l``."""
    return (re.findall(rf"\x1b\[\?{number}([hl])", sent) or [""])[-1]


@pytest.mark.parametrize("way", CLOSINGS)
@pytest.mark.parametrize("name", TERMINALS)
def test_the_reordering_of_a_terminal_is_switched_off_and_on_again_however_dalil_ends(
    index: Path, name: str, way: str
) -> None:
    environ, (enter, leave) = TERMINALS[name]
    terminal = Terminal([sys.executable, "-c", BROKEN, "--index", str(index)], environ)
    try:
        terminal.sees("documents")
        assert mode(terminal.sent, 1049) == "h"
        code = terminal.close(way)
        assert code == CODES[way]
        assert SWITCHES.findall(terminal.sent) == [s for s in (enter, leave) if s]
        assert not enter or terminal.sent.index(enter) < terminal.sent.index("\x1b[?1049h")
        assert mode(terminal.sent, 1049) == "l"
        assert mode(terminal.sent, 25) == "h"
        assert {mode(terminal.sent, number) for number in (1000, 1003, 1006, 2004)} == {"l"}
        assert terminal.restored
    finally:
        terminal.end()


def test_a_terminal_that_has_gone_is_not_waited_for(index: Path) -> None:
    """It ends silently, like a program started by nohup."""
    terminal = Terminal(command("--index", index), {})
    terminal.sees("documents")
    terminal.vanish()
    try:
        until(lambda: terminal.process.poll() is not None, lambda: "it is still there")
    finally:
        terminal.process.kill()
    assert terminal.process.returncode == CODES["SIGHUP"]


def test_a_program_that_a_terminal_without_reader_blocks_is_ended() -> None:
    """What is written to a terminal that has gone is never taken."""
    program = (
        "import time; from search.terminal import session; session.LEAVE_SECONDS = 0.1;"
        "session.has_terminal = lambda: False; session.watch_terminal(lambda: None, 129);"
        "time.sleep(60)"
    )
    ended = subprocess.run([sys.executable, "-c", program], cwd=PROJECT, check=False, timeout=30)
    assert ended.returncode == 129


def test_an_editor_gets_the_terminal_as_it_was(index: Path, tmp_path: Path) -> None:
    editor = written(tmp_path, {"nano": "#!/bin/sh\necho EDITING $1\n"}) / "nano"
    editor.chmod(0o755)
    terminal = Terminal(command("--index", index), {"VISUAL": str(editor)})
    try:
        terminal.sees("documents")
        terminal.press("railway\r")
        terminal.sees("/ find")
        terminal.press("e")
        terminal.sees("EDITING +1")
        before, _, _ = terminal.sent.partition("EDITING")
        assert mode(before, 1049) == "l"
        assert SWITCHES.findall(before) == list(BDSM)
        until(lambda: terminal.read() or mode(terminal.sent, 1049) == "h", lambda: terminal.sent)
        assert terminal.close("Ctrl+C") == 0
        assert SWITCHES.findall(terminal.sent) == [*BDSM, *BDSM]
    finally:
        terminal.end()


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs Linux's /proc")
def test_in_the_background_the_terminal_is_as_it_was_and_taken_again_afterwards(
    index: Path,
) -> None:
    terminal = Terminal(command("--index", index), {"VTE_VERSION": "7006"})

    def stopped() -> bool:
        terminal.read()
        status = Path(f"/proc/{terminal.process.pid}/stat").read_text("utf-8")
        return status.rpartition(")")[2].split()[0] == "T"

    try:
        terminal.sees("documents")
        terminal.press("railway")
        terminal.sees("match 1 of 1")
        terminal.press("\x1a")  # Ctrl+Z
        until(stopped, lambda: terminal.sent[-2000:])
        terminal.read()
        assert (mode(terminal.sent, 1049), mode(terminal.sent, 25)) == ("l", "h")
        assert {mode(terminal.sent, number) for number in (1000, 1003, 1006, 2004)} == {"l"}
        assert SWITCHES.findall(terminal.sent) == list(BDSM)
        assert terminal.restored
        before = len(terminal.sent)
        terminal.process.send_signal(signal.SIGCONT)
        until(
            lambda: terminal.read() or "match 1 of 1" in terminal.sent[before:],
            lambda: terminal.sent[before:],
        )
        assert mode(terminal.sent, 1049) == "h"
        assert SWITCHES.findall(terminal.sent) == [*BDSM, BDSM[0]]
        assert terminal.close("Ctrl+C") == 0
        assert SWITCHES.findall(terminal.sent) == [*BDSM, *BDSM]
        assert terminal.restored
    finally:
        terminal.end()


def test_a_terminal_that_says_what_it_does_is_believed(index: Path) -> None:
    terminal = Terminal(command("--index", index), {})
    try:
        terminal.sees("\x1b[8$p\x1b[c")
        terminal.press("\x1b[8;2$y\x1b[?65;1c")  # explicit already: it is left so
        terminal.sees("documents")
        assert terminal.close("Ctrl+C") == 0
        assert SWITCHES.findall(terminal.sent) == ["\x1b[8l", "\x1b[8l"]
        assert "65;1c" not in terminal.sent
    finally:
        terminal.end()


def test_what_is_typed_while_the_screen_is_imported_reaches_the_query(index: Path) -> None:
    terminal = Terminal(command("--index", index), {})
    try:
        terminal.sees("\x1b[8$p\x1b[c")
        terminal.press("\x1b[8;1$y\x1b[?65;1czebra")
        terminal.sees("zebra")
        assert "zebra" not in terminal.sent.partition("\x1b[?1049h")[0]
        assert terminal.close("Ctrl+C") == 0
    finally:
        terminal.end()


def test_on_a_light_terminal_the_screen_is_light(index: Path) -> None:
    terminal = Terminal(
        command("--index", index), {"VTE_VERSION": "7006", "COLORTERM": "truecolor"}
    )
    try:
        terminal.sees("\x1b]11;?\x1b\\\x1b[8$p\x1b[c")
        terminal.press("\x1b]11;rgb:fcfc/fcfc/fcfc")  # a piece that ends in c is not all
        terminal.press("\x1b\\\x1b[8;1$y\x1b[?65;1c")
        terminal.sees("documents")
        assert "48;2;250;249;246" in terminal.sent
        assert terminal.close("Ctrl+C") == 0
    finally:
        terminal.end()


@in_tmux
@pytest.mark.parametrize("key", ["\x03", "y"], ids=["Ctrl+C", "mistake"])
def test_sequences_reach_the_terminal_around_tmux_without_a_setting_of_its_user(
    index: Path, key: str
) -> None:
    tmux = [str(TMUX), "-u", "-L", f"dalil-{uuid4().hex}"]
    dalil = shlex.join([sys.executable, "-c", BROKEN, "--index", str(index)])
    inside = f"cd {PROJECT}; {dalil}; echo EN''DED; read line"
    terminal = Terminal([*tmux, "-f", "/dev/null", "new-session", inside], {"LC_ALL": "C.UTF-8"})

    def option() -> bytes:
        asked = [*tmux, "show-options", "-pv", "allow-passthrough"]
        return subprocess.run(asked, check=True, capture_output=True).stdout

    try:
        terminal.sees("documents")
        assert SWITCHES.findall(terminal.sent) == [BDSM[0]]
        assert option() == b"on\n"
        terminal.press("railway\r")
        terminal.sees("/ find")
        terminal.press(key)
        terminal.sees("ENDED")
        assert SWITCHES.findall(terminal.sent) == [*BDSM]
        until(lambda: not option(), lambda: terminal.sent)
    finally:
        subprocess.run([*tmux, "kill-server"], check=False, capture_output=True)
        terminal.end()


def test_a_line_is_shown_before_the_screen_is_imported_and_is_cleared(index: Path) -> None:
    terminal = Terminal(command("--index", index), {})
    try:
        terminal.sees("\x1b[?1049h")
        before, _, _ = terminal.sent.partition("\x1b[?1049h")
        shown, cleared, _ = before.partition("\r\x1b[K")
        assert re.sub(r"\x1b\[[0-9?$]*[a-z]|\x1b\]11;\?\x1b\\", "", shown) == "Dalil …"
        assert cleared
        assert "\n" not in before
    finally:
        terminal.end()
