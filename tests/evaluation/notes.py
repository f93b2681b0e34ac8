"""Check that results hold every spelling that their notes count, over lists of names.

    uv run python tests/evaluation/notes.py [COLLECTIONS]

Every name of ``names-gold`` and ``names-attested-units``, and every spelling of it, is a document
of its own, and a query in four forms: plain, in quotes, with signs and in a group. A note must
count as many documents with a spelling as the result holds. For a query of one word the result must
hold all of them, and the four forms must have the same notes.

Prints the number of checks, each of one spelling in one note, and a line for each failure.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
from search.searcher import Searcher
from tests.evaluation.judged_collections import COLLECTIONS, dalil
from tests.evaluation.name_lists import ATTESTED, GOLD, written_lists
from tests.noted_spellings import Check, NoteReader

PLAIN, QUOTED, GROUP = "{}", '"{}"', "+({})"


def main(arguments: Sequence[str] | None = None) -> int:
    """Check and print; 1 if a note is wrong, 2 if the lists are missing."""
    parser = argparse.ArgumentParser(description="Check the notes on other spellings.")
    parser.add_argument("collections", nargs="?", type=Path, default=COLLECTIONS)
    folder = parser.parse_args(arguments).collections
    if not (folder / GOLD).is_dir():
        print(f"{folder} has no {GOLD}", file=sys.stderr)
        return 2
    lists, failures = written_lists(folder), 0
    for name in (GOLD, ATTESTED):
        spellings = list(dict.fromkeys(chain.from_iterable(lists[name])))
        with names_indexed(spellings) as searcher:
            number, failed = checked(NoteReader.of(searcher), spellings)
        print(
            f"{name}: {number:,} checks of {len(spellings):,} spellings, {len(failed):,} failures"
        )
        print("".join(f"  {line}\n" for line in failed), end="", flush=True)
        failures += len(failed)
    return int(failures > 0)


@contextmanager
def names_indexed(spellings: Iterable[str]) -> Iterator[Searcher]:
    """Index each spelling as a document."""
    lines = (json.dumps({"id": str(at), "text": text}) for at, text in enumerate(spellings))
    with tempfile.TemporaryDirectory() as path:
        (Path(path) / "names.jsonl").write_text("\n".join(lines), "utf-8")
        dalil("index", f"{path}/names.jsonl", "--quiet", "--index", f"{path}/index")
        with Searcher.open(f"{path}/index") as searcher:
            yield searcher


def checked(reader: NoteReader, spellings: Iterable[str]) -> tuple[int, list[str]]:
    """Ask for each spelling in every form; the number of checks, and what failed."""
    number, failed = 0, []
    for spelling in spellings:
        by_form = {query: list(reader.checks(query)) for query in forms(spelling)}
        number += sum(map(len, by_form.values()))
        failed += [str(c) for c in chain(*by_form.values()) if not c.is_counted_right]
        if spelling.isalpha():
            failed += incomplete(by_form)
    return number, failed


def forms(spelling: str) -> list[str]:
    """The queries for a name."""
    signed = " ".join(f"+{word}" for word in spelling.split())
    return [*(form.format(spelling) for form in (PLAIN, QUOTED, GROUP)), signed]


def incomplete(by_form: dict[str, list[Check]]) -> Iterator[str]:
    """Yield what is not found in every form of a query of one word."""
    plain, *_ = ({check.noted for check in checks} for checks in by_form.values())
    for query, checks in by_form.items():
        yield from (str(check) for check in checks if check.left_out)
        for typed, other, documents in sorted(plain ^ {check.noted for check in checks}):
            yield f"{query}: unlike {typed} in its note on {other} ({documents})"


if __name__ == "__main__":
    sys.exit(main())
