"""What the help and the README say, against what there is."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from typing import Any

import pytest
from commands import PROJECT, run

from search.cli.dispatch import typer_group

COMMANDS = (
    *("index", "search", "batch", "show", "status", "trust", "analyze", "forget", "watch"),
    *("verify", "new", "tag", "completion", "help"),
)

PROMISED: dict[str, tuple[str, ...]] = {
    "index": (
        "--rebuild", "--checksum", "--dry-run", "--max-size", "--encoding", "--strict", "-q",
        "--json",
    ),
    "search": (
        "-n", "--limit", "--lang", "--path", "--type", "--after", "--before", "--sort", "--names",
        "--no-names", "--exact", "--plain", "--strict", "--json", "--jsonl", "-l", "--paths", "-c",
        "--count", "-0", "--null", "--csv", "--fragments", "--width", "--explain", "--bidi",
        "--color", "--skip-damaged", "--export", "--force", "--all", "--hyperlink",
    ),
    "batch": (
        "-n", "--limit", "--lang", "--path", "--type", "--after", "--before", "--sort", "--names",
        "--no-names", "--exact", "--plain", "--strict", "--format",
    ),
    "status": ("--verify",),
    "verify": ("--under", "--json"),
}  # fmt: skip


def options(name: str) -> dict[str, Any]:
    """Return name → option for every name of every option of a command."""
    return {
        written: option
        for option in typer_group().commands[name].params
        for written in (*option.opts, *option.secondary_opts)
        if written.startswith("-")
    }


def test_there_are_exactly_the_commands_that_were_promised() -> None:
    assert set(typer_group().commands) == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_says_what_it_does_and_shows_how(name: str) -> None:
    help_text = typer_group().commands[name].help
    assert re.match(r"[A-Z].*\w[.:]", help_text)
    example = re.search(r"Examples?: (dalil .*)", help_text)
    assert example, help_text
    for line in example[1].split(" · "):
        words = shlex.split(line.split(" > ")[0])
        assert words[:2] == ["dalil", name]
    shown = run(name, "--help").out
    assert shown.strip()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_and_argument_is_explained(name: str) -> None:
    for parameter in typer_group().commands[name].params:
        assert re.match(r"[A-Z].*[.…]$", parameter.help or ""), (name, parameter.name)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_options_that_were_promised_are_there(name: str) -> None:
    promised = set(PROMISED.get(name, ()))
    if name not in ("analyze", "completion", "help", "trust"):
        promised.add("--index")
    assert promised <= set(options(name))


# --- the README --------------------------------------------------------------------------------


def readme() -> str:
    return (PROJECT / "README.md").read_text("utf-8")


def shell_lines(text: str) -> Iterator[str]:
    """Yield indented or fenced lines that are commands."""
    fenced = False
    for line in text.splitlines():
        if line.startswith("```"):
            fenced = not fenced
        elif (fenced or line.startswith("    ")) and re.match(
            r"\s*(\$ )?(python3|uv|dalil|pip|git) ", line
        ):
            yield line.strip().removeprefix("$ ")


def test_the_first_command_indexes_the_seeds_and_searches_them_in_both_languages() -> None:
    first = next(shell_lines(readme()))
    steps = [shlex.split(step) for step in first.split("&&")]
    assert steps[0] == ["python3", "-m", "pip", "install", "--quiet", "uv"]
    ours = [step[step.index("dalil") + 1 :] for step in steps[1:]]
    assert [step[0] for step in ours] == ["index", "search", "search"]
    assert "seeds" in ours[0]
    assert len({tuple(step[step.index("--index") :][:2]) for step in ours}) == 1
    queries = [" ".join(step) for step in ours[1:]]
    assert [bool(re.search("[ء-ي]", query)) for query in queries] == [True, False]


def test_the_two_commands_are_silent_in_an_active_environment() -> None:
    """Without ``--no-active``, uv warns of the VIRTUAL_ENV of the shell at each of its runs."""
    first, second, *_ = shell_lines(readme())
    for line in (first, second):
        assert line.count("uv run --no-active ") == line.count("uv run ") > 0


def test_what_the_first_command_runs_finds_something(tmp_path: Any, monkeypatch: Any) -> None:
    monkeypatch.chdir(PROJECT)
    for step in next(shell_lines(readme())).split("&&")[1:]:
        words = shlex.split(step)
        words = [str(tmp_path / "i") if w == "demo-index" else w for w in words]
        ran = run(*words[words.index("dalil") + 1 :])
        assert ran.code == 0, ran.err
        if "search" in words:
            assert len(ran.out.splitlines()) == 3


def test_the_second_command_is_the_one_that_is_run_on_every_change() -> None:
    _, second, *_ = shell_lines(readme())
    assert second.endswith("pytest")
    assert second in (PROJECT / ".ci/run").read_text("utf-8").splitlines()


def test_commands_and_options_in_the_readme_exist() -> None:
    for name, rest in re.findall(r"\bdalil (\w+)([^`\n&|]*)", readme()):
        if name in COMMANDS:
            known = options(name).keys() | {"--help", "-h"}
            used = re.findall(r"(?<!\S)(--[a-z][a-z-]+)", rest)
            assert set(used) <= known, (name, used)


# --- all pages ---------------------------------------------------------------------------------

PAGES = (
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "tests/evaluation/README.md",
    "tests/benchmarks/README.md",
)


NAMED = re.compile(r"(?<![\w/.-])([\w./-]+\.(?:py|java)|(?:[\w-]+/)+[\w.-]+\.\w+)")
"""A Python or Java file, or a path with a folder."""
EXAMPLES = {"index/extract/NAME.py", "search/cli/commands/NAME.py"}
"""Files that a reader is to write."""


@pytest.mark.parametrize("page", PAGES)
def test_files_named_in_a_page_exist(page: str) -> None:
    folders = [PROJECT, (PROJECT / page).parent]
    near = PROJECT  # a name without a folder may lie in that of the name before it
    for name in NAMED.findall((PROJECT / page).read_text("utf-8")):
        found = [folder / name for folder in (*folders, near) if (folder / name).exists()]
        assert found or name in EXAMPLES, name
        near = (PROJECT / name).parent if "/" in name else near


@pytest.mark.parametrize("page", PAGES)
def test_links_within_the_project_lead_somewhere(page: str) -> None:
    text = (PROJECT / page).read_text("utf-8")
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        path, _, heading = target.partition("#")
        if not target.startswith("http"):
            linked = (PROJECT / page).parent / path if path else PROJECT / page
            assert linked.exists(), target
            assert not heading or heading in anchors(linked.read_text("utf-8")), target


def anchors(text: str) -> set[str]:
    """The anchors of the headings of a page."""
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_packages_in_the_drawing_are_all_that_there_are() -> None:
    text = (PROJECT / "CONTRIBUTING.md").read_text("utf-8")
    drawn = set(re.findall(r"(?<=  )(\w+)/[: ]", "\n".join(text.split("```")[1::2])))
    drawn |= {"cli", "tui", "indexing"}  # they run the others, and are named in the text
    folders = [path for tree in ("index", "search") for path in (PROJECT / tree).iterdir()]
    assert drawn == {path.name for path in folders if (path / "__init__.py").exists()}


def test_the_readme_is_at_most_two_hundred_lines() -> None:
    assert len(readme().splitlines()) <= 200
