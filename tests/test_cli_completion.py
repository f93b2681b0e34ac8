"""``dalil completion`` and what a Tab asks: candidates, without the libraries of the commands."""

from __future__ import annotations

import shutil
import subprocess
import sys
from enum import StrEnum
from pathlib import Path

import pytest
from commands import environment, indexed, run, written

from index.extract.formats import FORMATS
from index.store.directory import IndexDirectory
from search.cli.commands.interactive import interactive
from search.cli.completion import complete, words
from search.cli.completion.index_words import MAX_CANDIDATES
from search.cli.completion.paths import next_parts
from search.cli.parameters import Option, parameters
from search.cli.registry import commands
from search.parsing.query_notes import FIELDS

ODD = "d dir/a $(touch pwned).txt"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    docs = tmp_path_factory.mktemp("completion") / "docs"
    return indexed(written(docs, {ODD: "Libya الدبيبة", "d2.txt": "x", "bell\a.txt": "x"}))


def candidates(capsys: pytest.CaptureFixture[str], *typed: str) -> tuple[int, list[str]]:
    code = complete.main(typed)
    return code, capsys.readouterr().out.splitlines()


def table(function: object) -> dict[str, str]:
    """Return the rows that the table should have for the options of a command."""
    rows: dict[str, str] = {}
    for parameter in parameters(function):  # type: ignore[arg-type]
        if not isinstance(parameter.declaration, Option):
            continue
        enum = isinstance(parameter.type, type) and issubclass(parameter.type, StrEnum)
        value = words.FLAG if parameter.is_flag else words.TEXT
        rows |= dict.fromkeys(parameter.names, "|".join(parameter.type) if enum else value)
    return rows


@pytest.mark.parametrize("name", sorted(commands))
def test_the_table_has_the_options_and_choices_of_every_command(name: str) -> None:
    told = {k: v for k, v in words.COMMANDS[name].items() if k not in ("--help", "-h")}
    free = (words.FILES, words.DOCUMENTS, words.TYPES)
    assert {k: words.TEXT if v in free else v for k, v in told.items()} == table(commands[name])


def test_the_table_has_the_commands_the_options_of_the_screen_the_types_and_the_fields() -> None:
    assert set(words.COMMANDS) == set(commands)
    assert set(table(interactive)) <= set(words.SCREEN)
    assert words.TYPES.split("|") == [row.name for row in FORMATS]
    assert set(words.FIELDS) == set(FIELDS)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        (["sta"], ["status"]),
        (["--index", "x", "sta"], ["status"]),
        (["search", "--li"], ["--limit"]),
        (["search", "--lang", ""], ["ar", "en"]),
        (["search", "--sort=d"], ["--sort=date"]),
        (["search", "libya", "la"], ["lang:"]),
        (["search", "+lang:"], ["+lang:ar", "+lang:en"]),
        (["search", "type:mark"], ["type:markdown"]),
        (["search", "li:"], []),
        (["search", "--limit", ""], []),
        (["search", "--", "--li"], []),
        (["search", ""], []),
        (["completion", "b"], ["bash"]),
        ([], sorted(words.COMMANDS)),
    ],
)
def test_words_are_completed(
    capsys: pytest.CaptureFixture[str], typed: list[str], found: list[str]
) -> None:
    code, said = candidates(capsys, *typed)
    assert code == complete.PLAIN
    assert said == found


@pytest.mark.parametrize(
    "typed", [["index", ""], ["search", "--index", "a"], ["batch", "--index="]]
)
def test_files_are_left_to_the_shell(capsys: pytest.CaptureFixture[str], typed: list[str]) -> None:
    assert candidates(capsys, *typed) == (complete.ASK_FILES, [])


@pytest.mark.parametrize("command", [["show"], ["forget", "x"], ["search", "x", "--path"]])
def test_paths_of_the_index_are_completed_folder_by_folder(
    capsys: pytest.CaptureFixture[str], index: Path, monkeypatch: pytest.MonkeyPatch,
    command: list[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(index.with_name("docs"))
    typed = [*command[:1], "--index", str(index), *command[1:]]
    assert candidates(capsys, *typed, "d") == (complete.PATHS, ["d dir/", "d2.txt"])
    assert candidates(capsys, *typed, "d dir/") == (complete.PATHS, [ODD])
    whole = str(index.with_name("docs"))
    assert candidates(capsys, *typed, whole) == (complete.PATHS, [f"{whole}/"])
    assert candidates(capsys, *typed, "bell")[1] == []  # no control character is offered


def test_without_an_index_no_path_is_completed(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert candidates(capsys, "show", "--index", str(tmp_path), "") == (complete.PATHS, [])


@pytest.fixture(scope="module")
def wordy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    docs = tmp_path_factory.mktemp("wordy") / "docs"
    text = "Libya library libya lib2 -libel lib\x1b[31m الدبيبة الدستور الْأزمة lamp"
    return indexed(written(docs, {"a.txt": text, "b.txt": "Libya"}))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        (["lib"], ["libya", "libel", "library", "lib"]),
        (["oil", "Libr"], ["Library"]),
        (["+LIB"], ["+LIBya", "+LIBel", "+LIBrary", "+LIB"]),
        (["(lib"], ["(libya", "(libel", "(library", "(lib"]),
        (["--", "-libr"], ["-library"]),
        (["الد"], ["الدبيبة", "الدستور"]),
        (["الأ"], ["الأزمة"]),
        (["la"], ["lang:", "lamp"]),
        (["l"], ["lang:"]),
        (["-lib"], []),
        (["lib-"], []),
        (["zzz"], []),
        (["title:lib"], []),
    ],
)
def test_a_word_that_is_begun_is_completed_from_the_index(
    capsys: pytest.CaptureFixture[str], wordy: Path, monkeypatch: pytest.MonkeyPatch,
    typed: list[str], found: list[str],
) -> None:  # fmt: skip
    code, said = candidates(capsys, "search", "--index", str(wordy), *typed)
    assert code == complete.PLAIN
    assert sorted(said) == sorted(found)
    monkeypatch.setenv("DALIL_INDEX", str(wordy))
    assert candidates(capsys, "search", *typed) == (code, said)


def test_the_query_of_the_screen_is_completed_too(
    capsys: pytest.CaptureFixture[str], wordy: Path
) -> None:
    for option in ("-q", "--query"):
        assert candidates(capsys, "--index", str(wordy), option, "الدب")[1] == ["الدبيبة"]
    assert candidates(capsys, "--index", str(wordy), "--query=la")[1] == [
        "--query=lang:",
        "--query=lamp",
    ]


def test_a_word_of_an_index_that_is_no_word_is_not_offered(
    capsys: pytest.CaptureFixture[str], wordy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hostile = ["li\x1b[31m", "li\u202e", "li --force", "li\n-x", "li\ud800", "life"]
    monkeypatch.setattr("search.cli.completion.index_words.common", lambda *_: iter(hostile))
    assert candidates(capsys, "search", "--index", str(wordy), "li")[1] == ["life"]


def test_the_commonest_words_are_offered_and_no_more_than_fill_a_screen(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    many = " ".join(f"ma{a}{b}" for a in "abcdefghij" for b in "abcdefghij")
    index = indexed(written(tmp_path / "docs", {"a.txt": many, "b.txt": "mazz", "c.txt": "mazz"}))
    said = candidates(capsys, "search", "--index", str(index), "ma")[1]
    assert (said[0], len(said)) == ("mazz", MAX_CANDIDATES)


@pytest.mark.parametrize("state", ["missing", "empty", "damaged", "a file"])
def test_without_a_usable_index_no_word_is_completed_and_nothing_said(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, state: str
) -> None:
    folder = tmp_path / "index"
    if state == "a file":
        folder.write_text("x")
    elif state == "empty":
        IndexDirectory.create(folder)
    elif state == "damaged":
        folder = indexed(written(tmp_path / "docs", {"a.txt": "Libya"}))
        (segment,) = folder.glob("*.arr")
        segment.write_bytes(segment.read_bytes()[:-40] + bytes(40))
    assert complete.main(["search", "--index", str(folder), "lib"]) == complete.PLAIN
    assert capsys.readouterr() == ("", "")


def test_the_next_part_of_a_path_ends_behind_its_slash() -> None:
    assert next_parts(["/a/b/c", "/a/d", "/e"], "/a") == ["/a/"]
    assert next_parts(["/a/b/c", "/a/d", "/e"], "/a/") == ["/a/b/", "/a/d"]


def test_a_tab_and_the_version_import_none_of_the_libraries() -> None:
    for arguments in (["__complete", "search", "--la"], ["--version"]):
        code = (
            "import sys, atexit; sys.argv = ['dalil', *sys.argv[1:]]\n"
            "atexit.register(lambda: print(*sys.modules, file=sys.stderr))\n"
            "from search.__main__ import main; main()"
        )
        words_run = [sys.executable, "-c", code, *arguments]
        ran = subprocess.run(words_run, capture_output=True, env=environment(), check=True)
        modules = set(ran.stderr.decode().split())
        assert not modules & {"typing", "importlib.metadata", "numpy", "typer", "search.results"}


BASH = """
source <(dalil completion bash)
COMP_LINE=$1 COMP_POINT=${#1}
_dalil 2> /dev/null
printf '%s\\n' "${COMPREPLY[@]}"
"""
FISH = "dalil completion fish | source; complete -C $argv[1]"
ZSH = """
compadd() { [[ $1 == -S ]] && shift 2; print -rl -- "${(@P)2}" }
_files() { print FILES }
compdef() { :; }
source <(dalil completion zsh)
words=("${(@z)1}"); [[ $1 == *' ' ]] && words+=('')
CURRENT=${#words}; PREFIX=${words[-1]}
_dalil
"""


@pytest.mark.parametrize(("shell", "script"), [("bash", BASH), ("fish", FISH), ("zsh", ZSH)])
def test_the_script_of_a_shell_asks_the_program(
    shell: str, script: str, tmp_path: Path, index: Path
) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    dalil = written(
        tmp_path / "bin", {"dalil": f'#!/bin/sh\nexec {sys.executable} -m search "$@"\n'}
    )
    (dalil / "dalil").chmod(0o755)
    environ = environment(PATH=f"{dalil}:/usr/local/bin:/usr/bin:/bin", HOME=str(tmp_path))

    def completed(line: str) -> list[str]:
        words_run = [shell, "-c", script, *([shell] if shell != "fish" else []), line]
        docs = index.with_name("docs")
        ran = subprocess.run(words_run, capture_output=True, env=environ, check=False, cwd=docs)
        return [found.split("\t")[0] for found in ran.stdout.decode().split("\n") if found]

    assert completed("dalil sta") == ["status"]
    assert completed("dalil search --lang ") == ["ar", "en"]
    assert [found.rpartition(":")[2] for found in completed("dalil search lang:")] == ["ar", "en"]
    assert sorted(completed(f"dalil show --index {index} d")) == ["d dir/", "d2.txt"]
    assert completed(f"dalil search --index {index} Lib") == ["Libya"]
    assert completed(f"dalil search --index {index} الدب") == ["الدبيبة"]


def test_a_script_is_printed_for_each_shell() -> None:
    for shell in ("bash", "zsh", "fish"):
        assert "__complete" in run("completion", shell).out
    assert "'tcsh' is not one of 'bash', 'zsh', 'fish'" in run("completion", "tcsh").err
