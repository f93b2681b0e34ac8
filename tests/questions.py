"""Draw random queries of every kind from texts: the same seed gives the same queries."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from index.analysis import analyze

_SIGNS = frozenset("\"'«»“”()*~:=+-<>")
"""Characters with a meaning in a query; words with one of them are not drawn."""
_COMMON = 20
"""Number of words, by frequency, that count as common."""


class Draw:
    """A source of random words and clauses: words of texts, as often as they occur there."""

    def __init__(
        self, texts: Sequence[str], titles: Sequence[str], seed: int, paths: Sequence[str] = ()
    ) -> None:
        self.chance = random.Random(seed)
        self._texts = [words for text in texts if (words := _words(text))]
        self._titles = [words for title in titles if (words := _words(title))] or self._texts
        self._paths = list(paths) or ["*"]
        counts = Counter(word for words in self._texts for word in words)
        self._common = [word for word, _ in counts.most_common(_COMMON)]
        self._every = sorted(counts)

    def word(self) -> str:
        """Return a word of a text, or in 3 of 10 cases any word, which is often a rare one."""
        if self.chance.random() < 0.3:
            return self.chance.choice(self._every)
        return self.chance.choice(self.chance.choice(self._texts))

    def words(self, least: int, most: int) -> list[str]:
        """Return between ``least`` and ``most`` words."""
        return [self.word() for _ in range(self.chance.randint(least, most))]

    def common(self) -> str:
        """Return a common word."""
        return self.chance.choice(self._common)

    def title(self) -> str:
        """Return a word of a title."""
        return self.chance.choice(self.chance.choice(self._titles))

    def row(self, length: int, apart: int = 1) -> str:
        """Return ``length`` words of a text, each ``apart`` words after the one before."""
        words = self.chance.choice(self._texts)
        start = self.chance.randrange(max(1, len(words) - (length - 1) * apart))
        return " ".join(words[start : start + length * apart : apart])

    def beginning(self) -> str:
        """Return a prefix of a word."""
        word = self.word()
        return word[: self.chance.randint(min(2, len(word)), len(word))]

    def misspelled(self) -> str:
        """Return a word without one of its letters, or with two letters exchanged."""
        word = self.word()
        if len(word) < 4:
            return word
        at = self.chance.randrange(1, len(word) - 1)
        if self.chance.random() < 0.5:
            return word[:at] + word[at + 1 :]
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]

    def filter(self) -> str:
        """Return a filter."""
        year = self.chance.randint(2010, 2022)
        today = date.today().year  # of texts that state no date
        return self.chance.choice([
            "lang:ar", "lang:en", "-lang:ar", "type:jsonl", "type:pdf", "type:jsonl,pdf",
            f"date:{year}..", f"date:{year}..{year + 3}", f"-date:{year}..{year + 1}",
            f"date:..{today}", f"path:{self.chance.choice(self._paths)}",
            f"-path:{self.chance.choice(self._paths)}",
        ])  # fmt: skip

    def leaf(self) -> str:
        """Return a clause without brackets."""
        return KINDS[self.chance.choice(_LEAVES)](self)

    def nested(self, depth: int = 2) -> str:
        """Return brackets nested ``depth`` deep, some with a filter in them."""
        if not depth:
            return self.filter() if self.chance.random() < 0.15 else self.leaf()
        parts = [self.nested(depth - 1) for _ in range(self.chance.randint(2, 3))]
        form = self.chance.choice(["({})", "+({})", "-({})", "({})"])
        joint = self.chance.choice([" ", " ", " OR ", " AND ", " AND NOT "])
        return f"{self.leaf()} {form.format(joint.join(parts))}"


def _words(text: str) -> list[str]:
    words = [text[token.start : token.end] for token in analyze(text) if not token.alternative]
    return [word for word in words if not _SIGNS & set(word) and word.isprintable()]


_LEAVES = (
    "a word", "several words", "phrase", "near each other", "beginning", "misspelled",
    "as spelled", "as spelled in a row", "title",
)  # fmt: skip

KINDS: Mapping[str, Callable[[Draw], str]] = {
    "a word": lambda d: d.word(),
    "several words": lambda d: " ".join(d.words(2, 6)),
    "common words": lambda d: f"{d.common()} {d.common()} {d.common()}",
    "rare and common": lambda d: f"{d.word()} {d.common()} {d.word()} {d.common()}",
    "a word twice": lambda d: f"{(w := d.word())} {d.word()} {w}",
    "AND": lambda d: " AND ".join(d.words(2, 3)),
    "OR": lambda d: f"{' OR '.join(d.words(2, 3))} {d.word()}",
    "+": lambda d: f"+{d.word()} {d.word()} {d.common()}",
    "-": lambda d: f"{d.word()} {d.common()} -{d.word()}",
    "- alone": lambda d: f"-{d.common()} -{d.word()}",
    "phrase": lambda d: f'"{d.row(d.chance.randint(2, 4))}"',
    "phrase and words": lambda d: f'"{d.row(2)}" {d.word()} -"{d.row(2)}"',
    "near each other": lambda d: f'"{d.row(2, d.chance.randint(1, 3))}"~{d.chance.randint(1, 6)}',
    "three near": lambda d: f'"{d.row(3, 2)}"~{d.chance.randint(2, 8)}',
    "beginning": lambda d: f"{d.beginning()}*",
    "beginning and words": lambda d: f"+{d.beginning()}* {d.word()} {d.beginning()}*",
    "misspelled": lambda d: f"{d.misspelled()}~{d.chance.randint(1, 2)}",
    "as spelled": lambda d: f'="{d.word()}"',
    "as spelled in a row": lambda d: f'="{d.row(2)}"',
    "title": lambda d: f"title:{d.title()} {d.word()}",
    "name": lambda d: f"name:{d.word()} {d.word()}",
    "names in a row": lambda d: f"name:({d.row(3)}) {d.row(2)}",
    "phrase in a title": lambda d: (
        f'title:"{d.title()} {d.title()}" title:({d.title()} {d.word()})'
    ),
    "filter": lambda d: d.filter(),
    "words and a filter": lambda d: f"{d.word()} {d.common()} {d.filter()}",
    "words and filters": lambda d: f"{d.word()} {d.filter()} {d.word()} {d.filter()}",
    "brackets": lambda d: d.nested(1),
    "brackets in brackets": lambda d: d.nested(2),
}
"""Kind of query → function that draws one."""


def questions(draw: Draw, each: int) -> Iterator[tuple[str, str]]:
    """Yield ``each`` queries of each kind: pairs of the kind and the query text."""
    for kind, write in KINDS.items():
        for _ in range(each):
            yield kind, write(draw)
