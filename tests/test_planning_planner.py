"""`search.planning.planner`: any tree of clauses finds the documents that it means."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from library import build

from search import Searcher
from search.parsing.ast import (
    Clause,
    Exact,
    LanguageFilter,
    ParsedGroup,
    ParsedQuery,
    Phrase,
    Prefix,
    Title,
    Word,
    is_filter,
)
from search.planning.planner import plan_query

WORDS = ("alpha", "beta", "gamma", "delta", "ليبيا", "روسيا")
_RANDOM = Random(7)
TEXTS = {
    f"{n:03}": {
        "text": " ".join(_RANDOM.choices(WORDS, k=_RANDOM.randrange(7))),
        "title": " ".join(_RANDOM.choices(WORDS, k=_RANDOM.randrange(3))),
    }
    for n in range(60)
}


def languages(name: str) -> set[str]:
    words = TEXTS[name]["text"].split()
    shares = {"ar": sum(not w.isascii() for w in words), "en": sum(w.isascii() for w in words)}
    return {language for language, n in shares.items() if n and n >= 0.2 * len(words)}


def matches(clause: Clause, name: str, *, title_only: bool = False) -> bool:
    """What INTERFACE says of a clause, word by word."""
    fields = [TEXTS[name]["title"].split()]
    if not title_only:
        fields.append(TEXTS[name]["text"].split())
    match clause:
        case Word(text) | Exact(text):
            return any(text in field for field in fields)
        case Prefix(text):
            return any(word.startswith(text) for field in fields for word in field)
        case Phrase(text):
            first, second = text.split()
            return any((first, second) in pairwise(field) for field in fields)
        case Title(inner):
            return matches(inner, name, title_only=True)
        case LanguageFilter(language):
            return language in languages(name)
        case ParsedGroup(should, must, must_not):
            inside = [[matches(c, name, title_only=title_only) for c in part]
                      for part in (should, must, must_not)]  # fmt: skip
            optional = bool(must) and not all(map(is_filter, must))
            enough = any(inside[0]) or not should or optional
            return enough and all(inside[1]) and not any(inside[2])
    raise AssertionError(clause)


word = st.sampled_from(WORDS)
leaves = st.one_of(
    st.builds(Word, word),
    st.builds(Exact, word),
    st.builds(Prefix, st.sampled_from(["al", "be", "رو", "zz"])),
    st.builds(lambda a, b: Phrase(f"{a} {b}"), word, word),
    st.builds(LanguageFilter, st.sampled_from(["ar", "en"])),
    st.builds(Title, st.builds(Word, word)),
)


def bags(clauses: st.SearchStrategy[Clause]) -> st.SearchStrategy[Clause]:
    some = st.lists(clauses, max_size=3).map(tuple)
    return st.builds(ParsedGroup, some, some, some).filter(lambda bag: bag != ParsedGroup())


trees = st.recursive(leaves, bags, max_leaves=8).map(
    lambda clause: clause if isinstance(clause, ParsedGroup) else ParsedGroup(should=(clause,))
)


@pytest.fixture(scope="module", params=[1, 4])
def searcher(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Searcher]:
    folder = tmp_path_factory.mktemp("plan")
    with build(folder, TEXTS, segments=request.param) as opened:
        yield opened


@given(trees)
def test_a_tree_finds_what_it_means(searcher: Searcher, root: ParsedGroup) -> None:
    planned = plan_query(ParsedQuery("", root), searcher._expander)
    numbers = searcher._engine.collector.collect(planned.query).documents
    found = [searcher._reader.stored(int(number))["id"] for number in numbers]
    assert found == [name for name in TEXTS if matches(root, name)]
