"""The command line on a terminal: hits, then notes, then the total; paths that are links."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from commands import indexed, run, written

from index.store import trust

DOCS = {
    "a.txt": "Libya and Russia met.",
    "b.txt": "Libya pays. ليبيا",
    "c d.txt": "Libya stays",
}
LINK = re.compile("\x1b]8;;(.*?)\x1b\\\\(.*?)\x1b]8;;\x1b\\\\")


@pytest.fixture(scope="module")
def docs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("looks") / "docs", DOCS)


@pytest.fixture(scope="module")
def index(docs: Path) -> Path:
    return indexed(docs)


def test_notes_stand_between_the_hits_and_the_total(index: Path) -> None:
    ran = run("search", "libya", "-n", "1", "--index", index, terminal=True, together=True)
    lines = ran.out.splitlines()
    note = lines.index("note: libya: also ليبيا (1)")
    assert lines[note - 1] == ""
    assert re.fullmatch(r"1 of 3 documents, -n 3 for all · \d+ ms", lines[note + 1])
    assert lines[0].startswith("   1  ")


def test_the_total_is_alone_when_every_document_is_shown(index: Path) -> None:
    err = run("search", "libya", "--index", index, terminal=True).err
    assert re.search(r"^3 documents · \d+ ms$", err, re.MULTILINE)


def test_a_path_is_a_link_to_its_file_with_every_byte_encoded(index: Path, docs: Path) -> None:
    out = run("search", "stays", "--hyperlink", "always", "--index", index, terminal=True).out
    ((uri, shown),) = LINK.findall(out)
    assert re.fullmatch(r"file://[^/]+/.*/docs/c%20d\.txt", uri)
    assert shown.endswith("docs/c d.txt")
    assert "\x1b]8" not in run("search", "stays", "--index", index, terminal=True).out  # dumb


def test_a_foreign_index_has_no_links(
    index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied = shutil.copytree(index, tmp_path / "theirs")
    assert trust.own_roots(copied) is None
    out = run("search", "libya", "--hyperlink", "always", "--index", copied, terminal=True).out
    assert "a.txt" in out
    assert "\x1b]8" not in out


def test_a_pipe_has_links_only_if_they_are_asked_for(index: Path) -> None:
    for words, linked in (([], False), (["--hyperlink", "auto"], False),
                          (["--hyperlink", "always"], True)):  # fmt: skip
        out = run("search", "stays", *words, "--index", index).out
        assert bool(LINK.search(out)) is linked
        assert re.sub(LINK, r"\2", out).endswith("docs/c d.txt:1: Libya stays\n")
