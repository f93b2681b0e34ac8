"""What can be typed on the command line, as a table: a Tab must not wait for the commands.

A test compares the table with the commands and their options.
"""

from __future__ import annotations

from collections.abc import Mapping

FLAG, TEXT, FILES, DOCUMENTS = "", "text", "files", "documents"
"""Values of an option: none, any text, a file or folder, a path of the index."""
# All other values are the choices, with bars between them.
_WHEN = "auto|always|never"
_BIDI = "auto|app|terminal|off"
TYPES = "text|markdown|html|jsonl|pdf|docx"
"""Formats of documents."""

Options = Mapping[str, str]
"""Name of an option → its values."""

_HELP: Options = {"--help": FLAG, "-h": FLAG}
_INDEX: Options = {"--index": FILES, **_HELP}
_QUIET: Options = {"--quiet": FLAG, "-q": FLAG}
_LOOKS: Options = {"--bidi": _BIDI, "--color": _WHEN}
_QUERY: Options = {
    "--limit": TEXT,
    "-n": TEXT,
    "--lang": "ar|en",
    "--path": DOCUMENTS,
    "--type": TYPES,
    "--after": TEXT,
    "--before": TEXT,
    "--modified-after": TEXT,
    "--modified-before": TEXT,
    "--sort": "score|date|path",
    "--names": FLAG,
    "--no-names": FLAG,
    "--exact": FLAG,
    "--plain": FLAG,
    "--strict": FLAG,
    "--skip-damaged": FLAG,
}

SCREEN: Options = {
    "--query": TEXT,
    "-q": TEXT,
    "--pick": FLAG,
    "--null": FLAG,
    "-0": FLAG,
    "--version": FLAG,
    **_LOOKS,
    **_INDEX,
}
"""Options without a command."""

COMMANDS: Mapping[str, Options] = {
    "analyze": {"--json": FLAG, **_HELP},
    "batch": {**_QUERY, "--format": "trec|jsonl|csv", **_INDEX},
    "completion": _HELP,
    "forget": {**_QUIET, **_INDEX},
    "help": _HELP,
    "index": {
        "--rebuild": FLAG,
        "--repair": FLAG,
        "--checksum": FLAG,
        "--dry-run": FLAG,
        "--max-size": TEXT,
        "--encoding": TEXT,
        "--jobs": TEXT,
        "--strict": FLAG,
        "--json": FLAG,
        **_QUIET,
        **_INDEX,
    },
    "search": {
        **_QUERY,
        "--json": FLAG,
        "--jsonl": FLAG,
        "--csv": FLAG,
        "--paths": FLAG,
        "-l": FLAG,
        "--count": FLAG,
        "-c": FLAG,
        "--null": FLAG,
        "-0": FLAG,
        "--fragments": TEXT,
        "--width": TEXT,
        "--explain": FLAG,
        "--hyperlink": _WHEN,
        **_LOOKS,
        **_INDEX,
    },
    "show": {
        "--json": FLAG,
        "--context": TEXT,
        "-C": TEXT,
        "--no-pager": FLAG,
        "--skip-damaged": FLAG,
        **_LOOKS,
        **_INDEX,
    },
    "status": {"--verify": FLAG, "--json": FLAG, **_INDEX},
    "trust": _HELP,
    "watch": {"--json": FLAG, **_QUIET, **_INDEX},
}
"""The commands and their options."""

ARGUMENTS: Mapping[str, str] = {
    "batch": FILES,
    "completion": "bash|zsh|fish",
    "forget": DOCUMENTS,
    "help": "query|analyze|batch|completion|forget|index|search|show|status|trust|watch",
    "index": FILES,
    "show": DOCUMENTS,
    "trust": FILES,
    "watch": FILES,
}
"""Command → values of its first argument, or of all; those of others are queries."""
WITH_QUERY = ("search", "show")
"""Commands whose arguments, or those behind the first, are a query."""

FIELDS: Mapping[str, str] = {
    "title": TEXT,
    "name": TEXT,
    "path": TEXT,
    "date": "none",
    "modified": TEXT,
    "type": TYPES,
    "lang": "ar|en",
    "sort": "score|date|path",
}
"""Field of the query language → its values."""
