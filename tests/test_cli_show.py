"""``dalil show``: a long document goes through the pager, and ``--context`` cuts it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from commands import indexed, run, written
from hypothesis import given
from hypothesis import strategies as st

from search.render.document import text_lines, with_context
from search.terminal.pager import pager_command

LONG = "".join(f"line {number}\n" for number in range(1, 100)) + "Libya\x1b[2J\u202e\nthe end"
FORBIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


@pytest.fixture(scope="module")
def docs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = {"long.txt": LONG, "short.txt": "Libya", "ar.txt": "قال الدبيبة\n" * 90}
    return written(tmp_path_factory.mktemp("show") / "docs", files)


@pytest.fixture(scope="module")
def index(docs: Path) -> Path:
    return indexed(docs)


@pytest.fixture
def pager(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which a pager called less leaves what it was given."""
    script = '#!/bin/sh\ncat > "$0.text"\necho "$LESSSECURE" "$@" > "$0.words"\n'
    (written(tmp_path, {"less": script}) / "less").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.delenv("PAGER", raising=False)
    monkeypatch.setenv("LINES", "24")
    return tmp_path


def test_a_long_document_is_paged_from_its_first_match_on(
    index: Path, docs: Path, pager: Path
) -> None:
    ran = run("show", docs / "long.txt", "libya", "--index", index, terminal=True)
    assert (ran.code, ran.out) == (0, "")
    assert (pager / "less.words").read_text() == "1 -R +100\n"
    text = (pager / "less.text").read_text()
    assert text.splitlines()[102].strip().startswith("[Libya]")
    assert not FORBIDDEN.findall(text)


@pytest.mark.parametrize("bidi", ["app", "terminal"])
def test_the_pager_gets_arabic_without_isolates(
    index: Path, docs: Path, pager: Path, bidi: str
) -> None:
    run("show", docs / "ar.txt", "--bidi", bidi, "--index", index, terminal=True)
    text = (pager / "less.text").read_text()
    assert ("ﺔﺒﻴﺑﺪﻟﺍ" if bidi == "app" else "الدبيبة") in text
    assert not FORBIDDEN.findall(text)


@pytest.mark.parametrize(
    ("name", "options"),
    [("short.txt", []), ("long.txt", ["--no-pager"]), ("long.txt", ["-C", "1"])],
)
def test_what_is_short_or_asked_for_without_a_pager_is_printed(
    index: Path, docs: Path, pager: Path, name: str, options: list[str]
) -> None:
    ran = run("show", docs / name, "libya", *options, "--index", index, terminal=True)
    assert "[Libya]" in ran.out
    assert not list(pager.glob("less.*"))


def test_a_pipe_has_no_pager(index: Path, docs: Path, pager: Path) -> None:
    assert "Libya" in run("show", docs / "long.txt", "--index", index).out
    assert not list(pager.glob("less.*"))


def test_the_context_is_the_lines_around_matches(index: Path, docs: Path) -> None:
    out = run("show", docs / "long.txt", "libya", "--context", "1", "--index", index).out
    assert out.splitlines() == ["--", "line 99", "Libya [2J ", "the end"]
    ran = run("show", docs / "long.txt", "--context", "1", "--index", index)
    assert (ran.code, "--context needs words" in ran.err) == (2, True)


@pytest.mark.parametrize(
    ("pager_setting", "words"),
    [
        (None, ["less", "-R", "+7"]),
        ("less -S", ["less", "-R", "-S", "+7"]),
        ("sh -c 'x y'", ["sh", "-c", "x y"]),
        ("cat", None),
        ("", None),
        ("no-such-pager", None),
    ],
)
def test_the_pager_is_the_users(
    pager: Path, pager_setting: str | None, words: list[str] | None
) -> None:
    environ = {} if pager_setting is None else {"PAGER": pager_setting}
    command = pager_command(environ, 7)
    assert (command and [Path(command[0]).name, *command[1:]]) == words


@given(st.text(alphabet="ab\n", max_size=60), st.data(), st.integers(0, 3))
def test_the_context_has_every_match_and_no_line_twice(
    text: str, data: st.DataObject, count: int
) -> None:
    ends = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    spans = [(a, b) for a, b in zip(ends[::2], ends[1::2], strict=False)]
    lines = text_lines(text, spans)
    assert [line.text for line in lines] == text.split("\n")
    offset = 0
    for line in lines:
        inside = [(a - offset, b - offset) for a, b in spans]
        expected = [(max(a, 0), min(b, len(line.text))) for a, b in inside
                    if a < len(line.text) and b > 0]  # fmt: skip
        assert list(line.spans) == expected
        offset += len(line.text) + 1
    near = {
        at
        for number, line in enumerate(lines) if line.spans
        for at in range(number - count, number + count + 1) if 0 <= at < len(lines)
    }  # fmt: skip
    shown = list(with_context(lines, count))
    kept = [line for line in shown if line is not None]
    assert [id(line) for line in kept] == [id(lines[at]) for at in sorted(near)]
    gaps = sum(at - 1 not in near for at in near if at) + bool(near and len(lines) - 1 not in near)
    assert shown.count(None) == gaps
