"""The limits of the structure of ``search/`` and ``index/``, measured by ``structure.py``."""

from __future__ import annotations

import pytest
from structure import PROJECT, TREES, Structure, measure, report

MAX_PACKAGES = {"search": 30, "index": 16}
MAX_IMPORTS = {"search": 130, "index": 38}
MAX_MEDIAN_LINES = 100
MAX_LINES = 300


@pytest.fixture(scope="module", params=TREES)
def structure(request: pytest.FixtureRequest) -> Structure:
    return measure(request.param)


def test_a_tree_has_few_packages(structure: Structure) -> None:
    assert len(structure.packages) <= MAX_PACKAGES[structure.name], sorted(structure.packages)


def test_a_tree_has_few_imports_between_its_packages(structure: Structure) -> None:
    assert len(structure.imports) <= MAX_IMPORTS[structure.name], sorted(structure.imports)


def test_no_packages_import_each_other_in_a_circle(structure: Structure) -> None:
    assert structure.circles == []


def test_half_of_the_files_are_short_and_none_is_long(structure: Structure) -> None:
    assert structure.median_lines <= MAX_MEDIAN_LINES
    assert [path for path, lines in structure.lines.items() if lines > MAX_LINES] == []


def test_the_measure_sees_packages_modules_and_imports_of_all_sorts() -> None:
    search = measure("search")
    assert {"search.searcher", "search.parsing", "search.cli.commands"} <= search.packages
    assert not {"search", "search.parsing.parser"} & search.packages
    assert ("search.planning", "search.parsing") in search.imports
    assert ("search.cli.commands", "search.cli") in search.imports
    assert all(
        line == len((PROJECT / path).read_text("utf-8").splitlines())
        for path, line in search.lines.items()
    )


def test_a_circle_is_found_through_any_number_of_packages() -> None:
    imports = frozenset({("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"), ("e", "a")})
    circled = Structure("x", frozenset("abcde"), imports, {"x/a.py": 3, "x/b.py": 8})
    assert circled.circles == [["a", "b", "c"]]
    assert circled.longest == ("x/b.py", 8)
    assert "1 circles\n  circle: a, b, c\n" in report(circled)
