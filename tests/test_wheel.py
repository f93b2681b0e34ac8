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
HEAVY = {"camel-tools", "torch", "transformers", "scikit-learn", "pandas", "scipy", "camel-kenlm"}
"""What CAMeL Tools requires, gigabytes, and CAMeL Tools itself."""
MAX_INSTALLED = 200e6
"""Bytes of an environment with Dalil, its libraries and their bytecode; 169 MB in 2026."""
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


def test_the_wheel_requires_what_the_project_does_and_nothing_heavy(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith("/METADATA"))
        required = message_from_bytes(archive.read(name)).get_all("Requires-Dist", [])
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    assert len(required) == len(project["dependencies"])
    assert HEAVY.isdisjoint(installed_with("dalil"))


def installed_with(name: str) -> set[str]:
    """Return the packages that a package brings, itself included, as ``uv.lock`` has them."""
    locked = tomllib.loads((PROJECT / "uv.lock").read_text("utf-8"))["package"]
    requires: dict[str, set[str]] = {}
    for package in locked:  # a package may be there in several versions
        names = {each["name"] for each in package.get("dependencies", ())}
        requires[package["name"]] = requires.get(package["name"], set()) | names
    found, left = set[str](), {name}
    while left:
        found |= left
        left = set().union(*(requires[each] for each in left)) - found
    return found


def test_the_lock_says_what_comes_with_a_package() -> None:
    """Otherwise the test above could not fail."""
    assert installed_with("dalil") > {"dalil", "numpy", "textual", "rich", "pygments"}
    assert installed_with("camel-tools") >= HEAVY


@pytest.mark.slow
def test_one_line_installs_dalil_from_its_wheel_and_it_finds_both_languages(
    wheel: Path, tmp_path: Path
) -> None:
    """The line of the README: ``uv tool install --compile-bytecode WHEEL``."""
    uv = os.environ.get("UV") or shutil.which("uv")  # `uv run` sets the variable
    if not uv:
        pytest.skip("needs uv")
    tools, programs = tmp_path / "tools", tmp_path / "programs"
    places = {"UV_TOOL_DIR": str(tools), "UV_TOOL_BIN_DIR": str(programs), "PYTHONPATH": ""}
    line = [uv, "tool", "install", "--python", sys.executable, "--compile-bytecode", str(wheel)]
    ran = subprocess.run(
        line, env=os.environ | places, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    if ran.returncode and any(said in ran.stderr for said in NO_NETWORK):
        pytest.skip("needs a network, or the packages in uv's cache")
    assert ran.returncode == 0, ran.stderr
    size = sum(path.lstat().st_size for path in tools.rglob("*") if not path.is_dir())
    assert size < MAX_INSTALLED
    dalil = programs / "dalil"
    for words in (("index", str(PROJECT / "seeds")), ("search", "Sarraj"), ("search", "الدبيبة")):
        answered = subprocess.run(
            [dalil, *words, "--index", tmp_path / "index"],
            env=environment() | {"PYTHONPATH": ""}, cwd=tmp_path, capture_output=True, check=False,
        )  # fmt: skip
        assert answered.returncode == 0, answered.stderr.decode()
