"""`search.tui.widgets.strips`: text in a column."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.bidi import cell_width
from search.tui.widgets.strips import shortened

PATHS = st.text(st.sampled_from("ab/#.نف漢"), max_size=40)


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        (40, "archive/2021/wires/moscow.jsonl#w-005"),
        (30, "archive/2…/moscow.jsonl#w-005"),
        (22, "…/moscow.jsonl#w-005"),
        (16, "mosco…onl#w-005"),
        (1, "…"),
    ],
)
def test_a_path_is_shortened_in_its_middle_so_that_name_and_id_remain(
    width: int, shown: str
) -> None:
    path = "archive/2021/wires/moscow.jsonl#w-005"
    assert cell_width(shortened(path, width)) <= width
    assert shortened(path, len(shown)) == shown


def test_the_name_of_a_file_within_a_pdf_stays_with_that_of_the_pdf() -> None:
    assert shortened("/home/user/reports/a.pdf!/annex.txt", 24) == "/home/…/a.pdf!/annex.txt"


@given(PATHS, st.integers(1, 50))
def test_a_shortened_path_fits_and_is_made_of_its_two_ends(path: str, width: int) -> None:
    shown = shortened(path, width)
    assert cell_width(shown) <= width
    begin, cut, end = shown.partition("…")
    assert shown == path or (cut and begin in path and path.endswith(end))
