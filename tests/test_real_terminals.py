"""Copying and Arabic in real terminals: VTE, xterm, Konsole, tmux, and tmux within VTE."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from tests.commands import command, indexed, until, written
from tests.real_terminal import OPENERS, Display, display, missing, vte

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(missing()), reason=missing() or "everything is there"),
]

ARABIC = "قالت وزارة النفط إن أسعار النفط ارتفعت في طرابلس."
DOCUMENTS = {"railway.txt": "The railway board met the oil ministry in Tripoli.", "ar.txt": ARABIC}


def needs(*programs: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(bool(missing(*programs)), reason=missing(*programs) or "there")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return indexed(written(tmp_path_factory.mktemp("real") / "docs", DOCUMENTS))


@pytest.fixture
def on(tmp_path: Path) -> Iterator[Display]:
    with display(tmp_path) as opened:
        yield opened


@pytest.fixture
def tmux() -> Iterator[list[str]]:
    """The words that begin every command to a tmux server of its own."""
    words = ["tmux", "-u", "-L", f"dalil-{uuid4().hex}", "-f", "/dev/null"]
    yield words
    subprocess.run([*words, "kill-server"], check=False, capture_output=True)


def _copies(on: Display, path: str) -> None:
    """Find a document and copy its path; again, as long as Dalil is not there yet."""

    def copied() -> bool:
        on.press("slash", "ctrl+u")
        on.type("railway")
        time.sleep(0.5)
        on.press("Return", "y")
        time.sleep(0.5)
        return on.clipboard == path

    until(copied, lambda: f"the clipboard has {on.clipboard!r}")


@pytest.mark.parametrize("name", [pytest.param(n, marks=needs(n)) for n in OPENERS])
def test_what_is_copied_is_in_the_clipboard(index: Path, on: Display, name: str) -> None:
    path = str(index.with_name("docs") / "railway.txt")
    with OPENERS[name](on, *command("--index", str(index))) as window:
        _copies(on, path)
        if name == "vte":
            window.sees("path copied by xclip")


@needs("vte", "tmux")
def test_in_tmux_it_is_in_its_buffer_too(index: Path, on: Display, tmux: list[str]) -> None:
    path = str(index.with_name("docs") / "railway.txt")
    with vte(on, *tmux, "new-session", *command("--index", str(index))) as window:
        window.sees("2 documents")
        _copies(on, path)
        shown = subprocess.run([*tmux, "show-buffer"], check=True, capture_output=True)
        assert shown.stdout.decode() == path


@needs("vte")
def test_without_a_program_it_is_not_said_to_be_copied(
    index: Path, on: Display, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    python, *words = command("--index", str(index))
    shell = f"PATH={tmp_path}/none HOME={tmp_path} exec {python} {' '.join(words)}"
    with vte(on, "/bin/sh", "-c", shell) as window:
        window.sees("2 documents")
        on.type("railway")
        window.sees("match 1 of 1")
        on.press("Return", "y")
        window.sees("GNOME")
        on.press("D")
        until(lambda: list(tmp_path.glob("dalil-copied-*")), lambda: window.text)
        (file,) = tmp_path.glob("dalil-copied-*")
        assert file.read_text("utf-8").endswith("railway.txt\n")


@needs("vte")
def test_arabic_that_is_dragged_over_is_pasted_as_it_was_written(index: Path, on: Display) -> None:
    with vte(on, *command("--index", str(index))) as window:
        window.sees("2 documents")
        on.type("lang:ar -zzz")
        window.sees("1 document")
        on.press("Return")
        window.sees("Esc back")
        rows = window.text.split("\n")
        first = next(
            y for y, row in enumerate(rows) if "│" in row and "ﻂﻔﻨﻟﺍ" in row.partition("│")[2]
        )
        cell = window.cell
        y = int((first + 0.5) * cell[1])
        on.drag((int(96.5 * cell[0]), y), (int(60.5 * cell[0]), y))
        on.press("ctrl+c")
        until(lambda: on.clipboard and on.clipboard in ARABIC, lambda: repr(on.clipboard))
        assert len(on.clipboard) > 5


@needs("vte")
def test_the_border_of_the_document_follows_the_mouse(index: Path, on: Display) -> None:
    def border(text: str) -> int:
        return next((row.index("│") for row in text.split("\n") if "match 1 of 1" in row), -1)

    with vte(on, *command("--index", str(index))) as window:
        window.sees("2 documents")
        on.type("railway")
        window.sees("match 1 of 1")
        before = border(window.text)
        middle = [int((before + 0.5) * window.cell[0]), int(15.5 * window.cell[1])]
        on.drag((middle[0], middle[1]), (middle[0] - 12 * window.cell[0], middle[1]))
        until(lambda: abs(border(window.text) - (before - 12)) <= 1, lambda: window.text)


@needs("vte", "tmux")
def test_printed_arabic_is_logical_in_tmux_within_vte(
    index: Path, on: Display, tmux: list[str]
) -> None:
    words = " ".join(command("search", "النفط", "--index", str(index)))
    with vte(on, *tmux, "new-session", f"{words}; read wait") as window:
        window.sees("1 document")
        assert "النفط" in window.text
        assert not any("\ufb50" <= char <= "\ufefc" for char in window.text)


@needs("vte", "convert")
def test_a_note_is_not_turned_round_where_the_terminal_is_not_known(
    index: Path, on: Display
) -> None:
    """VTE over a connection: its variable does not come along."""
    assert shutil.which("convert")

    def drawn(name: str, shell: str) -> bytes:
        with vte(
            on, "/bin/sh", "-c", f"unset VTE_VERSION; {shell}; echo; echo END; read wait"
        ) as window:
            window.sees("END")
            return on.picture(name)

    note = "from search.cli.console import print_note; print_note('note: الدبيبة')"
    python = command()[0]
    form = "note: ﺔﺒﻴﺑﺪﻟﺍ"
    right = drawn("right", f"printf '\\033[8l{form}\\n\\033[8h'")
    assert right != drawn("wrong", f"echo '{form}'")
    assert drawn("dalil", f'{python} -c "{note}"') == right
