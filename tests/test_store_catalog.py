"""The catalog: text and back, and never from a text that is not whole."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.document import Skipped
from index.errors import IndexCorrupt
from index.store.catalog import Catalog, CatalogReader, FileState

STATE = FileState("/r", 3, 17, "ab", 1, "utf-8")

names = st.text(st.characters(), max_size=8)
committed = st.builds("MAIN_{}.arr".format, st.text("0123abc", min_size=1, max_size=3))
states = st.builds(
    FileState,
    root=names,
    size=st.integers(0),
    mtime_ns=st.integers(),
    sha256=names,
    documents=st.integers(0),
    encoding=st.none() | names,
    complete=st.booleans(),
    ctime_ns=st.integers(),
    inode=st.integers(0),
    examined_ns=st.integers(0),
)
catalogs = st.builds(
    Catalog,
    roots=st.lists(names, max_size=3),
    files=st.dictionaries(names, states, max_size=9),
    skipped=st.lists(st.builds(Skipped, names, names, st.booleans()), max_size=3),
    checksums=st.dictionaries(committed, st.tuples(st.integers(0), st.integers(0)), max_size=3),
)


@given(catalogs)
def test_a_catalog_comes_back_as_it_was(catalog: Catalog) -> None:
    text = catalog.to_lines()
    assert Catalog.from_lines(text) == catalog
    text.encode("ascii")


@given(catalogs)
def test_one_file_is_found_without_reading_all(catalog: Catalog) -> None:
    with TemporaryDirectory() as folder:
        (Path(folder) / "catalog-3.json").write_text(catalog.to_lines(), "ascii")
        reader = CatalogReader(Path(folder), 3)
    for path in (*catalog.files, "", "/nowhere"):
        assert reader.state(path) == catalog.files.get(path)
    assert reader.checksums == catalog.checksums
    assert reader.whole == catalog
    same = [state.sha256 for state in catalog.files.values() if state.sha256]
    assert set(reader.copies) == {sha256 for sha256 in same if same.count(sha256) > 1}


SAMPLE = Catalog(["/r"], {"/r/a": STATE}, [Skipped("/r/b", "hidden")]).to_lines()


@pytest.mark.parametrize("place", range(0, len(SAMPLE), 3))
def test_one_changed_character_is_noticed(place: int) -> None:
    other = "7" if SAMPLE[place] != "7" else "8"
    with pytest.raises(IndexCorrupt, match="catalog cannot be read"):
        Catalog.from_lines(SAMPLE[:place] + other + SAMPLE[place + 1 :])


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "{}", SAMPLE[:-1], SAMPLE + "x", "\ufffd"])
def test_what_is_no_catalog_says_how_to_go_on(text: str) -> None:
    with pytest.raises(IndexCorrupt) as caught:
        Catalog.from_lines(text)
    assert "--rebuild" in caught.value.hint


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/a/b", ["/a/b/c.txt", "/a/b/d/e.txt"]),
        ("/a/b/", ["/a/b/c.txt", "/a/b/d/e.txt"]),
        ("/a/b/c.txt", ["/a/b/c.txt"]),
        ("/a/b/c", []),
        ("/a/bc", ["/a/bc/x.txt"]),
        ("/", ["/a/b/c.txt", "/a/b/d/e.txt", "/a/bc/x.txt"]),
    ],
)
def test_under_a_folder_is_what_is_in_it_and_not_what_starts_alike(
    path: str, found: list[str]
) -> None:
    files = dict.fromkeys(["/a/b/c.txt", "/a/b/d/e.txt", "/a/bc/x.txt"], STATE)
    assert Catalog(files=files).under(path) == found
