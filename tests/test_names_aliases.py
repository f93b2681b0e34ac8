"""`search.names.aliases`: what a user holds to be the same, read from a file and asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from commands import indexed, run, written
from hypothesis import given
from hypothesis import strategies as st
from library import Texts, build, highlighted, ids

from index.analysis import Term, analyze
from index.store.layout import ALIASES as FILE
from search import Searcher
from search.names.aliases import MAX_BYTES, MAX_MEMBERS, NONE, Aliases, load, parse
from search.options import Options

ALIASES = """# what the press writes
Tripoli = طرابلس
GNU = Government of National Unity = حكومة الوحدة الوطنية

Wagner = Africa Corps
"""


def terms(text: str) -> list[Term]:
    return [token.term for token in analyze(text) if not token.alternative]


def others(aliases: Aliases, text: str) -> set[str]:
    """What stands for words, and what in turn stands for that."""
    found = aliases.of(terms(text))
    assert len(set(found)) == len(found)
    assert all(text in aliases.of(terms(other)) for other in found)
    return set(found)


# -- the file ------------------------------------------------------------------------


def test_each_member_of_a_line_stands_for_the_others() -> None:
    aliases = parse(ALIASES.splitlines())
    assert others(aliases, "Tripoli") == {"طرابلس"}
    names = {"GNU", "Government of National Unity", "حكومة الوحدة الوطنية"}
    for name in names:
        assert others(aliases, name) == names - {name}
    assert aliases.notes == ()
    assert aliases.longest == 4
    assert others(aliases, "National Unity") == others(aliases, "nowhere") == set()


def test_a_member_is_known_by_its_stems() -> None:
    aliases = parse(["Tripoli = طرابلس", "railways = السكك الحديدية"])
    assert aliases.of(terms("TRIPOLI’s")) == ("طرابلس",)
    assert aliases.of(terms("وطَرابلس")) == ("Tripoli",)
    assert aliases.of(terms("railway")) == ("السكك الحديدية",)


def test_a_name_on_several_lines_stands_for_all_of_them_once() -> None:
    aliases = parse(["a1 = b1", "b1 = c1", "a1 = b1 = d1"])
    assert aliases.of(terms("b1")) == ("a1", "c1", "d1")
    assert aliases.of(terms("a1")) == ("b1", "d1")


@pytest.mark.parametrize("line", ["", "  ", "# a = b", "\t# a = b"])
def test_an_empty_line_and_a_remark_say_nothing(line: str) -> None:
    assert parse([line]) == NONE


@pytest.mark.parametrize(
    "line",
    ["Tripoli", "=", "= =", "Tripoli =", "= Tripoli", "Tripoli = tripoli", "... = ؟", "a = #"],
)
def test_a_line_without_two_names_is_noted(line: str) -> None:
    aliases = parse(["x = y", line])
    assert aliases.groups == parse(["x = y"]).groups
    assert aliases.notes == (
        f"line 2 of {FILE} is not used: it has no = between two different names",
    )


def test_many_such_lines_are_one_note() -> None:
    aliases = parse(["x = y", *["Tripoli"] * 3000])
    assert aliases.notes == (
        f"3,000 lines of {FILE} are not used, the first is line 2: "
        "they have no = between two different names",
    )


def test_a_line_of_very_many_names_is_noted() -> None:
    fitting = " = ".join(f"name{n}" for n in range(MAX_MEMBERS))
    assert len(parse([fitting]).of(terms("name0"))) == MAX_MEMBERS - 1
    assert parse([f"{fitting} = another"]) == Aliases(
        {}, (f"line 1 of {FILE} is not used: it has more than {MAX_MEMBERS} names",)
    )


@given(st.lists(st.text(st.characters() | st.sampled_from("ab= #\ufeff\u200fطرابلس"), max_size=40)))
def test_any_text_is_read(lines: list[str]) -> None:
    aliases = parse(lines)
    for own, names in aliases.groups.items():
        assert own
        assert names
    assert aliases.longest >= 0


@given(data=st.binary(max_size=200))
def test_any_file_is_read(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    folder = tmp_path_factory.mktemp("any")
    (folder / FILE).write_bytes(data)
    assert load(folder).longest >= 0


def loaded(folder: Path, data: bytes) -> Aliases:
    (folder / FILE).write_bytes(data)
    return load(folder)


def test_a_file_that_is_not_there_is_no_fault(tmp_path: Path) -> None:
    assert load(tmp_path) is NONE


@pytest.mark.parametrize("head", [b"", b"\xef\xbb\xbf"], ids=["plain", "byte-order mark"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_a_file_may_have_a_mark_and_any_ends_of_lines(
    tmp_path: Path, head: bytes, end: str
) -> None:
    text = end.join(ALIASES.splitlines())
    assert loaded(tmp_path, head + text.encode()) == parse(ALIASES.splitlines())


@pytest.mark.parametrize("encoding", ["windows-1256", "utf-16", "utf-16-le", "utf-8-sig"])
def test_a_file_is_read_in_the_encoding_of_its_program(tmp_path: Path, encoding: str) -> None:
    text = "Tripoli = طرابلس\r\n"
    assert loaded(tmp_path, text.encode(encoding)) == parse([text.strip()])


@pytest.mark.parametrize(
    "table",
    [
        "Tripoli,طرابلس,Trablus\nBenghazi,بنغازي,\n",
        "Tripoli;طرابلس;Trablus\nBenghazi;بنغازي\n",
        "Tripoli\tطرابلس\tTrablus\n\nBenghazi\tبنغازي\t\n",
        'id,name,alias,other\n7,Tripoli,طرابلس,"Trablus"\n8,"Benghazi",بنغازي,\n',
        "الرقم;الاسم;مرادف;غيره\n1;Tripoli;طرابلس;Trablus\n2;Benghazi;بنغازي;\n",
    ],
)
def test_a_table_has_a_group_in_each_row(tmp_path: Path, table: str) -> None:
    expected = parse(["Tripoli = طرابلس = Trablus", "Benghazi = بنغازي"])
    assert loaded(tmp_path, table.encode("utf-8-sig")) == expected


def test_the_number_of_an_unused_row_is_that_of_its_line(tmp_path: Path) -> None:
    (note,) = loaded(tmp_path, b"# towns\nTripoli,Trablus\n\nSirte\n").notes
    assert note.startswith(f"line 4 of {FILE} is not used")


def test_a_file_that_cannot_be_read_is_noted(tmp_path: Path) -> None:
    (note,) = loaded(tmp_path, b"PK\x03\x04" + bytes(range(256)) * 9).notes
    assert note.startswith(f"{FILE} is not used: ")
    assert note.endswith("; save it as CSV or as text, from a spreadsheet too")
    (tmp_path / FILE).unlink()
    (tmp_path / FILE).mkdir()
    (note,) = load(tmp_path).notes
    assert note.startswith(f"{FILE} is not used: ")


def test_a_huge_file_is_noted_wherever_it_is_cut(tmp_path: Path) -> None:
    for head in ("", " "):  # one of them is cut within a letter
        aliases = loaded(tmp_path, (head + "ط" * MAX_BYTES).encode())
        assert aliases == Aliases({}, (f"{FILE} is not used: it has more than 1,048,576 bytes",))


# -- in a query ----------------------------------------------------------------------

TEXTS: Texts = {
    "tripoli": "All is calm in Tripoli today",
    "طرابلس": "وصل الوفد إلى طَرابُلس أمس",
    "gnu": "The GNU met again",
    "unity": "The Government of National Unity met again",
    "الوحدة": "اجتمعت حكومة الوحدة الوطنية أمس",
    "torn": "A national government met in unity",
    "corps": "The Africa Corps left",
    "title": {"text": "nothing of note", "title": "Wagner"},
}
UNITY = {"gnu", "unity", "الوحدة"}


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    folder = tmp_path_factory.mktemp("aliases")
    build(folder, TEXTS).close()
    (folder / "index" / FILE).write_text(ALIASES, "utf-8")
    with Searcher.open(folder / "index") as opened:
        yield opened


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("Tripoli", {"tripoli", "طرابلس"}),
        ("طرابلس", {"tripoli", "طرابلس"}),
        ("+tripoli", {"tripoli", "طرابلس"}),
        ("calm -طرابلس", set()),
        ("GNU", UNITY),
        ('"GNU"', UNITY),
        ('"Government of National Unity"', UNITY),
        ('"حكومة الوحدة الوطنية"', UNITY),
        ("Government of National Unity", {*UNITY, "torn"}),
        ("the Government of National Unity again", {*UNITY, "torn"}),
        ("حكومة الوحدة الوطنية", UNITY),
        ("Wagner", {"corps", "title"}),
        ('"Africa Corps"', {"corps", "title"}),
        ("title:Wagner", {"title"}),
        ('title:"Africa Corps"', {"title"}),
        ('"National Unity"', {"unity"}),
        ('="GNU"', {"gnu"}),
        ("trip*", {"tripoli"}),
    ],
)
def test_aliases_are_found_in_both_directions(
    searcher: Searcher, query: str, found: set[str]
) -> None:
    assert set(ids(searcher, query)) == found


@pytest.mark.parametrize("options", [Options(names=False), Options(exact=True)])
def test_aliases_are_switched_off_with_names(searcher: Searcher, options: Options) -> None:
    results = searcher.search("Tripoli", options=options)
    assert [hit.id for hit in results.hits] == ["tripoli"]
    assert results.notes == ()
    assert searcher.search("GNU", options=options).total == 1


def test_what_was_typed_comes_before_its_aliases(searcher: Searcher) -> None:
    for query, first in [("GNU", "gnu"), ("Tripoli", "tripoli")]:
        assert ids(searcher, query)[0] == first


def test_a_note_says_how_many_documents_have_each_alias(searcher: Searcher) -> None:
    assert searcher.search("tripoli").notes == ("tripoli: also طرابلس (1)",)
    assert searcher.search("GNU").notes == (
        "GNU: also Government of National Unity (1), حكومة الوحدة الوطنية (1)",
    )
    for query in ("Government of National Unity", '"Government of National Unity"'):
        (note,) = searcher.search(query).notes
        assert note == "Government of National Unity: also GNU (1), حكومة الوحدة الوطنية (1)"


def test_an_alias_is_of_the_kind_name_and_lit_up_as_it_is_written(searcher: Searcher) -> None:
    hits = {hit.id: hit for hit in searcher.search("GNU").hits}
    assert {match.kind for match in hits["gnu"].matched} == {"exact"}
    assert {match.kind for match in hits["unity"].matched} == {"name"}
    assert highlighted(hits["unity"]) == ["Government", "of", "National", "Unity"]
    (hit,) = (hit for hit in searcher.search("Tripoli").hits if hit.id == "طرابلس")
    assert highlighted(hit) == ["طَرابُلس"]
    assert [(m.query, m.text, m.kind) for m in hit.matched] == [("Tripoli", "طَرابُلس", "name")]


def test_an_alias_that_no_document_has_is_not_noted(tmp_path: Path) -> None:
    build(tmp_path, {"a": "Tripoli"}).close()
    (tmp_path / "index" / FILE).write_text("Tripoli = Trablus", "utf-8")
    with Searcher.open(tmp_path / "index") as searcher:
        assert searcher.search("Tripoli").notes == ()


def test_lines_that_cannot_be_used_are_told_with_each_answer(tmp_path: Path) -> None:
    build(tmp_path, {"a": "Tripoli"}).close()
    (tmp_path / "index" / FILE).write_text("Tripoli\n", "utf-8")
    note = f"line 1 of {FILE} is not used: it has no = between two different names"
    with Searcher.open(tmp_path / "index") as searcher:
        assert searcher.search("Tripoli").notes == (note,)
        assert searcher.look("Tripoli").notes == (note,)
        assert searcher.search("...").notes[:2] == ("the query has no words", note)
        assert searcher.search("Tripoli", options=Options(names=False)).notes == ()
        assert searcher.search("Tripoli", options=Options(exact=True)).notes == ()


def test_rebuilding_keeps_the_aliases(tmp_path: Path) -> None:
    docs = written(tmp_path / "docs", {"a.txt": "Tripoli", "b.txt": "طرابلس"})
    index = indexed(docs)
    (index / FILE).write_text(ALIASES, "utf-8")
    for again in ([docs], [docs, "--rebuild"]):
        assert run("index", *again, "--index", index, "-q").code == 0
        assert (index / FILE).read_text("utf-8") == ALIASES
        assert run("search", "tripoli", "-c", "--index", index).out == "2\n"
    assert run("search", "tripoli", "-c", "--no-names", "--index", index).out == "1\n"
