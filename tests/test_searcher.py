"""`search.searcher`: what a query finds, in which order, and why it says it did."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from unittest.mock import patch

import pytest
from library import Texts, build, highlighted, ids, index_files, unmerged

from index import IndexWriter
from index.errors import BadQuery, IndexCorrupt, NotFound
from search import Searcher
from search.options import Options
from search.parsing.ast import DateFilter, LanguageFilter, PathFilter, TypeFilter
from search.parsing.field_values import date_filter

TEXTS: Texts = {
    "exact": "قال الدبيبة كلاما كثيرا",
    "folded": "قال الدبيبه كلاما كثيرا",
    "stem": "قال دبيبة كلاما كثيرا",
    "waw": "قال والدبيبة كلاما كثيرا",
    "on": "وقف الرجل على الجسر",
    "ali": "وقف الرجل علي الجسر",
    "old": "الرجل الذى جاء من طرابلس",
    "new": "الرجل الذي جاء من طرابلس",
    "libya": {"text": "The parliament sat on Monday", "title": "Libya and Russia"},
    "libyan": "A Libyan railway to Russia stalled again",
    "russia": "The relations of Russia were discussed on Tuesday",
    "who": "The WHO sent vaccines to the US",
    "pronoun": "The woman who told us left it there",
    "koni": "Musa al-Koni met the UN-backed cabinet",
    "alkoni": "Musa Alkoni met nobody",
    "lavrov": "Sergey Lavrov spoke first",
    "year": "عام ٢٠١٦ كان طويلا",
    "in-libya": "وصل الوفد إلى ليبيا أمس ثم عاد إلى ليبيا",
    "to-libya": "عاد الوفد إلى ليبيا",
    "by-libya": "اهتمت روسيا بليبيا وحدها",
    "library": "زار مكتبة المدينة",
    "writer": "زار كاتب المدينة",
    "security": "أصدر مجلس الأمن الدولي قرارا",
    "councils": "الأمن أولا كما قال المجلس",
    "date": "Published 12/10/2023 in Tripoli",
    "possessive": "Libya’s coast was discussed",
    "letters": "A course in C++ for beginners",
    "web": "See https://www.example.org/report for more or write to desk@example.org",
    "acronym": "The U.N. was asked",
}


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    with build(tmp_path_factory.mktemp("search"), TEXTS) as opened:
        yield opened


SPELLED = Options(limit=100, names=False)
"""A name is found in the spelling that was typed; all of them: ``test_equivalents``."""


def found(searcher: Searcher, query: str, options: Options = SPELLED) -> set[str]:
    return set(ids(searcher, query, options=options))


FOUND = [
    # Arabic: folding, stems, proclitics
    ("الدبيبة", "exact folded stem waw"),
    ("الدبيبه", "exact folded stem waw"),
    ("دبيبة", "exact folded stem waw"),
    ("والدبيبة", "exact folded stem waw"),
    ("وللدبيبة", "exact folded stem waw"),
    ("الدُّبَيْبَة", "exact folded stem waw"),
    ("الدبيبـــة", "exact folded stem waw"),
    ("الد\u200fبيبة", "exact folded stem waw"),
    ("الد\u200bبي\u200cبة", "exact folded stem waw"),
    ("ﺍﻟﺪﺑﻴﺒﺔ", "exact folded stem waw"),
    ("ليبيا", "in-libya to-libya by-libya"),
    ("بليبيا", "in-libya to-libya by-libya"),
    ("لليبيا", "in-libya to-libya"),
    ("مكتبة", "library writer"),  # by their root
    ("كاتب", "writer library"),
    ("2016", "year"),
    ("٢٠١٦", "year"),
    # ى and ي
    ("على", "on"),
    ("علي", "ali"),
    ("الذى", "old new"),
    ("الذي", "old new"),
    ('"الرجل علي الجسر"', "on ali"),
    ('"الرجل على"', "on ali"),
    # English
    ("Libya", "libya possessive"),
    ("libyan", "libyan"),
    ("relation", "russia"),
    ("discuss", "russia possessive"),
    ("alkoni", "koni alkoni"),
    ("al-Koni", "koni alkoni"),
    ("Al-Koni/alkoni", "koni alkoni"),
    ("U.N.", "koni acronym"),
    ("UN", "koni acronym"),
    ("C++", "letters"),
    ("12/10/2023", "date"),
    ("2023", "date"),
    ("https://www.example.org/report", "web"),
    ("desk@example.org", "web"),
    ("example", "web"),
    # words in capitals are no stop words
    ("WHO", "who"),
    ("who", "who pronoun"),
    ("US", "who"),
    ("who railway", "libyan"),
    # signs and operators
    ("Russia -railway", "libya russia"),
    ("Russia NOT railway", "libya russia"),
    ("+Russia railway", "libya libyan russia"),
    ("Russia AND railway", "libyan"),
    ("railway OR parliament", "libya libyan"),
    ("railway OR (parliament AND Monday)", "libya libyan"),
    ("(Russia AND NOT railway) OR Lavrov", "libya russia lavrov"),
    ("Russia -(railway OR relations)", "libya"),
    ("+Russia +on", "libya russia"),
    ("Russia AND on", "libya russia"),
    ("Russia -on", "libyan"),
    ("+al-Koni", "koni alkoni"),
    ("-al-Koni +Musa", ""),
    # phrases
    ('"UN backed"', "koni"),
    ('"on Monday"', "libya"),
    ('"sat on"', "libya"),
    ('"Monday on"', ""),
    ('"مجلس الأمن"', "security"),
    ('"مجلس الامن الدولي"', "security"),
    ('"الأمن المجلس"~4', "security councils"),
    ('"المجلس الأمن"~4', "security councils"),
    ('"الأمن المجلس"~2', "security"),
    ('"Libya and Russia"', "libya"),
    ('"Russia Libya"~2', "libya"),
    ('"Libya parliament"', ""),
    ('"ليبيا ليبيا"~5', "in-libya"),
    ('"بليبيا ليبيا"~5', "in-libya"),
    # as spelled
    ('="الدبيبة"', "exact"),
    ('="الذى"', "old"),
    ('="relations"', "russia"),
    ('="relation"', ""),
    ('="on Monday"', "libya"),
    # the title
    ("title:Libya", "libya"),
    ("title:parliament", ""),
    ("title:(Libya railway)", "libya"),
    ('title:"Libya and Russia"', "libya"),
    ("title:rus*", "libya"),
    ("title:(+Libya +Russia)", "libya"),
    # beginnings
    ("rail*", "libyan"),
    ("RAIL*", "libyan"),
    ("ليبي*", "in-libya to-libya"),
    ("دبيب*", "exact folded stem"),
    ("الدبيب*", "exact folded stem"),
    ("الأم*", "security councils in-libya"),
    ("الام*", "security councils in-libya"),
    ("al-Ko*", "koni"),
    ("zzz*", ""),
    ("201*", "year"),
    # typing mistakes
    ("Lavrvo~2", "lavrov"),
    ("Lavrvo~", "lavrov"),
    ("Lavrvo", "lavrov"),
    ("Lvarov~", "lavrov"),
    ("Labrov~1", "lavrov"),
    ("Labrof~1", ""),
    ("Labrof~2", "lavrov"),
    ("الدبيية~", "exact folded"),
    ("الامن~1", "security councils"),
    ("zzzz~2", ""),
    # nothing stands for everything
    ("zzz* -Russia", ""),
    ("+zzz* Russia", ""),
    ("+zzz Russia", ""),
    ("Russia AND zzz*", ""),
    ("Lavrov OR zzz*", "lavrov"),
]


@pytest.mark.parametrize(("query", "expected"), FOUND)
def test_a_query_finds(searcher: Searcher, query: str, expected: str) -> None:
    results = searcher.search(query, options=SPELLED)
    assert {hit.id for hit in results.hits} == set(expected.split())
    assert results.total == len(results.hits)
    assert [hit.rank for hit in results.hits] == list(range(1, results.total + 1))


def test_only_excluded_words_are_all_documents_without_them(searcher: Searcher) -> None:
    assert found(searcher, "-Russia") == set(TEXTS) - {"libya", "libyan", "russia"}
    assert found(searcher, "-Russia -الدبيبة") == set(TEXTS) - {
        *("libya", "libyan", "russia", "exact", "folded", "stem", "waw")
    }


def test_stop_words_alone_are_searched_and_a_note_says_so(searcher: Searcher) -> None:
    results = searcher.search("on the", limit=100)
    assert {"libya", "russia", "who"} <= {hit.id for hit in results.hits}
    assert results.notes == ("every word of the query is a very common one: searched as spelled",)


def test_stop_words_with_a_filter_are_searched_within_it(searcher: Searcher) -> None:
    filters = (LanguageFilter("ar"),)
    for query, options in [("الذي lang:ar", Options()), ("الذي", Options(filters=filters))]:
        results = searcher.search(query, options=options)
        assert {hit.id for hit in results.hits} == {"old", "new"}
        assert results.notes


def test_stop_words_with_other_words_find_nothing_of_their_own(searcher: Searcher) -> None:
    assert found(searcher, "railway on the") == {"libyan"}
    assert found(searcher, "railway the", options=Options(exact=True)) == {"libyan"}


@pytest.mark.parametrize("query", ["", "  ", "؟ ، ؛", "«»", "...", "*", "-", "()"])
def test_a_query_without_words_finds_nothing_and_says_so(searcher: Searcher, query: str) -> None:
    results = searcher.search(query)
    assert (results.total, results.hits) == (0, ())
    assert results.notes[0] == "the query has no words"


def test_the_words_as_typed_come_before_folded_before_stemmed(searcher: Searcher) -> None:
    assert (
        ids(searcher, "الدبيبة") == ["exact", "folded", "stem", "waw"]
        or ids(searcher, "الدبيبة")[0] == "exact"
    )


def test_the_author_s_word_comes_first_among_equal_documents(tmp_path: Path) -> None:
    texts = {
        "waw": "x x والأزمة y y", "folded": "x x الازمة y y", "exact": "x x الأزمة y y",
        "bare": "x x أزمة y y",
    }  # fmt: skip
    with build(tmp_path, texts) as searcher:
        for query, first in [("الأزمة", "exact"), ("الازمة", "folded"), ("والأزمة", "waw")]:
            results = searcher.search(query)
            assert [results.hits[0].id, results.total] == [first, 4]
            assert results.hits[0].score > results.hits[1].score


def test_the_typed_word_comes_before_one_after_a_proclitic(tmp_path: Path) -> None:
    texts = {"by": "x بليبيا y", "plain": "x ليبيا y", "other": "x y z"}
    with build(tmp_path, texts) as searcher:
        assert ids(searcher, "ليبيا") == ["plain", "by"]


def test_a_word_typed_twice_weighs_twice(tmp_path: Path) -> None:
    texts = {"a": "alpha x x", "b": "beta x x", "c": "x x x"}
    with build(tmp_path, texts) as searcher:
        assert ids(searcher, "alpha beta beta") == ["b", "a"]
        assert ids(searcher, "alpha alpha beta") == ["a", "b"]
        once, twice = (searcher.search(q).hits[0].score for q in ("alpha", "alpha alpha"))
        assert twice == pytest.approx(2 * once)


def test_a_match_in_the_title_adds_to_the_score(tmp_path: Path) -> None:
    text = "oil and gas and ports"
    texts: Texts = {"plain": text, "titled": {"text": text, "title": "Oil"}}
    with build(tmp_path, texts) as searcher:
        assert ids(searcher, "oil") == ["titled", "plain"]


KINDS = [
    ("الدبيبة", {"exact": "exact", "folded": "folded", "stem": "stem", "waw": "stem"}),
    ("الدُّبَيْبَة", {"exact": "exact", "folded": "folded"}),
    ("relation", {"russia": "stem"}),
    ("RELATIONS", {"russia": "exact"}),
    ("الذى", {"old": "exact", "new": "folded"}),
    ("بليبيا", {"in-libya": "stem", "by-libya": "exact"}),
    ("rail*", {"libyan": "prefix"}),
    ("railway*", {"libyan": "exact"}),
    ("الدبيب*", {"exact": "prefix", "folded": "prefix", "stem": "prefix"}),
    ("الدبيبه*", {"exact": "folded", "folded": "exact", "stem": "prefix"}),
    ("Lavrvo~2", {"lavrov": "fuzzy"}),
    ("lavrov~2", {"lavrov": "exact"}),
    ("الدبيبه~", {"exact": "folded", "folded": "exact"}),
    ('="relations"', {"russia": "exact"}),
    ("title:Libya", {"libya": "exact"}),
    ('"الرجل علي"', {"on": "folded", "ali": "exact"}),
]


@pytest.mark.parametrize(("query", "kinds"), KINDS)
def test_a_hit_says_how_it_matched(
    searcher: Searcher, query: str, kinds: Mapping[str, str]
) -> None:
    hits = {hit.id: hit for hit in searcher.search(query, limit=100).hits}
    for name, kind in kinds.items():
        told = [match.kind for match in hits[name].matched]
        assert kind in told, (name, told)
        assert set(told) <= {kind, "exact"}, (name, told)


def test_a_hit_says_which_word_matched_which(searcher: Searcher) -> None:
    (hit,) = searcher.search("Lavrvo~2").hits
    assert [(m.query, m.text, m.kind) for m in hit.matched] == [("Lavrvo~", "Lavrov", "fuzzy")]
    assert highlighted(hit) == ["Lavrov"]


def test_a_title_is_highlighted_and_its_match_is_listed(searcher: Searcher) -> None:
    hit = next(hit for hit in searcher.search("Libya parliament").hits if hit.id == "libya")
    assert highlighted(hit) == ["Libya", "parliament"]
    assert [match.text for match in hit.matched] == ["Libya", "parliament"]
    (only,) = searcher.search("title:Libya").hits
    assert highlighted(only) == ["Libya"]
    assert only.snippets[0].text == "The parliament sat on Monday"


def test_an_excluded_word_is_not_highlighted(searcher: Searcher) -> None:
    hits = searcher.search("Russia -railway", options=SPELLED).hits
    assert {piece for hit in hits for piece in highlighted(hit)} == {"Russia"}


def test_a_phrase_highlights_its_own_words_only(tmp_path: Path) -> None:
    text = "The council met. Security of the council. The security council met."
    with build(tmp_path, {"a": text}) as searcher:
        (hit,) = searcher.search('"security council"').hits
        assert highlighted(hit) == ["security", "council"]
        assert hit.snippets[0].spans[0][0] == text.index("security council")


# -- filters and order ---------------------------------------------------------------

LIBRARY: Texts = {
    "ar-2016": {"text": "ليبيا وروسيا", "date": "2016-05-01"},
    "en-2016": {"text": "Libya and Russia", "date": "2016-12-31"},
    "both-2021": {"text": "Libya and Russia. ليبيا وروسيا", "date": "2021-04-16"},
    "en-0622": {"text": "Libya long ago", "date": "0622-07-16"},
    "number": {"text": "1951 1969 2011", "date": "2011-02-17"},
    "declared": {
        "text": "Libya Russia Tripoli Moscow Sirte نعم",
        "lang": "ar",
        "date": "2017-01-01",
    },
}
EVERY = set(LIBRARY)
FILTERED = [
    ("lang:ar", {"ar-2016", "both-2021", "declared"}),
    ("lang:en", EVERY - {"ar-2016", "number"}),
    ("lang:ar lang:en", {"both-2021", "declared"}),
    ("-lang:ar", EVERY - {"ar-2016", "both-2021", "declared"}),
    ("Libya lang:ar", {"both-2021", "declared"}),
    ("+lang:ar Libya", {"both-2021", "declared"}),
    ("(lang:ar OR lang:en) Libya", EVERY - {"ar-2016", "number"}),
    ("(lang:ar) ago", set()),
    ("Libya OR lang:ar", EVERY - {"number"}),
    ("ago OR lang:ar", {"en-0622", "ar-2016", "both-2021", "declared"}),
    ("lang:ar OR date:2011", {"ar-2016", "both-2021", "declared", "number"}),
    ("lang:ar AND date:2016", {"ar-2016"}),
    ("ago OR NOT lang:en", {"en-0622", "ar-2016", "number"}),
    ("NOT (lang:en OR date:2011)", {"ar-2016"}),
    ("Libya -(lang:ar OR date:2016)", {"en-0622"}),
    ("date:2016", {"ar-2016", "en-2016"}),
    ("date:٢٠١٦", {"ar-2016", "en-2016"}),
    ("date:2016-05", {"ar-2016"}),
    ("date:2016-12-31", {"en-2016"}),
    ("date:2016..2020", {"ar-2016", "en-2016", "declared"}),
    ("date:2017..", {"both-2021", "declared"}),
    ("date:..1000", {"en-0622"}),
    ("date:0622-07-16", {"en-0622"}),
    ("date:0001..9999", EVERY),
    ("-date:..2016", {"both-2021", "declared"}),
    ("type:jsonl", EVERY),
    ("type:pdf,jsonl", EVERY),
    ("type:pdf", set()),
    ("path:*.jsonl", EVERY),
    ("path:*2016", {"ar-2016", "en-2016"}),
    ("path:files", EVERY),
    ("path:nowhere", set()),
    ("-path:files", set()),
    ("path:*ar-2* OR path:*0622", {"ar-2016", "en-0622"}),
]  # fmt: skip


@pytest.fixture(scope="module", params=[1, 3])
def library(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Searcher]:
    folder = tmp_path_factory.mktemp("library")
    with build(folder, LIBRARY, segments=request.param) as opened:
        yield opened


@pytest.mark.parametrize(("query", "expected"), FILTERED)
def test_a_filter_keeps(library: Searcher, query: str, expected: set[str]) -> None:
    results = library.search(query, options=SPELLED)
    assert ({hit.id for hit in results.hits}, results.total) == (expected, len(expected))


OPTIONS = [
    ((LanguageFilter("ar"),), {"both-2021", "declared"}),
    ((TypeFilter(("jsonl",)), date_filter("2016")), {"en-2016"}),
    ((PathFilter("*0622"),), {"en-0622"}),
    ((date_filter("2017.."), LanguageFilter("en")), {"both-2021", "declared"}),
]


@pytest.mark.parametrize(("filters", "expected"), OPTIONS)
def test_options_filter_too(
    library: Searcher, filters: tuple[DateFilter, ...], expected: set[str]
) -> None:
    assert found(library, "Libya", options=Options(filters=filters, names=False)) == expected


def test_a_filter_changes_no_score(library: Searcher) -> None:
    plain, filtered = (library.search(query) for query in ("ago", "ago type:jsonl -lang:ar"))
    assert filtered.hits[0].score == plain.hits[0].score > 0
    assert library.search("lang:ar").hits[0].score == 0


def test_results_come_in_the_order_asked_for(library: Searcher) -> None:
    by_date = ids(library, "Libya", options=Options(sort="date", names=False))
    assert by_date == ["both-2021", "declared", "en-2016", "en-0622"]
    by_path = [hit.path for hit in library.search("Libya", options=Options(sort="path")).hits]
    assert by_path == sorted(by_path)


def test_a_limit_of_nothing_still_counts(library: Searcher) -> None:
    results = library.search("Libya", options=Options(limit=0, names=False))
    assert (results.total, results.hits) == (4, ())


def test_rank_gives_the_order_of_search(library: Searcher) -> None:
    options = Options(limit=3)
    ranked = library.rank("Libya Russia", options)
    hits = library.search("Libya Russia", options=options).hits
    assert ranked == [(hit.id, hit.score) for hit in hits]


def test_plain_and_strict_and_exact(searcher: Searcher) -> None:
    assert found(searcher, "Lavrov -Sergey", options=Options(plain=True)) == {"lavrov"}
    assert found(searcher, "relation", options=Options(exact=True)) == set()
    assert found(searcher, "الدبيبة", options=Options(exact=True)) == {"exact"}
    assert found(searcher, '"Monday sat"~3', options=Options(exact=True)) == {"libya"}
    with pytest.raises(BadQuery):
        searcher.search("(Lavrov", options=Options(strict=True))
    results = searcher.search("(Lavrov")
    assert results.total == 1
    assert "searched as plain words" in results.notes[0]


# -- segments, commits, deletions ----------------------------------------------------

MANY: Texts = {
    f"d{n:03}": {
        "text": " ".join(
            word
            for step, word in [
                *((2, "alpha"), (3, "beta"), (5, "gamma"), (7, "ليبيا"), (11, "بليبيا")),
                *((4, "alpha"), (1, f"w{n % 13}"), (6, "delta epsilon")),
            ]
            if n % step == 0
        ),
        "title": "alpha beta" if n % 10 == 0 else "",
    }
    for n in range(120)
}
QUERIES = [
    *("alpha", "alpha beta gamma", "ليبيا", "بليبيا", '"delta epsilon"', "w1*", "alpja~"),
    *("+beta w1", "alpha -beta", "title:alpha", '"alpha gamma"~3', "-alpha", "w7 OR -w1"),
    *("alpha AND (beta OR gamma)", "beta beta alpha", "lang:en OR ليبيا"),
]


def ranked(searcher: Searcher, query: str) -> list[tuple[str, float]]:
    return [(hit.id, hit.score) for hit in searcher.search(query, limit=200).hits]


def test_one_segment_and_several_answer_alike(tmp_path: Path) -> None:
    with build(tmp_path / "1", MANY) as one, build(tmp_path / "7", MANY, segments=7) as seven:
        for query in QUERIES:
            assert ranked(one, query) == ranked(seven, query) != [], query
            hits = zip(one.search(query).hits, seven.search(query).hits, strict=True)
            assert all(a.snippets == b.snippets and a.matched == b.matched for a, b in hits)


@pytest.mark.parametrize("segments", [1, 3])
def test_a_document_that_is_gone_is_found_no_more(tmp_path: Path, segments: int) -> None:
    texts = {f"{n}.txt": f"alpha number {n}" for n in range(9)}
    folder = tmp_path / "files"
    folder.mkdir()
    with unmerged(), IndexWriter.open(tmp_path / "index") as writer:
        for n, (name, text) in enumerate(texts.items()):
            (folder / name).write_text(text)
            if n % (9 // segments) == 0 or n == 8:
                writer.add_path(folder)
        for gone in ("0.txt", "4.txt", "8.txt"):
            (folder / gone).unlink()
        (folder / "5.txt").write_text("beta instead")
        writer.refresh()
    with Searcher.open(tmp_path / "index") as searcher:
        assert searcher.document_count == 6
        for query, expected in [
            ("alpha", "1 2 3 6 7"), ("beta", "5"), ("-alpha", "5"), ("type:text", "1 2 3 5 6 7"),
            ("path:*.txt", "1 2 3 5 6 7"), ('"alpha number"', "1 2 3 6 7"), ("numb*", "1 2 3 6 7"),
            ("-path:*7.txt", "1 2 3 5 6"), ("modified:2000..", "1 2 3 5 6 7"), ("date:2000..", ""),
            ("alpha -type:text", ""),
        ]:  # fmt: skip
            results = searcher.search(query, limit=20)
            names = [Path(hit.path).stem for hit in results.hits]
            assert (sorted(names), results.total) == (expected.split(), len(names)), query
        for hit in searcher.search("alpha", limit=20).hits:
            assert highlighted(hit) == ["alpha"]


def test_a_searcher_answers_from_the_commit_it_opened(tmp_path: Path) -> None:
    with build(tmp_path, {"a": "alpha"}) as before, IndexWriter.open(tmp_path / "index") as writer:
        (tmp_path / "files" / "new.txt").write_text("alpha again")
        writer.add_path(tmp_path / "files")
        assert before.search("alpha").total == 1
        with Searcher.open(tmp_path / "index") as after:
            assert after.search("alpha").total == 2


# -- files ---------------------------------------------------------------------------


def test_identical_files_are_one_hit_with_all_its_paths(tmp_path: Path) -> None:
    files = {f"{n}.txt": "alpha beta" for n in range(5)} | {"other.txt": "alpha beta gamma delta"}
    with index_files(tmp_path, files) as searcher:
        for limit in (1, 2, 10):
            for sort in ("score", "path", "date"):
                results = searcher.search("alpha", options=Options(limit=limit, sort=sort))
                assert results.total == 6
                hit = (
                    next(hit for hit in results.hits if hit.copies)
                    if limit > 1
                    else results.hits[0]
                )
                if hit.copies:
                    shown = sorted(Path(path).name for path in (hit.path, *hit.copies))
                    assert shown == [f"{n}.txt" for n in range(5)]


def test_copies_are_those_that_pass_the_filter(tmp_path: Path) -> None:
    files = {"a/x.txt": "alpha", "a/y.txt": "alpha", "b/z.txt": "alpha"}
    with index_files(tmp_path, files) as searcher:
        (hit,) = searcher.search("alpha path:a", limit=1).hits
        assert sorted(Path(path).name for path in (hit.path, *hit.copies)) == ["x.txt", "y.txt"]


def test_files_that_are_gone_or_changed_are_marked(tmp_path: Path) -> None:
    files = {name: f"alpha {name}" for name in ("kept.txt", "gone.txt", "changed.txt")}
    with index_files(tmp_path, files) as searcher:
        (tmp_path / "files" / "gone.txt").unlink()
        (tmp_path / "files" / "changed.txt").write_text("something else entirely")
        states = {Path(hit.path).stem: hit.state for hit in searcher.search("alpha").hits}
        assert states == {"kept": "current", "gone": "missing", "changed": "changed"}


def test_lines_of_a_file_share_its_state(tmp_path: Path) -> None:
    with build(tmp_path, {"a#b": "alpha", "c": "alpha"}) as searcher:
        assert {hit.state for hit in searcher.search("alpha").hits} == {"current"}
        for file in (tmp_path / "files").iterdir():
            file.unlink()
        assert {hit.state for hit in searcher.search("alpha").hits} == {"missing"}


def test_a_document_is_named_by_its_path_or_its_id(tmp_path: Path) -> None:
    with build(tmp_path, {"a": "alpha", "b": "beta"}, segments=2) as searcher:
        (stored,) = searcher.documents("a")
        assert stored["text"] == "alpha"
        assert searcher.documents(stored["path"]) == [stored]
        for unknown in ("c", "", "a\udcff"):
            with pytest.raises(NotFound):
                searcher.documents(unknown)


def test_a_document_shows_all_that_a_query_matches_in_it(searcher: Searcher) -> None:
    (stored,) = searcher.documents("libya")
    spans, notes = searcher.highlight(stored, "parliament title:railway on (")
    assert [stored["text"][a:b] for a, b in spans] == ["parliament"]
    assert len(notes) == 1


def test_paths_may_be_asked_from_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with index_files(tmp_path, {"a b/x  y.txt": "alpha", "c/[z].txt": "alpha beta"}) as searcher:
        monkeypatch.chdir(tmp_path / "files")
        assert len(ids(searcher, 'path:"./a b"')) == 1
        assert len(ids(searcher, 'path:"x  y.txt"')) == 1
        assert len(ids(searcher, "path:c/*")) == 1
        assert len(ids(searcher, f"path:{os.sep}")) == 2


# -- size ----------------------------------------------------------------------------

LONG = [
    " ".join(f"word{n}" for n in range(10_000)),
    " ".join(f"+word{n}" for n in range(10_000)),
    "(" + " ".join(f"word{n}" for n in range(10_000)) + ")",
    '"' + " ".join(f"word{n}" for n in range(10_000)) + '"',
    ",".join(f"word{n}" for n in range(10_000)),
    " OR ".join(f"word{n}" for n in range(10_000)),
    " AND ".join(f"word{n}" for n in range(10_000)),
    "alpha " * 10_000,
]


@pytest.mark.parametrize("query", LONG, ids=lambda query: f"{query[:9]}…")
def test_a_query_of_ten_thousand_words_is_answered(searcher: Searcher, query: str) -> None:
    results = searcher.search(query)
    if "word9999" in query:
        assert results.notes[0] == (
            "the query has more than 500 words: the first of them are searched"
        )


def test_a_prefix_of_a_thousand_terms_is_searched_by_the_most_common(tmp_path: Path) -> None:
    texts = {str(n): f"w{n} again wide" for n in range(600)}
    with build(tmp_path, texts) as searcher:
        results = searcher.search("w*")
        assert results.total == 600  # by `wide`, which is the commonest
        assert results.notes == (
            "w* stands for more than 512 words: the commonest of them are searched",
        )


def test_a_replaced_line_of_a_file_does_not_disturb_the_paths_of_others(tmp_path: Path) -> None:
    lines = ('{"id": "x", "text": "zebra 1"}', '{"id": "x", "text": "zebra 2"}')
    files = {"a.jsonl": "\n".join([*lines, '{"id": "y", "text": "zebra 3"}']), "b.txt": "zebra 4"}
    with index_files(tmp_path, files) as searcher:
        assert len(ids(searcher, "zebra path:b.txt")) == 1
        assert len(ids(searcher, "zebra path:a.jsonl")) == 2
        by_path = searcher.search("zebra", options=Options(sort="path")).hits
        assert [hit.path.rpartition("/")[2] for hit in by_path] == [
            "a.jsonl#x",
            "a.jsonl#y",
            "b.txt",
        ]


@pytest.mark.parametrize("stumble", [ValueError("cut short"), OSError("no such day")])
def test_damage_that_is_noticed_late_names_the_index(tmp_path: Path, stumble: Exception) -> None:
    with build(tmp_path, {"a": "oil"}) as searcher:
        listing = searcher.look("oil")
        with patch("search.hits.documents.StoredDocuments.stored", side_effect=stumble):
            for read in (lambda: listing.window(0, 1), lambda: searcher.search("oil")):
                with pytest.raises(IndexCorrupt) as caught:
                    read()
                assert str(tmp_path / "index") in caught.value.message
