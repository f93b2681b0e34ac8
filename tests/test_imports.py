"""What is imported when, and that nothing ever reaches for a network."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from commands import PROJECT, environment, indexed, written

WATCH = """
import json, sys
def refuse(event, arguments):
    if event.startswith("socket."):
        raise AssertionError(event)
sys.addaudithook(refuse)
"""
SAY = "\nprint(json.dumps(sorted(sys.modules)))\n"


def modules_after(code: str, *arguments: object) -> set[str]:
    """The modules that a fresh process has imported when it has run the code."""
    words = [sys.executable, "-c", WATCH + code + SAY, *map(str, arguments)]
    ran = subprocess.run(
        words, check=False, capture_output=True, env=environment(), timeout=60, text=True
    )
    assert ran.returncode == 0, ran.stderr
    return set(json.loads(ran.stdout.splitlines()[-1]))


def loaded(modules: set[str], *names: str) -> set[str]:
    """Those of the names that were imported, or something below them."""
    return {name for name in names if any(m == name or m.startswith(name + ".") for m in modules)}


def test_results_and_queries_need_neither_whoosh_nor_typer() -> None:
    found = modules_after("import search, search.results, search.query, search.bidi")
    assert not loaded(found, "whoosh", "typer", "rich", "textual", "index.writer", "index.extract")


def test_the_public_names_are_imported_when_they_are_asked_for() -> None:
    assert not loaded(modules_after("import index, search"), "whoosh", "index.writer")
    found = modules_after("from index import IndexWriter; from search import Searcher")
    assert loaded(found, "whoosh", "index.writer") == {"whoosh", "index.writer"}
    assert not loaded(found, "typer", "rich")


# whoosh.compat imports urllib.request, and thereby http and socket: those are loaded, and
# the hook above shows that nobody opens one.
NEVER = (
    "camel_tools.data", "camel_tools.utils.dediac", "camel_tools.morphology",
    "camel_tools.disambig", "camel_tools.cli", "requests", "urllib3", "aiohttp", "httpx",
    "torch", "transformers", "pandas", "scipy", "sklearn", "fastwarc", "textual",
)  # fmt: skip

INDEX_AND_SEARCH = """
from pathlib import Path
from index import IndexWriter
from search import Searcher
folder, store = map(Path, sys.argv[1:])
with IndexWriter.open(store) as writer:
    report = writer.add_path(folder)
assert report.added and not any(skipped.problem for skipped in report.skipped), report
with Searcher.open(store) as searcher:
    assert searcher.search("الدبيبة Libya haft* russya~").total
"""


def test_indexing_and_searching_every_format_opens_no_socket(tmp_path: Path) -> None:
    found = modules_after(INDEX_AND_SEARCH, PROJECT / "seeds", tmp_path / "index")
    assert not loaded(found, *NEVER)


def test_a_socket_would_be_noticed() -> None:
    with pytest.raises(AssertionError, match=r"socket\.__new__"):
        modules_after("import socket; socket.socket()")


def test_a_search_imports_no_reader_of_formats(tmp_path: Path) -> None:
    docs = written(tmp_path / "docs", {"a.txt": "Libya"})
    code = (
        "from search import Searcher\nassert Searcher.open(sys.argv[1]).search('libya').total == 1"
    )
    found = modules_after(code, indexed(docs))
    assert not loaded(
        found, *NEVER, "resiliparse", "pypdfium2", "docx", "pathspec", "charset_normalizer",
        "index.writer", "index.extract", "typer", "rich",
    )  # fmt: skip


@pytest.mark.parametrize("package", ["index", "search"])
def test_no_module_names_a_network_library(package: str) -> None:
    names = ("socket", "urllib.request", "http.client", "requests", "urllib3", "ftplib", "smtplib")
    for path in (PROJECT / package).rglob("*.py"):
        lines = [line.strip() for line in path.read_text("utf-8").splitlines()]
        imports = [line for line in lines if line.startswith(("import ", "from "))]
        assert not [line for line in imports for n in names if f" {n}" in line], path
