"""The user's own tags and notes on documents."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from index import IndexWriter
from search import Searcher
from search.desk.own_file import changing
from search.desk.tags import Change
from search.hits.annotations import Annotation, AnnotationFile
from tests.commands import PROJECT, run, written
from tests.piloted import played, screen


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """An index of three documents in ``tmp_path / "docs"``."""
    written(tmp_path / "docs", {f"{n}.txt": f"railway number {n}\n" for n in ("a", "b", "c")})
    _refresh(tmp_path)
    return tmp_path / "index"


def _refresh(folder: Path, *, rebuild: bool = False) -> None:
    with IndexWriter.open(folder / "index", rebuild=rebuild) as writer:
        writer.add_path(folder / "docs")


def _found(index: Path, query: str) -> list[str]:
    with Searcher.open(index) as searcher:
        return sorted(Path(hit.path).name for hit in searcher.search(query).hits)


def _tag(index: Path, name: str, *arguments: object) -> str:
    ran = run("tag", index.parent / "docs" / name, *arguments, "--index", index)
    assert ran.code == 0, ran.err
    return ran.out.strip()


def test_a_tag_finds_its_documents(index: Path) -> None:
    _tag(index, "a.txt", "lead", "عقود")
    _tag(index, "b.txt", "Lead")
    assert _found(index, "tag:lead") == ["a.txt", "b.txt"]
    assert _found(index, "railway tag:عقود") == ["a.txt"]
    assert _found(index, "railway -tag:lead") == ["c.txt"]
    assert _found(index, "tag:عقود,nothing") == ["a.txt"]
    assert _found(index, "tag:nothing") == []


def test_tags_are_added_removed_and_shown(index: Path) -> None:
    assert _tag(index, "a.txt").endswith("no tags")
    _tag(index, "a.txt", "lead", "urgent", "--note", "ask\tHana\x1b[31m")
    assert _tag(index, "a.txt", "Lead", "more").endswith("#lead #urgent #more · “ask Hana␛[31m”")
    assert _tag(index, "a.txt", "urgent", "--remove").endswith("#lead #more · “ask Hana␛[31m”")
    assert _tag(index, "a.txt", "--remove", "--note", "").endswith("no tags")
    assert (index / "tags.jsonl").read_text() == ""


def test_tags_survive_a_rebuild_a_change_and_a_move(index: Path) -> None:
    docs = index.parent / "docs"
    _tag(index, "a.txt", "lead")
    _tag(index, "b.txt", "lead")
    (docs / "a.txt").write_text("railway, changed")
    (docs / "sub").mkdir()
    (docs / "b.txt").rename(docs / "sub" / "moved.txt")
    _refresh(index.parent)
    assert _found(index, "tag:lead") == ["a.txt", "moved.txt"]
    _refresh(index.parent, rebuild=True)
    assert _found(index, "tag:lead") == ["a.txt", "moved.txt"]
    run("tag", docs / "sub" / "moved.txt", "lead", "--remove", "--index", index)
    assert _found(index, "tag:lead") == ["a.txt"]


def test_a_tag_stays_with_a_line_of_a_moved_file(index: Path) -> None:
    docs = index.parent / "docs"
    lines = [json.dumps({"id": f"w-{n}", "text": f"wire number {n}"}) for n in range(3)]
    (docs / "wire #2.jsonl").write_text("\n".join(lines))
    _refresh(index.parent)
    assert run("tag", "w-1", "lead", "--index", index).code == 0
    (docs / "sub").mkdir()
    (docs / "wire #2.jsonl").rename(docs / "sub" / "moved.jsonl")
    _refresh(index.parent)
    assert _found(index, "tag:lead") == ["moved.jsonl#w-1"]
    (docs / "sub" / "moved.jsonl").write_text("\n".join([*lines[:1], lines[1].upper()]))
    _refresh(index.parent)
    assert _found(index, "tag:lead") == []


def test_tagging_a_line_leaves_the_tags_of_the_same_line_of_a_file_that_is_there(
    index: Path,
) -> None:
    docs = index.parent / "docs"
    for name in ("a #1.jsonl", "b.jsonl"):
        (docs / name).write_text('{"id": "w", "text": "wire"}')
    _refresh(index.parent)
    first, second = docs / "a #1.jsonl#w", docs / "b.jsonl#w"
    assert run("tag", first, "first", "--index", index).code == 0
    assert run("tag", second, "second", "--index", index).code == 0
    assert "#first" in run("tag", first, "--index", index).out


def test_tags_that_a_document_states_are_found_beside_the_own_ones(index: Path) -> None:
    page = "---\ntitle: Pumps\ntags: [Oil Ministry, عقود]\n---\npump station\n"
    (index.parent / "docs" / "page.md").write_text(page, "utf-8")
    _refresh(index.parent)
    _tag(index, "a.txt", "oil ministry")
    assert _found(index, 'tag:"oil ministry"') == ["a.txt", "page.md"]
    assert _found(index, "tag:عقود") == ["page.md"]
    assert _found(index, "tag:oil") == []


def test_tagging_a_copy_keeps_the_tags_of_the_other(index: Path) -> None:
    docs = index.parent / "docs"
    (docs / "copy.txt").write_bytes((docs / "a.txt").read_bytes())
    _refresh(index.parent)
    _tag(index, "a.txt", "first")
    _tag(index, "copy.txt", "second")
    assert AnnotationFile(index).current().of(str(docs / "a.txt"), "") is not None
    assert _tag(index, "a.txt").endswith("#first")


def test_a_hit_has_its_tags_in_json(index: Path) -> None:
    _tag(index, "a.txt", "lead", "--note", "ask Hana")
    ran = run("search", "tag:lead", "--json", "--index", index)
    hit = json.loads(ran.out)["hits"][0]
    assert (hit["own_tags"], hit["own_note"]) == (["lead"], "ask Hana")


def test_a_line_broken_by_hand_is_named_and_nothing_is_lost(index: Path) -> None:
    _tag(index, "a.txt", "lead")
    file = index / "tags.jsonl"
    file.write_text(file.read_text() + "lead b.txt\n")
    assert _found(index, "tag:lead") == ["a.txt"]
    ran = run("tag", index.parent / "docs" / "b.txt", "lead", "--index", index)
    assert (ran.code, "line 2" in ran.err) == (2, True)
    assert "lead b.txt" in file.read_text()


def test_tags_of_a_foreign_index_are_not_used(index: Path) -> None:
    _tag(index, "a.txt", "lead")
    annotations = AnnotationFile(index, is_own=False).current()
    assert annotations.entries == ()


@pytest.mark.parametrize("tag", ["a,b", 'a"b', "x" * 61])
def test_a_tag_that_a_query_cannot_name_is_refused(index: Path, tag: str) -> None:
    ran = run("tag", index.parent / "docs" / "a.txt", tag, "--index", index)
    assert (ran.code, "is no tag" in ran.err) == (2, True)


def test_tags_given_at_the_same_time_are_all_kept(index: Path) -> None:
    """Four processes, eight tags each, of one document and of three."""
    program = (
        "import sys; from pathlib import Path; from search.desk.tags import Change, annotate\n"
        "for n in range(8):\n"
        "    add = (f'{sys.argv[2]}-{n}',)\n"
        "    annotate(Path(sys.argv[1]), f'/docs/{n % 3}.txt', '', Change(add=add))"
    )
    started = [
        subprocess.Popen([sys.executable, "-c", program, index, name], cwd=PROJECT)
        for name in ("a", "b", "c", "d")
    ]
    assert [process.wait(60) for process in started] == [0] * 4
    stored = AnnotationFile(index).current()
    assert stored.tags == tuple(sorted(f"{name}-{n}" for name in "abcd" for n in range(8)))
    assert len(stored.entries) == 3
    assert list(index.glob("*.new")) == []


def test_a_tag_given_while_the_dialog_was_open_is_kept(index: Path) -> None:
    shown = Annotation("/a", "", ("old", "gone"), "note")
    change = Change.between(shown, ("old", "typed"), "note")
    now = Annotation("/a", "", ("old", "gone", "meanwhile"), "another note")
    assert change.of(now) == Annotation("/a", "", ("old", "meanwhile", "typed"), "another note")


def test_a_lock_that_is_never_released_is_said_and_nothing_changes(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.desk.own_file.PATIENCE", 0.05)
    with changing(index):
        ran = run("tag", index.parent / "docs" / "a.txt", "lead", "--index", index)
    assert (ran.code, "Another process" in ran.err) == (2, True)
    assert _tag(index, "a.txt", "lead").endswith("#lead")


@played
async def test_t_tags_the_selected_document(index: Path) -> None:
    async with screen(index) as on:
        await on.ask("railway")
        await on.press("tab", "down", "t")
        title = on.title
        dialog = on.app.screen
        dialog.boxes[0].fill("lead, عقود")  # type: ignore[attr-defined]
        dialog.boxes[1].fill("ask Hana")  # type: ignore[attr-defined]
        await on.press("enter")
        assert on.title == title
        assert "#lead" in on.text
        hit = on.app.hits.hit
        assert hit is not None
        assert (hit.own_tags, hit.own_note) == (("lead", "عقود"), "ask Hana")
        await on.ask("tag:عقود")
        assert on.title == title
