"""The picture of the screen in the README, and the command that makes it."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from search.bidi import layout
from tests.commands import PROJECT
from tests.screens import screenshot

SVG = "{http://www.w3.org/2000/svg}"


def words(picture: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(picture).iter(f"{SVG}text"))  # noqa: S314 (our own)


def test_the_command_draws_an_answer_in_both_languages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screenshot, "PICTURE", tmp_path / "screen.svg")
    screenshot.main()
    drawn = (tmp_path / "screen.svg").read_text("utf-8")
    seen = [word.text for word in words(drawn)]
    assert {"ar", "en"} <= set(seen)
    for word in screenshot.QUERY.split():
        [line] = layout(word)
        assert seen.count(line.segments[0].text) > 1  # in the box, and where it was found
    assert str(tmp_path) not in drawn
    monkeypatch.setattr(screenshot, "PICTURE", tmp_path / "again.svg")
    screenshot.main()
    assert (tmp_path / "again.svg").read_text("utf-8") == drawn


def test_the_picture_fetches_nothing() -> None:
    for drawn in (screenshot.PICTURE.read_text("utf-8"), screenshot.svg([Strip([])], "#000000")):
        assert re.findall(r"\w+://[^\"'\s]*", drawn) == ["http://www.w3.org/2000/svg"]
        assert not re.search(r"@import|@font-face|url\(|href|<script|<image", drawn)


def test_words_stand_at_their_cells_in_the_order_of_the_screen() -> None:
    lit = Style.parse("#000000 on #f0e442")
    row = Strip([Segment("ﺎﻴﺒﻴﻟ a&b "), Segment("漢字", lit), Segment(" ▌x")])
    drawn = screenshot.svg([row], "#101010")
    arabic, latin, wide, last = words(drawn)
    cell = screenshot.CELL
    assert [word.text for word in (arabic, latin, wide, last)] == ["ﺎﻴﺒﻴﻟ", "a&b", "漢字", "x"]
    places = [(word.get("x"), word.get("textLength")) for word in (arabic, latin, wide, last)]
    cells = [(0, 5), (6, 3), (10, 4), (16, 1)]
    assert places == [(f"{x * cell}", f"{wide * cell}") for x, wide in cells]
    assert "unicode-bidi: bidi-override" in drawn
    assert f'<rect x="{10 * cell}" y="0" width="{4 * cell}" ' in drawn  # what is lit
    assert f'<rect x="{15 * cell}" y="0" width="{cell // 2}" ' in drawn  # half a block


def test_the_readme_shows_the_picture_and_how_it_is_made() -> None:
    readme = (PROJECT / "README.md").read_text("utf-8")
    for path in (screenshot.PICTURE, Path(screenshot.__file__)):
        assert str(path.relative_to(PROJECT)) in readme
