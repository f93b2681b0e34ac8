"""`search.parsing.query_list`: queries as people keep them, in text and in spreadsheets."""

from __future__ import annotations

import contextlib
import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import Unreadable
from search.parsing.headings import Role, role_of
from search.parsing.query_list import read_queries

Found = list[tuple[str, str]]


def queries(text: str | bytes, name: str = "names.txt") -> Found:
    data = text if isinstance(text, bytes) else text.encode()
    return [(query.id, query.text) for query in read_queries(data, name).queries]


ARABIC: Found = [("1", "خليفة حفتر"), ("2", "فايز السراج"), ("3", "عبد الحميد الدبيبة")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "windows-1256", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_a_list_is_read_in_the_encoding_of_its_program(encoding: str, end: str) -> None:
    text = end.join(text for _, text in ARABIC) + end
    assert queries(text.encode(encoding)) == ARABIC


def written(rows: list[list[str]], delimiter: str, quoting: int = csv.QUOTE_MINIMAL) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, quoting=quoting).writerows(rows)  # type: ignore[arg-type]
    return out.getvalue()


@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "windows-1256", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    "heading",
    [
        ["id", "name", "country"],
        ["No.", "Full name", "Country"],
        ["qid", "query", "language"],
        ["رقم", "الاسم", "البلد"],
        ["م", "اسم الشخص", "ملاحظات"],
        ["الرقم", "كلمة البحث", "اللغة"],
    ],
)
def test_the_heading_of_a_table_says_where_queries_and_ids_are(
    heading: list[str], delimiter: str, encoding: str, quoting: int
) -> None:
    rows = [["A7", "Haftar, Khalifa", "Libya"], ["B8", "السراج; فايز", "ليبيا"]]
    data = written([heading, *rows], delimiter, quoting).encode(encoding)
    found = read_queries(data, "names.csv")
    assert [(q.id, q.text) for q in found.queries] == [
        ("A7", "Haftar, Khalifa"), ("B8", "السراج; فايز"),
    ]  # fmt: skip
    assert (
        found.note == f"queries are from the column {heading[1]}, ids from the column {heading[0]}"
    )


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("country,name,id\nLibya,Haftar,7\nLibya,Sarraj,8\n", [("7", "Haftar"), ("8", "Sarraj")]),
        ("name\nHaftar\n\nSarraj\n", [("2", "Haftar"), ("4", "Sarraj")]),
        ("name,id\nHaftar,\n,8\nSarraj,9\n", [("2", "Haftar"), ("9", "Sarraj")]),
        ("1,Haftar,2016\n2,Sarraj,2017\n", [("1", "Haftar"), ("2", "Sarraj")]),
        ("2016,Haftar\n2016,Sarraj\n", [("1", "Haftar"), ("2", "Sarraj")]),
        ("Q1,Haftar\nQ2,Sarraj\n", [("Q1", "Haftar"), ("Q2", "Sarraj")]),
        ("id,a,b\n1,5,Haftar\n2,6,Sarraj\n", [("1", "Haftar"), ("2", "Sarraj")]),
        ('Haftar\n"Tripoli, Libya"\n', [("1", "Haftar"), ("2", "Tripoli, Libya")]),
        ('id,name\n1,"a ""b c"" d"\n', [("1", 'a "b c" d')]),
        ('id,name\n1,"Haftar\nKhalifa"\n2,x\n', [("1", "Haftar Khalifa"), ("2", "x")]),
        ('id,name\n1,"Haftar\n2,Sarraj\n', [("1", "Haftar"), ("2", "Sarraj")]),
        ("sep=|\nid|name\n7|Haftar\n", [("7", "Haftar")]),
        ("", []),
        ("id,name\n", []),
        ("name\n", [("1", "name")]),
    ],
)
def test_a_table_without_or_with_a_heading(table: str, expected: Found) -> None:
    assert queries(table, "x.csv") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("id,name\n7,Haftar\n8,Sarraj\n", [("7", "Haftar"), ("8", "Sarraj")]),
        ("الرقم;الاسم\n7;حفتر\n8;السراج\n", [("7", "حفتر"), ("8", "السراج")]),
        ("id\tname\n7\tHaftar\n", [("7", "Haftar")]),
        ("7,Haftar\n8,Sarraj\n", [("7", "Haftar"), ("8", "Sarraj")]),
    ],
)
def test_a_table_is_known_without_its_suffix(text: str, expected: Found) -> None:
    assert queries(text) == queries(text, "-") == expected


@pytest.mark.parametrize(
    "text",
    [
        "oil, gas\nTripoli, Libya",
        "2016, elections\n2017, budget",
        "2016,elections",
        '"عبد الله" ليبيا\n"a, b"',
        "name, address of Haftar\nSirte",
        "lang:ar حفتر; سرت\ntitle:x",
        "name\nHaftar",
        "-haftar (libya OR russia)\nhaf*",
    ],
)
def test_a_line_of_a_list_is_a_query_with_its_commas_and_quotes(text: str) -> None:
    expected = [(str(number), line) for number, line in enumerate(text.split("\n"), 1)]
    assert queries(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("q1\thaftar\nq2\tar\tسرت\n\nsirte", [("q1", "haftar"), ("q2", "سرت"), ("4", "sirte")]),
        ('q1\t"abd allah" x', [("q1", '"abd allah" x')]),
        ('q1\t"abd allah"', [("q1", '"abd allah"')]),
        ('q1\t"""abd allah"" x"', [("q1", '"abd allah" x')]),
    ],
)
def test_tabs_separate_and_only_a_spreadsheets_quotes_are_removed(
    text: str, expected: Found
) -> None:
    assert queries(text) == expected


def test_what_is_no_text_is_refused_by_its_kind() -> None:
    with pytest.raises(Unreadable, match=r"names\.xlsx is not a list but a ZIP archive"):
        queries(b"PK\x03\x04" + bytes(range(200)), "names.xlsx")


@pytest.mark.parametrize(
    ("cell", "role"),
    [
        ("ID", Role.ID), ("case_id", Role.ID), ("رقم القضية", Role.ID), ("#", Role.ID),
        ("Search term", Role.QUERY), ("أسماء", Role.QUERY), ("الأسماء", Role.QUERY),
        ("اسم_الشركة", Role.QUERY), ("Language", Role.LANGUAGE), ("Haftar", None), ("", None),
        ("البلد", None),
    ],
)  # fmt: skip
def test_the_role_of_a_column(cell: str, role: Role | None) -> None:
    assert role_of(cell) is role


cells = st.text(st.sampled_from("ab حت12\",;\t'\n=|"), max_size=12)


@given(
    st.binary(max_size=60) | st.text(max_size=60).map(str.encode), st.sampled_from(["a", "a.csv"])
)
def test_any_bytes_give_queries_or_a_sentence(data: bytes, name: str) -> None:
    with contextlib.suppress(Unreadable):
        assert all(query.text.strip() for query in read_queries(data, name).queries)


@given(st.lists(cells.filter(str.strip), min_size=1, max_size=6), st.sampled_from(",;\t"))
def test_every_cell_of_a_table_comes_back(texts: list[str], delimiter: str) -> None:
    rows = [["id", "query"], *([f"q{n}", text] for n, text in enumerate(texts))]
    found = queries(written(rows, delimiter), "x.csv")
    assert found == [(f"q{n}", " ".join(text.split())) for n, text in enumerate(texts)]


@pytest.mark.parametrize("name", ["list.tsv", "list.txt"])
def test_an_id_and_a_language_before_a_query_are_read_in_any_file(name: str) -> None:
    data = "q1\tar\tدرعا والحدود\nq2\ten\tborder towns\n".encode()
    found = read_queries(data, name).queries
    assert [(each.id, each.text) for each in found] == [
        ("q1", "درعا والحدود"), ("q2", "border towns"),
    ]  # fmt: skip
