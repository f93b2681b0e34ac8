"""Why a hit stands where it does, and words as they are typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.tui.interaction.export_job import ExportJob
from search.tui.widgets.why import Why
from tests.commands import indexed, written
from tests.piloted import played, screen


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = {
        "a.txt": "Dbeibah met the ministers",
        "b.txt": "الدبيبة في طرابلس",
        "c.txt": "the minister spoke",
    }
    return indexed(written(tmp_path_factory.mktemp("names") / "docs", files))


@pytest.mark.parametrize("key", ["w", "ص"])
@played
async def test_a_key_says_how_the_words_of_a_hit_matched(names: Path, key: str) -> None:
    async with screen(names) as on:
        await on.ask("Dbeibah minister")
        on.app.hits.focus()
        await on.press(key)
        assert isinstance(on.app.screen, Why)
        text = " ".join(on.text.split())
        assert "is number 1" in text
        assert "100% of the best" in text
        assert "exact (as typed): Dbeibah" in text
        assert "stem (another form of the word): ministers" in text
        await on.press(key)
        assert not isinstance(on.app.screen, Why)


@played
async def test_the_explanation_is_right_in_arabic_and_at_fifty_columns(names: Path) -> None:
    async with screen(names, (50, 24)) as on:
        await on.ask("Dbeibah lang:ar")
        on.app.hits.focus()
        await on.press("w")
        assert "ﺔﺒﻴﺑﺪﻟﺍ" in on.text
        assert "name (another spelling of the name)" in " ".join(on.text.replace("│", " ").split())


@played
async def test_without_a_hit_nothing_is_explained(names: Path) -> None:
    async with screen(names) as on:
        on.app.hits.focus()
        await on.press("w")
        assert not isinstance(on.app.screen, Why)
        assert "type a query first" in on.text


@played
async def test_a_key_searches_for_words_as_typed_and_the_status_says_so(names: Path) -> None:
    async with screen(names) as on:
        await on.ask("Dbeibah")
        assert on.app.listing is not None
        assert on.app.listing.total == 2
        on.app.hits.focus()
        await on.press("equals_sign")
        assert on.app.listing.total == 1
        assert "as typed" in on.app.status.text
        await on.ask("minister")
        assert on.app.listing.total == 1
        await on.press("equals_sign")
        assert on.app.listing.total == 2
        assert "as typed" not in on.app.status.text


@played
async def test_the_export_has_the_hits_of_the_words_as_typed(names: Path, tmp_path: Path) -> None:
    async with screen(names) as on:
        await on.ask("Dbeibah")
        on.app.hits.focus()
        await on.press("equals_sign")
        listing = on.app.listing
        assert listing is not None
        job = ExportJob(on.app.session, "Dbeibah", [], listing.total, on.app.exact)
        assert job.run(tmp_path / "found.csv", force=False).startswith("1 document,")
