"""``dalil search --export``: which hits, into which file, and what is refused."""

from __future__ import annotations

import errno
import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import get_args
from unittest.mock import patch

import pytest

from search.export import files
from search.export.collection import described
from search.export.dossier import Dossier
from search.options import Options
from search.parsing import ast
from tests.commands import environment, indexed, run, written

SUFFIXES = (".html", ".md", ".csv", ".jsonl", ".json")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    texts = {f"{n:02}.txt": "oil " * (40 - n) + f"number{n}" for n in range(30)}
    texts["copy.txt"] = texts["00.txt"]
    texts["line.jsonl"] = (
        '{"id": "a1", "title": "T", "text": "oil of Sirte", "date": "2021-04-05"}\n'
    )
    return indexed(written(tmp_path_factory.mktemp("export") / "docs", texts))


def exported(index: Path, to: Path, *options: object) -> Dossier:
    ran = run("search", "oil", "--index", index, "--export", to, *options)
    assert (ran.code, ran.out) == (0, ""), ran.err
    return files.read(to)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_hits_of_a_search_are_in_the_file_in_their_order(
    index: Path, tmp_path: Path, suffix: str
) -> None:
    dossier = exported(index, tmp_path / f"d{suffix}", "-n", 5)
    listed = run("search", "oil", "--index", index, "-n", 5, "--jsonl").out
    assert [f'"path": "{e.path}"' in listed for e in dossier.exhibits] == [True] * 5
    paths = run("search", "oil", "--index", index, "-n", 5, "-l").out.splitlines()
    named = [Path(path).name for path in paths if not path.endswith("copy.txt")]
    assert [Path(e.path).name for e in dossier.exhibits if "copy" not in e.path] == named
    assert (dossier.query, dossier.total, dossier.expected) == ("oil", 32, 5)


def test_ten_hits_are_exported_by_default_and_a_note_says_how_to_get_all(
    index: Path, tmp_path: Path
) -> None:
    ran = run("search", "oil", "--index", index, "--export", tmp_path / "d.md")
    assert "10 of 32 documents" in ran.err
    assert "(all of them with --all)" in ran.err


def test_all_hits_are_those_that_differ_and_copies_are_named(index: Path, tmp_path: Path) -> None:
    ran = run("search", "oil", "--index", index, "--all", "--export", tmp_path / "d.jsonl")
    assert "31 of 32 documents" in ran.err
    assert "--all" not in ran.err
    dossier = files.read(tmp_path / "d.jsonl")
    assert len({e.sha256 for e in dossier.exhibits}) == len(dossier.exhibits) == 31
    assert [len(e.copies) for e in dossier.exhibits if e.copies] == [1]


def test_all_is_an_option_of_every_search(index: Path) -> None:
    assert len(run("search", "oil", "--index", index, "--all", "--jsonl").out.splitlines()) == 31


def test_digests_are_those_of_the_files_and_of_the_line(index: Path, tmp_path: Path) -> None:
    dossier = exported(index, tmp_path / "d.md", "--all")
    for exhibit in dossier.exhibits:
        content = Path(exhibit.file).read_bytes()
        assert exhibit.file_sha256 == hashlib.sha256(content).hexdigest()
        whole = content.removesuffix(b"\n") if exhibit.path.endswith("#a1") else content
        assert exhibit.sha256 == hashlib.sha256(whole).hexdigest()


def test_the_dossier_says_how_it_was_searched(index: Path, tmp_path: Path) -> None:
    dossier = exported(
        index, tmp_path / "d.html", "--exact", "--lang", "en", "--sort", "path",
        "--after", "2021", "--type", "jsonl", "--no-names",
    )  # fmt: skip
    assert dossier.options == (
        *("--exact", "--no-names", "sort:path", "lang:en", "type:jsonl", "date:2021-01-01.."),
    )
    assert dossier.index == str(index)
    assert dossier.version
    (exhibit,) = dossier.exhibits
    assert (exhibit.path, exhibit.date) == (f"{exhibit.file}#a1", "2021-04-05")


def test_every_filter_is_described() -> None:
    day = date(2021, 4, 5)
    filters = (
        ast.PathFilter("wires/*"), ast.TypeFilter(("pdf", "html")), ast.LanguageFilter("ar"),
        ast.DateFilter(date.min, day), ast.ModifiedFilter(day, date.max), ast.UndatedFilter(),
        ast.TagFilter(("lead", "عقود")),
    )  # fmt: skip
    assert {type(each) for each in filters} == set(get_args(ast.Filter))
    assert [*described(Options(filters=filters, plain=True))] == [
        "--plain", "path:wires/*", "type:pdf,html", "lang:ar", "date:..2021-04-05",
        "modified:2021-04-05..", "undated", "tag:lead,عقود",
    ]  # fmt: skip


def test_several_quotations_of_a_document_are_exported_unless_told_otherwise(
    tmp_path: Path,
) -> None:
    text = ("oil is here. " + "Nothing else is. " * 60 + "\n\n") * 5
    index = indexed(written(tmp_path / "docs", {"a.txt": text}))
    assert len(exported(index, tmp_path / "a.md").exhibits[0].quotations) == 3
    one = exported(index, tmp_path / "b.md", "--fragments", 1, "--width", 40).exhibits[0]
    assert [len(quotation.text) < 60 for quotation in one.quotations] == [True]


def test_results_are_printed_too_if_a_format_for_programs_is_named(
    index: Path, tmp_path: Path
) -> None:
    ran = run("search", "oil", "--index", index, "--export", tmp_path / "d.md", "-c")
    assert ran.out == "32\n"
    assert len(files.read(tmp_path / "d.md").exhibits) == 10


# --- refusals ----------------------------------------------------------------------------------


def refused(index: Path, to: object, *options: object) -> str:
    ran = run("search", "oil", "--index", index, "--export", to, *options)
    assert ran.code == 2
    assert "defect" not in ran.err
    return ran.err


def test_another_suffix_is_refused_with_the_choices(index: Path, tmp_path: Path) -> None:
    for name in ("d.txt", "d"):
        said = refused(index, tmp_path / name)
        assert all(suffix in said for suffix in (*SUFFIXES, ".bib"))
        assert not (tmp_path / name).exists()


def test_a_file_that_is_there_is_replaced_only_if_asked_for(index: Path, tmp_path: Path) -> None:
    to = tmp_path / "d.md"
    to.write_text("mine", "utf-8")
    assert "exists already" in refused(index, to)
    assert to.read_text("utf-8") == "mine"
    assert len(exported(index, to, "--force").exhibits) == 10


def test_nothing_is_written_through_a_link_or_over_a_folder(index: Path, tmp_path: Path) -> None:
    target = tmp_path / "target.md"
    target.write_text("mine", "utf-8")
    (tmp_path / "link.md").symlink_to(target)
    (tmp_path / "dangling.md").symlink_to(tmp_path / "new.md")
    (tmp_path / "folder.md").mkdir()
    os.mkfifo(tmp_path / "pipe.md")
    for name in ("link.md", "dangling.md", "folder.md", "pipe.md"):
        assert "name another file" in refused(index, tmp_path / name, "--force").lower()
    assert target.read_text("utf-8") == "mine"
    assert not (tmp_path / "new.md").exists()


def test_a_folder_that_is_missing_is_a_sentence(index: Path, tmp_path: Path) -> None:
    assert "no folder" in refused(index, tmp_path / "none" / "d.md")


def test_a_full_disk_is_a_sentence_and_leaves_nothing(index: Path, tmp_path: Path) -> None:
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    with patch.object(files.os, "fsync", side_effect=full):
        assert "No space left" in refused(index, tmp_path / "d.md")
    assert [*tmp_path.iterdir()] == []


@pytest.mark.skipif(os.geteuid() == 0, reason="the administrator may write anywhere")
def test_a_folder_that_may_not_be_written_to_is_a_sentence(index: Path, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert "cannot be written" in refused(index, tmp_path / "d.md")


def test_nothing_found_writes_nothing(index: Path, tmp_path: Path) -> None:
    ran = run("search", "xyzzyplugh", "--index", index, "--export", tmp_path / "d.md")
    assert ran.code == 1
    assert not (tmp_path / "d.md").exists()


def test_no_hits_at_all_are_refused(index: Path, tmp_path: Path) -> None:
    assert "--all" in refused(index, tmp_path / "d.md", "-n", 0)


def test_a_query_that_cannot_be_understood_writes_nothing_with_strict(
    index: Path, tmp_path: Path
) -> None:
    ran = run("search", 'date:never "', "--strict", "--index", index, "--export", tmp_path / "d.md")
    assert ran.code == 2
    assert not (tmp_path / "d.md").exists()


def test_a_name_of_a_file_with_other_bytes_keeps_them(tmp_path: Path) -> None:
    name = "تقرير".encode("windows-1256") + b"\x1b\n.txt"
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / os.fsdecode(name)).write_text("oil", "utf-8")
    index = indexed(docs)
    for suffix in SUFFIXES:
        (exhibit,) = exported(index, tmp_path / f"d{suffix}").exhibits
        assert os.fsencode(exhibit.path) == os.fsencode(docs) + b"/" + name
        written_text = (tmp_path / f"d{suffix}").read_bytes()
        assert b"\x1b" not in written_text
        ran = run("verify", tmp_path / f"d{suffix}", "--index", index)
        assert (ran.code, "1 unchanged" in ran.out) == (0, True), ran.out


def test_a_search_without_export_imports_nothing_of_it(index: Path) -> None:
    code = (
        "import sys; sys.argv = ['dalil', 'search', 'oil', '--index', sys.argv[1]]\n"
        "from search.__main__ import main\nmain()\n"
        "assert not [m for m in sys.modules if m.startswith('search.export')]"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, str(index)], check=False, env=environment(),
        capture_output=True, text=True,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr


def test_an_export_on_a_terminal_shows_how_many_hits_are_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {f"{n}.txt": f"railway number {n}" for n in range(5)}
    index = indexed(written(tmp_path / "docs", files))
    seen: list[tuple[int, int]] = []

    @contextmanager
    def shown(label: str) -> Iterator[Callable[[int, int], None]]:
        assert label == "exporting"
        yield lambda done, total: seen.append((done, total))

    monkeypatch.setattr("search.cli.export_hits.count_bar", shown)
    to = tmp_path / "all.md"
    assert run("search", "railway", "--all", "--export", to, "--index", index).code == 0
    assert seen == [(n, 5) for n in range(1, 6)]
