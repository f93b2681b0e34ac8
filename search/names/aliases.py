"""Aliases: what a user holds to be the same, in a text file beside the index.

One group a line, ``=`` between its members, any script, phrases allowed; a line that
begins with ``#`` says nothing::

    Tripoli = طرابلس
    GNU = Government of National Unity = حكومة الوحدة الوطنية
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.analysis import Term, analyze

FILE = "aliases.txt"
"""In the folder of the index."""
LARGEST = 1 << 20
"""Bytes of the file that are read."""

MOST_MEMBERS = 32
"""Members of a group, each of which is looked for wherever another is asked for."""

Key = tuple[str, ...]
"""A word or a phrase as it is compared: its stems, and stop words as they are spelled."""


@dataclass(frozen=True, slots=True)
class Aliases:
    """Groups of words and phrases that stand for each other."""

    groups: dict[Key, tuple[str, ...]]
    """A member → the others of its groups, as they are written."""
    notes: tuple[str, ...] = ()
    """What of the file could not be used."""

    @property
    def longest(self) -> int:
        """Words of the longest member."""
        return max(map(len, self.groups), default=0)

    def of(self, terms: Iterable[Term]) -> tuple[str, ...]:
        """What stands for these words; mostly nothing."""
        return self.groups.get(key(terms), ()) if self.groups else ()


NONE = Aliases({})


def key(terms: Iterable[Term]) -> Key:
    """How words are compared with those of the file."""
    return tuple(term.stem or term.exact for term in terms)


def load(folder: Path) -> Aliases:
    """The aliases of the index in a folder; a file that cannot be read is noted."""
    try:
        with (folder / FILE).open("rb") as file:
            data = file.read(LARGEST + 1)
        if len(data) > LARGEST:
            return Aliases({}, (f"{FILE} is not used: it has more than {LARGEST:,} bytes",))
        return parse(data.decode("utf-8-sig").splitlines())
    except FileNotFoundError:
        return NONE
    except (OSError, UnicodeDecodeError) as error:
        return Aliases({}, (f"{FILE} is not used: {error}; save it as UTF-8 text",))


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
    """What is wrong with a line of so many different members; mostly nothing."""
    if members < 2:
        return "no = between two different names"
    return f"more than {MOST_MEMBERS} names" if members > MOST_MEMBERS else ""


def _note(fault: str, numbers: Sequence[int]) -> str:
    if len(numbers) == 1:
        return f"line {numbers[0]} of {FILE} is not used: it has {fault}"
    first = f"the first is line {numbers[0]}"
    return f"{len(numbers):,} lines of {FILE} are not used, {first}: they have {fault}"


def _terms(text: str) -> list[Term]:
    return [token.term for token in analyze(text) if not token.alternative]
