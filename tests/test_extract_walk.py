"""`index.extract.walk`: which files are read, which are left out, and the reasons."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from index.document import Skipped
from index.extract.walk import Candidate, walk

LIMIT = 1000


def tree(root: Path, files: dict[str, str]) -> None:
    """Write files, given by their paths under ``root``."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def found(*roots: Path, base: Path, max_size: int = LIMIT) -> tuple[list[str], dict[str, str]]:
    """The files to read, and the paths left out with their reasons, relative to ``base``."""
    read: list[str] = []
    skipped: dict[str, str] = {}
    for item in walk(roots, max_size=max_size):
        if isinstance(item, Candidate):
            read.append(item.path.relative_to(base).as_posix())
        else:
            skipped[os.path.relpath(item.path, base)] = item.reason
    return read, skipped


IGNORED = "ignored by .gitignore or .ignore"


@pytest.mark.parametrize(
    ("files", "read", "skipped"),
    [
        ({"b.txt": "", "a/z.txt": "", "a.txt": ""}, ["a/z.txt", "a.txt", "b.txt"], {}),
        ({".x": "", ".h/a.txt": "", "a": ""}, ["a"], {".h": "hidden", ".x": "hidden"}),
        (
            {".gitignore": "*.log\nout/\n", "a.log": "", "out/b": "", "c": ""},
            ["c"],
            {".gitignore": "hidden", "a.log": IGNORED, "out": IGNORED},
        ),
        (
            {".ignore": "*.log", "d/.gitignore": "!keep.log", "d/keep.log": "", "d/x.log": ""},
            ["d/keep.log"],
            {".ignore": "hidden", "d/.gitignore": "hidden", "d/x.log": IGNORED},
        ),
        (
            {".gitignore": "*.log", ".ignore": "!a.log", "a.log": "", "b.log": ""},
            ["a.log"],
            {".gitignore": "hidden", ".ignore": "hidden", "b.log": IGNORED},
        ),
        (
            {"d/.gitignore": "/a", "d/a": "", "d/e/a": "", "a": ""},
            ["a", "d/e/a"],
            {"d/.gitignore": "hidden", "d/a": IGNORED},
        ),
        (
            {".gitignore": "!\n# note\n\n///\nb", "a": "", "b": ""},
            ["a"],
            {".gitignore": "hidden", "b": IGNORED},
        ),
        (
            {".gitignore": "مسودات/", "مسودات/a": "", "مقال.txt": ""},
            ["مقال.txt"],
            {".gitignore": "hidden", "مسودات": IGNORED},
        ),
    ],
)
def test_hidden_and_ignored_entries_are_left_out(
    tmp_path: Path, files: dict[str, str], read: list[str], skipped: dict[str, str]
) -> None:
    tree(tmp_path, files)
    assert found(tmp_path, base=tmp_path) == (read, skipped)


def test_a_candidate_states_its_size_time_and_root(tmp_path: Path) -> None:
    tree(tmp_path, {"a.txt": "four"})
    os.utime(tmp_path / "a.txt", ns=(5, 7_000_000_000))
    (candidate,) = walk([tmp_path], max_size=LIMIT)
    assert candidate == Candidate(tmp_path / "a.txt", tmp_path, 4, 7_000_000_000)


def test_a_file_given_by_name_is_taken_hidden_and_ignored(tmp_path: Path) -> None:
    tree(tmp_path, {".gitignore": "*", ".secret.txt": "", "b.txt": ""})
    roots = [tmp_path / ".secret.txt", tmp_path / "b.txt"]
    assert found(*roots, base=tmp_path) == ([".secret.txt", "b.txt"], {})


def test_overlapping_roots_give_each_file_once(tmp_path: Path) -> None:
    tree(tmp_path, {"a/b.txt": "", "c.txt": ""})
    roots = [tmp_path / "a", tmp_path, tmp_path / "a" / "b.txt"]
    assert found(*roots, base=tmp_path) == (["a/b.txt", "c.txt"], {})


def test_large_files_are_reported_unless_they_stream(tmp_path: Path) -> None:
    tree(tmp_path, dict.fromkeys(["a.txt", "b.jsonl", "c.JSONL.GZ"], "x" * 2_000_000))
    read, skipped = found(tmp_path, base=tmp_path, max_size=1 << 20)
    assert read == ["b.jsonl", "c.JSONL.GZ"]
    assert skipped == {"a.txt": "1.907 MB, and 1 MB is the limit: see --max-size"}


def test_links_are_not_followed_and_only_those_that_lead_out_are_reported(tmp_path: Path) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside"
    tree(tmp_path, {"root/d/a.txt": "", "outside/b.txt": ""})
    (root / "loop").symlink_to(root)
    (root / "inside").symlink_to(root / "d" / "a.txt")
    (root / "out").symlink_to(outside)
    (root / "gone").symlink_to(root / "nothing")
    (root / "self").symlink_to(root / "self")
    assert found(root, base=root) == (
        ["d/a.txt"],
        {
            "out": f"a link to {outside}, outside the folder",
            "gone": "a broken link",
            "self": "a broken link",
        },
    )


def test_a_root_that_is_a_link_is_followed(tmp_path: Path) -> None:
    tree(tmp_path, {"real/a.txt": ""})
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert found(tmp_path / "link", base=tmp_path) == (["real/a.txt"], {})


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(path))


@pytest.mark.parametrize("make", [os.mkfifo, _socket])
def test_special_files_are_reported_and_never_opened(
    tmp_path: Path, make: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    make(Path("special.txt"))
    make(Path(".gitignore"))
    reason = "not a plain file but a pipe, socket or device"
    assert found(tmp_path, base=tmp_path) == ([], {".gitignore": "hidden", "special.txt": reason})


def test_a_folder_that_may_not_be_opened_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree(tmp_path, {"closed/a.txt": "", "open/b.txt": ""})
    scandir = os.scandir

    def guarded(path: Path) -> object:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", guarded)
    assert found(tmp_path, base=tmp_path) == (
        ["open/b.txt"],
        {"closed": "may not be opened: permission denied"},
    )


def test_a_file_that_vanishes_during_the_walk_is_reported(tmp_path: Path) -> None:
    tree(tmp_path, {"a.txt": "", "b.txt": "", "c.txt": ""})
    walking = walk([tmp_path], max_size=LIMIT)
    next(walking)
    (tmp_path / "b.txt").unlink()
    reason = "there is no such file or folder any more"
    assert next(walking) == Skipped(str(tmp_path / "b.txt"), reason, problem=True)
    assert isinstance(next(walking), Candidate)


def test_a_missing_root_is_reported(tmp_path: Path) -> None:
    _, skipped = found(tmp_path / "none", base=tmp_path)
    assert skipped == {"none": "there is no such file or folder any more"}


def test_a_file_whose_name_is_not_utf8_is_found(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/\xc7\xe1.txt"
    try:
        Path(os.fsdecode(name)).write_text("x")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    (found,) = walk([tmp_path], max_size=LIMIT)
    assert isinstance(found, Candidate)
    assert os.fsencode(found.path) == name


def test_folders_nest_deeper_than_calls_may(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for _ in range(1200):
        Path("d").mkdir()
        os.chdir("d")
    Path("a.txt").touch()
    paths = [item.path for item in walk([tmp_path], max_size=LIMIT)]
    Path("a.txt").unlink()
    for _ in range(1200):  # the cleanup of pytest does not support this depth
        os.chdir("..")
        Path("d").rmdir()
    assert [Path(path).name for path in paths] == ["a.txt"]


def test_sizes_are_reported_with_units(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x" * 3000)
    (skipped,) = walk([tmp_path], max_size=10)
    assert isinstance(skipped, Skipped)
    assert skipped.reason == "2.93 kB, and 10 bytes is the limit: see --max-size"
