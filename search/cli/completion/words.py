"""What can be typed on the command line, as a table: a Tab must not wait for the commands.

A test compares the table with the commands and their options.
"""

from __future__ import annotations

from collections.abc import Mapping

FLAG, TEXT, FILES, DOCUMENTS, WORD = "", "text", "files", "documents", "word"
"""Values of an option: none, any text, a file or folder, a path of the index; or what a query may
have: a field, or a word of the index."""
# All other values are the choices, with bars between them.
_WHEN = "auto|always|never"
_BIDI = "auto|app|terminal|off"
TYPES = "text|markdown|html|jsonl|pdf|docx"
"""Formats of documents."""

Options = Mapping[str, str]
"""Name of an option → its values."""


def _options(names: str, values: str = FLAG) -> Options:
    """Return options by their names, with blanks between them, that have the same values."""
    return dict.fromkeys(names.split(), values)


_HELP = _options("--help -h")
_INDEX = {"--index": FILES, **_HELP}
_QUIET = _options("--quiet -q")
_LOOKS = {"--bidi": _BIDI, "--color": _WHEN}
_QUERY = {
    **_options("--limit -n --after --before --modified-after --modified-before", TEXT),
    "--lang": "ar|en",
    "--path": DOCUMENTS,
    "--type": TYPES,
    "--sort": "score|date|path",
    **_options("--names --no-names --exact --plain --strict --skip-damaged"),
}

SCREEN: Options = {
    "--query": WORD,
    "-q": WORD,
    **_options("--pick --null -0 --version"),
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
        **_options("--rebuild --repair --checksum --dry-run --strict --json"),
        **_options("--max-size --encoding --jobs", TEXT),
        **_QUIET,
        **_INDEX,
    },
    "new": {
        **_options("--limit -n", TEXT),
        **_options("--peek --json --jsonl"),
        "--hyperlink": _WHEN,
        **_LOOKS,
        **_INDEX,
    },
    "search": {
        **_QUERY,
        "--saved": TEXT,
        **_options("--json --jsonl --csv --paths -l --count -c --null -0 --all --force --explain"),
        **_options("--fragments --width", TEXT),
        "--export": FILES,
        "--hyperlink": _WHEN,
        **_LOOKS,
        **_INDEX,
    },
    "show": {
        **_options("--context -C", TEXT),
        **_options("--json --no-pager --skip-damaged"),
        **_LOOKS,
        **_INDEX,
    },
    "status": {**_options("--verify --json"), **_INDEX},
    "tag": {"--remove": FLAG, "--note": TEXT, **_INDEX},
    "trust": _HELP,
    "verify": {"--under": FILES, "--json": FLAG, **_LOOKS, **_INDEX},
    "watch": {"--json": FLAG, **_QUIET, **_INDEX},
}
"""The commands and their options."""

ARGUMENTS: Mapping[str, str] = {
    **dict.fromkeys(("batch", "index", "trust", "verify", "watch"), FILES),
    **dict.fromkeys(("forget", "show", "tag"), DOCUMENTS),
    "completion": "bash|zsh|fish",
    "help": "|".join(("query", *COMMANDS)),
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
    "tag": TEXT,
}
"""Field of the query language → its values."""
