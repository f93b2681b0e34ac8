"""`search.parsing.text_signs`: signs of pasted sentences, titles and references are text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.parsing.ast import LanguageFilter, ParsedGroup, Phrase, Word
from search.parsing.parser import parse
from search.parsing.text_signs import text_signs

WORDS = "one two three four five six seven eight nine ten eleven twelve"


def words(text: str) -> ParsedGroup:
    return ParsedGroup(should=tuple(map(Word, text.split())))


@pytest.mark.parametrize(
    "text",
    [
        # before a digit
        "mutants Abc1-a, -2 -3 grow",
        "-5 degrees",
        "the +1 site",
        "call +218",
        "درجة -٥ تحت الصفر",
        "at -.5 volts",
        # behind a word
        "protein(s) bind",
        "apo(b) level",
        "throughput(TPT) falls",
        "كتابٌ(ج) قديم",
        "open(ended",
        # citations
        "shown (Miller et al., 2001) before",
        "shown (1979) before",
        "shown (Miller and Jones, 2001a; Brown, 1998) before",
        "shown (Miller & Jones, 2001, p. 3) before",
        "كما ورد (الكوني، ٢٠١٦) هنا",
        "shown [3] before [4,5]",
        # nothing that could follow a sign
        "operators *, +. here",
    ],
)
def test_a_sign_of_running_text_is_text(text: str) -> None:
    query = parse(text, strict=True)
    plain = parse(text, plain=True).root.should
    assert query.root.should == tuple(
        Word(word.text.rstrip(",;،")) for word in plain if isinstance(word, Word)
    )
    assert not query.root.must
    assert not query.root.must_not


@pytest.mark.parametrize(
    ("text", "example"),
    [
        ("mutants -2 -3", "-2, -3"),
        ("protein(s)", "protein(s)"),
        (f"{WORDS} -thirteen", "-thirteen"),
    ],
)
def test_a_note_says_which_signs_are_text(text: str, example: str) -> None:
    (note,) = parse(text).notes
    assert note.startswith("taken as text")
    assert example in note


def test_the_note_on_many_signs_is_short() -> None:
    (note,) = parse(f"{'x' * 500}(s) " + "-1 -2 -3 -4 ").notes
    assert len(note) < 150


@pytest.mark.parametrize("text", ["what is dalil?", "it is a sentence.", "5+5 UN-backed", "a - b"])
def test_punctuation_is_not_noted(text: str) -> None:
    assert parse(text).notes == ()


@pytest.mark.parametrize("sign", ["-owned", "+owned", "(owned", "owned)"])
def test_a_lone_sign_of_a_long_text_is_text(sign: str) -> None:
    assert parse(f"{WORDS} {sign}", strict=True).root == words(f"{WORDS} {sign}")


def test_a_short_text_keeps_its_signs() -> None:
    assert parse("oil -gas +port").root == ParsedGroup(
        (Word("oil"),), (Word("port"),), (Word("gas"),)
    )


@pytest.mark.parametrize("operand", ["last", '"last words"', "title:last", "(last words)"])
def test_operators_of_a_long_text_keep_their_meaning(operand: str) -> None:
    query = parse(f"{WORDS} NOT {operand}", strict=True)
    assert query.root == ParsedGroup(words(WORDS).should, (), parse(f"NOT {operand}").root.must_not)


@pytest.mark.parametrize("operand", ['"last words"', "lang:ar", "(last words)"])
def test_a_sign_before_a_structure_keeps_its_meaning_in_a_long_text(operand: str) -> None:
    query = parse(f"{WORDS} -{operand}", strict=True)
    assert query.root.must_not == parse(f"-{operand}").root.must_not
    assert query.notes == ()


def test_quotations_groups_and_filters_of_a_long_text_keep_their_meaning() -> None:
    query = parse(f'{WORDS} "thirteen words" (a b) lang:en', strict=True)
    assert query.root.should[12:] == (Phrase("thirteen words"), words("a b"))
    assert query.root.must == (LanguageFilter("en"),)


@pytest.mark.parametrize(
    "title", ['"On the growth (and -decay) of trees",', "«On the growth of trees،»"]
)
def test_the_title_of_a_reference_is_text(title: str) -> None:
    query = parse(f"see the work of B. Miller {title} Journal of Forests", strict=True)
    assert [type(clause) for clause in query.root.should] == [Word] * len(query.root.should)
    assert not query.root.must_not


@pytest.mark.parametrize(
    "text",
    [
        f'{WORDS} "gas field", "oil port", "oil port"',
        f'{WORDS} -"On the growth of trees",',
        f'{WORDS} title:"On the growth of trees",',
        '"On the growth of trees", Miller',
    ],
)
def test_other_quotations_with_a_comma_are_phrases(text: str) -> None:
    assert text_signs(text) == frozenset()


def test_a_long_query_of_signed_words_keeps_its_signs() -> None:
    query = parse(" ".join(f"+{word}" for word in f"{WORDS} thirteen".split()))
    assert query.root == ParsedGroup(must=words(f"{WORDS} thirteen").should)


@pytest.mark.parametrize(
    "text", ["NOT (2016)", "+(oil, 2016)", "oil AND (gas, 2016)", "(gas, 2016) OR oil"]
)
def test_brackets_that_are_an_operand_are_no_citation(text: str) -> None:
    assert text_signs(text) == frozenset()


@given(
    st.lists(st.sampled_from([*'+-()" «»', "a", "ل", "5", "2016", "NOT ", "lang:ar "])).map("".join)
)
def test_what_is_text_is_a_sign(text: str) -> None:
    assert all(text[at] in '+-()«»"' for at in text_signs(text))


@pytest.mark.parametrize("unit", ["«", "(1979) ", "a(", "(a, ", '"a" -5 ', "()"])
def test_signs_without_end_are_read_at_once(unit: str) -> None:
    text_signs(unit * (150_000 // len(unit)))


def test_a_comma_behind_a_sign_is_not_noted() -> None:
    (note,) = parse("E2f-1, -2, -3 knockout cells").notes
    assert "signs: -2, -3;" in note
