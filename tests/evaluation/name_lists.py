"""Lists of names with their Latin spellings, and the share of spellings that are recognised."""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from statistics import mean

from index.analysis.names import min_similarity, name_keys, similarity
from index.analysis.names.phonology import Phonology
from index.analysis.normalizer import exact

GOLD, ATTESTED, GOOGLE = "names-gold", "names-attested-units", "names-google-ar2en"
MIN_COUNT = 3
"""The count from which a row of names-attested-units is clean, by its SOURCE.md."""

NamePairs = list[tuple[str, str]]
"""An Arabic name and a Latin spelling of it, both in exact form or both as they are listed."""


def read_lists(folder: Path) -> dict[str, NamePairs]:
    """Read the lists; a name of several words is joined to one, in the form of the index."""
    written = written_lists(folder)
    return {
        name: [(_joined(arabic), _joined(latin)) for arabic, latin in pairs]
        for name, pairs in written.items()
    }


def written_lists(folder: Path) -> dict[str, NamePairs]:
    """Read the lists as they are, with the blanks and hyphens of names of several words."""
    attested = _rows(folder / ATTESTED / "names.tsv.gz")
    rows = {
        GOLD: _rows(folder / GOLD / "names.tsv"),
        ATTESTED: [row for row in attested if int(row[3]) >= MIN_COUNT],
        GOOGLE: _rows(folder / GOOGLE / "names.tsv.gz"),
    }
    return {name: [(row[0], row[1]) for row in rows[name]] for name in rows}


def _rows(path: Path) -> list[list[str]]:
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
    return [line.split("\t") for line in text.splitlines() if line]


def _joined(name: str) -> str:
    return exact(name.replace(" ", "").replace("-", ""))


@dataclass(frozen=True, slots=True)
class Share:
    """The number of pairs, the share with a common key, and the share that match."""

    pairs: int
    key: float
    match: float


def share(pairs: Iterable[tuple[str, str]], rules: Phonology) -> Share:
    """Compare pairs of a query word and an index word.

    Two words match if they have a common key and are at least as similar as
    ``min_similarity`` requires.
    """
    with_key: list[bool] = []
    matching: list[bool] = []
    for query, word in pairs:
        common = not set(name_keys(query, rules)).isdisjoint(name_keys(word, rules))
        with_key.append(common)
        matching.append(common and similarity(query, word, rules) >= min_similarity(query, rules))
    if not with_key:
        return Share(0, 0.0, 0.0)
    return Share(len(with_key), mean(with_key), mean(matching))


def latin_pairs(names: NamePairs) -> Iterator[tuple[str, str]]:
    """Yield every pair of Latin spellings of one Arabic name, once."""
    spellings: defaultdict[str, set[str]] = defaultdict(set)
    for arabic, latin in names:
        spellings[arabic].add(latin)
    for of_one_name in spellings.values():
        yield from combinations(sorted(of_one_name), 2)


def cross_script_pairs(names: NamePairs) -> Iterator[tuple[str, str]]:
    """Yield each Latin spelling, as the query, with its Arabic name, as the index word."""
    return ((latin, arabic) for arabic, latin in names)


def table_of_lists(lists: Mapping[str, NamePairs], rules: Phonology) -> str:
    """Return the first table of ``names.py``: matches across scripts and within Latin."""
    lines = [
        "| list | Latin matches Arabic | by key | of | Latin matches Latin | by key | of |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name, names in lists.items():
        shares = (share(cross_script_pairs(names), rules), share(latin_pairs(names), rules))
        cells = [f"{row.match:.1%} | {row.key:.1%} | {row.pairs:,}" for row in shares]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"
