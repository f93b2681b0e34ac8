"""The interactive screen: what leaves the screen: copied passages, editors, viewers."""

from __future__ import annotations

import io
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import pytest
from commands import run
from pdf_files import PdfFile, attached

from search import Hit
from search.tui.app import DalilApp
from search.tui.interaction import external
from tests.piloted import played, screen


def _is_logical(text: str) -> bool:
    return not any("\ufb50" <= char <= "\ufefc" for char in text)


@played
async def test_what_is_copied_is_as_its_author_wrote_it(seeds: Path) -> None:
    async with screen(seeds) as on:
        await on.ask("القنصلية")
        await on.press("enter", "Y")
        hit, copied = on.app.hits.hit, on.app.clipboard
        assert hit is not None
        assert "ﺔﻴﻠﺼﻨﻘﻟﺍ" in on.text
        assert "القنصلية" in copied
        assert " ".join(hit.snippets[0].text.split()) in copied
        assert all(part in copied for part in (hit.title, hit.path, hit.sha256[:12]))
        assert _is_logical(copied)
        await on.press("y")
        assert on.app.clipboard == hit.path


@played
async def test_a_path_that_is_no_text_is_copied_all_the_same(seeds: Path) -> None:
    async with screen(seeds) as on:
        on.app.copy_as("path", os.fsdecode(b"caf\xe9.txt"))
        assert on.app.clipboard == "caf?.txt"


@contextmanager
def _away(app: DalilApp, ran: list[list[str]]) -> Iterator[None]:
    @contextmanager
    def suspend() -> Iterator[None]:
        ran.append(["suspended"])
        yield
        ran.append(["resumed"])

    def run(command: list[str], **_: object) -> None:
        ran.append(command)

    with patch.object(app, "suspend", suspend), patch.object(subprocess, "run", run):
        yield


def _snippet(hit: Hit) -> tuple[str, int]:
    """The file of a hit, and the line of its first snippet."""
    return hit.path, hit.snippets[0].line


def _record(hit: Hit) -> tuple[str, int]:
    """The file of a hit that is a line of JSONL, and that line."""
    file = hit.path.removesuffix(f"#{hit.id}")
    lines = Path(file).read_text("utf-8").splitlines()
    return file, next(n for n, line in enumerate(lines, 1) if hit.id in line)


@pytest.mark.parametrize(
    ("editor", "query", "place", "command"),
    [
        ("vim -R", "path:timeline.md Aganin", _snippet, ["vim", "-R", "+{line}", "--", "{file}"]),
        ("code", "type:jsonl libya", _record, ["code", "--goto", "{file}:{line}"]),
    ],
)
@played
async def test_the_editor_opens_the_file_at_the_line(
    seeds: Path,
    editor: str,
    query: str,
    place: Callable[[Hit], tuple[str, int]],
    command: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("VISUAL", editor)
    async with screen(seeds) as on:
        await on.ask(query)
        hit = on.app.hits.hit
        assert hit is not None
        ran: list[list[str]] = []
        with _away(on.app, ran):
            await on.press("enter", "e")
        file, line = place(hit)
        assert line > 1
        words = [word.format(file=file, line=line) for word in command]
        assert ran == [["suspended"], words, ["resumed"]]


@played
async def test_a_file_in_a_pdf_is_opened_as_the_pdf_and_its_card_says_what_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", "vim")
    docs = tmp_path / "docs"
    docs.mkdir()
    catalog, objects = attached([("annex.txt", b"Tamarind shipments")])
    file = PdfFile(["Contract"], catalog=catalog, objects=objects)
    (docs / "a.pdf").write_bytes(file.data())
    assert run("index", docs, "--index", tmp_path / "ix").code == 0
    opened: list[list[str]] = []
    viewer = ["viewer"]
    async with screen(tmp_path / "ix") as on:
        await on.ask("tamarind")
        assert "a.pdf!/annex.txt · attachment" in on.text
        with (
            patch.object(external, "viewer_command", lambda path, page: [*viewer, str(path)]),
            patch.object(subprocess, "Popen", lambda command, **_: opened.append(command)),
        ):
            await on.press("enter", "e", "o")
    assert opened == [["viewer", str(docs / "a.pdf")]] * 2


@played
async def test_a_program_that_is_not_there_is_said(
    seeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", "no-such-[editor]")
    async with screen(seeds) as on:
        await on.ask("path:timeline.md Aganin")
        await on.press("enter")
        with _away(on.app, []), patch.object(subprocess, "run", side_effect=FileNotFoundError):
            await on.press("e")
        assert "no-such-[editor]" in on.text


@pytest.mark.parametrize(
    ("editor", "file", "command"),
    [
        ("code", "/d/a.txt:1:2", ["code", "/d/a.txt:1:2"]),
        ("nano", "/d/a.txt", ["nano", "+3", "/d/a.txt"]),
        ("gedit -s", "/d/a.txt", ["gedit", "-s", "/d/a.txt"]),
    ],
)
def test_an_editor_gets_a_line_only_in_its_own_way(
    editor: str, file: str, command: list[str]
) -> None:
    assert external.editor_command(external.Place(Path(file), 3), {"VISUAL": editor}) == command


def test_the_line_of_a_document_is_found_across_blocks_and_within_a_bound(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(external, "_BLOCK", 7)
    text = "".join(f'{{"id": "n{n}", "text": "x"}}\n' for n in range(40)).encode()
    lines = [external._line_of_document(io.BytesIO(text), f"n{n}") for n in range(40)]
    assert lines == list(range(1, 41))
    assert external._line_of_document(io.BytesIO(text), "none") == 1
    monkeypatch.setattr(external, "_MAX_SEARCHED", 70)
    stream = io.BytesIO(text)
    assert external._line_of_document(stream, "n39") == 1
    assert stream.tell() == 70


@played
async def test_a_file_that_is_replaced_before_the_editor_starts_is_not_opened(
    seeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", "vim")
    ran: list[list[str]] = []
    async with screen(seeds) as on:
        await on.ask("path:timeline.md Aganin")
        with _away(on.app, ran), patch.object(external, "is_still", return_value=False):
            await on.press("enter", "e")
        assert ran == [["suspended"], ["resumed"]]
        assert "the file was replaced just now" in on.text


@played
async def test_an_editor_that_is_no_command_is_said(
    seeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", "vim 'unbalanced")
    async with screen(seeds) as on:
        await on.ask("path:timeline.md Aganin")
        await on.press("enter", "e")
        assert "VISUAL or EDITOR is no command" in on.text


@pytest.mark.parametrize(
    ("entry", "command"),
    [
        ("org.gnome.Evince.desktop\n", ["evince", "--page-index", "3"]),
        ("org.kde.okular.desktop\n", ["okular", "-p", "3"]),
        ("org.pwmt.zathura-pdf-mupdf.desktop\n", ["zathura", "-P", "3"]),
        ("sioyek.desktop\n", ["sioyek", "--page", "3"]),
        ("firefox.desktop\n", ["xdg-open"]),
        ("", ["xdg-open"]),
    ],
)
def test_a_pdf_is_opened_at_its_page_where_the_viewer_takes_one(
    entry: str, command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = subprocess.CompletedProcess([], 0, stdout=entry.encode())
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: asked)
    monkeypatch.setattr(external.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(external.sys, "platform", "linux")
    file = Path("/docs/-i --a.pdf")
    assert external.viewer_command(file, 3) == [*command, str(file)]
    assert external.viewer_command(file) == ["xdg-open", str(file)]


def test_a_machine_that_does_not_tell_its_viewer_opens_the_bare_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise FileNotFoundError

    monkeypatch.setattr(subprocess, "run", fails)
    monkeypatch.setattr(external.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(external.sys, "platform", "linux")
    assert external.viewer_command(Path("/a.pdf"), 3) == ["xdg-open", "/a.pdf"]


@played
async def test_the_page_that_is_read_is_opened_and_else_that_of_the_snippet(
    tmp_path: Path,
) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    words = ["Cover", "Tamarind of the second page", "Tamarind of the third page"]
    (docs / "a.pdf").write_bytes(PdfFile(words).data())
    assert run("index", docs, "--index", tmp_path / "ix").code == 0
    pages: list[int | None] = []

    def noted(_path: Path, page: int | None) -> None:
        pages.append(page)

    async with screen(tmp_path / "ix") as on:
        await on.ask("tamarind")
        with patch.object(external, "viewer_command", noted):
            on.app.hits.focus()
            await on.press("o", "enter", "n", "o")
    assert pages == [2, 3]
