"""Numbers and codes are found however they are spaced, dotted, hyphenated or bracketed."""

from __future__ import annotations

import doctest
from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from library import build, highlighted, ids

from index.analysis import analyze, number_groups
from index.analysis.tokenizer import blocks, pieces
from search import Searcher
from search.options import Options
from search.parsing.parser import parse

TEXTS = {
    "spaced": "Call 061 222 7788 before noon.",
    "hyphened": "Fax: 061-222-7788.",
    "bracketed": "هاتف (٠٦١) ٢٢٢-٧٧٨٨ صباحا",
    "persian": "تلفن ۰۶۱۲۲۲۷۷۸۸ است",
    "world": "From abroad: +218 (61) 222-7788.",
    "zeros": "From abroad: 00218612227788",
    "trunk": "From abroad: +218 (0)61 222 7788",
    "account": "IBAN LY21 0040 1234 0050 6000 7080 9.",
    "code": "account LY2100401234005060007080 9 or LY21004012340050600070809",
    "case": "القضية رقم 45/2019 جنائي",
    "case dashed": "case 45-2019 was heard",
    "date": "on 17/02/2011 and after",
    "date spaced": "مؤرخ في 17 02 2011 م",
    "date dotted": "١٧.٠٢.٢٠١١",
    "years": "the budgets of 2016 2017 2018 and 20162017",
    "table": "061\t222\t7788\n45\t2019\n17\t02\t2011",
    "columns": "5 061 222 7788 99 100",
    "time": "at 10:30, or 3.5 hours and 1030",
}
PHONE = {"spaced", "hyphened", "bracketed", "persian"}
ABROAD = {"world", "zeros", "trunk"}
PLAIN = Options(limit=100, names=False)


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    with build(tmp_path_factory.mktemp("numbers"), TEXTS) as opened:
        yield opened


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        *((query, PHONE) for query in ("061 222 7788", "0612227788", "(061) 222 7788")),
        *((query, PHONE) for query in ("061.222.7788", "٠٦١ ٢٢٢ ٧٧٨٨", "۰۶۱-۲۲۲-۷۷۸۸")),
        *((query, PHONE) for query in ("061 2227788", "+061-222-7788", '"061 222 7788"')),
        *((query, ABROAD) for query in ("+218 61 222 7788", "00218 61 2227788", "218612227788")),
        *((query, ABROAD) for query in ("+218612227788", "+218 (0)61 222 7788", "٢١٨-٦١٢٢٢٧٧٨٨")),
        ("LY21 0040 1234 0050 6000 7080 9", {"account", "code"}),
        ("LY21004012340050600070809", {"account", "code"}),
        ("ly21-0040-1234-0050-6000-7080-9", {"account", "code"}),
        *((query, {"case", "case dashed"}) for query in ("45/2019", "45-2019", "45.2019")),
        *((query, {"case", "case dashed"}) for query in ("45 / 2019", "٤٥/٢٠١٩")),
        *((q, {"date", "date spaced", "date dotted"}) for q in ("17/02/2011", "17 02 2011")),
        *((q, {"date", "date spaced", "date dotted"}) for q in ("17.02.2011", "17022011")),
        ("20162017", {"years"}),
        ("1030", {"time"}),
        ("35", set()),
        ("452019", set()),
        ("title:0612227788", set()),
        ("Fax -061-222-7788", PHONE),
        ("NOT (061) 222 7788", set(TEXTS) - PHONE),
        ("+noon +(061) 222 7788", {"spaced"}),
    ],
)
def test_a_number_is_found_however_it_is_written(
    searcher: Searcher, query: str, expected: set[str]
) -> None:
    assert {*ids(searcher, query, options=PLAIN)} == expected


def test_a_number_is_found_without_operators_too(searcher: Searcher) -> None:
    plain = Options(limit=100, names=False, plain=True)
    assert {*ids(searcher, "(061) 222 7788", options=plain)} == PHONE


@pytest.mark.parametrize(
    ("query", "identifier", "written"),
    [
        ("0612227788", "spaced", "061 222 7788"),
        ("061 222 7788", "bracketed", "(٠٦١) ٢٢٢-٧٧٨٨"),
        ("218612227788", "world", "+218 (61) 222-7788"),
        ("LY21004012340050600070809", "account", "LY21 0040 1234 0050 6000 7080 9"),
        ("17/02/2011", "date spaced", "17 02 2011"),
    ],
)
def test_the_whole_number_is_highlighted_and_of_its_kind(
    searcher: Searcher, query: str, identifier: str, written: str
) -> None:
    hits = searcher.search(query, options=PLAIN).hits
    (hit,) = (hit for hit in hits if hit.id == identifier)
    assert highlighted(hit) == [written]
    assert [(match.text, match.kind) for match in hit.matched] == [(written, "number")]


def test_a_number_as_it_was_typed_is_exact(searcher: Searcher) -> None:
    found = searcher.search("061 222 7788", options=PLAIN).hits
    kinds = {hit.id: hit.matched[0].kind for hit in found}
    assert kinds.pop("spaced") == "exact"
    assert {*kinds.values()} == {"number"}


def test_the_groups_of_a_number_are_found(searcher: Searcher) -> None:
    assert {"spaced", "hyphened", "columns", "table"} <= {*ids(searcher, "7788", options=PLAIN)}


GROUPS = st.lists(st.integers(100, 9999), min_size=2, max_size=3)
GAPS = st.sampled_from([" ", "-", ".", " - ", "\u00a0", "/"])


@given(GROUPS, GAPS, GAPS)
def test_a_telephone_number_has_one_stem(groups: list[int], first: str, second: str) -> None:
    digits = ["091", *map(str, groups)]
    stems = {
        next(token.term.stem for token in analyze(gap.join(digits)) if not token.alternative)
        for gap in (first, second, "")
    }
    assert stems == {"".join(digits)}


@given(st.lists(st.sampled_from(["2016", "1999", "55", "7", "120"]), min_size=2, max_size=2))
def test_two_numbers_with_a_space_are_two(numbers: list[str]) -> None:
    assert [piece for piece, *_ in pieces(" ".join(numbers))] == numbers


@pytest.mark.parametrize(
    "text",
    [
        "061 222 7788 / 061 222 7799",
        "061 222 7788 - 061 222 7799",
        "Tel:061 222 7788, Fax:061 222 7799",
        "tel. 061-222-7788; 061-222-7799",
        "(061)2227788/(061)2227799",
    ],
)
def test_two_telephone_numbers_are_two(text: str) -> None:
    stems = [token.term.stem for token in analyze(text) if not token.alternative]
    assert [stem for stem in stems if stem and stem.isdigit()] == ["0612227788", "0612227799"]


@given(st.lists(st.sampled_from([*"0123456789٠٩۰() +-/.", "LY21 0040 1234 0050", "00218 ", "a"])))
def test_a_number_alone_is_the_same_piece(parts: list[str]) -> None:
    for piece, _, _, kind in pieces("".join(parts)):
        assert [(piece, kind)] == [(again, same) for again, _, _, same in pieces(piece)]


@pytest.mark.parametrize("number", ["(061) 222 7788", "+218 (0) 61 - 222 - 7788", "17 / 02 / 2011"])
def test_no_block_ends_within_a_number(number: str) -> None:
    for length in range(700, 780):
        text = "a " * (length // 2) + number + " b" * 600
        assert any(number in text[start:end] for start, end in blocks(text))


@pytest.mark.parametrize("unit", ["0", "+", "(", "021 ", "+218 (21) ", "12 / ", "LY83 0020 ", "1-"])
def test_digits_without_end_are_read_at_once(unit: str) -> None:
    list(pieces(unit * (60_000 // len(unit))))
    parse(unit * (60_000 // len(unit)))


def test_a_telephone_number_in_a_query_needs_no_note() -> None:
    for first, rest in product(("+218 61 ", "(061) ", "+218 (61) "), ("222 7788", "222-7788")):
        assert parse(f"call {first}{rest} now").notes == ()


def test_the_examples_in_the_docstrings_hold() -> None:
    assert doctest.testmod(number_groups).failed == 0
