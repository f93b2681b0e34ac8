"""The compiled kernel reads the characters of PDF pages as Python does, call by call."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pypdfium2
import pytest
from glyph_pdf import Drawn, glyph_pdf, visual_line
from hypothesis import given
from hypothesis import strategies as st

from index.kernel import library
from index.pdf_text import character_arrays, page_glyphs
from index.pdf_text.characters import Characters, read_characters
from index.pdf_text.glyph_reader import read_glyphs

pytestmark = pytest.mark.skipif(
    not library.state().startswith("compiled"), reason="no compiled kernel"
)
TRUTH = Path(__file__).parents[2] / "shared/prototypes/formats/truth"
PLACES = st.sampled_from([100, 100.02, 102, 105, 110])
GLYPHS = st.builds(
    Drawn,
    text=st.text("اباللهسَ\u0651ab1 (\n\u200f\u00a0\U0001d54f\x00", min_size=1, max_size=5),
    x=PLACES,
    y=st.sampled_from([700, 700.5, 688]),
    width=st.sampled_from([0, 0.1, 5]),
    high=st.sampled_from([1, 7]),
    is_mapped=st.booleans(),
)
MATRICES = st.sampled_from(
    ["1 0 0 1 0 0", "0 1 -1 0 800 0", "-1 0 0 -1 700 800", "0 -1 1 0 0 800", ".7 .7 -.7 .7 400 0"]
)

CLOSED = """
import sys
from pathlib import Path
from index.extract import pdf
from index.pdf_text import character_arrays, page_glyphs
from index.sandbox import system_calls
system_calls.forbid()
from index import extract
document, = extract.read(Path(sys.argv[1]))
print(character_arrays._fill is not None, page_glyphs._find is not None, *document.repaired)
"""
"""A process that reads a page as the reader does, in one of its own."""


def pages_of(data: bytes) -> Iterator[Characters]:
    """The characters of each page, which is open as long as its turn lasts."""
    with pypdfium2.PdfDocument(data) as pdf:
        for page in pdf:
            layer = page.get_textpage()
            if layer.count_chars():
                yield read_characters(layer.raw, layer.count_chars())


def check(data: bytes) -> None:
    """Compare the two ways over all pages of a file."""
    for page in pages_of(data):
        count = len(page.codes)
        assert character_arrays._by_call(page.text_page, count) == page.arrays
        assert page_glyphs.page_glyphs(page) == read_glyphs(page)


@given(st.lists(GLYPHS, min_size=1, max_size=40), MATRICES)
def test_any_page_is_read_as_call_by_call(drawn: list[Drawn], matrix: str) -> None:
    check(glyph_pdf(drawn, matrix=matrix))


@pytest.mark.skipif(not TRUTH.exists(), reason="needs ../shared/prototypes")
def test_pages_by_real_programs_are_read_as_call_by_call() -> None:
    for path in sorted(TRUTH.glob("*.pdf")):
        check(path.read_bytes())


def test_the_kernel_reads_pages_after_a_reader_has_closed_its_doors(tmp_path: Path) -> None:
    path = tmp_path / "page.pdf"
    path.write_bytes(glyph_pdf(visual_line("ملاس")))
    said = subprocess.run(
        [sys.executable, "-c", CLOSED, str(path)], capture_output=True, text=True, check=True
    ).stdout
    assert said.split() == ["True", "True", "1"]


def test_without_a_kernel_the_characters_are_read_call_by_call() -> None:
    data = glyph_pdf(visual_line("سلام 12"))
    with_kernel = [page.arrays for page in pages_of(data)]
    with patch.object(character_arrays, "_fill", None):
        assert [page.arrays for page in pages_of(data)] == with_kernel
