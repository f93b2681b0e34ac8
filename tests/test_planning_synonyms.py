"""Names in queries: a spelling finds the others that the index holds, in both scripts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from library import Texts, build, highlighted, ids, index_files

from index import IndexWriter
from search import Hit, Searcher
from search.options import Options

TEXTS: Texts = {
    "dbeibah": "The prime minister Dbeibah spoke first",
    "dubaybah": "Then Dubaybah answered him at length",
    "arabic": "قال الدبيبة كلاما كثيرا",
    "and": "ثم قال والدُّبَيْبَة كلاما كثيرا",
    "two": "Abdul Hamid came home again",
    "one": "Abdulhamid came home again",
    "article": "Abd al-Hamid came home again",
    "اثنان": "عاد عبد الحميد إلى البيت",
    "واحد": "عاد عبدالحميد إلى البيت",
    "ali": "On Monday Ali Dbeibah met them",
    "علي": "وقف علي الدبيبة أمام المجلس",
    "apart": "علي وقف أمام المجلس ثم قال كل من الحاضرين شيئا عن الدبيبة",
    "mangoush": {"text": "nothing of note here", "title": "Mangoush resigned"},
    "المنقوش": {"text": "لا شيء هنا", "title": "المنقوش"},
    "mild": "a mild wind and a mild sea",
    "mild too": "and a mild rain",
    "Mild": "Mr Mild went to sea",
    "مايلد": "ذهب السيد ميلد إلى البحر",
    "gnu": "The GNU met in the capital",
    "جنو": "سافر جنو إلى العاصمة",
    "harbour": "the harbour is open",
}  # fmt: skip
DBEIBAH = {"dbeibah", "dubaybah", "arabic", "and", "ali", "علي", "apart"}
HAMID = {"two", "one", "article", "اثنان", "واحد"}


@pytest.fixture(scope="module", params=[1, 4], ids=["one segment", "four segments"])
def searcher(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Searcher]:
    with build(tmp_path_factory.mktemp("names"), TEXTS, segments=request.param) as opened:
        yield opened


def found(searcher: Searcher, query: str, **options: bool) -> set[str]:
    return set(ids(searcher, query, options=Options(limit=100, **options)))  # type: ignore[arg-type]


def hit(searcher: Searcher, query: str, name: str) -> Hit:
    return next(hit for hit in searcher.search(query, limit=100).hits if hit.id == name)


def kinds(searcher: Searcher, query: str, name: str) -> dict[str, set[str]]:
    """The words of a document that answer a query, and how."""
    matched = hit(searcher, query, name).matched
    return {m.text: {other.kind for other in matched if other.text == m.text} for m in matched}


@pytest.mark.parametrize(
    "query",
    ["Dbeibah", "dbeibah", "Dubaybah", "الدبيبة", "الدُّبَيْبَة", "والدبيبة", "وللدبيبة"],
)
def test_spellings_of_a_name_find_each_other_in_both_scripts(
    searcher: Searcher, query: str
) -> None:
    assert found(searcher, query) == DBEIBAH


@pytest.mark.parametrize("query", ["Dbaybah", "Al-Dbeibah"])
def test_a_spelling_that_no_document_has_finds_those_that_some_have(
    searcher: Searcher, query: str
) -> None:
    assert found(searcher, query) == DBEIBAH
    assert searcher.search(query).suggestion is None


def test_another_spelling_is_of_the_kind_name(searcher: Searcher) -> None:
    assert kinds(searcher, "Dbeibah", "dbeibah") == {"Dbeibah": {"exact"}}
    assert kinds(searcher, "Dbeibah", "dubaybah") == {"Dubaybah": {"name"}}
    assert kinds(searcher, "Dbeibah", "and") == {"والدُّبَيْبَة": {"name"}}
    assert kinds(searcher, "الدبيبة", "and") == {"والدُّبَيْبَة": {"stem"}}
    assert kinds(searcher, "الدبيبة", "ali") == {"Dbeibah": {"name"}}


def test_a_highlight_encloses_the_spelling_as_it_is_written(searcher: Searcher) -> None:
    for name, written in [("and", "والدُّبَيْبَة"), ("dubaybah", "Dubaybah"), ("arabic", "الدبيبة")]:
        assert highlighted(hit(searcher, "Dbeibah", name)) == [written]
        (snippet,) = hit(searcher, "Dbeibah", name).snippets
        (span,) = snippet.spans
        start = str(TEXTS[name]).index(written)
        assert snippet.start + span[0] == start
    assert highlighted(hit(searcher, "عبدالحميد", "article")) == ["Abd", "al-Hamid"]
    assert highlighted(hit(searcher, "Abdul Hamid", "واحد")) == ["عبدالحميد"]


def test_the_spelling_that_was_typed_comes_first(searcher: Searcher) -> None:
    for query in ("Dubaybah", "Abdulhamid", "عبدالحميد"):
        (first, *_) = searcher.search(query).hits
        assert highlighted(first) == [query]


def test_a_note_says_how_many_documents_have_each_other_spelling(searcher: Searcher) -> None:
    assert searcher.search("Dbeibah").notes == ("Dbeibah: also الدبيبة (4), Dubaybah (1)",)
    assert searcher.search("الدبيبة").notes == ("الدبيبة: also Dbeibah (2), Dubaybah (1)",)
    assert searcher.search("harbour").notes == ()


def test_the_counts_of_a_note_are_those_of_the_documents(searcher: Searcher) -> None:
    plain = Options(limit=100, names=False)
    for query in ("Dbeibah", "الدبيبة", "Mangoush"):
        (note,) = searcher.search(query).notes
        others = note.partition(": also ")[2].split(", ")
        for other in others:
            word, _, count = other.partition(" (")
            assert searcher.search(word, options=plain).total == int(count.rstrip(")")), note


@pytest.mark.parametrize(
    ("query", "notes"),
    [
        ("Abdulhamid", ["Abdulhamid: also عبدالحميد (1), Abdul Hamid (3)"]),
        ("عبدالحميد", ["عبدالحميد: also Abdulhamid (1), عبد الحميد (3)"]),
        ("عبد الحميد", ["الحميد: also Alhamid (1), Hamid (2)",
                        "عبد الحميد: also عبدالحميد (1), Abdulhamid (1)"]),
        ('"Abd al-Hamid"', ["al-Hamid: also Alhamid (1), الحميد (1)",
                            "Abd al-Hamid: also عبدالحميد (1), Abdulhamid (1)"]),
    ],
)  # fmt: skip
def test_a_note_names_what_was_typed_and_no_other_word(
    searcher: Searcher, query: str, notes: list[str]
) -> None:
    assert list(searcher.search(query).notes) == notes


def test_what_no_document_has_is_not_noted(searcher: Searcher) -> None:
    assert not [n for n in searcher.search("Abdulmonem").notes if "also" in n]


# -- names in two words --------------------------------------------------------------


@pytest.mark.parametrize(
    "query", ["Abdul Hamid", "Abdulhamid", "Abd al-Hamid", "عبد الحميد", "عبدالحميد"]
)
def test_a_name_in_one_word_or_two_is_found_in_all_its_spellings(
    searcher: Searcher, query: str
) -> None:
    assert found(searcher, query) == HAMID
    assert found(searcher, f'"{query}"') == HAMID
    assert found(searcher, f"name:({query.lower()})") == HAMID


THREE = ["Abdul Hamid Dbeibah", "Abdulhamid Dubaybah", "Abd al-Hamid Dbeibah",
         "عبد الحميد الدبيبة", "عبدالحميد الدبيبة"]  # fmt: skip


@pytest.mark.parametrize("query", THREE)
def test_a_name_of_three_words_is_found_in_quotes_in_all_its_spellings(
    tmp_path: Path, query: str
) -> None:
    apart = {"apart": "Abdul Hamid and then Mr Dbeibah", "hamid": "Hamid Dbeibah"}
    texts = {name: f"and {name} said" for name in THREE}
    with build(tmp_path, texts | apart) as searcher:
        assert found(searcher, f'"{query}"') == set(texts)
        assert found(searcher, f'"{query} said"') == set(texts)
        assert found(searcher, f'="{query}"') == {query}


@pytest.mark.parametrize("query", ["Abdullah", "Abdallah", "Abd Allah", "عبدالله", "عبد الله"])
def test_abdullah_is_found_in_all_its_spellings(tmp_path: Path, query: str) -> None:
    names = ["Abdullah", "Abdallah", "Abd Allah", "عبدالله", "عبد الله"]
    with build(tmp_path, {name: f"x {name} y" for name in names}) as searcher:
        assert found(searcher, query) == set(names)


def test_one_word_for_two_and_two_for_one_are_of_the_kind_name(searcher: Searcher) -> None:
    forms = {"two": ["Abdul", "Hamid"], "one": ["Abdulhamid"], "واحد": ["عبدالحميد"]}
    for asked, other in permutations(forms, 2):
        told = kinds(searcher, " ".join(forms[asked]), other)
        assert told == {word: {"name"} for word in forms[other]}, (asked, other)


def test_the_first_word_of_such_a_name_is_none_by_itself(searcher: Searcher) -> None:
    assert found(searcher, "Abdul") == {"two"}
    assert found(searcher, "عبد") == {"اثنان"}


# -- what is taken for a name ----------------------------------------------------------


def test_a_small_word_that_the_index_has_small_is_no_name_unless_it_is_said(
    searcher: Searcher,
) -> None:
    small = {"mild", "mild too", "Mild"}
    assert found(searcher, "mild") == small
    assert found(searcher, "name:mild") == {*small, "مايلد"}
    assert kinds(searcher, "name:mild", "مايلد") == {"ميلد": {"name"}}
    assert found(searcher, "name:(harbour mild)") == {*small, "مايلد", "harbour"}
    assert found(searcher, "title:name:mild") == found(searcher, "name:title:mild") == set()


def test_a_capital_makes_a_name_of_a_word(searcher: Searcher) -> None:
    assert found(searcher, "Mild") == {"mild", "mild too", "Mild", "مايلد"}


def test_a_small_word_that_the_index_has_with_a_capital_is_a_name(searcher: Searcher) -> None:
    assert found(searcher, "mangoush") == {"mangoush", "المنقوش"}


def test_four_capitals_are_an_acronym(searcher: Searcher) -> None:
    assert found(searcher, "GNU") == {"gnu"}
    assert found(searcher, "name:GNU") == {"gnu", "جنو"}
    assert found(searcher, "MILD") == {"mild", "mild too", "Mild"}
    assert found(searcher, "DBEIBAH") == DBEIBAH


@pytest.mark.parametrize("word", ["the", "between", "5g", "2016", "على", "في"])
def test_stop_words_and_numbers_have_no_other_spellings(searcher: Searcher, word: str) -> None:
    assert searcher._names.spellings(word) == ()


# -- switched off ------------------------------------------------------------------------


def test_names_are_switched_off_by_a_sign_and_by_options(searcher: Searcher) -> None:
    typed = {"dbeibah", "ali"}
    assert found(searcher, '="Dbeibah"') == typed
    assert found(searcher, "Dbeibah", exact=True) == typed
    assert found(searcher, "Dbeibah", names=False) == typed
    assert found(searcher, "name:Dbeibah", names=False) == typed
    assert found(searcher, "Abdulhamid", names=False) == {"one"}
    assert found(searcher, '"عبدالحميد"', exact=True) == {"واحد"}
    for options in (Options(exact=True), Options(names=False)):
        assert searcher.search("Dbeibah", options=options).notes == ()
    assert searcher.search('="Dbeibah"').notes == ()


def test_a_beginning_has_no_other_spellings(searcher: Searcher) -> None:
    assert found(searcher, "name:Dbeib*") == {"dbeibah", "ali"}


# -- clauses -------------------------------------------------------------------------------


def test_a_required_or_excluded_name_means_all_its_spellings(searcher: Searcher) -> None:
    assert found(searcher, "+Dbeibah +Ali") == {"ali", "علي", "apart"}
    assert found(searcher, "Dbeibah AND Ali") == {"ali", "علي", "apart"}
    assert found(searcher, "Dbeibah -علي") == DBEIBAH - {"ali", "علي", "apart"}
    assert found(searcher, "+Abdulhamid") == HAMID
    assert found(searcher, "home -عبدالحميد") == set()


@pytest.mark.parametrize("query", ['"Ali Dbeibah"', '"علي الدبيبة"', '"Dbeibah Ali"~2'])
def test_a_phrase_finds_its_names_in_other_spellings(searcher: Searcher, query: str) -> None:
    assert found(searcher, query) == {"ali", "علي"}


def test_in_a_phrase_too_another_spelling_is_of_the_kind_name(searcher: Searcher) -> None:
    told = kinds(searcher, '"علي الدبيبة"', "ali")  # where final ى and ي meet
    assert told == {"Ali": {"name"}, "Dbeibah": {"name"}}
    told = kinds(searcher, '"Ali Dbeibah"', "علي")
    assert told == {"علي": {"name"}, "الدبيبة": {"name"}}


def test_the_parts_of_a_name_standing_together_come_first(tmp_path: Path) -> None:
    around = ["ثم", "وقف", "أمام", "المجلس", "أمس"]
    texts = {
        "apart": " ".join(["علي", *around, "الدبيبة"]),
        "together": " ".join([*around, "علي", "الدبيبة"]),
        "english": "someone said that they met Ali Dbeibah",
    }
    with build(tmp_path, texts) as searcher:
        options = Options(second_stage=False)
        for query in ("Ali Dbeibah", "علي الدبيبة"):
            hits = {hit.id: hit.score for hit in searcher.search(query, options=options).hits}
            assert hits.keys() == texts.keys()
            assert hits["together"] > hits["apart"], query
        alone = {h.id: h.score for h in searcher.search("Ali", options=options).hits}
        assert alone["together"] == alone["apart"]


def test_a_word_that_no_document_has_is_widened_though_it_could_be_two(tmp_path: Path) -> None:
    with build(tmp_path, {"a": "Abdulmonem spoke", "b": "Abdul Hamid spoke"}) as searcher:
        (hit,) = searcher.search("Abdulmonex").hits
        assert (hit.id, hit.matched[0].kind) == ("a", "fuzzy")


PIECES = st.sampled_from([
    *("عبد", "ال", "أبو", "ابن", "حميد", "abd", "abu", "ul", "Al", "Hamid", "Dbeibah", "الدبيبة"),
    *(" ", " ", "-", "'", "’", ".", "5", "+", "\u0640", "\u064e", "\u200f", "é", "ß", "İ", "我"),
    *('"', "name:", "title:", "NOT ", "(", ")", "*", "~"),
])  # fmt: skip


@given(st.lists(PIECES, max_size=9).map("".join))
def test_whatever_is_typed_is_answered(searcher: Searcher, query: str) -> None:
    for hit in searcher.search(query).hits:
        assert hit.matched or not highlighted(hit)


# -- titles --------------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["Mangoush", "title:Mangoush", "المنقوش", "title:المنقوش"])
def test_names_in_titles_alone_are_found_in_their_other_spellings(
    searcher: Searcher, query: str
) -> None:
    assert found(searcher, query) == {"mangoush", "المنقوش"}
    assert highlighted(hit(searcher, query, "المنقوش")) == ["المنقوش"]
    assert highlighted(hit(searcher, query, "mangoush")) == ["Mangoush"]
    assert len(searcher.search(query).notes) == 1


# -- an index that changes -----------------------------------------------------------------


def test_names_are_right_after_changes_and_merges(tmp_path: Path) -> None:
    files = {"1.txt": "the Dbeibah cabinet", "2.txt": "حكومة الدبيبة", "3.txt": "a mild wind"}
    with index_files(tmp_path, files) as searcher:
        assert searcher.search("Dbeibah").notes == ("Dbeibah: also الدبيبة (1)",)
        assert searcher.search("name:mild").total == 1
    folder = tmp_path / "files"
    with IndexWriter.open(tmp_path / "index") as writer:
        (folder / "1.txt").write_text("the Dubaybah cabinet")
        writer.add_path(folder)
        for n in range(20):  # eight commits of a size are merged
            (folder / f"more{n}.txt").write_text(f"Mr Mild met Mishustin {n}, ميشوستين", "utf-8")
            writer.add_path(folder)
    with Searcher.open(tmp_path / "index") as searcher:
        assert len(searcher._reader.segments) < 20
        results = searcher.search("الدبيبة")
        assert (results.total, results.notes) == (2, ("الدبيبة: also Dubaybah (1)",))
        assert searcher.search("Dbeibah").notes == ("Dbeibah: also الدبيبة (1), Dubaybah (1)",)
        assert searcher.search("Mishustin").notes == ("Mishustin: also ميشوستين (20)",)
        assert not searcher._names._is_lowercase("mild")  # twenty against one


def test_a_spelling_that_only_deleted_documents_had_is_not_noted(tmp_path: Path) -> None:
    files = {f"{n}.txt": f"number {n}" for n in range(9)} | {"a.txt": "الدبيبة", "b.txt": "Dbeibah"}
    index_files(tmp_path, files).close()
    (tmp_path / "files" / "a.txt").unlink()
    with IndexWriter.open(tmp_path / "index") as writer:
        writer.add_path(tmp_path / "files")
    with Searcher.open(tmp_path / "index") as searcher:
        assert searcher._reader.has_deletions
        results = searcher.search("Dbeibah")
        assert (results.total, results.notes) == (1, ())
        results = searcher.search("الدبيبة")
        assert (results.total, results.notes) == (1, ("الدبيبة: also Dbeibah (1)",))


def test_a_document_shows_the_other_spellings_in_it(searcher: Searcher) -> None:
    (stored,) = searcher.documents("and")
    spans, _ = searcher.highlight(stored, "Dbeibah")
    assert [stored["text"][start:end] for start, end in spans] == ["والدُّبَيْبَة"]


def test_a_spelling_that_was_found_is_remembered_with_its_snapshot(searcher: Searcher) -> None:
    first = searcher._names.spellings("dbeibah")
    assert searcher._names.spellings("dbeibah") is first
