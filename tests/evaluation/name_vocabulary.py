"""What Latin spellings of names match in the vocabulary of a collection, and what is wrong."""

from __future__ import annotations

import gzip
import json
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median

from index.analysis.chains import cached_piece
from index.analysis.names import name_keys, passing_spellings
from index.analysis.names.phonology import Phonology, phonology
from index.analysis.names.prefixes import ARABIC
from index.analysis.names.verification import MIN_LENGTH
from index.analysis.normalizer import folded
from index.analysis.tokenizer import pieces
from tests.evaluation.name_lists import NamePairs

UNLIMITED = 10**6
"""More spellings than any word has: matches are counted before they are limited."""

KeyIndex = Mapping[str, list[str]]
"""Key → words."""


def read_vocabulary(folder: Path) -> list[str]:
    """Return the distinct words of a collection that may be names, in exact form."""
    counts: Counter[tuple[str, str]] = Counter()
    with gzip.open(folder / "docs.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            counts.update((raw, kind) for raw, _, _, kind in pieces(json.loads(line)["text"]))
    language = "ar" if folder.name.endswith("ar") else "en"
    terms = (
        t
        for raw, kind in counts
        if kind in ("arabic", "word")
        for t in cached_piece(raw, kind).words
    )
    return sorted(
        {
            term.exact
            for term in terms
            if term.language == language and len(term.exact) >= MIN_LENGTH and term.stem is not None
        }
    )


def by_key(words: Iterable[str], rules: Phonology) -> KeyIndex:
    """Build the dictionary from keys to words that an index would have."""
    index: defaultdict[str, list[str]] = defaultdict(list)
    for word in words:
        for key in name_keys(word, rules):
            index[key].append(word)
    return index


@dataclass(frozen=True, slots=True)
class ListedSpelling:
    """A Latin spelling of a list, with all other forms of its name."""

    spelling: str
    arabic: frozenset[str]
    """As :func:`without_prefixes` returns it."""
    stems: frozenset[str]
    """Stems of the Arabic name in an index."""
    latin: frozenset[str]
    """The other spellings on the list."""

    def is_right(self, word: str) -> bool:
        """Whether a word is the same name."""
        return word in self.latin or not self.arabic.isdisjoint(without_prefixes(word))


def listed_spellings(names: NamePairs) -> list[ListedSpelling]:
    """Return every Latin spelling of a list."""
    latin: defaultdict[str, set[str]] = defaultdict(set)
    for arabic, spelling in names:
        latin[arabic].add(spelling)
    return [
        ListedSpelling(
            spelling,
            without_prefixes(arabic),
            stems(arabic),
            frozenset(latin[arabic] - {spelling}),
        )
        for arabic, spelling in names
    ]


def without_prefixes(word: str) -> frozenset[str]:
    """Return an Arabic word with and without article, conjunction and preposition, folded."""
    forms = {word}
    for prefix in ARABIC[:3]:
        matches = {form: prefix.pattern.match(form) for form in forms}
        forms |= {form[match.end() :] for form, match in matches.items() if match}
    return frozenset(folded(form) for form in forms)


def stems(word: str) -> frozenset[str]:
    """Return the stems of an exact word; a stop word has none."""
    terms = cached_piece(word, "word" if word.isascii() else "arabic").words
    return frozenset(term.stem for term in terms if term.stem is not None)


@dataclass(frozen=True, slots=True)
class Result:
    """The matches of one spelling in a vocabulary."""

    candidates: int
    """Number of words with a common key."""
    matches: int
    wrong: int
    seconds: float


def look_up(names: NamePairs, index: KeyIndex, rules: Phonology) -> list[Result]:
    """Look up every Latin spelling of a list in a vocabulary."""
    results = []
    for listed in listed_spellings(names):
        spelling = listed.spelling
        candidates = {word for key in name_keys(spelling, rules) for word in index.get(key, ())}
        started = time.process_time()
        matches = passing_spellings(spelling, candidates, UNLIMITED, rules)
        seconds = time.process_time() - started
        wrong = sum(not listed.is_right(word) for word, _ in matches)
        results.append(Result(len(candidates), len(matches), wrong, seconds))
    return results


def table_of_vocabularies(names: NamePairs, vocabularies: Mapping[str, Sequence[str]]) -> str:
    """Return the second table of ``names.py``: keys, matches and times by vocabulary."""
    lines = [
        "| vocabulary | words | keys a word | µs a word | keys | candidates | matches a query "
        "| wrong | median | ms a query |",
        f"| --- {'| ---: ' * 9}|",
    ]
    for name, words in vocabularies.items():
        started = time.process_time()
        index = by_key(words, phonology())
        seconds = time.process_time() - started
        cells = (
            *(name, f"{len(words):,}", f"{sum(map(len, index.values())) / len(words):.2f}"),
            *(f"{seconds / len(words) * 1e6:.1f}", f"{len(index):,}"),
            *_cells(look_up(names, index, phonology())),
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _cells(results: Sequence[Result]) -> Iterator[str]:
    yield f"{mean(result.candidates for result in results):.0f}"
    yield f"{mean(result.matches for result in results):.2f}"
    yield f"{mean(result.wrong for result in results):.2f}"
    yield f"{median(result.wrong for result in results):g}"
    yield f"{mean(result.seconds for result in results) * 1000:.2f}"
