"""``dalil verify``: every quotation of a dossier against the files as they are now."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.store import trust
from search.export import files
from search.export.comparison import first_difference, nearest
from search.export.dossier import Dossier, Exhibit
from search.export.sources import Sources
from search.results import Snippet
from tests.commands import PROJECT, indexed, run, written

SUFFIXES = (".html", ".md", ".csv", ".jsonl", ".json")
TEXT = "First line.\nThe minister of oil met the ambassador of Russia in Tripoli.\nLast line.\n"


class Desk:
    """A folder with an index and a dossier of it."""

    def __init__(
        self, folder: Path, texts: dict[str, str | bytes], query: str, suffix: str
    ) -> None:
        self.docs = written(folder / "docs", texts)
        self.index = indexed(self.docs)
        self.dossier = folder / f"dossier{suffix}"
        ran = run("search", query, "--index", self.index, "--all", "--export", self.dossier)
        assert ran.code == 0, ran.err

    def verified(self, *options: object, code: int) -> dict[str, Any]:
        ran = run("verify", self.dossier, "--index", self.index, "--json", *options)
        assert ran.code == code, (ran.out, ran.err)
        return json.loads(ran.out)  # type: ignore[no-any-return]

    def checks(self, code: int = 1) -> list[dict[str, Any]]:
        return self.verified(code=code)["checks"]  # type: ignore[no-any-return]


Make = Callable[..., Desk]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    def desk(texts: dict[str, str | bytes] | None = None, query: str = "oil", suffix: str = ".md"):
        return Desk(tmp_path, texts or {"a.txt": TEXT}, query, suffix)

    return desk


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_what_was_not_touched_is_unchanged(make: Make, suffix: str) -> None:
    desk = make({"a.txt": TEXT, "b.md": "# Oil\n\nof *Sirte*"}, suffix=suffix)
    report = desk.verified(code=0)
    assert report["counts"] == {"unchanged": 2}
    assert (report["query"], report["documents"], report["expected"]) == ("oil", 2, 2)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_one_changed_byte_in_a_quotation_is_found_with_its_place(make: Make, suffix: str) -> None:
    desk = make(suffix=suffix)
    (desk.docs / "a.txt").write_text(TEXT.replace("Tripoli", "Trapoli"), "utf-8")
    (check,) = desk.checks()
    assert check["verdict"] == "changed"
    at = TEXT.index("Tripoli") + 2
    assert (check["now"]["start"], check["now"]["line"]) == (at, 2)
    assert check["difference"]["was"].startswith("Tripoli")
    assert check["difference"]["now"].startswith("Trapoli")
    assert check["sha256"] != check["sha256_now"]


def test_one_changed_byte_elsewhere_in_the_file_is_found(make: Make) -> None:
    text = TEXT + "Nothing here.\n\n" * 100
    desk = make({"a.txt": text})
    (desk.docs / "a.txt").write_text(text[:-5] + "x" + text[-4:], "utf-8")
    (check,) = desk.checks()
    assert check["verdict"] == "file changed"


def test_a_quotation_at_another_offset_is_moved(make: Make) -> None:
    desk = make()
    (desk.docs / "a.txt").write_text("A new line.\n" + TEXT, "utf-8")
    (check,) = desk.checks()
    assert (check["verdict"], check["now"]["start"]) == ("moved", len("A new line.\n"))
    said = run("verify", desk.dossier, "--index", desk.index).out
    assert "a.txt:2: now at line 3, character 12" in said


def test_a_file_that_was_renamed_is_moved_once_the_index_knows_it(make: Make) -> None:
    desk = make()
    (desk.docs / "a.txt").rename(desk.docs / "b.txt")
    assert desk.checks()[0]["verdict"] == "missing"
    assert run("index", "--index", desk.index, "-q").code == 0
    (check,) = desk.checks()
    assert (check["verdict"], check["now"]["path"]) == ("moved", str(desk.docs / "b.txt"))


def test_lines_of_jsonl_are_checked_one_by_one(make: Make) -> None:
    lines = [f'{{"id": "d{n}", "title": "", "text": "oil of the year {n}"}}\n' for n in range(4)]
    desk = make({"a.jsonl": "".join(lines)})
    lines[1] = lines[1].replace("year", "years")
    (desk.docs / "a.jsonl").write_text("".join([lines[0], lines[1], lines[3], "\n"]), "utf-8")
    verdicts = {check["path"].partition("#")[2]: check["verdict"] for check in desk.checks()}
    assert verdicts == {"d0": "unchanged", "d1": "changed", "d2": "missing", "d3": "unchanged"}


def test_a_renamed_jsonl_file_is_found_by_the_digest_of_the_file(make: Make) -> None:
    desk = make({"a.jsonl": '{"id": "d1", "title": "", "text": "oil"}\n'})
    (desk.docs / "a.jsonl").rename(desk.docs / "b.jsonl")
    assert run("index", "--index", desk.index, "-q").code == 0
    (check,) = desk.checks()
    assert (check["verdict"], check["now"]["path"]) == ("moved", f"{desk.docs}/b.jsonl#d1")


def test_a_renamed_file_of_many_documents_is_read_once(make: Make) -> None:
    lines = [f'{{"id": "d{n}", "title": "", "text": "oil {n}"}}\n' for n in range(40)]
    desk = make({"a.jsonl": "".join(lines)})
    (desk.docs / "a.jsonl").rename(desk.docs / "b.jsonl")
    assert run("index", "--index", desk.index, "-q").code == 0
    with patch.object(Sources, "_read", autospec=True, side_effect=Sources._read) as read:
        checks = desk.checks()
    assert {check["verdict"] for check in checks} == {"moved"}
    assert (len(checks), read.call_count) == (40, 1)


def test_a_page_of_a_pdf_is_named(make: Make) -> None:
    pdf = (PROJECT / "seeds/archive/joint-committee-briefing.pdf").read_bytes()
    desk = make({"a.pdf": pdf}, "railway", ".html")
    assert desk.verified(code=0)["counts"].keys() == {"unchanged"}
    (desk.docs / "a.pdf").write_bytes(pdf + b"\n")
    checks = desk.checks()
    assert {check["verdict"] for check in checks} == {"file changed"}
    assert all(check["now"]["page"] for check in checks)


def test_a_file_in_an_encoding_that_the_user_set_is_read_in_it(tmp_path: Path) -> None:
    docs = written(tmp_path / "docs", {"a.txt": "café oil ".encode("cp850") * 3})
    index = indexed(docs, "--encoding", "*.txt=cp850")
    to = tmp_path / "d.html"
    assert run("search", "oil", "--index", index, "--export", to).code == 0
    assert "café" in to.read_text("utf-8")
    ran = run("verify", to, "--index", index)
    assert ran.code == 0, ran.out


def test_a_hit_by_its_title_alone_is_checked_by_its_digest(make: Make) -> None:
    desk = make({"a.jsonl": '{"id": "d", "title": "oil", "text": ""}\n'}, suffix=".jsonl")
    assert desk.checks(0)[0]["quotation"] is None
    (desk.docs / "a.jsonl").write_text('{"id": "d", "title": "gas", "text": ""}\n', "utf-8")
    assert [check["verdict"] for check in desk.checks()] == ["file changed"]


def test_a_forged_quotation_is_found_although_the_digest_is_right(make: Make) -> None:
    desk = make(suffix=".html")
    page = desk.dossier.read_text("utf-8")
    desk.dossier.write_text(page.replace("of Russia", "of France"), "utf-8")
    (check,) = desk.checks()
    assert (check["verdict"], check["sha256_now"]) == ("changed", check["sha256"])


def test_the_report_for_people_has_a_line_for_each_difference_and_a_summary(make: Make) -> None:
    desk = make({"a.txt": TEXT, "b.txt": TEXT + "More.", "c.txt": "وزير oil النفط"})
    (desk.docs / "a.txt").unlink()
    (desk.docs / "c.txt").write_text("وزير oil الغاز", "utf-8")
    for terminal in (False, True):
        ran = run("verify", desk.dossier, "--index", desk.index, terminal=terminal)
        assert ran.code == 1
        *lines, summary = ran.out.splitlines()
        assert len([line for line in lines if line.startswith("missing")]) == 1
        assert len([line for line in lines if line.startswith("changed")]) == 1
        assert summary == "3 quotations in 3 documents: 1 unchanged, 1 changed, 1 missing"


# --- what may be opened ------------------------------------------------------------------------


def test_files_outside_the_users_folders_are_not_touched(make: Make, tmp_path: Path) -> None:
    desk = make()
    other = written(tmp_path / "other", {"a.txt": TEXT})
    dossier = files.read(desk.dossier)
    paths = [f"{other}/a.txt", "/dev/zero", "/proc/self/environ", f"{desk.docs}/../other/a.txt"]
    forged = [replace(dossier.exhibits[0], path=path, file=path, sha256="") for path in paths]
    desk.dossier.unlink()
    files.write(replace(dossier, exhibits=tuple(forged), count=-1), desk.dossier)
    with patch.object(Sources, "_read", side_effect=AssertionError):
        checks = desk.checks()
    assert [check["verdict"] for check in checks] == ["not checked"] * 4
    assert all("outside" in check["problem"] for check in checks)


def test_no_link_is_followed(make: Make, tmp_path: Path) -> None:
    desk = make({"a.txt": TEXT, "in/a.txt": "oil " + TEXT})
    (desk.docs / "a.txt").rename(tmp_path / "a.txt")
    (desk.docs / "a.txt").symlink_to(tmp_path / "a.txt")
    (desk.docs / "in").rename(tmp_path / "in")
    (desk.docs / "in").symlink_to(tmp_path / "in")
    checks = desk.checks()
    assert [check["verdict"] for check in checks] == ["not checked"] * 2
    assert all("link" in check["problem"] for check in checks)


def test_a_folder_that_the_user_names_is_read_too(make: Make) -> None:
    desk = make()
    shutil.rmtree(desk.index)
    ran = run("verify", desk.dossier, "--index", desk.index)
    assert (ran.code, "There is no index" in ran.err or "no index" in ran.err) == (2, True), ran.err
    assert desk.verified("--under", desk.docs, code=0)["counts"] == {"unchanged": 1}
    ran = run("verify", desk.dossier, "--index", desk.index, "--under", desk.docs / "none")
    assert (ran.code, "no folder" in ran.err) == (2, True)


def test_files_of_a_foreign_index_are_not_checked(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = make()
    monkeypatch.setattr(trust, "own_roots", lambda _folder: None)
    monkeypatch.setattr("search.searcher.own_roots", lambda _folder: None)
    ran = run("verify", desk.dossier, "--index", desk.index)
    assert ran.code == 1
    assert "not checked" in ran.out
    assert "dalil trust" in ran.err


def test_a_copy_of_a_strangers_files_is_found_by_the_digest(make: Make, tmp_path: Path) -> None:
    desk = make()
    theirs = files.read(desk.dossier)
    path = "/home/hana/a.txt"
    exhibits = (replace(theirs.exhibits[0], path=path, file=path),)
    files.write(replace(theirs, exhibits=exhibits), desk.dossier, force=True)
    (check,) = desk.checks()
    assert (check["verdict"], check["now"]["path"]) == ("moved", str(desk.docs / "a.txt"))


def test_files_that_were_handed_on_with_a_dossier_are_found_by_name_and_digest(
    make: Make, tmp_path: Path
) -> None:
    desk = make({"in/a.txt": TEXT, "b.txt": "oil", "c.jsonl": '{"id": "1", "text": "oil now"}\n'})
    here = tmp_path / "handed"
    (here / "x").mkdir(parents=True)
    for name in ("in/a.txt", "b.txt", "c.jsonl"):
        (desk.docs / name).rename(here / "x" / Path(name).name)
    (here / "a.txt").write_text("another of the same name", "utf-8")
    (here / "x" / "b.txt").write_text("changed", "utf-8")
    shutil.rmtree(desk.docs)
    ran = run("verify", desk.dossier, "--index", desk.index, "--json", "--under", here)
    checks = {Path(c["path"]).name: c for c in json.loads(ran.out)["checks"]}
    assert (checks["a.txt"]["verdict"], checks["a.txt"]["now"]["path"]) == (
        "moved", f"{here}/x/a.txt",
    )  # fmt: skip
    assert checks["c.jsonl#1"]["now"]["path"] == f"{here}/x/c.jsonl#1"
    assert checks["b.txt"]["verdict"] == "missing"


def test_a_file_that_cannot_be_read_is_not_checked(make: Make) -> None:
    desk = make({"a.pdf": (PROJECT / "seeds/archive/joint-committee-briefing.pdf").read_bytes()},
                "railway")  # fmt: skip
    (desk.docs / "a.pdf").write_bytes(b"%PDF-1.7 broken")
    assert {check["verdict"] for check in desk.checks()} == {"not checked"}


# --- what is no dossier ------------------------------------------------------------------------


def said(path: Path) -> str:
    ran = run("verify", path, "--under", path.parent)
    assert (ran.code, ran.out) == (2, ""), ran.out
    assert "defect" not in ran.err
    return ran.err


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize(
    "content", [b"", b"hello", b"\xff\xfe\x00", b"{}", b"[]", b"null", b"[" * 100_000, b"a,b\n1,2"]
)
def test_what_is_no_dossier_is_a_sentence(tmp_path: Path, suffix: str, content: bytes) -> None:
    path = tmp_path / f"d{suffix}"
    path.write_bytes(content)
    assert "is no dossier" in said(path)


def test_a_file_that_is_missing_a_folder_and_a_pipe_are_sentences(tmp_path: Path) -> None:
    (tmp_path / "folder.md").mkdir()
    os.mkfifo(tmp_path / "pipe.md")
    for name in ("none.md", "folder.md", "pipe.md"):
        assert "no file" in said(tmp_path / name)


def test_bibtex_says_what_it_lacks(make: Make, tmp_path: Path) -> None:
    desk = make(suffix=".bib")
    assert "keeps no offsets" in said(desk.dossier)


@pytest.mark.parametrize("suffix", [".md", ".html", ".csv", ".jsonl"])
def test_a_dossier_that_is_cut_off_is_checked_as_far_as_it_goes(make: Make, suffix: str) -> None:
    desk = make({"a.txt": TEXT, "b.txt": TEXT * 2, "c.txt": TEXT * 3}, suffix=suffix)
    content = desk.dossier.read_bytes()
    desk.dossier.write_bytes(content[: content.rindex(b".txt")])
    ran = run("verify", desk.dossier, "--index", desk.index)
    assert ran.code == 1
    assert "3 documents, and has 2: it was cut off, or edited" in ran.err
    assert ran.out.rstrip().endswith(" unchanged")


# --- comparison --------------------------------------------------------------------------------


@given(st.text("ab ", max_size=30), st.text("ab", min_size=1, max_size=3), st.integers(-5, 40))
def test_the_nearest_place_of_a_piece_is_found(text: str, piece: str, around: int) -> None:
    places = [at for at in range(len(text)) if text.startswith(piece, at)]
    found = nearest(text, piece, around)
    if not places:
        assert found is None
    else:
        assert found is not None
        assert abs(found - around) == min(abs(at - around) for at in places)


@given(st.text("abcd \n", max_size=200), st.text("abcd \n", min_size=1, max_size=90),
       st.integers(0, 10**6))  # fmt: skip
def test_a_difference_is_where_quotation_and_text_differ(
    text: str, quotation: str, start: int
) -> None:
    if quotation in text:
        return
    found = first_difference(text, quotation, start)
    assert 0 <= found.at <= len(text)
    assert found.now in text[max(found.at - 20, 0) :]
    assert found.was in quotation
    assert found.was != found.now


def test_a_difference_is_found_behind_what_was_inserted_above() -> None:
    quotation = "The minister of oil met the ambassador of Russia in Tripoli."
    text = "x" * 500 + quotation.replace("Russia", "Italy")
    found = first_difference(text, quotation, 3)
    assert (found.was[:6], found.now[:5]) == ("Russia", "Italy")


def test_checks_are_in_the_order_of_the_dossier(make: Make) -> None:
    desk = make({"z.txt": "oil oil oil", "a.txt": "oil and gas and more", "m.txt": "oil oil x y"})
    ranks = [check["rank"] for check in desk.checks(0)]
    assert ranks == sorted(ranks)


def test_a_path_with_another_document_is_missing(tmp_path: Path) -> None:
    docs = written(tmp_path, {"a.txt": "oil"})
    snippet = Snippet(text="oil", start=0, line=1, page=None, spans=())
    exhibit = Exhibit(1, f"{docs}/a.txt#x", f"{docs}/a.txt", "", "", (snippet,))
    path = tmp_path / "d.jsonl"
    files.write(Dossier("oil", (exhibit,), 1, "2026-11-28T00:00:00Z"), path)
    ran = run("verify", path, "--under", docs, "--index", tmp_path / "none")
    assert (ran.code, ran.out.startswith("missing")) == (1, True)
