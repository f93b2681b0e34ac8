"""`search.parsing.parser`: the query language of the README, from text to tree."""

from __future__ import annotations

import doctest
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import BadQuery
from search.parsing import field_values, value_lists
from search.parsing.ast import (
    Clause,
    DateFilter,
    Exact,
    Fuzzy,
    LanguageFilter,
    Name,
    ParsedGroup,
    PathFilter,
    Phrase,
    Prefix,
    Title,
    TypeFilter,
    UndatedFilter,
    Wildcard,
    Word,
    is_filter,
)
from search.parsing.field_values import date_filter
from search.parsing.parser import MAX_LENGTH, parse

A, B, C = Word("a"), Word("b"), Word("c")


def any_of(*clauses: Clause) -> ParsedGroup:
    return ParsedGroup(should=clauses)


def all_of(*clauses: Clause) -> ParsedGroup:
    return ParsedGroup(must=clauses)


def but_not(*clauses: Clause) -> ParsedGroup:
    return ParsedGroup(must_not=clauses)


UNDERSTOOD = [
    ("", ParsedGroup()),
    (" \t\n", ParsedGroup()),
    # words
    ("a b", any_of(A, B)),
    ("a a", any_of(A, A)),
    ("ليبيا روسيا", any_of(Word("ليبيا"), Word("روسيا"))),
    ("UN-backed", any_of(Word("UN-backed"))),
    ("5+5", any_of(Word("5+5"))),
    ("12/10/2023", any_of(Word("12/10/2023"))),
    ("https://a.example/b?c=d", any_of(Word("https://a.example/b?c=d"))),
    ("me@a.example", any_of(Word("me@a.example"))),
    ("al-Koni/alkoni", any_of(Word("al-Koni/alkoni"))),
    ("C++", any_of(Word("C++"))),
    ("U.N.", any_of(Word("U.N."))),
    ("and or not", any_of(Word("and"), Word("or"), Word("not"))),
    ("ANDROID NOTE", any_of(Word("ANDROID"), Word("NOTE"))),
    ("a, b; c?", any_of(A, B, C)),
    ("a، b؛ c؟", any_of(A, B, C)),
    ("author:a", any_of(Word("author:a"))),
    ("- + = ~ *", any_of(*map(Word, "-+=~*"))),
    # signs
    ("+a b -c", ParsedGroup((B,), (A,), (C,))),
    ("a - b", any_of(A, Word("-"), B)),
    ("NOT a", but_not(A)),
    ("+a +b", all_of(A, B)),
    ('-"a b"', but_not(Phrase("a b"))),
    ("-(a b)", but_not(any_of(A, B))),
    ("-title:a", but_not(Title(A))),
    # operators and brackets
    ("a AND b", any_of(all_of(A, B))),
    ("a OR b", any_of(any_of(A, B))),
    ("a AND b OR c", any_of(any_of(all_of(A, B), C))),
    ("a OR b AND c", any_of(any_of(A, all_of(B, C)))),
    ("a AND (b OR c)", any_of(all_of(A, any_of(any_of(B, C))))),
    ("a AND NOT b", any_of(ParsedGroup(must=(A,), must_not=(B,)))),
    ("a AND -b", any_of(ParsedGroup(must=(A,), must_not=(B,)))),
    ("NOT a AND b", any_of(ParsedGroup(must=(B,), must_not=(A,)))),
    ("NOT a OR b", any_of(any_of(but_not(A), B))),
    ("a OR NOT b", any_of(any_of(A, but_not(B)))),
    ("a OR -b AND c", any_of(any_of(A, ParsedGroup(must=(C,), must_not=(B,))))),
    ("a b OR c", any_of(A, any_of(B, C))),
    ("a NOT b", ParsedGroup((A,), (), (B,))),
    ("(a b) c", any_of(any_of(A, B), C)),
    ("((a))", any_of(any_of(any_of(A)))),
    ("() a", any_of(A)),
    ("(a)AND(b)", any_of(all_of(any_of(A), any_of(B)))),
    # phrases
    ('"a b"', any_of(Phrase("a b"))),
    ("«a b»", any_of(Phrase("a b"))),
    ("“a b”", any_of(Phrase("a b"))),
    ("„a b“", any_of(Phrase("a b"))),
    ("”a b”", any_of(Phrase("a b"))),
    ('«a b"', any_of(Phrase("a b"))),
    ('"a «b» c"', any_of(Phrase("a «b» c"))),
    ('a"b c"', any_of(A, Phrase("b c"))),
    ('"a b"~5', any_of(Phrase("a b", 5))),
    ('"a b"~٥', any_of(Phrase("a b", 5))),
    ("«a b»~۱۲", any_of(Phrase("a b", 12))),
    ('"a b"~', any_of(Phrase("a b", 1))),
    ('"a b"~0', any_of(Phrase("a b"))),
    ('"" a', any_of(A)),
    ('="a b"', any_of(Exact("a b"))),
    ("=«الذى»", any_of(Exact("الذى"))),
    ('+="a"', all_of(Exact("a"))),
    # prefixes and typing errors
    ("a*", any_of(Prefix("a"))),
    ("ليبي*", any_of(Prefix("ليبي"))),
    ("ab*, c", any_of(Prefix("ab"), C)),
    ("ab*؛ c", any_of(Prefix("ab"), C)),
    ("a**", any_of(Prefix("a"))),
    ("a*b", any_of(Wildcard("a*b"))),
    ("lib?a, *bya", any_of(Wildcard("lib?a"), Wildcard("*bya"))),
    ("لي؟يا *ليبي*", any_of(Wildcard("لي؟يا"), Wildcard("*ليبي*"))),
    ("UN-b?cked", any_of(Wildcard("UN-b?cked"))),
    ("title:l?b*", any_of(Title(Wildcard("l?b*")))),
    ("+l?b -l*b", ParsedGroup((), (Wildcard("l?b"),), (Wildcard("l*b"),))),
    ('"l?b" ="l*b"', any_of(Phrase("l?b"), Exact("l*b"))),
    ("5*5 *a* ? a?b/c 20?6", any_of(*map(Word, ["5*5", "*a*"]), Word("a?b/c"), Wildcard("20?6"))),
    # a question mark at the end of a word
    ("libya?", any_of(any_of(Word("libya"), Wildcard("libya?")))),
    ("libya??", any_of(any_of(Word("libya"), Wildcard("libya??")))),
    (
        "title:libya? lang:ar",
        ParsedGroup((Title(any_of(Word("libya"), Wildcard("libya?"))),), (LanguageFilter("ar"),)),
    ),
    ("who is libya?", any_of(*map(Word, ["who", "is", "libya"]))),
    ("l?bya?", any_of(any_of(Wildcard("l?bya"), Wildcard("l?bya?")))),
    ("c?", any_of(C)),
    ("a~", any_of(Fuzzy("a", 1))),
    ("a~1", any_of(Fuzzy("a", 1))),
    ("a~2", any_of(Fuzzy("a", 2))),
    ("a~٢", any_of(Fuzzy("a", 2))),
    ("a~9", any_of(Fuzzy("a", 2))),
    ("a~12", any_of(Fuzzy("a", 2))),
    ("a~b", any_of(Word("a~b"))),
    # fields and filters
    ("title:a b", any_of(Title(A), B)),
    ("TITLE:a", any_of(Title(A))),
    ("title:(a b)", any_of(Title(any_of(A, B)))),
    ('title:"a b"', any_of(Title(Phrase("a b")))),
    ("title:lang:ar", all_of(LanguageFilter("ar"))),
    ("path:x/y.txt a", ParsedGroup((A,), (PathFilter("x/y.txt"),))),
    ('path:"my files/*"', all_of(PathFilter("my files/*"))),
    ("type:pdf", all_of(TypeFilter(("pdf",)))),
    ("type:PDF,html", all_of(any_of(TypeFilter(("pdf",)), TypeFilter(("html",))))),
    ("type:pdf،html", all_of(any_of(TypeFilter(("pdf",)), TypeFilter(("html",))))),
    ("lang:ar,en", all_of(any_of(LanguageFilter("ar"), LanguageFilter("en")))),
    ("lang:ar, a", ParsedGroup((A,), (LanguageFilter("ar"),))),
    ("-lang:ar,en", but_not(any_of(LanguageFilter("ar"), LanguageFilter("en")))),
    ("lang:ar+en", all_of(all_of(LanguageFilter("ar"), LanguageFilter("en")))),
    ("date:2016,none", all_of(any_of(date_filter("2016"), UndatedFilter()))),
    ("path:a,b", all_of(PathFilter("a,b"))),
    ('path:"a, b"', all_of(PathFilter("a, b"))),
    ('path:"a","b c" a', ParsedGroup((A,), (any_of(PathFilter("a"), PathFilter("b c")),))),
    ('path:x,"b c"', all_of(any_of(PathFilter("x"), PathFilter("b c")))),
    ('path:"b c",x', all_of(any_of(PathFilter("b c"), PathFilter("x")))),
    ("lang:ar", all_of(LanguageFilter("ar"))),
    ("lang:English", all_of(LanguageFilter("en"))),
    ("lang:عربي", all_of(LanguageFilter("ar"))),
    ("-lang:ar a", ParsedGroup((A,), (), (LanguageFilter("ar"),))),
    ("lang:ar OR type:pdf", all_of(any_of(LanguageFilter("ar"), TypeFilter(("pdf",))))),
    ("(NOT lang:ar) a", ParsedGroup((A,), (but_not(LanguageFilter("ar")),))),
    ("a OR lang:ar", any_of(any_of(A, LanguageFilter("ar")))),
    ("date:2016", all_of(DateFilter(date(2016, 1, 1), date(2016, 12, 31)))),
    ("date:٢٠١٦", all_of(DateFilter(date(2016, 1, 1), date(2016, 12, 31)))),
    ("date:2016..2021", all_of(DateFilter(date(2016, 1, 1), date(2021, 12, 31)))),
    ("date:٢٠١٦..٢٠٢١", all_of(DateFilter(date(2016, 1, 1), date(2021, 12, 31)))),
]


@pytest.mark.parametrize(("text", "root"), UNDERSTOOD)
def test_a_query_is_understood(text: str, root: ParsedGroup) -> None:
    query = parse(text, strict=True)
    assert (query.root, query.notes) == (root, ())


NOT_UNDERSTOOD = [
    ("(a", 0, "a bracket is never closed"),
    ("a (b (c)", 2, "a bracket is never closed"),
    ("a) b", 1, "a bracket is closed that was never opened"),
    ('a "b', 2, "a quotation mark is never closed"),
    ("a «b", 2, "a quotation mark is never closed"),
    ('="a', 1, "a quotation mark is never closed"),
    ("AND a", 0, "AND stands where a word should"),
    ("a OR", 4, "nothing follows OR"),
    ("a AND AND b", 6, "nothing follows AND"),
    ("(a OR)", 5, "nothing follows OR"),
    ("a NOT", 2, "nothing follows the operator"),
    ("NOT NOT a", 4, "NOT stands where a word should"),
    ("title: a", 0, "nothing follows title:"),
    ("a path:", 2, "nothing follows path:"),
    ('path:"" a', 5, "nothing follows path:"),
    ("type:, a", 5, "nothing follows type:"),
    ("lang:fr", 5, "the language 'fr' is neither ar nor en"),
    ("date:soon", 5, "'soon' is no date"),
    ("date:2016-13", 5, "'2016-13' is no date"),
    ("date:2021..2016", 5, "'2021..2016' ends before it begins"),
    ("(" * 40, 31, "brackets are nested more than 30 deep"),
]


@pytest.mark.parametrize(("text", "at", "message"), NOT_UNDERSTOOD)
def test_a_query_that_makes_no_sense_is_words_and_a_note(text: str, at: int, message: str) -> None:
    query = parse(text)
    assert query.notes[0].startswith(message)
    assert query.notes[0].endswith(f"(at character {at + 1}): searched as plain words")
    assert all(isinstance(clause, Word) for clause in query.root.should)
    with pytest.raises(BadQuery, match=re.escape(message)) as caught:
        parse(text, strict=True)
    assert caught.value.position == at


def test_the_words_of_a_query_that_makes_no_sense_are_kept() -> None:
    assert parse('Libya (Russia "unity').root == any_of(
        Word("Libya"), Word("(Russia"), Word('"unity')
    )


def test_plain_text_has_no_operators() -> None:
    query = parse('+a -b "c AND title:d*', plain=True, strict=True)
    assert query.root == any_of(*map(Word, ["+a", "-b", '"c', "title:d*"]))
    assert query.notes == ()


def test_what_follows_name_is_a_name() -> None:
    query = parse('name:Dbeibah -name:"Ali Dbeibah" name:(a b) NAME:title:x')
    assert query.root == ParsedGroup(
        should=(
            Name(Word("Dbeibah")),
            Name(any_of(Word("a"), Word("b"))),
            Name(Title(Word("x"))),
        ),
        must_not=(Name(Phrase("Ali Dbeibah")),),
    )
    assert query.notes == ()
    assert parse("name:lang:ar").root == parse("lang:ar").root


DATES = [
    ("2016", (2016, 1, 1), (2016, 12, 31)),
    ("2016-02", (2016, 2, 1), (2016, 2, 29)),
    ("2015-2", (2015, 2, 1), (2015, 2, 28)),
    ("2016-12", (2016, 12, 1), (2016, 12, 31)),
    ("2016-05-07", (2016, 5, 7), (2016, 5, 7)),
    ("2016..", (2016, 1, 1), (9999, 12, 31)),
    ("..2016-05", (1, 1, 1), (2016, 5, 31)),
    ("2016-05..2017", (2016, 5, 1), (2017, 12, 31)),
    ("0622", (622, 1, 1), (622, 12, 31)),
    ("0001", (1, 1, 1), (1, 12, 31)),
    ("9999", (9999, 1, 1), (9999, 12, 31)),
    ("9999-12", (9999, 12, 1), (9999, 12, 31)),
    ("٢٠١٦-٠٥", (2016, 5, 1), (2016, 5, 31)),
    ("۲۰۱۶", (2016, 1, 1), (2016, 12, 31)),
]


@pytest.mark.parametrize(("text", "first", "last"), DATES)
def test_a_date_means_its_days(
    text: str, first: tuple[int, int, int], last: tuple[int, int, int]
) -> None:
    assert date_filter(text) == DateFilter(date(*first), date(*last))


@pytest.mark.parametrize(
    "text", ["", "..", "16", "2016-0", "2016-02-30", "0000", "2016..x", "2016...2017", "2017..2016"]
)
def test_what_is_no_date_says_so(text: str) -> None:
    with pytest.raises(ValueError, match=r"is no date|ends before it begins"):
        date_filter(text)


def test_the_examples_in_the_docstrings_hold() -> None:
    assert doctest.testmod(field_values).failed == doctest.testmod(value_lists).failed == 0


@pytest.mark.parametrize(
    "text",
    [
        *("(" * 10_000, ")" * 10_000, "()" * 5_000, '"' * 9_999, "«" * 10_000, "-" * 10_000),
        *("+" * 10_000, "AND " * 5_000, "NOT " * 5_000, "a OR " * 5_000, "a AND " * 5_000 + "b"),
        *("title:" * 5_000, "name:" * 5_000 + "a", 'a"' * 9_999, "(a " * 30 + ")" * 30),
        *('"a b"~' + "9" * 9_999, "a~" + "9" * 9_999, "date:" + "9" * 9_999, "a~" * 9_999),
        *("word " * 10_000, "a*" * 9_999, " " * 10_000, "=" * 10_000, '="' * 9_999),
    ],
    ids=lambda text: f"{text[:6]}…{len(text)}",
)
def test_a_nasty_query_is_read_at_once(text: str) -> None:
    query = parse(text)
    assert all(len(note) < 200 for note in query.notes)


SIGNS = st.sampled_from(
    [
        *'()"«»“”~*+-=:،؛؟?[ \n',
        "-5",
        "+218 (21) 333 4455",
        "a?b",
        "AND",
        " OR ",
        "NOT ",
        "title:",
        "date:",
        "lang:",
        "path:",
        "ar,en",
        "٥",
        "a",
        "ل",
        "~2",
    ]
)


@given(st.lists(SIGNS, max_size=25).map("".join) | st.text(max_size=30))
def test_no_text_fails(text: str) -> None:
    for plain in (False, True):
        query = parse(text, plain=plain)
        assert query.text == text
    assert is_filter(query.root) in (True, False)


@given(st.lists(SIGNS, max_size=25).map("".join))
def test_a_strict_query_fails_inside_its_text_or_not_at_all(text: str) -> None:
    query = parse(text)
    if any("searched as plain words" in note for note in query.notes):
        with pytest.raises(BadQuery) as caught:
            parse(text, strict=True)
        assert 0 <= caught.value.position <= len(text)
    else:
        assert parse(text, strict=True) == query


@pytest.mark.parametrize("hidden", ["\u200f", "\u200b", "\u200e", "\u2067"])
@pytest.mark.parametrize(
    "text", ["{}-روسيا ليبيا", '{}="الأعمال"', "{}title:ليبيا", "lang:{}ar", "U.{}N.", '"a b"{}~3']
)
def test_an_invisible_character_beside_a_sign_changes_nothing(text: str, hidden: str) -> None:
    assert parse(text.format(hidden)).root == parse(text.format("")).root


@pytest.mark.parametrize(
    "query", ["type:\udcff", '="\udcff"', "lib\udcff*", "\udcff~", "path:\udcff"]
)
def test_a_byte_that_is_not_utf8_is_a_character_that_can_be_encoded(query: str) -> None:
    assert "udcff" not in repr(parse(query).root)


def test_of_a_query_that_is_too_long_the_rest_is_left_out_with_a_note() -> None:
    parsed = parse("oil " * MAX_LENGTH)
    assert len(parsed.root.should) == MAX_LENGTH // len("oil ")
    assert "the rest is left out" in parsed.notes[0]
    with pytest.raises(BadQuery, match="more than"):
        parse("oil " * MAX_LENGTH, strict=True)
