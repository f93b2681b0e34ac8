"""Measure the structure of ``search/`` and ``index/``: packages, imports, circles, file lengths.

A package is a folder with modules; a folder within a package counts as one of its own
(``search.cli.commands``, ``index.analysis.names``), but one with an ``__init__`` alone is a
module of the folder that it lies in (``index.analysis.stopwords``). Each module directly in
``search/`` or ``index/`` is a package of one module (``search.searcher``), but for the
``__init__`` there, which only names what is public. An import is an ordered pair of
packages of the same tree, however often it occurs; imports within a function and those
under ``if TYPE_CHECKING`` count. A circle is a set of packages that import each other,
directly or through others.

    uv run python tests/structure.py
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from statistics import median

PROJECT = Path(__file__).parents[1]
TREES = ("search", "index")


@dataclass(frozen=True)
class Structure:
    """The packages of a tree, the imports between them, and the lines of its files."""

    name: str
    packages: frozenset[str]
    imports: frozenset[tuple[str, str]]
    """Pairs of an importing and an imported package."""
    lines: Mapping[str, int]
    """Path → number of lines."""

    @cached_property
    def circles(self) -> list[list[str]]:
        """Sets of packages that reach each other by imports, each sorted."""
        reached = {package: _reached(package, self.imports) for package in self.packages}
        groups = {
            tuple(sorted(other for other in reached[package] if package in reached[other]))
            for package in self.packages
        }
        return sorted(list(group) for group in groups if group)

    @property
    def median_lines(self) -> float:
        """The median number of lines of a file."""
        return median(self.lines.values())

    @property
    def longest(self) -> tuple[str, int]:
        """The path of the longest file, and its number of lines."""
        return max(self.lines.items(), key=lambda item: item[1])


@cache
def measure(tree: str) -> Structure:
    """Read all files of a tree, ``search`` or ``index``."""
    sources = {path: path.read_text("utf-8") for path in sorted((PROJECT / tree).rglob("*.py"))}
    modules = {_module(path): path for path in sources}
    owners = {name: package for name in modules if (package := _package(name, modules)) != tree}
    pairs = {
        (owners[name], owners[imported])
        for name, path in modules.items()
        if name in owners
        for imported in _imported(name, ast.parse(sources[path]), modules)
        if imported in owners
    }
    return Structure(
        tree,
        frozenset(owners.values()),
        frozenset(pair for pair in pairs if pair[0] != pair[1]),
        {str(path.relative_to(PROJECT)): len(text.splitlines()) for path, text in sources.items()},
    )


def _module(path: Path) -> str:
    """Dotted name of a file: that of its folder for an ``__init__``."""
    parts = path.relative_to(PROJECT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _package(name: str, modules: Mapping[str, Path]) -> str:
    """Package of a module: the folder that it lies in, or itself if that is the tree."""
    parent = name.rpartition(".")[0]
    has_modules = any(other.startswith(f"{name}.") for other in modules)
    return name if has_modules or "." not in parent else parent


def _imported(name: str, code: ast.Module, modules: Mapping[str, Path]) -> Iterator[str]:
    """Modules of the tree that a module imports: ``a.b`` for ``from a import b`` if it is one."""
    package = name if modules[name].name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(code):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in modules)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1]
            start = ".".join([*(above if node.level else []), *filter(None, [node.module])])
            for alias in node.names:
                inner = f"{start}.{alias.name}"
                yield inner if inner in modules else start


def _reached(start: str, imports: frozenset[tuple[str, str]]) -> set[str]:
    """Packages that a package imports, directly or through others; itself in a circle."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        package = waiting.pop()
        new = {target for source, target in imports if source == package} - found
        found |= new
        waiting += new
    return found


def report(structure: Structure) -> str:
    """The figures of a tree as lines of text."""
    path, most = structure.longest
    circles = ["  circle: " + ", ".join(circle) for circle in structure.circles]
    return "\n".join(
        [
            f"{structure.name}: {len(structure.packages)} packages, "
            f"{len(structure.imports)} imports between them, {len(circles)} circles",
            *circles,
            f"  {len(structure.lines)} files, median {structure.median_lines:g} lines, "
            f"at most {most} ({path})",
        ]
    )


if __name__ == "__main__":
    for tree in TREES:
        print(report(measure(tree)))
