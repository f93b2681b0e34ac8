"""Aliases: the user's own synonyms, in a text file in the folder of the index.

One group a line, ``=`` between its members, any script, phrases allowed; a line that
begins with ``#`` is a comment::

    Tripoli = طرابلس
    GNU = Government of National Unity = حكومة الوحدة الوطنية

A file without any ``=`` is a table as a spreadsheet writes it: a group a row, a member a cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.analysis import Term, analyze
from index.errors import Unreadable
from index.private_file import open_file
from index.store.layout import ALIASES
from search.parsing.list_text import text_of

MAX_BYTES = 1 << 20
"""Bytes of the file; a larger one is not used."""

MAX_MEMBERS = 32
"""Members of a group; a query for one also searches all others."""

Key = tuple[str, ...]
"""A word or phrase for comparison: its stems, and stop words as spelled."""


@dataclass(frozen=True, slots=True)
class Aliases:
    """Groups of words and phrases, each a synonym of the others."""

    groups: dict[Key, tuple[str, ...]]
    """A member → the other members of its groups, as written."""
    notes: tuple[str, ...] = ()
    """Messages about lines that could not be used."""

    @property
    def longest(self) -> int:
        """Words of the longest member."""
        return max(map(len, self.groups), default=0)

    def of(self, terms: Iterable[Term]) -> tuple[str, ...]:
        """The aliases of words in a row, as written; mostly none."""
        return self.groups.get(key(terms), ()) if self.groups else ()


NONE = Aliases({})


def key(terms: Iterable[Term]) -> Key:
    """The words as compared with those of the file."""
    return tuple(term.stem or term.exact for term in terms)


def load(folder: Path) -> Aliases:
    """The aliases of the index in a folder; a file that cannot be read is noted."""
    try:
        with open_file(folder / ALIASES) as file:
            data = file.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            return Aliases({}, (f"{ALIASES} is not used: it has more than {MAX_BYTES:,} bytes",))
        return parse(text_of(data, ALIASES).splitlines())
    except FileNotFoundError:
        return NONE
    except OSError as error:
        return Aliases({}, (f"{ALIASES} is not used: {error}",))
    except Unreadable as error:
        return Aliases({}, (f"{ALIASES} is not used: {error.message}; {error.hint}",))


def parse(lines: Sequence[str]) -> Aliases:
    """The aliases of lines; those with fewer than two members or too many are noted."""
    groups: dict[Key, dict[str, None]] = {}
    unused: dict[str, list[int]] = {}
    for number, parts in _written_groups(lines):
        members = {key(_terms(part)): part.strip() for part in parts}
        members.pop((), None)
        if fault := _fault(len(members)):
            unused.setdefault(fault, []).append(number)
            continue
        for own in members:
            others = (text for one, text in members.items() if one != own)
            groups.setdefault(own, {}).update(dict.fromkeys(others))
    notes = tuple(_note(fault, numbers) for fault, numbers in unused.items())
    return Aliases({own: tuple(others) for own, others in groups.items()}, notes)


def _written_groups(lines: Sequence[str]) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield the number of each line with a group, and its members as written."""
    used = [
        (number, line)
        for number, line in enumerate(lines, 1)
        if line.strip() and not line.lstrip().startswith("#")
    ]
    if any("=" in line for _, line in used):
        yield from ((number, line.split("=")) for number, line in used)
        return
    yield from _rows_of_table(used)


def _rows_of_table(lines: Sequence[tuple[int, str]]) -> Iterator[tuple[int, Sequence[str]]]:
    from search.parsing.headings import Role, role_of  # noqa: PLC0415 (few files are tables)
    from search.parsing.rows import rows_of  # noqa: PLC0415

    table = rows_of("\n".join(line for _, line in lines), is_table=True)
    roles = [role_of(cell) for cell in table.heading]
    others = {at for at, role in enumerate(roles) if role in (Role.ID, Role.LANGUAGE)}
    for row in table.rows:
        number, _ = lines[min(row.number, len(lines)) - 1]
        yield number, [cell for at, cell in enumerate(row.cells) if at not in others]


def _fault(members: int) -> str:
    """Error message for a line with ``members`` different names, or "" if it is valid."""
    if members < 2:
        return "no = between two different names"
    return f"more than {MAX_MEMBERS} names" if members > MAX_MEMBERS else ""


def _note(fault: str, numbers: Sequence[int]) -> str:
    if len(numbers) == 1:
        return f"line {numbers[0]} of {ALIASES} is not used: it has {fault}"
    first = f"the first is line {numbers[0]}"
    return f"{len(numbers):,} lines of {ALIASES} are not used, {first}: they have {fault}"


def _terms(text: str) -> list[Term]:
    return [token.term for token in analyze(text) if not token.alternative]
