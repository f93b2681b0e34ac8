"""Documents and queries of the comparison, made once and given to every engine.

Documents are the passages of two collections, split into lower-cased words beforehand:
every engine gets the same words with spaces between them. If more documents are requested
than there are passages, each further one joins halves of two passages.
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
MOST_COMMON = 100
"""Number of words from which queries of common words are drawn."""
MAX_SAMPLE = 4096
"""Documents from which the words of queries are drawn."""

Words = list[str]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Query:
    """A query: its kind says how the words are combined (:func:`shape`)."""

    kind: str
    words: Words


Search = Callable[[Query, int], list[tuple[int, float]]]
"""A query and a maximum number of hits → document numbers with their scores, best first."""


def write_corpus(collections: Path, size: int, path: Path) -> None:
    """Write ``size`` documents, one per line."""
    rng = random.Random(SEED)
    passages = [words for name in COLLECTIONS for words in _passages(collections / name)]
    rng.shuffle(passages)
    with path.open("w", encoding="utf-8") as file:
        for number in range(size):
            is_passage = number < len(passages)
            file.write((passages[number] if is_passage else _spliced(passages, rng)) + "\n")


def _passages(folder: Path) -> Iterator[str]:
    for line in lines_of(folder):
        yield " ".join(words_of(json.loads(line)["text"]))


def lines_of(folder: Path) -> Iterator[str]:
    """Yield the documents of a collection, each as a line of JSON."""
    with gzip.open(folder / "docs.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from lines


def texts(collections: Path, size: int) -> list[str]:
    """Return ``size`` passages in their original text, from both collections in turn."""
    pairs = zip(*(lines_of(collections / name) for name in COLLECTIONS), strict=False)
    lines = islice((line for pair in pairs for line in pair), size)
    return [json.loads(line)["text"] for line in lines]


def words_of(text: str) -> Words:
    """Return the lower-cased words of a text."""
    return WORD.findall(text.lower())


def missing_collections(collections: Path) -> str:
    """Return the reason why nothing can be measured, or "" if the collections are there."""
    if all((collections / name).is_dir() for name in COLLECTIONS):
        return ""
    return f"skipped: {collections} lacks {' or '.join(COLLECTIONS)}"


def _spliced(passages: Sequence[str], rng: random.Random) -> str:
    """Join the first half of one passage and the second half of another."""
    first, second = rng.choice(passages).split(), rng.choice(passages).split()
    return " ".join(first[: len(first) // 2] + second[len(second) // 2 :])


def documents(path: Path) -> Iterator[str]:
    """Yield the documents of a corpus in order."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield line.rstrip("\n")


def write_queries(corpus: Path, path: Path) -> None:
    """Write :data:`PER_KIND` queries of every kind, drawn from the corpus."""
    draw = Draw.of(text.split() for text in documents(corpus))
    data = {kind: draw.queries(KINDS[kind]) for kind in KINDS}
    path.write_text(json.dumps(data, ensure_ascii=False), "utf-8")


def read_queries(path: Path) -> dict[str, list[Query]]:
    """Read the queries of each kind."""
    data = json.loads(path.read_text("utf-8"))
    return {kind: [Query(kind, words) for words in rows] for kind, rows in data.items()}


class Draw:
    """Draws the words of each query from a single document, so that most queries have hits."""

    def __init__(
        self, rng: random.Random, frequencies: Counter[str], sample: Sequence[Words]
    ) -> None:
        self.rng, self.frequencies, self.sample = rng, frequencies, sample
        by_frequency = sorted(frequencies, key=lambda word: (-frequencies[word], word))
        self._common = by_frequency[:MOST_COMMON]

    @classmethod
    def of(cls, texts: Iterable[Words]) -> Draw:
        """Draw from a random sample of texts; document frequencies are those of all texts."""
        rng = random.Random(SEED)
        frequencies: Counter[str] = Counter()
        sample: list[Words] = []
        for number, words in enumerate(texts):
            frequencies.update(set(words))
            if len(sample) < MAX_SAMPLE:
                sample.append(words)
            elif (replaced := rng.randrange(number + 1)) < len(sample):
                sample[replaced] = words
        return cls(rng, frequencies, [words for words in sample if len(words) > 20])

    def queries(self, draw: Callable[[Draw], T]) -> list[T]:
        """Draw :data:`PER_KIND` queries of a kind."""
        return [draw(self) for _ in range(PER_KIND)]

    def common(self, count: int) -> Words:
        """Draw from the most common words of the corpus."""
        return self.rng.sample(self._common, count)

    def mixed(self, count: int) -> Words:
        """Draw different words of a document, half of them from the rarer half of its words."""
        words = set(self.rng.choice(self.sample))
        # Words of equal frequency are sorted, so that every run draws the same.
        distinct = sorted(words, key=lambda word: (self.frequencies[word], word))
        chosen: dict[str, None] = {}
        while len(chosen) < min(count, len(distinct)):
            rare = self.rng.random() < 0.5
            chosen[self.rng.choice(distinct[: len(distinct) // 2] if rare else distinct)] = None
        return list(chosen)

    def consecutive(self, count: int) -> Words:
        """Draw different words that are adjacent in a document."""
        while True:
            words = self.rng.choice(self.sample)
            start = self.rng.randrange(len(words) - count)
            phrase = words[start : start + count]
            if len(set(phrase)) == count:
                return phrase

    def prefix(self) -> Words:
        """Draw the first three letters of a longer word."""
        while True:
            word = self.rng.choice(self.rng.choice(self.sample))
            if len(word) > 4 and word.isalpha():
                return [word[:3]]


KINDS: dict[str, Callable[[Draw], Words]] = {
    "1 word": lambda draw: draw.mixed(1),
    "2 words": lambda draw: draw.mixed(2),
    "3 words": lambda draw: draw.mixed(3),
    "5 words": lambda draw: draw.mixed(5),
    "3 common words": lambda draw: draw.common(3),
    "2 words, And": lambda draw: draw.mixed(2),
    "3 common words, And": lambda draw: draw.common(3),
    "Not": lambda draw: draw.mixed(2),
    "phrase of 2": lambda draw: draw.consecutive(2),
    "phrase of 3": lambda draw: draw.consecutive(3),
    "prefix": lambda draw: draw.prefix(),
}
"""Kind of query → how its words are drawn; :func:`shape` says which documents match."""


def shape(kind: str) -> str:
    """Return how words of a kind are combined: any, all, not, phrase or prefix."""
    if kind.endswith("And"):
        return "all"
    first = kind.split(maxsplit=1)[0].lower()
    return first if first in ("not", "phrase", "prefix") else "any"
