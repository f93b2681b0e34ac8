"""How well the spellings of one name meet: the lists of names, and what each rule is worth.

    uv run python tests/evaluation/names.py [COLLECTIONS] [--without]

Prints three tables. The first is of the lists ``names-gold`` (press names),
``names-attested-units`` (Wikidata, spellings counted three times or more) and
``names-google-ar2en`` (titles of Wikipedia): the share of Latin spellings that meet
their Arabic name, and of pairs of Latin spellings of one Arabic name that meet. Words
meet where they share a key and are at least as similar as ``min_similarity`` asks;
the share that has a key in common is beside it.

The second says what the Latin spellings of ``names-gold`` meet in the vocabulary of
``scale-ar`` and ``scale-en``: every distinct word of three letters or more that is no
stop word. Met are all words that share a key and are similar enough, wrong are those of them
that are not the name that was asked for, with or without article, conjunction and preposition; for
English, any other word than a spelling on the list. Beside them stand keys a word, and times.

The third says what a search makes of that, asked of ``scale-ar`` indexed by ``dalil index``: the
spellings that each Latin one gains (words of one stem are one, and at most ``MAX_SPELLINGS`` are
taken), how many of them are wrong, and of those whose Arabic name is in the vocabulary, how many
gain it; so with more and fewer at most, and with other thresholds.

With ``--without``, a fourth: every rule of the tables that says more than one letter
one phoneme is left out in turn, and what is lost and gained is printed (ten minutes). Wrong
words are there estimated from one word in twenty.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from itertools import combinations
from pathlib import Path
from statistics import mean, median
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).parents[2]))
from index.analysis.analyzer import piece_of
from index.analysis.names import min_similarity, name_keys, passing_spellings, similarity
from index.analysis.names.phonology import Phonology, phonology
from index.analysis.names.prefixes import ARABIC
from index.analysis.names.rule_tables import Tables, read_tables
from index.analysis.names.verification import MAX_SPELLINGS, MIN_LENGTH
from index.analysis.normalizer import exact, folded
from index.analysis.tokenizer import pieces
from search.searcher import Searcher
from tests.evaluation.weights import opened

COLLECTIONS = Path(__file__).resolve().parents[3] / "shared" / "collections"
CLEAN = 3
"""Count from which a row of names-attested-units is clean, by its SOURCE.md."""
EVERY = 10**6
"""More spellings than any word has: what is met is counted before it is capped."""

OF_WORDS = 20
"""One word in so many stands for the vocabulary when rules are left out: the work is in them."""

NamePairs = list[tuple[str, str]]
"""Arabic and Latin, in exact form."""
Vocabulary = Mapping[str, list[str]]
"""A key to words."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 2 if there is nothing to measure."""
    parser = argparse.ArgumentParser(description="How well the spellings of one name meet.")
    parser.add_argument("collections", nargs="?", type=Path, default=COLLECTIONS)
    parser.add_argument("--without", action="store_true", help="leave each rule out in turn")
    options = parser.parse_args(arguments)
    if not (options.collections / "names-gold").is_dir():
        print(f"{options.collections} has no names-gold", file=sys.stderr)
        return 2
    lists = read_lists(options.collections)
    print(table_of_lists(lists, phonology()))
    words = {name: vocabulary(options.collections / name) for name in ("scale-ar", "scale-en")}
    print(table_of_vocabularies(lists["names-gold"], words))
    with opened(options.collections / "scale-ar") as searcher:
        print(table_of_gains(lists["names-gold"], words["scale-ar"], searcher))
    if options.without:
        for row in rows_without(lists, words["scale-ar"]):
            print(row, flush=True)
    return 0


def read_lists(folder: Path) -> dict[str, NamePairs]:
    """The lists, words as the index has them; a name of several words is read as one."""
    attested = _rows(folder / "names-attested-units" / "names.tsv.gz")
    rows = {
        "names-gold": _rows(folder / "names-gold" / "names.tsv"),
        "names-attested-units": [row for row in attested if int(row[3]) >= CLEAN],
        "names-google-ar2en": _rows(folder / "names-google-ar2en" / "names.tsv.gz"),
    }
    return {name: [(_joined(row[0]), _joined(row[1])) for row in rows[name]] for name in rows}


def _rows(path: Path) -> list[list[str]]:
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
    return [line.split("\t") for line in text.splitlines() if line]


def _joined(name: str) -> str:
    return exact(name.replace(" ", "").replace("-", ""))


@dataclass(frozen=True, slots=True)
class Share:
    """How many of so many pairs share a key, and how many meet."""

    pairs: int
    key: float
    meet: float


def share(pairs: Iterable[tuple[str, str]], rules: Phonology) -> Share:
    """The share of pairs of a query word and a word of the index that meet."""
    key: list[bool] = []
    met: list[bool] = []
    for asked, held in pairs:
        key.append(not set(name_keys(asked, rules)).isdisjoint(name_keys(held, rules)))
        near = key[-1] and similarity(asked, held, rules) >= min_similarity(asked, rules)
        met.append(near)
    return Share(len(key), mean(key), mean(met)) if key else Share(0, 0.0, 0.0)


def latin_pairs(names: NamePairs) -> Iterator[tuple[str, str]]:
    """Two Latin spellings of one Arabic name, every two of them once."""
    spelled: defaultdict[str, set[str]] = defaultdict(set)
    for arabic, latin in names:
        spelled[arabic].add(latin)
    for some in spelled.values():
        yield from combinations(sorted(some), 2)


def crossing(names: NamePairs) -> Iterator[tuple[str, str]]:
    """A Latin spelling as the query and its Arabic name in the index."""
    return ((latin, arabic) for arabic, latin in names)


def table_of_lists(lists: Mapping[str, NamePairs], rules: Phonology) -> str:
    """The first table."""
    lines = [
        "| list | Latin meets Arabic | by key | of | Latin meets Latin | by key | of |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name, names in lists.items():
        cells = [
            f"{found.meet:.1%} | {found.key:.1%} | {found.pairs:,}"
            for found in (share(crossing(names), rules), share(latin_pairs(names), rules))
        ]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def vocabulary(folder: Path) -> list[str]:
    """The distinct words of a collection that may be names, in exact form."""
    found: Counter[tuple[str, str]] = Counter()
    with gzip.open(folder / "docs.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            found.update((raw, kind) for raw, _, _, kind in pieces(json.loads(line)["text"]))
    wanted = "ar" if folder.name.endswith("ar") else "en"
    terms = (
        t for raw, kind in found if kind in ("arabic", "word") for t in piece_of(raw, kind).words
    )
    return sorted(
        {
            term.exact
            for term in terms
            if term.language == wanted and len(term.exact) >= MIN_LENGTH and term.stem is not None
        }
    )


def by_key(words: Iterable[str], rules: Phonology) -> Vocabulary:
    """The dictionary that an index would hold."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for word in words:
        for key in name_keys(word, rules):
            found[key].append(word)
    return found


@dataclass(frozen=True, slots=True)
class Asked:
    """A Latin spelling of a list, and what its name is."""

    spelling: str
    arabic: frozenset[str]
    """As :func:`bare` has it."""
    stems: frozenset[str]
    """Those under which an index has the Arabic name."""
    latin: frozenset[str]
    """The other spellings on the list."""

    def is_right(self, word: str) -> bool:
        """Whether a word is the name."""
        return word in self.latin or not self.arabic.isdisjoint(bare(word))


def asked(names: NamePairs) -> list[Asked]:
    """Every Latin spelling of a list."""
    latin: defaultdict[str, set[str]] = defaultdict(set)
    for arabic, spelling in names:
        latin[arabic].add(spelling)
    return [
        Asked(spelling, bare(arabic), stems(arabic), frozenset(latin[arabic] - {spelling}))
        for arabic, spelling in names
    ]


def sharing(word: str, held: Vocabulary, rules: Phonology) -> set[str]:
    """The words that share a key with a word."""
    return {other for key in name_keys(word, rules) for other in held.get(key, ())}


@dataclass(frozen=True, slots=True)
class Query:
    """What one spelling met in a vocabulary."""

    candidates: int
    met: int
    wrong: int
    seconds: float


def ask(names: NamePairs, held: Vocabulary, rules: Phonology) -> list[Query]:
    """Every Latin spelling of a list, asked of a vocabulary."""
    found = []
    for one in asked(names):
        candidates = sharing(one.spelling, held, rules)
        started = time.process_time()
        met = passing_spellings(one.spelling, candidates, EVERY, rules)
        seconds = time.process_time() - started
        wrong = sum(not one.is_right(word) for word, _ in met)
        found.append(Query(len(candidates), len(met), wrong, seconds))
    return found


@dataclass(frozen=True, slots=True)
class Gain:
    """What a search gains by one spelling."""

    spellings: int
    wrong: int
    held: bool
    """Whether the Arabic name is in the vocabulary."""
    found: bool
    """Whether it is among the spellings."""


def gains(names: NamePairs, known: Collection[str], searcher: Searcher) -> list[Gain]:
    """Every Latin spelling of a list, asked of an index that knows these words (``bare``)."""
    found = []
    for one in asked(names):
        own = stems(one.spelling)  # its words are found anyway
        gained = [s for s in searcher._names.spellings(one.spelling) if s.stem not in own]
        arabic = [s.stem in one.stems or not one.arabic.isdisjoint(bare(s.written)) for s in gained]
        latin = [s.written.lower() in one.latin for s in gained]
        right = [any(any_of) for any_of in zip(arabic, latin, strict=True)]
        held = any(form in known for form in one.arabic)
        found.append(Gain(len(gained), right.count(False), held, any(arabic)))
    return found


def bare(word: str) -> frozenset[str]:
    """An Arabic word with and without what may stand before it, folded as search folds it."""
    found = {word}
    for prefix in ARABIC[:3]:
        begun = {word: prefix.pattern.match(word) for word in found}
        found |= {word[match.end() :] for word, match in begun.items() if match}
    return frozenset(folded(word) for word in found)


def stems(word: str) -> frozenset[str]:
    """The stem of an exact word, in a set for it may have none."""
    terms = piece_of(word, "word" if word.isascii() else "arabic").words
    return frozenset(term.stem for term in terms if term.stem is not None)


def table_of_vocabularies(names: NamePairs, vocabularies: Mapping[str, list[str]]) -> str:
    """The second table."""
    lines = [
        "| vocabulary | words | keys a word | µs a word | keys | candidates | met a query | wrong "
        "| median | ms a query |",
        f"| --- {'| ---: ' * 9}|",
    ]
    for name, words in vocabularies.items():
        started = time.process_time()
        held = by_key(words, phonology())
        seconds = time.process_time() - started
        cells = (
            *(name, f"{len(words):,}", f"{sum(map(len, held.values())) / len(words):.2f}"),
            *(f"{seconds / len(words) * 1e6:.1f}", f"{len(held):,}"),
            *cells_of_queries(ask(names, held, phonology())),
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def cells_of_queries(queries: Sequence[Query]) -> Iterator[str]:
    """What is met."""
    yield f"{mean(query.candidates for query in queries):.0f}"
    yield f"{mean(query.met for query in queries):.2f}"
    yield f"{mean(query.wrong for query in queries):.2f}"
    yield f"{median(query.wrong for query in queries):g}"
    yield f"{mean(query.seconds for query in queries) * 1000:.2f}"


@contextmanager
def limits(higher: float, most: int) -> Iterator[None]:
    """Thresholds of similarity so much higher, and so many spellings at most, for a while."""
    module = import_module("index.analysis.names.verification")
    with (
        patch.dict(
            module.MIN_SIMILARITY_BY_KEY_LENGTH,
            {size: least + higher for size, least in module.MIN_SIMILARITY_BY_KEY_LENGTH.items()},
        ),
        patch.object(
            module, "MIN_SIMILARITY_OF_LONG_KEYS", module.MIN_SIMILARITY_OF_LONG_KEYS + higher
        ),
        patch.multiple("search.names.spellings", MAX_SPELLINGS=most, _FORMS=8 * most),
    ):
        yield


LIMITS = [(0.0, MAX_SPELLINGS), (0.0, MAX_SPELLINGS // 2), (0.0, MAX_SPELLINGS * 2)]
LIMITS += [(higher, MAX_SPELLINGS) for higher in (-0.04, -0.02, 0.02, 0.04)]
"""What is added to the thresholds, and spellings at most: first as they are."""


def table_of_gains(names: NamePairs, words: Sequence[str], searcher: Searcher) -> str:
    """The third table."""
    lines = [
        "| thresholds | at most | gained a query | wrong | gain their Arabic name | of |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    known = {form for word in words for form in bare(word)}
    for higher, most in LIMITS:
        searcher._names.spellings.cache_clear()
        with limits(higher, most):
            found = gains(names, known, searcher)
        held = [gain.found for gain in found if gain.held]
        cells = (
            *(f"{higher:+.2f}" if higher else "as they are", f"{most}"),
            f"{mean(gain.spellings for gain in found):.2f}",
            f"{mean(gain.wrong for gain in found):.2f}",
            *(f"{mean(held):.1%}" if held else "–", f"{len(held):,}"),
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def variants(full: Tables) -> Iterator[tuple[str, Tables]]:
    """The tables, each time without one rule that says more than a letter and its phoneme."""
    for prefix in full.prefixes:
        kept = tuple(p for p in full.prefixes if p is not prefix)
        yield f"prefix: {prefix.name} ({prefix.script})", full._replace(prefixes=kept)
    for table in ("latin", "arabic"):
        rules = getattr(full, table)
        for rule in rules:
            if len(rule.letters) > 1 or rule.context != "any" or rule.letters in "پچژڤگ":
                kept = tuple(r for r in rules if r is not rule)
                name = f"{rule.letters} {rule.context} {rule.phonemes}"
                yield f"{table}: {name}", full._replace(**{table: kept})
    for name, phoneme in full.phonemes.items():
        for letter in phoneme.keys[1:]:
            less = phoneme._replace(
                keys=tuple(k for k in phoneme.keys if k != letter),
                initial_keys=tuple(k for k in phoneme.initial_keys if k != letter)
                or phoneme.initial_keys,
            )
            yield f"key: {letter} for {name}", full._replace(phonemes={**full.phonemes, name: less})


def rows_without(lists: Mapping[str, NamePairs], words: list[str]) -> Iterator[str]:
    """What is lost and gained by every rule, in points of a hundred and wrong words a query."""
    gold, attested = lists["names-gold"], lists["names-attested-units"]
    pairs = list(latin_pairs(gold))
    sample = words[::OF_WORDS]

    def figures(rules: Phonology) -> tuple[float, ...]:
        wrong = OF_WORDS * mean(q.wrong for q in ask(gold, by_key(sample, rules), rules))
        some = (crossing(gold), pairs, crossing(attested))
        return (*(100 * share(one, rules).meet for one in some), wrong)

    whole = figures(phonology())
    yield "| without | gold | gold pairs | attested | wrong words a query |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    yield f"| nothing | {' | '.join(f'{value:.2f}' for value in whole)} |"
    for name, less in variants(read_tables()):
        found = figures(Phonology.of(less))
        differences = (f"{value - full:+.2f}" for value, full in zip(found, whole, strict=True))
        yield f"| {name} | {' | '.join(differences)} |"


if __name__ == "__main__":
    sys.exit(main())
