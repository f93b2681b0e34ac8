"""Retired names and phrases stay retired: the lists in ``vocabulary``, found by ``retired.py``."""

from __future__ import annotations

import pytest
import retired
from retired import Entry, Violation, entries, retired_identifiers, retired_modules, retired_phrases


def shown(violations: list[Violation]) -> str:
    return "\n".join(map(str, violations))


def test_no_identifier_is_a_retired_one() -> None:
    violations = retired_identifiers()
    assert not violations, shown(violations)


def test_no_module_that_has_moved_is_named_as_it_was() -> None:
    violations = retired_modules()
    assert not violations, shown(violations)


def test_no_text_has_a_retired_phrase() -> None:
    violations = retired_phrases()
    assert not violations, shown(violations)


@pytest.mark.parametrize("name", ["identifiers", "modules", "phrases"])
def test_a_list_is_in_order_and_has_no_entry_twice(name: str) -> None:
    listed = entries(name)
    assert listed
    assert len(listed) == len(set(listed))
    if name != "phrases":
        assert listed == sorted(listed)


@pytest.fixture
def project(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Files that are checked instead of those of the project, and lists of a few entries."""
    files: dict[str, str] = {}
    lists = {
        "identifiers": [Entry("Bag"), Entry("told", "tests/")],
        "modules": [Entry("search.words"), Entry("index.store")],
        "phrases": [Entry("so many"), Entry('"""The same')],
    }
    monkeypatch.setattr(retired, "files", lambda: files)
    monkeypatch.setattr(retired, "entries", lists.__getitem__)
    return files


def test_an_identifier_is_found_in_code_and_in_backticks_alone(project: dict[str, str]) -> None:
    project["search/x.py"] = (
        '# A Bag\nx = Bag\n"""A ``Bag`` is\na `Bag` of Bag"""\nBags = told = 1\n'
    )
    project["tests/x.py"] = "told = f(untold)\n"
    project["README.md"] = "Bag told `Bag`\n"
    assert shown(retired_identifiers()).splitlines() == [
        "README.md:1: Bag", "search/x.py:2: Bag", "search/x.py:3: Bag", "search/x.py:4: Bag",
        "tests/x.py:1: told",
    ]  # fmt: skip


def test_a_module_is_found_in_imports_and_texts_but_not_as_an_attribute(
    project: dict[str, str],
) -> None:
    project["tests/x.py"] = (
        "from search.words import Words\nsearch.words()\nimport research.words\n"
        'patch("search.words.Words", "index.store")\n# search/words.py\n'
    )
    assert shown(retired_modules()).splitlines() == [
        "tests/x.py:1: search.words", "tests/x.py:4: search.words", "tests/x.py:5: search.words",
    ]  # fmt: skip


def test_a_phrase_is_found_in_any_case_and_across_lines(project: dict[str, str]) -> None:
    project["search/x.py"] = (
        '"""The same."""\n# So\n# many, not so  many or so manyfold, SO many\n"a so many"'
    )
    assert shown(retired_phrases()).splitlines() == [
        'search/x.py:1: """The same', "search/x.py:2: So # many", "search/x.py:3: so many",
        "search/x.py:4: so many",
    ]  # fmt: skip
