"""The documents and the queries of the comparison, made once and given to every engine.

Documents are the passages of two collections, cut into lower-cased words once and for
all: every engine gets the same words with spaces between them. Where more documents are
asked for than there are passages, each further one joins halves of two passages.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TypeVar

COLLECTIONS = ("scale-ar", "scale-en")
WORD = re.compile(r"[^\W_]+")
SEED = 20
PER_KIND = 40
COMMON = 100
"""Words from which queries of common words are drawn."""

WordQueryBuilder = list[str]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked: the kind says how the words belong together."""

    kind: str
    words: WordQueryBuilder


Search = Callable[[Query, int], list[tuple[int, float]]]
"""From a query and a number of hits to documents with their scores, best first."""


def write_corpus(collections: Path, size: int, path: Path) -> None:
    """Write so many documents, one a line."""
    chance = random.Random(SEED)  # noqa: S311 (documents, no secrets)
    passages = [words for name in COLLECTIONS for words in _passages(collections / name)]
    chance.shuffle(passages)
    with path.open("w", encoding="utf-8") as file:
        for number in range(size):
            known = number < len(passages)
            file.write((passages[number] if known else _spliced(passages, chance)) + "\n")


def _passages(folder: Path) -> Iterator[str]:
    for line in lines_of(folder):
        yield " ".join(words_of(json.loads(line)["text"]))


def lines_of(folder: Path) -> Iterator[str]:
    """The documents of a collection, each as JSON."""
    with gzip.open(folder / "docs.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from lines


def texts(collections: Path, size: int) -> list[str]:
    """So many passages as they were written, of each collection in turn."""
    pairs = zip(*(lines_of(collections / name) for name in COLLECTIONS), strict=False)
    lines = islice((line for pair in pairs for line in pair), size)
    return [json.loads(line)["text"] for line in lines]


def words_of(text: str) -> WordQueryBuilder:
    """The lower-cased words of a text."""
    return WORD.findall(text.lower())


def lacking(collections: Path) -> str:
    """Why nothing can be measured, or nothing."""
    if all((collections / name).is_dir() for name in COLLECTIONS):
        return ""
    return f"skipped: {collections} lacks {' or '.join(COLLECTIONS)}"


def _spliced(passages: Sequence[str], chance: random.Random) -> str:
    """The first half of one passage before the second half of another."""
    first, second = chance.choice(passages).split(), chance.choice(passages).split()
    return " ".join(first[: len(first) // 2] + second[len(second) // 2 :])


def documents(path: Path) -> Iterator[str]:
    """The documents of a corpus in order."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield line.rstrip("\n")


def write_queries(corpus: Path, path: Path) -> None:
    """Write :data:`PER_KIND` queries of every kind, drawn from the corpus."""
    data = {kind: [query.words for query in found] for kind, found in _drawn(corpus).items()}
    path.write_text(json.dumps(data, ensure_ascii=False), "utf-8")


def read_queries(path: Path) -> dict[str, list[Query]]:
    """The queries of each kind."""
    data = json.loads(path.read_text("utf-8"))
    return {kind: [Query(kind, words) for words in rows] for kind, rows in data.items()}


def _drawn(corpus: Path) -> dict[str, list[Query]]:
    draw = Draw.of(text.split() for text in documents(corpus))
    return {kind: [Query(kind, words) for words in draw.all(KINDS[kind])] for kind in KINDS}


class Draw:
    """Draws words of a query out of one document each, so that most queries find something."""

    def __init__(
        self, chance: random.Random, counts: Counter[str], sample: Sequence[WordQueryBuilder]
    ) -> None:
        self.chance, self.counts, self.sample = chance, counts, sample
        commonest = sorted(counts, key=lambda word: (-counts[word], word))
        self._common = commonest[:COMMON]

    @classmethod
    def of(cls, texts: Iterable[WordQueryBuilder]) -> Draw:
        """From a sample of these documents, and how many of all have a word."""
        chance = random.Random(SEED)  # noqa: S311
        counts: Counter[str] = Counter()
        sample: list[WordQueryBuilder] = []
        for number, words in enumerate(texts):
            counts.update(set(words))
            if len(sample) < 4096:
                sample.append(words)
            elif (place := chance.randrange(number + 1)) < len(sample):
                sample[place] = words
        return cls(chance, counts, [words for words in sample if len(words) > 20])

    def all(self, drawn: Callable[[Draw], T]) -> list[T]:
        """:data:`PER_KIND` queries of a kind."""
        return [drawn(self) for _ in range(PER_KIND)]

    def common(self, count: int) -> WordQueryBuilder:
        """Some of the commonest words of the corpus."""
        return self.chance.sample(self._common, count)

    def mixed(self, count: int) -> WordQueryBuilder:
        """Different words of a document, each with an even chance one of its rarer half."""
        words = set(self.chance.choice(self.sample))
        # Words of one count in an order of their own, so that every run draws the same.
        distinct = sorted(words, key=lambda word: (self.counts[word], word))
        found: dict[str, None] = {}
        while len(found) < min(count, len(distinct)):
            rare = self.chance.random() < 0.5
            found[self.chance.choice(distinct[: len(distinct) // 2] if rare else distinct)] = None
        return list(found)

    def row(self, count: int) -> WordQueryBuilder:
        """Different words that follow each other in a document."""
        while True:
            words = self.chance.choice(self.sample)
            start = self.chance.randrange(len(words) - count)
            found = words[start : start + count]
            if len(set(found)) == count:
                return found

    def beginning(self) -> WordQueryBuilder:
        """The first three letters of a longer word."""
        while True:
            word = self.chance.choice(self.chance.choice(self.sample))
            if len(word) > 4 and word.isalpha():
                return [word[:3]]


KINDS: dict[str, Callable[[Draw], WordQueryBuilder]] = {
    "1 word": lambda draw: draw.mixed(1),
    "2 words": lambda draw: draw.mixed(2),
    "3 words": lambda draw: draw.mixed(3),
    "5 words": lambda draw: draw.mixed(5),
    "3 common words": lambda draw: draw.common(3),
    "2 words, And": lambda draw: draw.mixed(2),
    "3 common words, And": lambda draw: draw.common(3),
    "Not": lambda draw: draw.mixed(2),
    "phrase of 2": lambda draw: draw.row(2),
    "phrase of 3": lambda draw: draw.row(3),
    "prefix": lambda draw: draw.beginning(),
}
"""Kind of query → how its words are drawn. Which documents match, :func:`shape` says."""


def shape(kind: str) -> str:
    """``any``, ``all``, ``not``, ``phrase`` or ``prefix``: how words of a kind belong together."""
    if kind.endswith("And"):
        return "all"
    first = kind.split(maxsplit=1)[0].lower()
    return first if first in ("not", "phrase", "prefix") else "any"
