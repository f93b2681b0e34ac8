"""Count the wrong words that a search in a small folder adds, and the typing errors it finds.

    uv run python tests/evaluation/strangers.py [COLLECTIONS] [--collection NAME ...]

In a small folder nearly every word of a question is rare, and a rare word is also searched by
the terms near it (``search/planning/term_variants.py``). Of every collection, four samples of 50
relevant documents are indexed, and the words of up to 60 of their questions are looked up. A
near term is a relative if it begins like the word (``ngram_similarity.begin_alike``), and a
stranger otherwise. For the typing errors, one letter of a word is left out, doubled or
exchanged with the next; the word is found if a near term has its stem.

Result, a thousand words of the questions: 8 strangers, 44 relatives, and 1,093 of 1,243 typing
errors. If every word in at most two documents were also searched by the terms one edit away, and
by those that share n-grams without beginning alike, it would be 123 strangers, 56 relatives and
1,105 of 1,227 typing errors (of slightly different samples). nDCG@10 is .802 with either.
"""

from __future__ import annotations

import gzip
import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
from index.analysis import Term, analyze
from search.dictionary.folding import fold
from search.dictionary.ngram_similarity import begin_alike
from search.planning.word_queries import MAX_RARE
from search.searcher import Searcher
from tests.evaluation.judged_collections import (
    ARABIC,
    collection_folders,
    dalil,
    read_grades,
    read_queries,
)

NAMES = (*ARABIC, "xquad-en", "scifact", "cranfield", "cacm")
SAMPLES = 4
DOCUMENTS = 50
QUERIES = 60
MISSPELLED = 60
"""Words of a sample that are misspelled."""
MIN_MISSPELLED = 6
"""Letters of a word that is misspelled."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Count and print; 2 if there is no collection."""
    folders = collection_folders("Count wrong near terms in small folders.", arguments, NAMES)
    print(
        "| collection | words | strangers a 1,000 | relatives a 1,000 | typing errors found | of |"
    )
    print(f"| --- {'| ---: ' * 5}|")
    whole: Counter[str] = Counter()
    for folder in folders:
        counts: Counter[str] = Counter()
        for number in range(SAMPLES):
            with sample(folder, number) as (searcher, texts):
                counts += near_terms(searcher, texts) + typing_errors(searcher, texts, number)
        print(row(folder.name, counts), flush=True)
        whole += counts
    if folders:
        print(row("all", whole))
    return 0 if folders else 2


@contextmanager
def sample(folder: Path, number: int) -> Iterator[tuple[Searcher, list[str]]]:
    """Index a sample of relevant documents; the searcher, and questions that they answer."""
    grades = read_grades(folder)
    relevant = set(chain.from_iterable(grades.values()))
    with gzip.open(folder / "docs.jsonl.gz", "rt", encoding="utf-8") as lines:
        held = {json.loads(line)["id"]: line for line in lines}
    wanted = [name for name in held if name in relevant]
    chosen = random.Random(number).sample(wanted, min(len(wanted), DOCUMENTS))
    texts = [
        q.text for q in read_queries(folder) if not grades.get(q.id, {}).keys().isdisjoint(chosen)
    ]
    with tempfile.TemporaryDirectory() as path:
        (Path(path) / "docs.jsonl").write_text("".join(map(held.__getitem__, chosen)), "utf-8")
        dalil("index", f"{path}/docs.jsonl", "--quiet", "--index", f"{path}/index")
        with Searcher.open(f"{path}/index") as searcher:
            yield searcher, random.Random(number).sample(texts, min(len(texts), QUERIES))


def near_terms(searcher: Searcher, texts: Iterable[str]) -> Counter[str]:
    """Count the words of questions, and the strangers and relatives of the rare ones."""
    counts: Counter[str] = Counter()
    for term in chain.from_iterable(map(terms, texts)):
        if term.stem is None:
            continue
        counts["words"] += 1
        for near in near_of(searcher, term) if frequency(searcher, term) <= MAX_RARE else ():
            counts["relatives" if begin_alike(term.folded, fold(near)) else "strangers"] += 1
    return counts


def typing_errors(searcher: Searcher, texts: Iterable[str], seed: int) -> Counter[str]:
    """Misspell words that the sample holds; count them, and those that are found."""
    generator = random.Random(99 + seed)
    words = [w for text in texts for w in text.split() if w.isalpha() and len(w) >= MIN_MISSPELLED]
    counts: Counter[str] = Counter()
    for word in words[:MISSPELLED]:
        (right, *_), (wrong, *_) = terms(word), terms(misspelled(word.lower(), generator))
        if not frequency(searcher, right) or not wrong.stem or frequency(searcher, wrong):
            continue
        counts["errors"] += 1
        counts["found"] += any(
            terms(near)[0].stem == right.stem for near in near_of(searcher, wrong)
        )
    return counts


def misspelled(word: str, generator: random.Random) -> str:
    """Return the word with a letter behind the first exchanged, left out or doubled."""
    at, kind = generator.randrange(1, len(word)), generator.randrange(3)
    if kind == 0 and at < len(word) - 1:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + word[at + 1 :] if kind == 1 else word[:at] + word[at] + word[at:]


def terms(text: str) -> list[Term]:
    """Return the terms of a text."""
    return [token.term for token in analyze(text) if not token.alternative]


def frequency(searcher: Searcher, term: Term) -> int:
    """Return how many documents have a word."""
    return searcher._expander.frequency(searcher._expander.variants(term))


def near_of(searcher: Searcher, term: Term) -> list[str]:
    """Return the terms by which a rare word is also searched."""
    expander = searcher._expander
    return [*chain.from_iterable(expander.approximate(expander.variants(term)).values())]


def row(name: str, counts: Counter[str]) -> str:
    """Return a row of the table."""
    a_thousand = (
        f"{1000 * counts[kind] / counts['words']:.0f}" for kind in ("strangers", "relatives")
    )
    cells = (f"{counts['words']:,}", *a_thousand, f"{counts['found']:,}", f"{counts['errors']:,}")
    return f"| {' | '.join((name, *cells))} |"


if __name__ == "__main__":
    sys.exit(main())
