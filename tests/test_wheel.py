"""The wheel: all of the packages, few requirements, and a search in an environment of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from email import message_from_bytes
from pathlib import Path
from zipfile import ZipFile

import pytest
from commands import PROJECT, environment

PACKAGES = ("index", "search")
UNUSED = ("torch", "transformers", "scikit-learn", "pandas", "scipy", "camel-kenlm")
"""What CAMeL Tools declares and no part of it that is used here imports: gigabytes."""
MAX_INSTALLED = 185e6
"""Bytes of an environment with Dalil and its libraries, encoder included; 170 MB in 2026."""
MAX_COMPILED = 215e6
"""Bytes of that environment with its bytecode; 208 MB in 2026."""
NO_NETWORK = ("Failed to fetch", "error sending request", "dns error", "network was disabled")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=PROJECT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_holds_every_file_of_both_packages(wheel: Path) -> None:
    files = (path for name in PACKAGES for path in (PROJECT / name).rglob("*") if path.is_file())
    ours = {path.relative_to(PROJECT).as_posix() for path in files if path.suffix != ".pyc"}
    held = {name for name in ZipFile(wheel).namelist() if name.startswith(PACKAGES)}
    assert held == ours


def test_the_wheel_fits_every_system_and_needs_no_compiler(wheel: Path) -> None:
    assert wheel.name.endswith("-py3-none-any.whl")


def test_the_wheel_requires_what_the_project_does(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith("/METADATA"))
        required = message_from_bytes(archive.read(name)).get_all("Requires-Dist", [])
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))
    assert len(required) == len(project["project"]["dependencies"])
    left_out = [each.partition(";")[0] for each in project["tool"]["uv"]["override-dependencies"]]
    assert left_out == [*UNUSED]


def test_the_readme_has_the_line_that_installs_the_wheel() -> None:
    lines = (PROJECT / "README.md").read_text("utf-8").splitlines()
    (line,) = (line for line in lines if "uv tool install" in line)
    assert all(name in line for name in ("--compile-bytecode", "--excludes", *UNUSED))


@pytest.mark.slow
def test_one_line_installs_dalil_from_its_wheel_and_it_finds_both_languages(
    wheel: Path, tmp_path: Path
) -> None:
    """The line of the README, whose excludes leave out what CAMeL Tools does not use."""
    uv = os.environ.get("UV") or shutil.which("uv")  # `uv run` sets the variable
    if not uv:
        pytest.skip("needs uv")
    tools, programs = tmp_path / "tools", tmp_path / "programs"
    places = {"UV_TOOL_DIR": str(tools), "UV_TOOL_BIN_DIR": str(programs), "PYTHONPATH": ""}
    unused = tmp_path / "unused"
    unused.write_text("".join(f"{name}\n" for name in UNUSED))
    line = [uv, "tool", "install", "--python", sys.executable, "--compile-bytecode",
            "--excludes", str(unused), str(wheel)]  # fmt: skip
    ran = subprocess.run(
        line, env=os.environ | places, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    if ran.returncode and any(said in ran.stderr for said in NO_NETWORK):
        pytest.skip("needs a network, or the packages in uv's cache")
    assert ran.returncode == 0, ran.stderr
    files = [path for path in tools.rglob("*") if not path.is_dir()]
    assert sum(path.lstat().st_size for path in files) < MAX_COMPILED
    plain = sum(path.lstat().st_size for path in files if path.suffix != ".pyc")
    assert plain < MAX_INSTALLED
    dalil = programs / "dalil"
    for words in (("index", str(PROJECT / "seeds")), ("search", "Sarraj"), ("search", "الدبيبة")):
        answered = subprocess.run(
            [dalil, *words, "--index", tmp_path / "index"],
            env=environment() | {"PYTHONPATH": ""}, cwd=tmp_path, capture_output=True, check=False,
        )  # fmt: skip
        assert answered.returncode == 0, answered.stderr.decode()
