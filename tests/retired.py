"""Find retired names and phrases: identifiers, module paths and wording that must not come back.

The lists are in ``tests/vocabulary``, one entry a line, ``#`` before a remark. An entry may
begin with a path: ``tests/: name`` counts only in files whose path begins so.

``identifiers.txt``  whole names in Python code, and in backticks of strings, comments and README
``modules.txt``      dotted paths in imports, strings, comments and README, and paths of files
``phrases.txt``      wording anywhere in a file, in any case, also across the end of a line

    uv run python tests/retired.py
"""

from __future__ import annotations

import io
import re
import tokenize
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).parents[1]
LISTS = PROJECT / "tests" / "vocabulary"
UNCHECKED = {LISTS / f"{name}.txt" for name in ("identifiers", "modules", "phrases")} | {
    PROJECT / "tests" / "test_vocabulary.py"
}
TREES = ("index", "search", "tests")
SUFFIXES = {".py", ".md", ".txt", ".java"}
PROSE = (tokenize.STRING, tokenize.COMMENT)
DOTTED = re.compile(r"(?<![\w./])(?:index|search)(?:\.\w+)+")
SLASHED = re.compile(r"(?<![\w.-])(?:index|search)(?:/\w+)+\.py(?!\w)")
CONSTANT = re.compile(r"\b[A-Z]{2,}\b")
"""A name of code, which makes no phrase: ``return NOTHING if``."""
BREAK = r"\s+(?:#\s*)?"
"""Between two words of a phrase: spaces, or the end of a line of text or of a comment."""


@dataclass(frozen=True, order=True)
class Entry:
    """A retired name or phrase, and where it counts."""

    text: str
    prefix: str = ""
    """Beginning of the paths of files in which it counts."""


@dataclass(frozen=True, order=True)
class Violation:
    """A place where a retired name or phrase stands."""

    path: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.text}"

    @property
    def package(self) -> str:
        """The package that the file belongs to, or the folder of tests."""
        parts = self.path.split("/")
        return "/".join(parts[:2] if parts[0] != "tests" and len(parts) > 2 else parts[:1])


def entries(name: str) -> list[Entry]:
    """The entries of a list by its name, such as ``phrases``."""
    lines = (LISTS / f"{name}.txt").read_text("utf-8").splitlines()
    return [_entry(line) for line in lines if line.strip() and not line.startswith("#")]


def _entry(line: str) -> Entry:
    scoped = re.fullmatch(r"((?:index|search|tests|README)[\w/.]*): (.+)", line)
    return Entry(scoped[2], scoped[1]) if scoped else Entry(line)


@cache
def files() -> dict[str, str]:
    """Path → text of every file that is checked."""
    paths = [path for tree in TREES for path in sorted((PROJECT / tree).rglob("*"))]
    found = [path for path in paths if path.suffix in SUFFIXES and path not in UNCHECKED]
    return {
        path.relative_to(PROJECT).as_posix(): path.read_text("utf-8")
        for path in [*found, PROJECT / "README.md"]
    }


def retired_identifiers() -> list[Violation]:
    """Names of Python code, and names in backticks, that are on the list."""
    listed = entries("identifiers")
    found = []
    for path, text in files().items():
        names = {entry.text for entry in listed if path.startswith(entry.prefix)}
        # Most files have none of the names anywhere: those are not read token by token.
        if not names.isdisjoint(re.findall(r"\w+", text)):
            found += [Violation(path, n, name) for n, name in _names(path, text) if name in names]
    return sorted(found)


def _names(path: str, text: str) -> Iterator[tuple[int, str]]:
    """Lines and names: of the code itself, and of what stands in backticks."""
    for token in _tokens(text) if path.endswith(".py") else []:
        if token.type == tokenize.NAME:
            yield token.start[0], token.string
    for line, prose in _prose(path, text):
        for quoted in re.finditer(r"`[^`\n]+`", prose):
            at = line + prose.count("\n", 0, quoted.start())
            yield from ((at, name) for name in re.findall(r"\w+", quoted[0]))


def _prose(path: str, text: str) -> list[tuple[int, str]]:
    """First lines and texts of the strings and comments of code; any other file as a whole."""
    if not path.endswith(".py"):
        return [(1, text)]
    return [(token.start[0], token.string) for token in _tokens(text) if token.type in PROSE]


@cache
def _tokens(text: str) -> list[tokenize.TokenInfo]:
    return list(tokenize.generate_tokens(io.StringIO(text).readline))


def retired_modules() -> list[Violation]:
    """Dotted and slashed paths of modules that are on the list and exist no more."""
    gone = {entry.text for entry in entries("modules") if not exists(entry.text)}
    found = []
    for path, text in files().items():
        found += [Violation(path, at, name) for at, name in _paths(SLASHED, 1, text, gone)]
        if any(_paths(DOTTED, 1, text, gone)):
            imports = re.finditer(r"(?m)^ *(?:from|import) .*", text)
            lines = [(_line(text, match.start()), match[0]) for match in imports]
            for line, prose in [*_prose(path, text), *lines]:
                dotted = _paths(DOTTED, line, prose, gone)
                found += [Violation(path, at, name) for at, name in dotted]
    return sorted(set(found))


def _paths(
    pattern: re.Pattern[str], line: int, text: str, gone: set[str]
) -> Iterator[tuple[int, str]]:
    """Lines and paths, as far as they are on the list: ``a.b`` for ``a.b.C`` too."""
    for match in pattern.finditer(text):
        parts = re.split(r"[./]", match[0].removesuffix(".py"))
        for size in range(2, len(parts) + 1):
            if (name := ".".join(parts[:size])) in gone:
                yield line + text.count("\n", 0, match.start()), name


def exists(module: str) -> bool:
    """Whether a module or package of this dotted name is in the project."""
    path = PROJECT / module.replace(".", "/")
    return path.is_dir() or path.with_suffix(".py").is_file()


def retired_phrases() -> list[Violation]:
    """Wording that is on the list."""
    found = []
    for path, text in files().items():
        phrases = [entry.text for entry in entries("phrases") if path.startswith(entry.prefix)]
        pattern = _any_of(BREAK.join(map(re.escape, phrase.split())) for phrase in phrases)
        for match in pattern.finditer(text):
            if not CONSTANT.search(match[0]):
                phrase = " ".join(match[0].split())
                found.append(Violation(path, _line(text, match.start()), phrase))
    return sorted(found)


def _any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    """Any of the patterns as whole words, in any case."""
    return re.compile(rf"(?i)(?<![\w-])(?:{'|'.join(patterns)})(?!\w)")


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


if __name__ == "__main__":
    for what, violations in [
        ("identifiers", retired_identifiers()),
        ("modules", retired_modules()),
        ("phrases", retired_phrases()),
    ]:
        counts = Counter(violation.package for violation in violations)
        print(f"{what}: {len(violations)}")
        for package, count in sorted(counts.items()):
            print(f"  {package}: {count}")
