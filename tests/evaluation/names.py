"""Measure how well other spellings of a name are recognised, and what each rule contributes.

    uv run python tests/evaluation/names.py [COLLECTIONS] [--without]

Prints three tables. The first (``name_lists.py``) covers the lists ``names-gold`` (press
names), ``names-attested-units`` (Wikidata, spellings counted three times or more) and
``names-google-ar2en`` (titles of Wikipedia): the share of Latin spellings that match their
Arabic name, and the share of pairs of Latin spellings of one Arabic name that match. Two
words match if they have a common key and are at least as similar as ``min_similarity``
requires; the share with a common key is given as well.

The second (``name_vocabulary.py``) says what the Latin spellings of ``names-gold`` match in
the vocabulary of ``scale-ar`` and ``scale-en``: all distinct words of three letters or more
that are not stop words. A match is wrong if it is not the same name, with or without
article, conjunction and preposition; in English, any word but a spelling on the list. The
table also has the number of keys of a word, and times.

The third (``name_gains.py``) says what a search adds, in ``scale-ar`` indexed by ``dalil
index``: the number of spellings that a Latin one gains (words of one stem count once, and
at most ``MAX_SPELLINGS`` are added), how many of them are wrong, and how many of the names whose
Arabic form is in the vocabulary gain it; also with other limits and thresholds.

With ``--without``, a fourth (``name_rules.py``): every rule of the tables that says more
than one letter and its phoneme is left out in turn, and the differences are printed (ten
minutes). There, wrong words are estimated from one word in twenty.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
from index.analysis.names.phonology import phonology
from tests.evaluation.judged_collections import COLLECTIONS, indexed
from tests.evaluation.name_gains import table_of_gains
from tests.evaluation.name_lists import GOLD, read_lists, table_of_lists
from tests.evaluation.name_rules import rows_without
from tests.evaluation.name_vocabulary import read_vocabulary, table_of_vocabularies


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 2 if the lists are missing."""
    parser = argparse.ArgumentParser(description="Measure how well spellings are recognised.")
    parser.add_argument("collections", nargs="?", type=Path, default=COLLECTIONS)
    parser.add_argument("--without", action="store_true", help="leave each rule out in turn")
    options = parser.parse_args(arguments)
    if not (options.collections / GOLD).is_dir():
        print(f"{options.collections} has no {GOLD}", file=sys.stderr)
        return 2
    lists = read_lists(options.collections)
    print(table_of_lists(lists, phonology()))
    words = {n: read_vocabulary(options.collections / n) for n in ("scale-ar", "scale-en")}
    print(table_of_vocabularies(lists[GOLD], words))
    with indexed(options.collections / "scale-ar") as searcher:
        print(table_of_gains(lists[GOLD], words["scale-ar"], searcher))
    if options.without:
        for row in rows_without(lists, words["scale-ar"]):
            print(row, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
