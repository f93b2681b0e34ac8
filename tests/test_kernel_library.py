"""The compiled kernel is what its source says, loads where it fits, and can be switched off."""

from __future__ import annotations

import ctypes
import os
import platform
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.kernel import build, library


def test_the_committed_libraries_are_what_the_source_gives(tmp_path: Path) -> None:
    built = build.build(tmp_path)
    assert {each.name for each in built} == {each.name for each in library.LIBRARIES.iterdir()}
    for each in built:
        committed = library.LIBRARIES / each.name
        assert each.read_bytes() == committed.read_bytes(), (
            f"{each.name} is of another source: python -m index.kernel.build"
        )


def test_no_library_names_a_folder_of_the_machine_that_built_it() -> None:
    home = str(Path.home()).encode()
    for each in library.LIBRARIES.iterdir():
        content = each.read_bytes()
        assert home not in content
        assert str(build.SOURCE.parents[1]).encode() not in content


def test_the_library_of_this_system_is_loaded() -> None:
    if (sys.platform, platform.machine()) not in library._NAMES:
        pytest.skip("no library is built for this system")
    if os.environ.get("DALIL_KERNEL") == "off":
        assert library.state() == "numpy (DALIL_KERNEL=off)"
    else:
        assert library.state().startswith("compiled (")


@pytest.mark.parametrize(
    ("environment", "state"), [({}, "compiled"), ({"DALIL_KERNEL": "off"}, "numpy (DALIL_KERNEL")]
)
def test_the_environment_switches_the_kernel_off(environment: dict[str, str], state: str) -> None:
    rest = {name: value for name, value in os.environ.items() if name != "DALIL_KERNEL"}
    said = subprocess.run(
        [sys.executable, "-c", "from index.kernel import library; print(library.state())"],
        env={**rest, **environment}, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert said.startswith(state)


def test_an_unknown_processor_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DALIL_KERNEL", raising=False)
    monkeypatch.setattr(library, "_machine", lambda: "mips")
    library._library.cache_clear()
    try:
        assert library.state() == f"numpy (no compiled kernel for {sys.platform} on mips)"
        assert library.function("dalil_crc32", ctypes.c_uint32) is None
    finally:
        monkeypatch.undo()
        library._library.cache_clear()


@given(st.binary(max_size=10_000))
def test_checksums_are_those_of_zlib(data: bytes) -> None:
    crc32 = library.function("dalil_crc32", ctypes.c_uint32, ctypes.c_char_p, ctypes.c_uint64)
    if crc32 is None:
        pytest.skip(library.state())
    assert crc32(data, len(data)) == zlib.crc32(data)
