"""Export from the screen: marked hits or all, to a file that is named in a dialog."""

from __future__ import annotations

import asyncio
import threading
from datetime import date
from pathlib import Path
from unittest.mock import patch

import pytest

from search.export import files
from search.tui.interaction.export_job import MARKED, OTHERS, ExportJob, proposed
from search.tui.widgets.export_dialog import ExportDialog
from tests.commands import run
from tests.piloted import Screen, played, screen


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def dialog(on: Screen) -> ExportDialog:
    assert isinstance(on.app.screen, ExportDialog)
    return on.app.screen


async def ask_to_export(on: Screen, query: str = "russia") -> ExportDialog:
    await on.ask(query)
    on.app.hits.focus()
    await on.press("x")
    return dialog(on)


async def name(on: Screen, path: Path | str) -> None:
    dialog(on).box.fill(str(path))
    await on.press("enter")


@played
async def test_all_hits_are_exported_to_the_proposed_file(seeds: Path, here: Path) -> None:
    async with screen(seeds) as on:
        await ask_to_export(on, "الدبيبة russia")
        total = on.app.listing.total if on.app.listing else 0
        assert f"all {total}" in on.text
        await on.press("enter")
        assert not isinstance(on.app.screen, ExportDialog)
        (file,) = here.iterdir()
        assert file.name == f"الدبيبة-russia-{date.today().isoformat()}.html"
        dossier = files.read(file)
        assert (dossier.query, dossier.total) == ("الدبيبة russia", total)
        copies = sum(len(exhibit.copies) for exhibit in dossier.exhibits)
        assert len(dossier.exhibits) + copies >= total
        assert f"{len(dossier.exhibits)} documents, {dossier.quotations} quotations" in on.text
    ran = run("verify", file, "--index", seeds)
    assert ran.code == 0, ran.out


@played
async def test_the_order_is_that_of_the_list(many: Path, here: Path) -> None:
    async with screen(many) as on:
        await ask_to_export(on, "oil")
        await name(on, "all.jsonl")
        assert on.app.listing is not None
        listed = [hit.path for hit in on.app.listing.window(0, 100)]
        assert len(listed) == 60
        assert [exhibit.path for exhibit in files.read(here / "all.jsonl").exhibits] == listed


@played
async def test_marked_hits_are_exported_alone(seeds: Path, here: Path) -> None:
    async with screen(seeds) as on:
        await on.ask("russia")
        on.app.hits.focus()
        await on.press("space", "down", "space")
        titles = [hit.heading[0] for hit in on.app.hits.marks.values()]
        await on.press("x")
        assert "2 marked hits" in on.text
        await name(on, "marked.csv")
        dossier = files.read(here / "marked.csv")
        assert [exhibit.title for exhibit in dossier.exhibits] == titles
        assert [exhibit.rank for exhibit in dossier.exhibits] == [1, 2]
        assert dossier.notes[0] == MARKED
        assert max(len(quotation.text) for quotation in dossier.exhibits[0].quotations) > 200


@played
async def test_a_hit_that_was_marked_for_another_query_is_exported_and_said_to_be(
    seeds: Path, here: Path
) -> None:
    async with screen(seeds) as on:
        await on.ask("mishustin")
        on.app.hits.focus()
        await on.press("space")
        await on.ask("railway")
        on.app.hits.focus()
        await on.press("space", "x")
        await name(on, "marked.md")
        dossier = files.read(here / "marked.md")
        words = [e.quotations[0].text[slice(*e.quotations[0].spans[0])] for e in dossier.exhibits]
        assert [word.lower() for word in words] == ["mishustin", "railway"]
        assert f"{OTHERS}1" in dossier.notes
    ran = run("verify", here / "marked.md", "--index", seeds)
    assert ran.code == 0, ran.out


@played
async def test_an_arabic_layout_exports_too(seeds: Path) -> None:
    async with screen(seeds) as on:
        await on.ask("russia")
        on.app.hits.focus()
        await on.press("ء")
        assert dialog(on).box.value.startswith("russia-")


@played
async def test_an_error_stays_in_the_dialog_and_the_name_can_be_mended(
    seeds: Path, here: Path
) -> None:
    async with screen(seeds) as on:
        await ask_to_export(on)
        for path, said in (
            ("d.txt", "cannot be a file"), ("none/d.md", "no folder"), (str(here), "suffix"),
            ("", "Enter write"),
        ):  # fmt: skip
            dialog(on).said.show("Enter write")
            await name(on, path)
            assert said in dialog(on).said.text
        await name(on, "d.md")
        assert [file.name for file in here.iterdir()] == ["d.md"]


@played
async def test_a_file_that_is_there_is_replaced_at_the_second_enter(
    seeds: Path, here: Path
) -> None:
    (here / "d.md").write_text("mine", "utf-8")
    async with screen(seeds) as on:
        await ask_to_export(on)
        await name(on, "d.md")
        assert "exists already: Enter again" in dialog(on).said.text
        assert (here / "d.md").read_text("utf-8") == "mine"
        await on.press("enter")
        assert files.read(here / "d.md").exhibits


@played
async def test_nothing_is_exported_without_hits(seeds: Path) -> None:
    async with screen(seeds) as on:
        for query in ("", "xyzzyplugh"):
            await on.ask(query)
            on.app.hits.focus()
            await on.press("x")
            assert not isinstance(on.app.screen, ExportDialog)
            assert "nothing to export" in on.text


@played
async def test_escape_leaves_without_a_file_and_the_query_stays(seeds: Path, here: Path) -> None:
    async with screen(seeds) as on:
        await ask_to_export(on)
        await on.press("escape")
        assert on.query == "russia"
        assert not isinstance(on.app.screen, ExportDialog)
        assert not [*here.iterdir()]


@played
async def test_the_screen_answers_while_it_exports_and_escape_stops_it(
    many: Path, here: Path
) -> None:
    wait, begun = threading.Event(), threading.Event()
    progress = ExportJob._progress

    def slow(job: ExportJob, count: int) -> None:
        begun.set()
        wait.wait(30)
        progress(job, count)

    with patch.object(ExportJob, "_progress", slow):
        async with screen(many) as on:
            await ask_to_export(on, "oil")
            dialog(on).box.fill("d.md")
            await on.pilot.press("enter")
            while not begun.is_set():
                await asyncio.sleep(0.01)
            await asyncio.sleep(0.15)
            await on.pilot.pause()
            assert "hits read" in dialog(on).said.text
            await on.pilot.press("escape")
            await on.pilot.pause()
            assert not isinstance(on.app.screen, ExportDialog)
            wait.set()
            await on.settle()
            assert not [*here.iterdir()]


@played
async def test_the_dialog_fits_a_small_screen(seeds: Path, here: Path) -> None:
    async with screen(seeds, (30, 8)) as on:
        await ask_to_export(on)
        assert "Export all" in on.text
        assert ".html" in on.text  # the end of the proposed name, where the caret is
        assert "Enter write" in on.text
        await name(on, "d.md")
        assert files.read(here / "d.md").exhibits


def test_a_proposed_name_is_new_and_of_words_alone(tmp_path: Path) -> None:
    day = date(2026, 11, 28)
    assert proposed('../libya +"النفط" \x1b[31m date:2016', tmp_path, day) == (
        "libya-النفط-31m-date-2016-2026-11-28.html"
    )
    assert proposed("؟!", tmp_path, day) == "dossier-2026-11-28.html"
    (tmp_path / "oil-2026-11-28.html").touch()
    assert proposed("oil", tmp_path, day) == "oil-2026-11-28-2.html"
    assert len(proposed("word " * 99, tmp_path, day)) < 64
