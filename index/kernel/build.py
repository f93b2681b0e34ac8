"""Compile the kernel for every system: ``python -m index.kernel.build [FOLDER]``.

Needs ``ziglang``, which is among the packages for development. Two builds of one source are equal
byte for byte, wherever they are made; a test compares the committed libraries with a new build.
"""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from index.kernel.library import LIBRARIES

SOURCE = Path(__file__).with_name("source")
TARGETS = {
    "linux-x86_64.so": "x86_64-linux-none",
    "linux-aarch64.so": "aarch64-linux-none",
    "macos-x86_64.dylib": "x86_64-macos-none",
    "macos-arm64.dylib": "aarch64-macos-none",
    "windows-x86_64.dll": "x86_64-windows-gnu",
}
"""The file name of each library, and its target as zig names it."""
_OPTIONS = (
    *("-std=c11", "-O3", "-Wall", "-Wextra", "-Werror"),
    *("-shared", "-fPIC", "-nostdlib", "-ffreestanding", "-fvisibility=hidden"),
    "-ffp-contract=off",  # a product and a sum are rounded apart, as numpy does on every processor
    "-fno-sanitize=all",
    "-g0",
    "-s",
)


def build(folder: Path) -> list[Path]:
    """Compile every library into a folder. Raises CalledProcessError; the compiler says why."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder) as made, ThreadPoolExecutor() as pool:
        libraries = list(pool.map(lambda name: _build_one(Path(made, name)), TARGETS))
        # Renamed, not written over: a process that runs may have the old one in memory.
        return [library.replace(folder / library.name) for library in libraries]


def _build_one(library: Path) -> Path:
    target = TARGETS[library.name]
    command = [sys.executable, "-m", "ziglang", "cc", "-target", target, *_OPTIONS]
    if library.suffix == ".dylib":  # it would hold the path that it is made at
        command.append(f"-Wl,-install_name,@rpath/{library.name}")
    # Run in the folder of the source, so that no path of this machine can get into the library.
    subprocess.run(  # noqa: S603 (our own arguments)
        [*command, "-o", str(library.absolute()), "kernel.c"], cwd=SOURCE, check=True
    )
    return library


if __name__ == "__main__":
    for made in build(Path(sys.argv[1]) if len(sys.argv) > 1 else LIBRARIES):
        print(f"{made}: {made.stat().st_size:,} bytes")
