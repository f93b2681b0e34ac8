"""The effect of every rule of the pronunciation tables: each is left out in turn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from statistics import mean

from index.analysis.names.phonology import Phonology, phonology
from index.analysis.names.rule_tables import Tables, read_tables
from tests.evaluation.name_lists import (
    ATTESTED,
    GOLD,
    NamePairs,
    cross_script_pairs,
    latin_pairs,
    share,
)
from tests.evaluation.name_vocabulary import by_key, look_up

SAMPLE_STEP = 20
"""One word in 20 stands for the vocabulary, because looking words up takes most of the time."""


def variants(full: Tables) -> Iterator[tuple[str, Tables]]:
    """Yield the tables without one rule each, but keep rules of one letter with one phoneme."""
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
            initial = tuple(k for k in phoneme.initial_keys if k != letter)
            less = phoneme._replace(
                keys=tuple(k for k in phoneme.keys if k != letter),
                initial_keys=initial or phoneme.initial_keys,
            )
            yield f"key: {letter} for {name}", full._replace(phonemes={**full.phonemes, name: less})


def rows_without(lists: Mapping[str, NamePairs], words: Sequence[str]) -> Iterator[str]:
    """Yield the fourth table of ``names.py``: differences in percentage points and wrong words."""
    gold, attested = lists[GOLD], lists[ATTESTED]
    pairs = list(latin_pairs(gold))
    sample = words[::SAMPLE_STEP]

    def figures(rules: Phonology) -> tuple[float, ...]:
        results = look_up(gold, by_key(sample, rules), rules)
        wrong = SAMPLE_STEP * mean(result.wrong for result in results)
        compared = (cross_script_pairs(gold), pairs, cross_script_pairs(attested))
        return (*(100 * share(some, rules).match for some in compared), wrong)

    full = figures(phonology())
    yield "| without | gold | gold pairs | attested | wrong words a query |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    yield f"| nothing | {' | '.join(f'{value:.2f}' for value in full)} |"
    for name, less in variants(read_tables()):
        values = zip(figures(Phonology.of(less)), full, strict=True)
        differences = (f"{value - before:+.2f}" for value, before in values)
        yield f"| {name} | {' | '.join(differences)} |"
