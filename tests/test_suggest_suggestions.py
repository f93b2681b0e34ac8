"""`search.suggest`, `search.dictionary.common_terms`: queries to try, which find documents."""

from __future__ import annotations

import doctest
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from library import build

from search import Searcher
from search.dictionary.common_terms import LAST, common, nearest
from search.options import Options
from search.parsing.ast import PathFilter
from search.planning.word_queries import MAX_RARE
from search.suggest import clauses, keyboard
from search.suggest import suggestions as suggestions_module
from search.suggest.keyboard import swap_keyboard_layout
from search.suggest.suggestions import corrected, suggestions

LETTERS = "ضصثقفغعهخحجدشسيبلاتنمكطئءؤرىةوزظ"


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    texts = {
        "a": {"text": "Lavrov met the government of Libya about oil contracts."},
        "b": {"text": "التقى لافروف برئيس الحكومة الدبيبة لبحث المستشفيات والاتفاقيات"},
        "c": {"text": "The governments spoke of hospitals."},
    }
    with build(tmp_path_factory.mktemp("suggest"), texts) as searcher:
        yield searcher


def test_a_word_typed_with_the_wrong_layout_is_recognised(searcher: Searcher) -> None:
    assert searcher.search("hg]fdfm").suggestion == "الدبيبة"
    assert searcher.search("مهلاغش").suggestion == "libya"


def test_a_word_that_is_not_in_the_index_finds_the_nearest(searcher: Searcher) -> None:
    found = searcher.search("lavrvo")
    assert found.total == 1
    assert [(m.text, m.kind) for m in found.hits[0].matched] == [("Lavrov", "fuzzy")]
    assert found.suggestion == "lavrov"
    assert any("lavrov" in note for note in found.notes)


def test_a_word_that_shares_half_of_its_ngrams_and_begins_alike_is_a_match_of_kind_gram(
    searcher: Searcher,
) -> None:
    found = searcher.search("governmentalism")
    assert {match.kind for hit in found.hits for match in hit.matched} == {"gram"}


def test_a_required_word_is_not_widened_but_corrected(searcher: Searcher) -> None:
    found = searcher.search("+goverment oil")
    assert (found.total, found.suggestion) == (0, "+government oil")


def test_a_word_of_the_index_is_not_widened(searcher: Searcher) -> None:
    found = searcher.search("government")
    assert found.suggestion is None
    assert not found.notes


@pytest.mark.parametrize(
    ("query", "note"),
    [
        ("+libya +zzzzz", "without “+zzzzz”: +libya (1 document)"),
        ('"libya hospitals"', "without the quotes: libya hospitals (2 documents)"),
        ("governxyz", "words with this beginning: govern* (2 documents)"),
    ],
)
def test_a_query_with_a_missing_word_finds_something_or_suggests(
    searcher: Searcher, query: str, note: str
) -> None:
    found = searcher.search(query)
    assert note in found.notes or found.total


@pytest.mark.parametrize(
    ("query", "note"),
    [
        ("hosbitols", "did you mean: hospitals (1 document)"),
        ("hg]fdfm xyzzyqq", "with the other keyboard: الدبيبة (1 document)"),
        ("lang:ar xyzzyqq", "without “xyzzyqq”: lang:ar (1 document)"),
        ("date:1900 hospitals", "without “date:1900”: hospitals (1 document)"),
        ("+xyzzyqq +zzqqzz +libya", "without “+xyzzyqq +zzqqzz”: +libya (1 document)"),
        ("xyzzyqq AND hospitals", "without “xyzzyqq”: hospitals (1 document)"),
        ("hospitals AND NOT spoke", "without “NOT spoke”: hospitals (1 document)"),
        ("+libya +hospitals +lavrov", "without “+hospitals”: +libya +lavrov (1 document)"),
        ("+governxyz", "words with this beginning: govern* (2 documents)"),
        ('"oil xyzzyqq"', "without the quotes: oil xyzzyqq (1 document)"),
        ('"oil hosbitols"', "without the quotes: oil hospitals (2 documents)"),
    ],
)
def test_a_query_that_finds_nothing_suggests_the_likeliest(
    searcher: Searcher, query: str, note: str
) -> None:
    found = searcher.search(query)
    assert found.total == 0
    assert found.suggestion is not None
    assert any(each.startswith(note) for each in found.notes), found.notes
    assert searcher.look(query).suggestion in found.notes


PIECES = st.one_of(
    st.sampled_from(["+libya", "-libya", "الدبيبة", "hospitals", "lavrvo", "of", "في", "2510"]),
    st.sampled_from(["lang:ar", "date:1900", "type:pdf", "sort:date", "title:oil", "path:*.no"]),
    st.sampled_from(["AND", "OR", "NOT", "(", ")", '"', '"oil hospitals"', "=oil", "xyzzyqq*"]),
    st.text(st.sampled_from("xyzqlgضظغثا+-~*"), min_size=1, max_size=9),
    st.text(min_size=1, max_size=4),
)


@pytest.mark.parametrize(
    ("query", "notes"),
    [
        ("xyzzyqq", ("no document has xyzzyqq",)),
        ("ضضضض", ("no document has ضضضض",)),
        ("lqqzz", ("no document has lqqzz",)),  # one letter in common is no reason
        ("nowhere", ("no document has nowhere",)),
        ("2510", ("no document has 2510",)),
        ("+xyzzyqq title:qqzzy", ("no document has xyzzyqq, qqzzy",)),
        ('"xyzzyqq qqzzy"', ("no document has xyzzyqq, qqzzy",)),
        ("xyzzyqq*", ("no document has xyzzyqq*",)),
        ("xyzzy?q", ("no document has xyzzy?q",)),
        ("xyzzyqq~", ("no document has xyzzyqq~",)),
        ("-government -governments -الحكومة", ()),
        ("xyzzyqq " * 40, ("no document has xyzzyqq",)),
        (
            " ".join(f"xyz{letter}qq" for letter in "abcdefg"),
            ("no document has xyzaqq, xyzbqq, xyzcqq, xyzdqq, xyzeqq and 2 more",),
        ),
    ],
)
def test_where_nothing_is_near_no_query_is_suggested_and_the_word_is_named(
    searcher: Searcher, query: str, notes: tuple[str, ...]
) -> None:
    found = searcher.search(query)
    assert (found.total, found.suggestion, found.notes) == (0, None, notes)
    assert searcher.look(query).notes == notes
    assert not searcher.look(query).alternatives


def test_a_word_that_no_document_has_is_named_beside_the_hits_of_the_others(
    searcher: Searcher,
) -> None:
    found = searcher.search("libya xyzzyqq")
    assert (found.total, found.notes) == (1, ("no document has xyzzyqq",))
    assert not searcher.look("libya xyzzyqq", Options(typing=True)).notes


@given(st.lists(PIECES, max_size=6).map(" ".join))
def test_what_is_suggested_has_its_true_total_for_every_query(
    searcher: Searcher, query: str
) -> None:
    found = searcher.search(query)
    if not found.total and found.suggestion is not None:
        total = searcher.search(found.suggestion).total
        assert total > 0
        ending = f": {found.suggestion} ({total:,} document{'' if total == 1 else 's'})"
        assert any(note.endswith(ending) for note in found.notes)


@given(st.lists(PIECES, min_size=1, max_size=6).map(" ".join))
def test_a_query_of_missing_words_says_why_it_finds_nothing(searcher: Searcher, query: str) -> None:
    typed = f"+xyzzyqq {query}"
    found = searcher.search(typed)
    if not found.total and '"' not in query:
        assert found.notes


def test_under_options_that_exclude_every_document_nothing_is_suggested(searcher: Searcher) -> None:
    nowhere = Options(filters=(PathFilter("*.none"),))
    assert searcher.search("libya", options=nowhere).suggestion is None


def test_a_word_that_only_titles_have_is_suggested(tmp_path: Path) -> None:
    with build(tmp_path, {"a": {"title": "Railways", "text": ""}}) as searcher:
        assert searcher.search("+rakfways").suggestion == "+railways"


def test_common_words_are_those_of_all_segments_and_stop_words_come_last(tmp_path: Path) -> None:
    texts = {"a": "the oil b", "b": "the oil bank", "c": "the bank", "d": "the bank of نفط"}
    with build(tmp_path, texts, segments=2) as searcher:
        reader = searcher._reader
        assert list(common(reader, "", LAST)) == ["bank", "oil", "نفط", "the", "b", "of"]
        assert list(common(reader, "b", "b" + LAST)) == ["bank", "b"]


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("minsiter", ["minister", "ministers"]),
        ("miniter", ["minister", "ministers"]),
        ("oli", ["oil"]),
        ("oxx", []),
        ("oi", []),
        ("الوزيير", ["الوزير"]),
        ("min1ster", []),
        ("\udcff", []),
    ],
)
def test_the_nearest_words_begin_alike_and_are_a_letter_or_two_apart(
    tmp_path: Path, word: str, near: list[str]
) -> None:
    texts = {"a": "minister oil ministers", "b": "minister الوزير mandate"}
    with build(tmp_path, texts) as searcher:
        assert nearest(searcher._reader, word) == near


def test_every_suggestion_has_its_true_total(searcher: Searcher) -> None:
    def count(query: str) -> int:
        return searcher.search(query).total

    for query in ("hg]fdfm", "+goverment +oil", "+libya +zzzzz", '"oil hospitals"'):
        for suggestion in suggestions(
            query, {"goverment": ["government"]}, count, lambda _low, _high: ()
        ):
            assert suggestion.total == count(suggestion.query) > 0


@given(st.text(LETTERS, min_size=1))
def test_swapping_the_layout_twice_gives_the_word_back(word: str) -> None:
    swapped = swap_keyboard_layout(word)
    assert swapped is not None
    if "لا" not in word:
        assert swap_keyboard_layout(swapped) == word


@given(st.text(), st.text())
def test_no_text_fails(query: str, word: str) -> None:
    swap_keyboard_layout(word)
    corrected(query, {word: ["x"]} if word else {})
    suggestions(query, {}, lambda _: 0, lambda low, high: [low, high])


@pytest.mark.parametrize("module", [clauses, keyboard, suggestions_module])
def test_the_examples_in_the_docstrings_hold(module: ModuleType) -> None:
    result = doctest.testmod(module)
    assert result.attempted
    assert not result.failed


def test_an_index_without_documents_has_nothing_to_suggest(tmp_path: Path) -> None:
    with build(tmp_path, {}) as searcher:
        found = searcher.search("lavrvo")
    assert (found.total, found.suggestion) == (0, None)


def test_a_word_with_digits_is_not_widened(tmp_path: Path) -> None:
    with build(tmp_path, {"a": {"text": "resolution number2510"}}) as searcher:
        assert searcher.search("number2511").total == 0


def test_near_terms_are_listed_by_their_document_frequency(tmp_path: Path) -> None:
    """In every process: the order of a set of strings differs from one to the next."""
    near = ["passport", "passpork", "paxspor", "passporo", "pastpor"]
    texts = {f"{n}.{m}": word for n, word in enumerate(near) for m in range(9 - n)}
    with build(tmp_path, texts) as searcher:
        (note,) = searcher.search("passpor").notes
        assert note == f"no document has passpor; near it: {', '.join(near)}"


# -- words in few documents --------------------------------------------------------------

MANY = {f"m{n}": {"text": "Lavrov and the parliament of railways"} for n in range(MAX_RARE + 1)}
RARE = {
    **MANY,
    "typo": "The lavrvo spoke",
    "long": "a parliamentarism plan",
    "title": {"title": "Railwayman", "text": ""},
    "stranger": "interparliament",
    "بلدية": "قررت البلديات شيئا",
}


@pytest.fixture(scope="module")
def rare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    with build(tmp_path_factory.mktemp("rare"), RARE, segments=2) as searcher:
        yield searcher


@pytest.mark.parametrize(
    ("query", "own", "note"),
    [
        (
            "parliamentarism",
            "long",
            "few documents have parliamentarism; near it: parliament",
        ),
        ("railwayman", "title", "few documents have railwayman; near it: railways"),
    ],
)
def test_a_word_in_few_documents_finds_its_relatives_below_its_own_matches(
    rare: Searcher, query: str, own: str, note: str
) -> None:
    found = rare.search(query, limit=100)
    assert [hit.id for hit in found.hits] == [own, *sorted(MANY)]
    assert [{match.kind for match in hit.matched} for hit in found.hits] == [
        {"exact"},
        *[{"gram"}] * len(MANY),
    ]
    assert found.notes == (note,)


@pytest.mark.parametrize(
    ("query", "own"), [("lavrvo", "typo"), ("interparliament", "stranger"), ("البلديات", "بلدية")]
)
def test_a_word_in_few_documents_finds_no_word_for_an_edit_or_an_ending_alone(
    rare: Searcher, query: str, own: str
) -> None:
    found = rare.search(query, limit=100)
    assert ([hit.id for hit in found.hits], found.notes) == ([own], ())


@pytest.mark.parametrize("query", ["laxrov", "parliamant", "parrliament"])
def test_a_word_that_no_document_has_finds_those_one_edit_away(rare: Searcher, query: str) -> None:
    found = rare.search(query, limit=100)
    assert {hit.id for hit in found.hits} >= MANY.keys()
    assert {match.kind for hit in found.hits for match in hit.matched} == {"fuzzy"}


@pytest.mark.parametrize("query", ["superparliaments", "reparliament"])
def test_a_word_that_no_document_has_finds_none_for_its_ending_alone(
    rare: Searcher, query: str
) -> None:
    assert "m0" not in {hit.id for hit in rare.search(query, limit=100).hits}


def test_a_word_in_few_documents_is_not_corrected(rare: Searcher) -> None:
    assert rare.search("lavrvo").suggestion is None
    assert rare.look("lavrvo").suggestion is None


def test_a_word_in_more_than_a_few_documents_is_not_widened(rare: Searcher) -> None:
    found = rare.search("lavrov")
    assert (found.total, found.notes) == (len(MANY), ())


@pytest.mark.parametrize(
    "query", ["+railwayman", '"railwayman"', '="railwayman"', "railwayman*", "-railwayman +spoke"]
)
def test_a_required_or_exact_word_is_not_widened(rare: Searcher, query: str) -> None:
    found = rare.search(query)
    assert {hit.id for hit in found.hits} <= {"title", "typo"}
    assert not any("near it" in note for note in found.notes)


def test_a_word_is_not_widened_under_options_that_match_it_as_typed(rare: Searcher) -> None:
    for options in (Options(exact=True), Options(names=False)):
        found = rare.search("railwayman", options=options)
        assert (found.total, found.notes) == (1, ())


def test_the_nearest_of_a_word_that_is_typed_twice_are_noted_once(rare: Searcher) -> None:
    found = rare.search("railwayman Railwayman")
    assert found.notes == ("few documents have railwayman; near it: railways",)


def test_while_a_word_is_typed_it_is_not_widened_and_not_settled(rare: Searcher) -> None:
    typing = rare.look("railwayman ", Options(typing=True))
    assert (len(typing), typing.settled) == (1, False)
    assert rare.look("lavrov ", Options(typing=True)).settled


def test_a_name_with_other_spellings_is_not_widened(tmp_path: Path) -> None:
    texts = {"a": "Dbeibah spoke", "b": "الدبيبة", "c": "Dbeiban and others"}
    with build(tmp_path, texts) as searcher:
        assert {hit.id for hit in searcher.search("Dbeibah").hits} == {"a", "b"}


def test_what_a_word_finds_by_its_stem_is_not_near_it(tmp_path: Path) -> None:
    with build(tmp_path, {"a": "contract", "b": "contracts contracted"}) as searcher:
        found = searcher.search("contract")
    assert (found.total, found.notes) == (2, ())
