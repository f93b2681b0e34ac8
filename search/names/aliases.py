"""Aliases: the user's own synonyms, in a text file in the folder of the index.

One group a line, ``=`` between its members, any script, phrases allowed; a line that
begins with ``#`` is a comment::

    Tripoli = طرابلس
    GNU = Government of National Unity = حكومة الوحدة الوطنية
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.analysis import Term, analyze
from index.private_file import open_file
from index.store.layout import ALIASES

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
        return parse(data.decode("utf-8-sig").splitlines())
    except FileNotFoundError:
        return NONE
    except (OSError, UnicodeDecodeError) as error:
        return Aliases({}, (f"{ALIASES} is not used: {error}; save it as UTF-8 text",))


def parse(lines: Sequence[str]) -> Aliases:
    """The aliases of lines; those with fewer than two members or too many are noted."""
    groups: dict[Key, dict[str, None]] = {}
    unused: dict[str, list[int]] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        members = {key(_terms(part)): part.strip() for part in line.split("=")}
        members.pop((), None)
        if fault := _fault(len(members)):
            unused.setdefault(fault, []).append(number)
            continue
        for own in members:
            others = (text for one, text in members.items() if one != own)
            groups.setdefault(own, {}).update(dict.fromkeys(others))
    notes = tuple(_note(fault, numbers) for fault, numbers in unused.items())
    return Aliases({own: tuple(others) for own, others in groups.items()}, notes)


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
