"""`search.tui.interaction.filter_edit`: filters put into a query and taken out, as text."""

from __future__ import annotations

import doctest

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from index.errors import BadQuery
from search.parsing.ast import ParsedGroup
from search.parsing.filter_clauses import filter_clauses, without_field
from search.parsing.parser import parse
from search.tui.interaction import filter_edit
from search.tui.interaction.filter_edit import has, only, ranged, switched, without

VALUES = [
    ("lang", "ar"), ("lang", "en"), ("lang", "ar+en"), ("type", "pdf"), ("type", "text"),
    ("date", "2016"), ("date", "none"), ("date", "2016..2021"),
    ("path", '"/my files/a, b"'), ("path", '"notes"'),
]  # fmt: skip
PIECES = st.sampled_from(
    [
        *'()+- ,"«»',
        *("a", "libya", "ليبيا", "\u200f", "OR ", " AND ", "NOT ", '"oil ministry"', "(a b)"),
        *("lang:ar", "type:pdf,html", "-type:pdf", 'path:"a b",c', "date:2016.."),
        *("title:a", "sort:date", "(lang:ar OR type:pdf)", "lib?"),
    ]
)
QUERIES = st.lists(PIECES, max_size=8).map(" ".join) | st.lists(PIECES, max_size=8).map("".join)


def strict(query: str) -> ParsedGroup | None:
    try:
        return parse(query, strict=True).root
    except BadQuery:
        return None


@given(QUERIES, st.sampled_from(VALUES), st.booleans())
def test_a_filter_that_is_switched_on_and_off_leaves_the_query_as_it_was(
    query: str, value: tuple[str, str], exclude: bool
) -> None:
    assume(strict(query) is not None)
    assume(not has(query, *value) and not has(query, *value, excluded=True))
    on = switched(query, *value, exclude=exclude)
    assert has(on, *value, excluded=exclude)
    assert switched(on, *value, exclude=exclude).strip() == query.strip()


@given(QUERIES, st.sampled_from(VALUES), st.booleans())
def test_no_query_makes_the_filters_fail(query: str, value: tuple[str, str], exclude: bool) -> None:
    for clause in filter_clauses(query):
        assert 0 <= clause.start < clause.end <= len(query)
        assert all(query[each.start : each.end] for each in clause.values)
    switched(query, *value, exclude=exclude)
    only(query, *value)
    without(query, *value)
    ranged(query, first="2016")
    without_field(parse(query), value[0])


@pytest.mark.parametrize(
    ("query", "field", "value", "exclude", "switched_query"),
    [
        ("libya type:pdf", "type", "text", False, "libya type:pdf,text"),
        ("libya -type:pdf", "type", "text", True, "libya -type:pdf,text"),
        ("libya -type:pdf,text", "type", "text", False, "libya -type:pdf type:text"),
        ("libya lang:arabic", "lang", "ar", False, "libya"),
        ("libya NOT type:pdf", "type", "pdf", True, "libya"),
        ('"libya lang:ar"', "lang", "ar", False, '"libya lang:ar" lang:ar'),
        ("libya type:pdf oil", "type", "text", False, "libya type:pdf,text oil"),
        ("(lang:ar OR a) lang:en", "lang", "en", False, "(lang:ar OR a)"),
        ("path:a,b", "path", '"c"', False, 'path:"a,b","c"'),
    ],
)
def test_a_value_joins_the_list_of_its_field(
    query: str, field: str, value: str, exclude: bool, switched_query: str
) -> None:
    assert switched(query, field, value, exclude=exclude) == switched_query


@pytest.mark.parametrize(
    ("query", "first", "last", "range_"),
    [
        ("libya date:2016", "", "2021", "libya date:2016..2021"),
        ("libya date:2016..2021", "2018", "", "libya date:2018..2021"),
        ("libya date:2016..2021", "", "2016", "libya date:2016"),
        ("libya date:2016..2021", "2022", "", "libya date:2022.."),
        ("libya date:2016..", "", "2015", "libya date:..2015"),
        ("libya date:2016-05..", "", "2016", "libya date:2016-05..2016"),
        ("libya date:2012,2016", "2014", "", "libya date:2014.."),
        ("libya date:none", "2014", "", "libya date:2014.."),
        ("libya -date:2014", "2014", "", "libya -date:2014 date:2014.."),
    ],
)
def test_the_ends_of_a_range_are_set_one_by_one(
    query: str, first: str, last: str, range_: str
) -> None:
    assert ranged(query, first=first, last=last) == range_


def test_the_values_of_a_list_filter_like_the_same_filters_with_or() -> None:
    listed, either = parse("type:text,pdf"), parse("type:text OR type:pdf")
    assert listed.root == either.root


@pytest.mark.parametrize(
    ("query", "rest"),
    [
        ("oil type:text,pdf -type:html lang:ar", "oil lang:ar"),
        ("oil (type:text OR type:pdf) lang:ar", "oil lang:ar"),
        ("oil (type:text OR lang:en) type:pdf", "oil (type:text OR lang:en)"),
        ("title:oil type:pdf", "title:oil"),
    ],
)
def test_a_query_without_a_field_keeps_its_other_filters(query: str, rest: str) -> None:
    found = without_field(parse(query), "type")
    assert found is not None
    assert found.root == parse(rest).root
    assert without_field(parse(rest), "date") is None


def test_the_examples_in_the_docstrings_hold() -> None:
    assert doctest.testmod(filter_edit).failed == 0
