"""The formats of a dossier: for all text, what is written is harmless and comes back."""

from __future__ import annotations

import csv
import io
import json
import re
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from dossiers import CONTROLS, DOSSIERS, TEXTS, dossier_of, kept
from examples import draws_dossier
from hypothesis import given
from lxml import html as lxml_html
from markdown_it import MarkdownIt

from search.export import bibtex, csl, csv_table, jsonl, markdown
from search.export import html as html_format
from search.export.csv_table import as_written, harmless
from search.export.dossier import Dossier
from search.export.exhibits import printable
from search.export.formats import FORMATS
from search.results import Hit, Snippet
from tests.screens import dossier as picture

READ = [row for row in FORMATS if row.is_checked]


def text_of(suffix: str, dossier: Dossier) -> str:
    (row,) = (row for row in FORMATS if row.suffix == suffix)
    return "".join(row.write(dossier))


def hit(text: str = "oil in Libya", **more: object) -> Hit:
    snippet = Snippet(text=text, start=5, line=2, page=None, spans=((0, 3),))
    fields: dict[str, object] = {
        "rank": 1, "path": "/d/a.txt", "path_spans": (), "id": "/d/a.txt", "title": "A",
        "title_spans": (), "language": "en", "type": "text", "date": "2021-04-05",
        "modified": "2026-11-28T00:00:00Z", "sha256": "cd" * 32, "score": 1.0,
        "snippets": (snippet,), "matched": (),
    }  # fmt: skip
    return Hit(**{**fields, **more})  # type: ignore[arg-type]


# --- every format ------------------------------------------------------------------------------


@pytest.mark.parametrize("row", READ, ids=lambda row: row.suffix)
@draws_dossier
@given(dossier=DOSSIERS)
def test_what_is_written_comes_back(row, dossier: Dossier) -> None:
    again = row.read("".join(row.write(dossier)))
    assert [*map(kept, again.exhibits)] == [*map(kept, dossier.exhibits)]
    assert (again.query, again.total, again.expected) == (
        dossier.query, dossier.total, len(dossier.exhibits),
    )  # fmt: skip
    assert (again.searched, again.notes) == (dossier.searched, dossier.notes)


@pytest.mark.parametrize("row", FORMATS, ids=lambda row: row.suffix)
@draws_dossier
@given(dossier=DOSSIERS)
def test_no_control_character_is_written(row, dossier: Dossier) -> None:
    written = "".join(row.write(dossier)).replace("\r\n", "\n" if row.suffix == ".csv" else "\r\n")
    assert not set(written) & (set(CONTROLS) - {"\n"})
    written.encode("utf-8")  # and no half of a pair


@given(text=TEXTS)
def test_a_printable_text_has_its_characters_where_they_were(text: str) -> None:
    shown = printable(text)
    assert len(shown) == len(text)
    assert all(b in (a, " ") for a, b in zip(text, shown, strict=True))
    assert printable(shown) == shown


@pytest.mark.parametrize("row", READ, ids=lambda row: row.suffix)
def test_a_dossier_without_quotations_comes_back(row) -> None:
    dossier = dossier_of([hit(snippets=())])
    assert row.read("".join(row.write(dossier))).exhibits[0].quotations == ()


@pytest.mark.parametrize("row", READ, ids=lambda row: row.suffix)
@draws_dossier
@given(dossier=DOSSIERS, share=TEXTS)
def test_a_dossier_that_is_cut_anywhere_is_refused_or_read_as_far_as_it_is_whole(
    row, dossier: Dossier, share: str
) -> None:
    written = "".join(row.write(dossier))
    cut = written[: sum(map(ord, share)) % len(written)]
    try:
        again = row.read(cut)
    except ValueError:
        return
    whole = [*map(kept, dossier.exhibits)]
    for mine, its in zip(map(kept, again.exhibits), whole, strict=False):
        assert mine[:3] == its[:3]
        assert set(mine[4]) <= set(its[4])  # type: ignore[call-overload]


# --- HTML --------------------------------------------------------------------------------------

ELEMENTS = {
    "html", "head", "meta", "title", "style", "body", "header", "main", "footer", "h1", "h2",
    "small", "bdi", "span", "dl", "dt", "dd", "article", "figure", "figcaption", "blockquote",
    "div", "mark", "p", "code",
}  # fmt: skip
ATTRIBUTES = {"lang", "dir", "class", "charset", "name", "content", "http-equiv"}


@draws_dossier
@given(dossier=DOSSIERS)
def test_the_page_has_no_element_but_its_own(dossier: Dossier) -> None:
    tree = lxml_html.document_fromstring(text_of(".html", dossier))
    elements = [*tree.iter()]
    assert all(isinstance(element.tag, str) for element in elements)  # no comment either
    assert {element.tag for element in elements} <= ELEMENTS
    assert {name for element in elements for name in element.attrib} <= ATTRIBUTES
    assert len(tree.findall(".//article")) == len(dossier.exhibits)
    assert len(tree.findall(".//mark")) == sum(
        len(quotation.spans) for e in dossier.exhibits for quotation in e.quotations
    ) + sum(len(e.title_spans) for e in dossier.exhibits)


def test_the_page_loads_nothing() -> None:
    page = text_of(".html", dossier_of([hit("see http://evil.example/x.png")]))
    assert not re.search(r"url\(|@import|src=|href=|<script|<link", page)
    assert "default-src 'none'" in page


def test_arabic_paragraphs_run_from_right_to_left_in_html_and_markdown() -> None:
    dossier = dossier_of([hit("وزير النفط\nthe minister")])
    for suffix in (".html", ".md"):
        text = text_of(suffix, dossier)
        assert '<div dir="rtl" lang="ar"><mark>وزي</mark>ر النفط</div>' in text
        assert '<div dir="ltr">the minister</div>' in text


def test_a_span_over_a_line_end_is_marked_in_both_lines() -> None:
    snippet = Snippet(text="021 555\n0147 x", start=0, line=1, page=None, spans=((4, 12),))
    dossier = dossier_of([hit(snippets=(snippet,))])
    assert dossier.exhibits[0].quotations[0].spans == ((4, 7), (8, 12))
    assert "<mark>555</mark></div>\n" in text_of(".html", dossier)


def test_a_remark_of_the_reader_does_not_hinder_the_check() -> None:
    dossier = dossier_of([hit()])
    page = text_of(".html", dossier).replace("</h2>", "</h2><p>call <b>Hana</b></p>")
    assert html_format.read(page).exhibits[0].quotations == dossier.exhibits[0].quotations
    text = text_of(".md", dossier).replace("\n- Path", "\nCall *Hana*.\n\n- To do: `x`\n- Path")
    assert markdown.read(text).exhibits[0].quotations == dossier.exhibits[0].quotations


def test_a_quotation_that_was_changed_in_the_page_is_read_as_it_is_seen() -> None:
    page = text_of(".html", dossier_of([hit()]))
    (quotation,) = html_format.read(page.replace("in Libya", "in Chad")).exhibits[0].quotations
    assert quotation.text == "oil in Chad"


# --- Markdown ----------------------------------------------------------------------------------


@draws_dossier
@given(dossier=DOSSIERS)
def test_a_renderer_of_markdown_shows_the_quotations_and_values_as_they_are(
    dossier: Dossier,
) -> None:
    shown = MarkdownIt("commonmark").render(text_of(".md", dossier))
    tree = lxml_html.fromstring(f"<div>{shown}</div>")
    assert {element.tag for element in tree.iter()} <= {
        *("div", "h1", "h2", "span", "blockquote", "mark", "ul", "li", "code", "hr", "p"),
    }
    quotations = [quotation for e in dossier.exhibits for quotation in e.quotations]
    assert [
        "\n".join("".join(div.itertext()) for div in quote) for quote in tree.iter("blockquote")
    ] == [quotation.text.replace("\ufffe", "") for quotation in quotations] or any(
        "\ufffe" in quotation.text
        for quotation in quotations  # lxml takes no noncharacters
    )
    assert len([*tree.iter("h2")]) == len(dossier.exhibits)


# --- CSV ---------------------------------------------------------------------------------------


@draws_dossier
@given(dossier=DOSSIERS)
def test_no_cell_begins_as_a_formula(dossier: Dossier) -> None:
    for row in csv.reader(io.StringIO(text_of(".csv", dossier), newline="")):
        assert len(row) == len(csv_table.COLUMNS)
        assert not any(cell.startswith(tuple("=+-@＝＋－＠\t\r\n ")) for cell in row)


@given(cell=TEXTS)
def test_a_cell_is_made_harmless_and_comes_back(cell: str) -> None:
    assert not harmless(cell).startswith(tuple("=+-@\t\r"))
    assert as_written(harmless(cell)) == cell


def test_the_table_has_a_row_for_each_quotation_with_the_search() -> None:
    two = hit(snippets=(*hit().snippets, *hit("more oil").snippets))
    dossier = dossier_of([two, hit(path="/d/b.txt", id="/d/b.txt")], "=oil", notes=["a", "b"])
    rows = list(csv.DictReader(io.StringIO(text_of(".csv", dossier), newline="")))
    assert [(row["rank"], row["quotation"]) for row in rows] == [
        ("1", "oil in Libya"), ("1", "more oil"), ("2", "oil in Libya"),
    ]  # fmt: skip
    assert {(row["query"], row["notes"], row["documents"]) for row in rows} == {
        ("'=oil", "a\nb", "2 of 5")
    }
    assert rows[0]["highlighted"] == "oil"


# --- references --------------------------------------------------------------------------------

TEXT_FIELDS = {"title", "language", "archive_location", "page", "keyword", "abstract", "note"}
"""Fields of CSL-JSON that are text, in the schema of its makers."""


def assert_is_csl(item: dict[str, object]) -> None:
    assert item["type"] in ("document", "webpage")
    assert isinstance(item["id"], str)
    others = {"id", "type", "author", "issued", "accessed", "custom"}
    assert item.keys() <= others | TEXT_FIELDS
    assert all(isinstance(item[name], str) for name in item.keys() & TEXT_FIELDS)
    for name in item.keys() & {"issued", "accessed"}:
        date = item[name]
        assert isinstance(date, dict)
        assert date.keys() <= {"date-parts", "circa"}
        ((year, month, day),) = date["date-parts"]
        assert all(type(part) is int for part in (year, month, day))
    assert all(name.keys() == {"literal"} for name in item.get("author", ()))  # type: ignore[attr-defined]


@draws_dossier
@given(dossier=DOSSIERS)
def test_references_are_valid_csl_json(dossier: Dossier) -> None:
    items = json.loads(text_of(".json", dossier))
    for item in items:
        assert_is_csl(item)
    assert len({item["id"] for item in items}) == len(dossier.exhibits)


def test_what_is_uncertain_of_a_date_is_in_the_reference() -> None:
    dossier = dossier_of([hit(date_marks=("ambiguous", "hijri"))])
    (item,) = json.loads(text_of(".json", dossier))
    assert item["issued"] == {"date-parts": [[2021, 4, 5]], "circa": True}
    assert "2021-04-05 (ambiguous, hijri date converted)" in item["note"]
    assert "2021-04-05 (ambiguous, hijri date converted)" in text_of(".bib", dossier)


ENTRY = re.compile(r"@misc\{(dalil-\d+-[0-9a-f]+),\n((?:  [a-z]+ = \{.*\},\n)*)\}\n")


@draws_dossier
@given(dossier=DOSSIERS)
def test_braces_of_bibtex_are_balanced_and_nothing_ends_an_entry_early(dossier: Dossier) -> None:
    text = text_of(".bib", dossier)
    remark, *rest = text.split("\n")
    assert remark.startswith("% ")
    assert "@" not in remark
    entries = ENTRY.findall("\n".join(rest))
    assert len(entries) == len(dossier.exhibits)
    for _, body in entries:
        for line in body.splitlines():
            value = line.partition(" = ")[2].rstrip(",")
            depths = [0]
            for char in value:
                depths.append(depths[-1] + {"{": 1, "}": -1}.get(char, 0))
            assert depths[-1] == 0
            assert min(depths[1:-1]) > 0
            assert not re.search(r"(?<!\\)[$&#%_]|(?<!\\)~", value)


def test_a_title_for_latex() -> None:
    assert bibtex.tex("50 % of {a}_b\\c") == (
        r"50 \% of \textbraceleft{}a\textbraceright{}\_b\textbackslash{}c"
    )


# --- what is no dossier ------------------------------------------------------------------------


@pytest.mark.parametrize("row", READ, ids=lambda row: row.suffix)
@given(text=TEXTS)
def test_any_other_text_is_refused_with_a_value_error(row, text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 (its sentence depends on the format)
        row.read(text)


@pytest.mark.parametrize(
    "change",
    [
        {"spans": [[2, 99]]}, {"spans": [[3, 1]]}, {"spans": "x"}, {"spans": [[True, 2]]},
        {"start": -1}, {"start": "5"}, {"text": None}, {"line": 1.5}, {"page": "a"},
    ],
)  # fmt: skip
def test_a_quotation_with_impossible_values_is_refused(change: dict[str, object]) -> None:
    first, second = text_of(".jsonl", dossier_of([hit()])).splitlines()
    record = json.loads(second)
    record["snippets"][0] |= change
    with pytest.raises(ValueError):  # noqa: PT011
        jsonl.read(f"{first}\n{json.dumps(record)}\n")


def test_a_line_of_nothing_but_backticks_is_read_at_once() -> None:
    text = text_of(".md", dossier_of([hit()])).replace("- Path", f"- Tag: {'`' * 200_000}\n- Path")
    assert markdown.read(text).exhibits[0].path == "/d/a.txt"


@pytest.mark.parametrize("piece", ["<!--", "<!", "<?", "</a", "<a ", "<![CDATA[", "&#", "<a b='"])
def test_a_page_of_nothing_but_beginnings_is_read_at_once(piece: str) -> None:
    for suffix, read in ((".html", html_format.read), (".md", markdown.read)):
        text = text_of(suffix, dossier_of([hit()]))
        flood = f"<!-- saved -->{text}{piece * 100_000}"
        assert read(flood).exhibits[0].path == "/d/a.txt"
        with suppress(ValueError):
            read(text.replace("<blockquote>", f"<blockquote>\n{piece * 100_000}"))


def test_references_of_another_program_cannot_be_checked() -> None:
    with pytest.raises(ValueError, match="custom"):
        csl.read('[{"id": "a", "type": "book"}]')


def test_the_count_says_that_documents_are_missing() -> None:
    dossier = dossier_of([hit(), hit(path="/d/b.txt", id="/d/b.txt")])
    short = jsonl.read("\n".join(text_of(".jsonl", dossier).splitlines()[:2]))
    assert (len(short.exhibits), short.expected) == (1, 2)
    assert replace(short, count=-1).expected == 1


# --- the picture -------------------------------------------------------------------------------


def test_the_picture_is_of_a_page_and_arabic_in_its_facts_is_isolated(tmp_path: Path) -> None:
    content = picture.PICTURE.read_bytes()
    assert content.startswith(b"\x89PNG")
    assert len(content) < 200_000
    made = picture.dossier(tmp_path)
    assert [exhibit.type for exhibit in made.exhibits] == ["pdf", "pdf"]
    page = text_of(".html", made)
    assert str(tmp_path) not in page
    assert "<bdi>زوارة</bdi>: also Zuwara (1)" in page
