"""Names in phrases and after signs: every way to write them, and what the notes say of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from library import Texts, build, highlighted, ids

from index.analysis import analyze
from search import Searcher
from search.options import Options
from search.planning.spelling_notes import spelling_notes
from search.query.phrase_graph import near_graph, row_graph

GIVEN = {
    "Khaled": ["Khaled", "Khalid", "خالد"],
    "Abdulhamid": ["Abdulhamid", "Abdul Hamid", "Abd al-Hamid", "عبدالحميد", "عبد الحميد"],
    "Yusuf": ["Yusuf", "Youssef", "يوسف"],
}  # fmt: skip
FAMILY = {
    "Zawi": ["al-Zawi", "el-Zawi", "Zawi", "Al Zawi", "Alzawi", "az-Zawi", "الزاوي"],
    "Qasim": ["Qasim", "bin Qasim", "ben Kasem", "Ibn Qasim", "قاسم", "بن قاسم"],
}
TEXTS: Texts = {
    f"{given}/{family}/{first} {last}": f"then {first} {last} spoke of the road"
    for (given, firsts), (family, lasts) in product(GIVEN.items(), FAMILY.items())
    for first, last in product(firsts, lasts)
}


@pytest.fixture(scope="module", params=[1, 3], ids=["one segment", "three segments"])
def searcher(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Searcher]:
    folder = tmp_path_factory.mktemp("phrases")
    with build(folder, TEXTS, segments=request.param) as opened:
        yield opened


def found(searcher: Searcher, query: str) -> set[str]:
    return set(ids(searcher, query, options=Options(limit=1000)))


def of_name(given: str, family: str) -> set[str]:
    """The documents that have a person, however written."""
    return {name for name in TEXTS if name.startswith(f"{given}/{family}/")}


people = st.sampled_from([name.split("/") for name in TEXTS])


@given(people)
def test_a_phrase_finds_every_way_to_write_a_person(searcher: Searcher, person: list[str]) -> None:
    given, family, written = person
    assert found(searcher, f'"{written}"') == of_name(given, family)
    assert found(searcher, f'"then {written} spoke"') == of_name(given, family)


@pytest.mark.parametrize("family", ["Al-Zawi", "al-Zawi", "EL-ZAWI", "Zawi", "الزاوي"])
def test_a_family_name_with_its_article_stands_first_as_in_a_catalogue(
    searcher: Searcher, family: str
) -> None:
    assert found(searcher, f'"{family}, Khaled"') == of_name("Khaled", "Zawi")
    assert found(searcher, f"{family}, Khaled") >= of_name("Khaled", "Zawi")


@given(people)
def test_a_phrase_with_a_slop_finds_every_way_to_write_a_person(
    searcher: Searcher, person: list[str]
) -> None:
    given, family, written = person
    assert found(searcher, f'"{written}"~3') >= of_name(given, family)


@pytest.mark.parametrize("written", ["al-Zawi", "el-Zawi", "Zawi", "az-Zawi", "الزاوي"])
@pytest.mark.parametrize("query", ["+{}", '"{}"', "road AND {}", "Yusuf +{}", "+({})"])
def test_a_sign_before_a_name_asks_for_every_way_to_write_it(
    searcher: Searcher, query: str, written: str
) -> None:
    wanted = set.union(*(of_name(given, "Zawi") for given in GIVEN))
    assert found(searcher, query.format(written)) == wanted


@pytest.mark.parametrize(
    "query",
    ["+Abdul +Hamid", "+Abd +al +Hamid", "+Abd-al-Hamid", "+عبد +الحميد", "Abdul AND Hamid"],
)
def test_signs_before_both_words_of_a_name_ask_for_it_in_one_word_too(
    searcher: Searcher, query: str
) -> None:
    assert found(searcher, query) == of_name("Abdulhamid", "Zawi") | of_name("Abdulhamid", "Qasim")


@pytest.mark.parametrize("query", ['"ZAWI, Yusuf"', '"Al-Zawi, Youssef"', '"الزاوي، يوسف"'])
def test_a_family_name_before_a_comma_is_found_behind_the_given_name(
    searcher: Searcher, query: str
) -> None:
    assert found(searcher, query) == of_name("Yusuf", "Zawi")


@given(
    people,
    st.sampled_from(
        [
            '"{}"',
            "{}",
            '"{}"~4',
            '+"{}" road',
            '-"{}" road',
            "({} OR Yusuf) AND قاسم",
            '(Khaled AND "{}")',
            "+{} +spoke",
            "-{} +spoke",
            'title:"{}"',
            "name:({})",
        ]
    ),
)
def test_a_note_counts_the_documents_of_the_result_that_have_a_spelling(
    searcher: Searcher, person: list[str], query: str
) -> None:
    results = searcher.search(query.format(person[2]), options=Options(limit=1000))
    stems = [{t.term.stem for t in analyze(str(TEXTS[hit.id]))} for hit in results.hits]
    for note in results.notes:
        for spelling, count in re.findall(r"(?:also|,) ([^,()]+) \(([\d,]+)\)", note):
            words = {t.term.stem for t in analyze(spelling) if not t.alternative}
            if len(words) == 1:
                assert int(count) == sum(words <= own for own in stems), note
            else:
                assert int(count) <= results.total


def test_what_was_typed_comes_first(searcher: Searcher) -> None:
    for written in ("Khaled bin Qasim", "Yusuf al-Zawi", "Abdulhamid Qasim"):
        (first, *_) = searcher.search(f'"{written}"').hits
        assert first.id.endswith(f"/{written}")


def test_a_half_of_a_name_is_not_the_name(tmp_path: Path) -> None:
    texts = {"whole": "Abdul Hamid Zawi", "half": "Hamid Zawi", "bare": "Abdul Zawi"}
    with build(tmp_path, texts) as searcher:
        assert found(searcher, '"Abdul Hamid Zawi"') == {"whole"}
        assert found(searcher, '"Abdulhamid Zawi"') == {"whole"}


@pytest.mark.parametrize(
    "name",
    [
        ("Abdul Rahman", "Abderrahman", "Abd ar-Rahman", "Abdulrahman", "عبد الرحمن", "عبدالرحمن"),
        ("Umm Kulthum", "Oum Kalthoum", "أم كلثوم"),
        ("Abu Bakr", "Aboubakr", "Abou Bakr", "أبو بكر", "أبوبكر"),
        ("Nur al-Din", "Nour Eddine", "Nureddin", "Noureddine", "نور الدين", "نورالدين"),
        ("Salah ad-Din", "Salahuddin", "Selahattin", "Salaheddine", "صلاح الدين"),
        ("Najm al-Din", "Necmettin", "نجم الدين"),
        ("bin Laden", "Binladen", "Ben Laden", "بن لادن"),
    ],
)
def test_names_with_a_particle_find_each_other_in_one_word_and_in_two(
    tmp_path: Path, name: tuple[str, ...]
) -> None:
    with build(tmp_path, {written: f"so {written} said" for written in name}) as searcher:
        for written in name:
            assert found(searcher, f'"{written}"') == set(name), written
            assert found(searcher, " ".join(f"+{word}" for word in written.split())) == set(name)


def test_other_words_between_names_are_no_articles(tmp_path: Path) -> None:
    texts = {"apart": "Yusuf the Zawi", "list": "Yusuf and al-Zawi", "far": "Yusuf al al Zawi"}
    with build(tmp_path, texts) as searcher:
        assert found(searcher, '"Yusuf Zawi"') == set()
        assert found(searcher, '"Yusuf al-Zawi"') == set()


def test_an_article_in_a_phrase_is_highlighted_with_its_name(searcher: Searcher) -> None:
    hits = searcher.search('"Khalid Zawi"', options=Options(limit=1000)).hits
    marked = {hit.id.rsplit("/")[-1]: highlighted(hit) for hit in hits}
    assert marked["Khalid Al Zawi"] == ["Khalid", "Al", "Zawi"]
    assert marked["Khaled Zawi"] == ["Khaled", "Zawi"]
    assert marked["خالد الزاوي"] == ["خالد", "الزاوي"]


# -- graphs ------------------------------------------------------------------------------

LAYOUT = st.lists(st.booleans(), max_size=2).map(lambda flags: [*flags, False])
PARTS = st.lists(st.lists(LAYOUT, min_size=1, max_size=2), min_size=1, max_size=3)


@given(PARTS, st.data())
def test_a_row_graph_matches_what_one_of_its_ways_matches(
    parts: list[list[list[bool]]], data: st.DataObject
) -> None:
    """Every way through the layouts, written out, against the graph."""
    graph = row_graph(parts)
    positions = st.sets(st.integers(0, 8)).map(sorted)
    held = [data.draw(positions) for _ in graph.before]
    expected = set()
    for way in _ways(parts):
        for start in range(9):
            if all(start + n in held[term] for n, term in enumerate(way)):
                expected |= {start + n for n in range(len(way))}
    assert set(graph.match(held)) == expected


def _ways(parts: list[list[list[bool]]]) -> Iterator[list[int]]:
    """The numbers of the terms on each way through a row."""
    number, choices = 0, []
    for layouts in parts:
        ways = []
        for layout in layouts:
            terms = range(number, number + len(layout))
            number += len(layout)
            options = product(*[[True, False] if flag else [True] for flag in layout])
            ways += [[n for n, take in zip(terms, taken, strict=True) if take] for taken in options]
        choices.append(ways)
    for way in product(*choices):
        yield [term for part in way for term in part]


def test_parts_near_each_other_stand_in_any_order() -> None:
    graph = near_graph([[[True, False]], [[False]]], 3)
    assert graph.match([[4], [5], [2]]) == [2, 4, 5]
    assert graph.match([[], [9], [2]]) == []


def test_a_word_in_two_cases_is_noted_once() -> None:
    found = {"Hifter": object()}
    notes = spelling_notes({"HAFTAR": found, "Haftar": found, "Khalifa": found}, lambda _: 2)  # type: ignore[dict-item]
    assert notes == ["HAFTAR: also Hifter (2)", "Khalifa: also Hifter (2)"]
