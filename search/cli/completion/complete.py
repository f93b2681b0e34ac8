"""A command line up to the cursor, as words → what the last word may become."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from search.cli.completion.words import (
    ARGUMENTS,
    COMMANDS,
    DOCUMENTS,
    FIELDS,
    FILES,
    FLAG,
    SCREEN,
    TEXT,
    WITH_QUERY,
    WORD,
    Options,
)

REQUEST = "__complete"
"""The first argument of the program that a shell runs on Tab; the words follow."""
PLAIN, ASK_FILES, PATHS = 0, 3, 4
"""Exit codes: the output has candidates; the shell is to complete files; it has paths, which the
shell has to quote."""
_MIN_LETTERS = 2
"""Letters of a word from which the index completes it, as in the screen."""


def main(words: Sequence[str]) -> int:
    """Print the candidates for the last word, one a line, and return the exit code."""
    values, prefix, word = _expected(words)
    if values == FILES:
        return ASK_FILES
    if values == DOCUMENTS:
        from search.cli.completion.paths import document_paths  # noqa: PLC0415 (opens the index)

        _print(prefix + path for path in document_paths(_index(words), word))
        return PATHS
    if values == WORD:
        fields = [f"{field}:" for field in FIELDS if field.startswith(word)]
        _print(f"{prefix}{choice}" for choice in (*fields, *_index_words(words, word)))
        return PLAIN
    choices = values.split("|") if values else []
    _print(f"{prefix}{choice}" for choice in choices if choice.startswith(word))
    return PLAIN


def _index_words(words: Sequence[str], begun: str) -> list[str]:
    """Return the words of the index that a word of the query may become."""
    if len(begun) < _MIN_LETTERS or not begun.isalpha():
        return []
    from search.cli.completion.index_words import index_words  # noqa: PLC0415 (opens the index)

    return index_words(_index(words), begun)


def _print(candidates: Iterable[str]) -> None:
    for candidate in candidates:
        print(candidate)


def _expected(words: Sequence[str]) -> tuple[str, str, str]:
    """Return the values that are possible, what stands before them, and what was typed of one."""
    *before, word = words or [""]
    command = command_of(before)
    options = COMMANDS.get(command, SCREEN)
    name, equals, value = word.partition("=")
    if equals and options.get(name):
        return options[name].replace(TEXT, ""), f"{name}=", value
    if before and (values := options.get(before[-1], FLAG)) != FLAG:
        return values.replace(TEXT, ""), "", word
    if word.startswith("-") and "--" not in before:
        return "|".join(options), "", word
    if not command:
        return "|".join(COMMANDS), "", word
    arguments = _arguments(before, command, options)
    if command in ARGUMENTS and not (command in WITH_QUERY and arguments):
        return ARGUMENTS[command], "", word
    return _query_values(word) if command in WITH_QUERY else ("", "", word)


def _query_values(word: str) -> tuple[str, str, str]:
    """Return what a word of a query may become: a field or a word, or a value of its field."""
    sign = word[:1] if word[:1] in ("+", "-", "(") else ""
    name, colon, value = word[len(sign) :].partition(":")
    if colon:
        return FIELDS.get(name, "").replace(TEXT, ""), f"{sign}{name}:", value
    return (WORD if name else "", sign, name)


def command_of(words: Sequence[str]) -> str:
    """Return the command in a command line; "" if there is none yet."""
    rest = iter(words)
    for word in rest:
        if word in COMMANDS:
            return word
        if SCREEN.get(word):
            next(rest, None)
    return ""


def _arguments(before: Sequence[str], command: str, options: Options) -> list[str]:
    """Return the arguments of a command before the last word."""
    found: list[str] = []
    rest = iter(before[before.index(command) + 1 :])
    for word in rest:
        if options.get(word):
            next(rest, None)
        elif not word.startswith("-"):
            found.append(word)
    return found


def _index(words: Sequence[str]) -> str:
    """Return the folder of the index that the words name; "" for the default."""
    for word, following in zip(words, [*words[1:], ""], strict=True):
        name, equals, value = word.partition("=")
        if name == "--index":
            return value if equals else following
    return ""
