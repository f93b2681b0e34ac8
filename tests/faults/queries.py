"""Random queries: grammar, signs, half characters, a million letters."""

from __future__ import annotations

import random
import resource
import time
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

from index.errors import BadQuery
from search import Searcher
from search.options import Options
from search.parsing.ast import Sort
from tests.faults.shrink import shrunk

WORDS = [
    "libya",
    "russia",
    "oil",
    "minister",
    "ليبيا",
    "روسيا",
    "النفط",
    "وزير",
    "محادثات",
    "committee",
    "Dbeibah",
    "الدبيبة",
    "Lavrov",
    "U.N.",
    "2016",
    "٢٠١٦",
    "a",
    "و",
    "the",
    "في",
    "oil12",
    "a@b.ly",
    "https://x.ly/?a=1",
    "wi-fi",
]
ODD = [
    "\0", "\x1b", "\x9b", "\x7f", "\u202e", "\u2066", "\u200f", "\u200b", "\ufeff", "\ud800",
    "\udfff", "\U0010ffff", "\U000e0041", "\u0301", "ـ", "\u064b" * 50, "ﷺ", "ﻻ", "İ", "ß", "٪",
    "\u2028", "\n", "\t", "漢",
]  # fmt: skip
FIELDS = [
    "title:",
    "body:",
    "lang:",
    "type:",
    "path:",
    "date:",
    "name:",
    "id:",
    "file:",
    "nosuch:",
    "sort:",
    "=",
    "title:title:",
    "date:2016..",
    "date:..2020",
    "date:2016-13",
    "date:9999-99-99..0",
    "date:99999999999",
]
SIGNS = [
    "+",
    "-",
    "(",
    ")",
    '"',
    "((((",
    ")))",
    '""',
    "*",
    "~",
    "~2",
    "^2",
    "\\",
    "«",
    "“",
    "=",
    "..",
]
OPERATORS = ["AND", "OR", "NOT", "AND NOT", "&&", "||", "|", ""]
SORTS: tuple[Sort, ...] = ("score", "date", "path")
MILLION = 1_000_000
SECONDS = 2.0
"""Of a query that is slow, on an index of a few hundred documents."""
MEGABYTES = 1000
MAX_TRIES = 60
SAFE = {"answered", "refused"}


def _word(chance: random.Random) -> str:
    word = chance.choice(WORDS)
    makers: list[Callable[[], str]] = [
        lambda: word,
        lambda: word,
        lambda: word[: chance.randrange(1, 4)] + "*",
        lambda: word + chance.choice(["~", "~1", "~2", "~99999", "~-1", "~~", "**", "?"]),
        lambda: chance.choice(ODD) + word + chance.choice(ODD),
        lambda: "".join(chance.choices(ODD, k=chance.randrange(1, 20))),
        lambda: "".join(chr(chance.randrange(0x110000)) for _ in range(chance.randrange(1, 15))),
        lambda: word * chance.choice([1, 5, 50]),
    ]
    return chance.choice(makers)()


def _expression(chance: random.Random, depth: int = 0) -> str:
    if depth > 5 or chance.random() < 0.4:
        return _word(chance)

    def inner() -> str:
        return _expression(chance, depth + 1)

    makers: list[Callable[[], str]] = [
        lambda: f"({inner()} {chance.choice(OPERATORS)} {inner()})",
        lambda: f'"{inner()} {inner()}"' + chance.choice(["", "~5", "~0", "~99999", "~-1", "*"]),
        lambda: chance.choice(FIELDS) + inner(),
        lambda: chance.choice(SIGNS) + inner(),
        lambda: inner() + chance.choice(SIGNS),
        lambda: " ".join(inner() for _ in range(chance.randrange(2, 6))),
    ]
    return chance.choice(makers)()


def _huge(chance: random.Random) -> str:
    """Return a query of up to a million characters: one expression again and again, or all new."""
    if chance.random() < 0.5:
        unit = _expression(chance, 4) + chance.choice(["", " ", " OR ", " AND "])
        return (unit * (MILLION // max(len(unit), 1) + 1))[:MILLION]
    return " ".join(_expression(chance, 3) for _ in range(3000))[:MILLION]


def query(chance: random.Random) -> str:
    """Return a random query; one in a hundred is huge."""
    if chance.random() < 0.01:
        return _huge(chance)
    letters = list(" ".join(_expression(chance) for _ in range(chance.randrange(1, 4))))
    for _ in range(chance.choice([0, 0, 0, 0, 3])):
        letters[chance.randrange(len(letters))] = chance.choice([*ODD, *'()"~*:+-='])
    return "".join(letters)


def options(chance: random.Random) -> Options:
    """Return random options."""
    return Options(
        limit=chance.choice([0, 1, 10]),
        strict=chance.random() < 0.1,
        plain=chance.random() < 0.05,
        exact=chance.random() < 0.1,
        typing=chance.random() < 0.3,
        names=chance.random() < 0.9,
        sort=chance.choice(SORTS),
    )


def outcome(searcher: Searcher, text: str, asked: Options) -> str:
    """Search, and return whether the query was answered, refused, slow, or raised an error."""
    started = time.process_time()
    try:
        searcher.search(text, options=asked)
        how = "answered"
    except BadQuery:
        how = "refused"
    except Exception as error:
        return type(error).__name__
    return "slow" if time.process_time() - started > SECONDS else how


def _tried(searcher: Searcher, text: str, asked: Options) -> str:
    """Return the outcome of a query; one that is not safe with the shortest query that has it."""
    how = outcome(searcher, text, asked)
    if how in SAFE:
        return how
    short = shrunk(text, lambda shorter: outcome(searcher, shorter, asked) == how, MAX_TRIES)
    return f"{how}: {short[:200]!a} with {asked}"


def _peak() -> int:
    """Return the most memory that the process has had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


@cache
def _searcher(index: Path) -> Searcher:
    return Searcher.open(index)


def queries(index: Path, _: Path, seed: int, count: int) -> Counter[str]:
    """Ask ``count`` random queries; count the outcomes, and whether memory stayed bounded."""
    chance, searcher, before = random.Random(seed), _searcher(index), _peak()
    found = Counter(_tried(searcher, query(chance), options(chance)) for _ in range(count))
    if _peak() > max(MEGABYTES, before):  # the process may have taken more before
        found[f"{_peak()} MB"] += 1
    return found
