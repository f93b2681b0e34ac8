"""The modules that each use imports; and no use opens a network connection."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from commands import PROJECT, environment, indexed, written

pytestmark = pytest.mark.slow

WATCH = """
import json, sys
def refuse(event, arguments):
    if event.startswith("socket."):
        raise AssertionError(event)
sys.addaudithook(refuse)
before = set()
"""
SAY = "\nprint(json.dumps(sorted(set(sys.modules) - before)))\n"


def modules_after(code: str, *arguments: object, say: str = SAY) -> set[str]:
    """Return the modules that a new process has imported after running the code.

    ``say`` prints them, or others that the code has noted.
    """
    words = [sys.executable, "-c", WATCH + code + say, *map(str, arguments)]
    ran = subprocess.run(
        words, check=False, capture_output=True, env=environment(), timeout=60, text=True
    )
    assert ran.returncode == 0, ran.stderr
    return set(json.loads(ran.stdout.splitlines()[-1]))


def loaded(modules: set[str], *names: str) -> set[str]:
    """Return the names that were imported, or of which a submodule was."""
    return {name for name in names if any(m == name or m.startswith(name + ".") for m in modules)}


def test_results_and_queries_need_neither_whoosh_nor_typer() -> None:
    found = modules_after("import search, search.results, search.parsing.ast, search.bidi")
    assert not loaded(
        found, "whoosh", "typer", "rich", "textual", "index.indexing.writer", "index.extract"
    )


def test_the_public_names_are_imported_on_first_use() -> None:
    assert not loaded(modules_after("import index, search"), "whoosh", "index.indexing.writer")
    found = modules_after("from index import IndexWriter; from search import Searcher")
    assert loaded(found, "index.indexing.writer", "search.searcher")
    assert not loaded(found, "whoosh", "typer", "rich")


# In a program that imports Dalil, whoosh.compat imports urllib.request, and thereby http
# and socket: those are loaded, and the hook above shows that nobody opens one.
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
        "index.indexing.writer", "index.extract", "typer", "rich",
    )  # fmt: skip


COMMAND = """
before = set(sys.modules)
from search.__main__ import main
sys.argv = ["dalil", *sys.argv[1:]]
try:
    main()
except SystemExit as ended:
    assert not ended.code, ended.code
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    texts = {"a.txt": "Libya and Russia", "b.txt": "مصر والسودان", "c.txt": "Hamid حميد"}
    return indexed(written(tmp_path_factory.mktemp("imports") / "docs", texts))


@cache
def of_the_command(*arguments: object) -> set[str]:
    """Modules that ``dalil`` with its output in a pipe imports, beyond those of Python itself.

    Two tests ask of the same searches, and one process answers both.
    """
    return modules_after(COMMAND, *arguments)


PLAIN_SEARCHES = (
    ("search", "libya"),
    ("search", "مصر", "-haftar", "--lang", "ar", "-n", "3"),
    ("search", '"libya and russia"', "--modified-after", "2016", "--exact", "--explain"),
    ("search", "libya", "-l"),
    ("search", "russia", "-c", "--path=*.txt"),
)


@pytest.mark.parametrize("words", [*PLAIN_SEARCHES, ("search", "Hamid", "--explain")])
def test_a_search_to_a_pipe_takes_two_libraries_and_no_more(
    words: tuple[str, ...], index: Path
) -> None:
    packages = {name.partition(".")[0] for name in of_the_command(*words, "--index", index)}
    # The compiled stemmer brings a module that is called after the version of its compiler.
    strangers = {name for name in packages - sys.stdlib_module_names if "cython" not in name}
    assert strangers == {"index", "search", "numpy", "Stemmer"}


@pytest.mark.parametrize("words", PLAIN_SEARCHES)
def test_a_search_to_a_pipe_imports_nothing_that_it_does_not_use(
    words: tuple[str, ...], index: Path
) -> None:
    found = of_the_command(*words, "--index", index)
    assert not loaded(
        found, *NEVER, "typer", "pydantic", "click", "rich", "shellingham", "camel_tools",
        "bidi", "arabic_reshaper", "platformdirs", "cached_property",
        "urllib.request", "http", "socket", "ssl", "email", "asyncio",
        "whoosh",
        "index.indexing.writer", "index.indexing.segment_batch", "index.indexing.sync_plan",
        "index.store.commit", "index.extract", "index.analysis.names.compiled",
        "index.analysis.compiled", "index.analysis.letter_tables",
        "search.bidi", "search.render.data", "search.render.terminal", "search.cli.typer_app",
        "search.cli.terminal_page", "search.cli.commands.index", "search.cli.commands.batch",
        "search.cli.commands.show",
    )  # fmt: skip


COMPILED = """
import re
imported, compiler = set(), re._compiler.compile
def noted(*arguments):
    caller = sys._getframe(1)
    while caller.f_globals["__name__"].partition(".")[0] == "re":
        caller = caller.f_back
    if caller.f_code.co_name == "<module>":
        imported.add(caller.f_globals["__name__"])
    return compiler(*arguments)
re._compiler.compile = noted
"""
SAY_COMPILED = "\nprint(json.dumps(sorted(imported)))\n"
SMALL = {"index.schema", "index.store.layout"}
"""Modules below the analysis, with a few short patterns: 1 ms of processor time together."""


@pytest.mark.parametrize("words", PLAIN_SEARCHES)
def test_a_search_compiles_regular_expressions_only_when_it_uses_them(
    words: tuple[str, ...], index: Path
) -> None:
    """Compiling all that the modules name takes as long as importing numpy."""
    found = modules_after(COMPILED + COMMAND, *words, "--index", index, say=SAY_COMPILED)
    ours = {name for name in found if name.partition(".")[0] in ("index", "search")}
    assert ours <= SMALL
    assert found > ours  # of Python itself and numpy: patterns are noticed


def test_the_screen_is_drawn_before_what_searches_is_imported() -> None:
    """The session opens the index in a thread, after the first frame; importing takes as long."""
    found = modules_after("import search.tui.app")
    assert loaded(found, "textual", "search.tui.widgets.panes")
    assert not loaded(
        found, "numpy", "whoosh", "typer", "camel_tools",
        "index.codec.array_file", "index.indexing.writer", "index.extract", "index.store.catalog",
        "search.searcher", "search.engine", "search.execution", "search.planning",
        "search.export", "search.tui.widgets.welcome", "search.tui.widgets.index_list",
        "textual.widgets._progress_bar",
    )  # fmt: skip


def test_typer_parses_arguments_that_are_not_plain(index: Path) -> None:
    found = of_the_command("search", "libya", "-n2", "--index", index)
    assert loaded(found, "typer") == {"typer"}


def test_the_fast_parser_is_needed_while_typer_imports_many_modules_that_a_search_does_not(
    index: Path,
) -> None:
    """If this fails, typer has become lighter: measure it again with ``oneshot.py --typer``.

    If it is as fast as ``search/cli/fast_parse.py``, that parser can be deleted.
    """
    by_typer = of_the_command("search", "libya", "-n2", "--index", index)
    additional = by_typer - of_the_command("search", "libya", "--index", index)
    assert loaded(additional, "typer", "pydantic") == {"typer", "pydantic"}
    assert len(additional) > 100


@pytest.mark.parametrize(
    "words", [("status",), ("show", "a.txt", "libya"), ("batch", "queries.txt"), ("analyze", "x")]
)
def test_other_commands_that_read_need_no_typer_either(
    words: tuple[str, ...], index: Path, tmp_path: Path
) -> None:
    queries = written(tmp_path, {"queries.txt": "libya"}) / "queries.txt"
    document = index.with_name("docs") / "a.txt"
    places = {"queries.txt": queries, "a.txt": document}
    found = of_the_command(*(places.get(word, word) for word in words), "--index", index)
    assert not loaded(
        found, "typer", "pydantic", "rich", "http", "index.indexing.writer", "index.extract"
    )


def test_a_word_of_a_query_that_is_called_like_a_command_imports_none(index: Path) -> None:
    found = of_the_command("search", "index", "show", "libya", "--index", index)
    assert not loaded(
        found,
        "index.indexing.writer",
        "search.cli.commands.index",
        "search.cli.commands.show",
        "http",
    )


def test_only_a_fuzzy_word_of_two_edits_asks_for_whoosh(index: Path) -> None:
    found = of_the_command("search", "libbya~2", "--index", index)
    assert loaded(found, "whoosh.automata", "whoosh.searching") == {"whoosh.automata"}


@pytest.mark.parametrize("package", ["index", "search"])
def test_no_module_names_a_network_library(package: str) -> None:
    names = ("socket", "urllib.request", "http.client", "requests", "urllib3", "ftplib", "smtplib")
    for path in (PROJECT / package).rglob("*.py"):
        lines = [line.strip() for line in path.read_text("utf-8").splitlines()]
        imports = [line for line in lines if line.startswith(("import ", "from "))]
        assert not [line for line in imports for n in names if f" {n}" in line], path
