"""`index.analysis.tokenizer`: the pieces of a text, their kinds and their offsets."""

import re
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.analysis import tokenizer
from index.analysis.script import INVISIBLE, MARK_LIKE, MARKS
from index.analysis.tokenizer import pieces

SAMPLES = [
    *("ليبيا", "وَال", "ﻷ", "هـ", "ﷺ", "ی", "ە", "U.N.", "http://", "www.", "a@b.cd", "é", "Ж"),
    *("'", "’", "-", "\u2011", ".", ",", "٫", "٬", "/", ":", "+", "@", "_", "#", " ", "\n", "漢"),
    *("5", "20", "٣", "²", "½", "x", "S", "\u200f", "\u200c", "\u00ad", "\u064e", "\u0301", "👍🏽"),
    *("א", "ָ", "ก", "ิ", "\u0640", "\u200d", "ﹰ", "ۥ"),
]
NO_LETTER = re.compile(f"[{MARK_LIKE}]")
MARK = re.compile(f"[{MARKS}]")
mixed_text = st.lists(st.sampled_from(SAMPLES), max_size=25).map("".join)
any_text = st.text(st.characters(), max_size=40)
texts = mixed_text | any_text


def kinds_of(text: str) -> list[tuple[str, str]]:
    return [(piece, kind) for piece, _, _, kind in pieces(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # runs of one script
        ("الأمم المتّحدة", "الأمم:arabic المتّحدة:arabic"),
        ("الدبيبـــة", "الدبيبـــة:arabic"),
        ("بن\u200cغازي می\u200cروم", "بن\u200cغازي:arabic می\u200cروم:arabic"),
        ("ا\u0654زمة", "ا\u0654زمة:arabic"),
        ("ب\u0304ت", "ب\u0304ت:arabic"),
        ("کوردستان ڕۆژ ٹھیک ہے", "کوردستان:arabic ڕۆژ:arabic ٹھیک:arabic ہے:arabic"),
        ("\u200fليبيا\u200f، \u202bروسيا\u202c", "ليبيا:arabic روسيا:arabic"),
        ("Libya\u200e, \ufeffx", "Libya:word x:word"),
        ("inter\u00adnational", "inter\u00adnational:word"),
        (
            "Привет Ελλάδα שָׁלוֹם 漢字 한국어",
            "Привет:word Ελλάδα:word שָׁלוֹם:word 漢字:word 한국어:word",
        ),
        ("เมืองหลวง नमस्ते", "เมืองหลวง:word नमस्ते:word"),
        ("👍🏽 ok ❤️", "ok:word"),
        ("محمدﷺ", "محمد:arabic ﷺ:phrase"),
        # where the script changes
        ("وiPhone", "و:arabic iPhone:word"),
        ("الـ5G", "الـ:arabic 5G:word"),
        ("بـ20", "بـ:arabic 20:number"),
        ("1951م", "1951:number م:arabic"),
        ("1442هـ", "1442:number هـ:arabic"),
        # signs around words
        ("#ليبيا_روسيا", "ليبيا:arabic روسيا:arabic"),
        ("@dbeibah_gov snake_case", "dbeibah:word gov:word snake:word case:word"),
        ("«ليبيا»،روسيا؟", "ليبيا:arabic روسيا:arabic"),
        ("war—peace", "war:word peace:word"),
        ("د. محمد", "د:arabic محمد:arabic"),
        # numbers
        ("3.5% ٣٫٥٪", "3.5:number ٣٫٥:number"),
        ("1,250,000 ١٬٢٥٠", "1,250,000:number ١٬٢٥٠:number"),
        ("25/10/2016 ٢٥/١٠/٢٠١٦", "25/10/2016:number ٢٥/١٠/٢٠١٦:number"),
        ("٢٥\u200f/١٠\u200f/٢٠١٦", "٢٥\u200f/١٠\u200f/٢٠١٦:number"),
        ("10:30, 2016–2021. 5+5", "10:30:number 2016–2021:number 5+5:number"),
        ("$1.5bn 10:30am", "1.5:number bn:word 10:30:number am:word"),
        ("5G 2nd H2O F-16 19-20th", "5G:word 2nd:word H2O:word F-16:word 19:number 20th:word"),
        (
            "1.5-6bn 4-5/6a 5\ufe0f\u20e3",
            "1.5:number 6bn:word 4-5:number 6a:word 5\ufe0f\u20e3:number",
        ),
        ("16-year-old", "16:number year-old:word"),
        ("(2016 2017) +5", "2016:number 2017:number 5:number"),
        ("-5°C km² 10² note¹", "5:number C:word km:word 10:number note:word"),
        # hyphens and apostrophes
        ("al-Koni UN‑backed", "al-Koni:word UN‑backed:word"),
        ("-a- --b--", "a:word b:word"),
        ("Sana'a Qur’an Ba‘th ‘Ain", "Sana'a:word Qur’an:word Ba‘th:word Ain:word"),
        ("'quoted' Libyans’ rock’n’roll", "quoted:word Libyans:word rock’n’roll:word"),
        ("Libya’s don't", "Libya’s:word don't:word"),
        # acronyms and addresses
        ("the U.N. said", "the:word U.N.:acronym said:word"),
        ("U.S.A U.S.-led", "U.S.A:acronym U.S.:acronym led:word"),
        ("أ.د. علي", "أ.د.:acronym علي:arabic"),
        ("U.N.’s U.S.Aب", "U.N.’s:acronym U.S.A:acronym ب:arabic"),
        ("ـ ـه ۥ ﹰ", "ه:arabic"),
        ("Ph.D. end.A", "Ph:word D:word end:word A:word"),
        ("(see https://a.org/x?y=1).", "see:word https://a.org/x?y=1:url"),
        ("www.a.ly، ثم", "www.a.ly:url ثم:arabic"),
        ("info@noc.ly.", "info@noc.ly:email"),
        ("-info@noc.ly ..+a@b.cd", "info@noc.ly:email a@b.cd:email"),
        ("mail a.b+c@d-e.co.uk!", "mail:word a.b+c@d-e.co.uk:email"),
        ("http:// www. @ .a.", "http:word www:word a:word"),
        ("", ""),
        (" \n،؛ \u200f", ""),
    ],
)
def test_pieces_and_their_kinds(text: str, expected: str) -> None:
    assert [f"{piece}:{kind}" for piece, kind in kinds_of(text)] == expected.split()


@given(texts)
def test_pieces_ascend_and_are_slices_of_the_text(text: str) -> None:
    found = list(pieces(text))
    assert all(text[start:end] == piece != "" for piece, start, end, _ in found)
    assert all(before[2] <= after[1] for before, after in pairwise(found))


@given(texts)
@example("-a@b.c")
@example("e\u0301b@c.d")
def test_a_piece_alone_is_the_same_piece(text: str) -> None:
    for piece, _, _, kind in pieces(text):
        assert kinds_of(piece) == [(piece, kind)]


@given(texts)
def test_from_any_piece_to_any_other_the_pieces_are_the_same(text: str) -> None:
    found = list(pieces(text))
    starts = [start for _, start, _, _ in found]
    for number, start in enumerate(starts):
        assert list(pieces(text, start)) == found[number:]
        for later in (number + 1, number + 3):
            if later < len(starts):
                assert list(pieces(text, start, starts[later])) == found[number:later]


@given(texts)
def test_no_piece_begins_or_ends_inside_a_letter_with_its_marks(text: str) -> None:
    for piece, _, end, _ in pieces(text):
        assert piece[0] not in INVISIBLE
        assert piece[-1] not in INVISIBLE or unicodedata.category(piece[-1]) == "Mn"
        assert piece[0] in "_+(" or unicodedata.category(piece[0])[0] in "LN"
        assert piece[-1] in "./" or not MARK.match(text, end)


@given(texts)
def test_every_letter_and_digit_is_in_a_piece(text: str) -> None:
    covered = {at for _, start, end, _ in pieces(text) for at in range(start, end)}
    for at, char in enumerate(text):
        if unicodedata.category(char) in ("Lu", "Ll", "Lo", "Nd") and not NO_LETTER.match(char):
            assert at in covered, (text, char)


@pytest.mark.parametrize(
    "unit",
    [
        *(
            "a-",
            "'",
            "a'",
            "1,",
            "1.",
            "1\u200f",
            "a.",
            "a@",
            "@",
            "a.b@",
            "http://",
            "www.",
            "www.!",
        ),
        *(
            "ا\u0640",
            "ا\u200c",
            "\u200f",
            "a\u00ad",
            "a\u0301",
            "\u0301",
            "1/a",
            "5\u0301",
            ".a.",
            "U.N",
        ),
        *("1-1a", "1.1a", "5\u200f\u0301", "ﷺ", "http://!", "a_", "a+", "1.a@"),
    ],
)
def test_hostile_text_is_split_without_backtracking(unit: str) -> None:
    """A pattern that backtracks takes hours for this text."""
    text = unit * 40_000 + "!"
    assert all(start < end for _, start, end, _ in pieces(text))


def test_the_parts_of_a_compound_are_limited() -> None:
    assert max(len(piece) for piece, _, _, _ in pieces("a-" * 1000)) < 100
    assert max(len(piece) for piece, _, _, _ in pieces("1," * 1000)) < 100


@given(st.lists(st.sampled_from(SAMPLES), max_size=120).map("".join))
@example("".join(SAMPLES * 3))
def test_blocks_without_offsets_give_the_same_pieces(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tokenizer, "BLOCK_SIZE", 10)
        spans = list(tokenizer.blocks(text))
    assert "".join(text[start:end] for start, end in spans) == text
    texts_of_pieces = [
        raw for start, end in spans for raw in tokenizer.piece_texts(text, start, end)
    ]
    assert [(raw, tokenizer.kind_of(raw)) for raw in texts_of_pieces] == kinds_of(text)


def test_text_without_a_space_is_cut_into_blocks() -> None:
    text = "a" + "\u0301" * 50_000 + " wire " + "x" * 100_000
    spans = list(tokenizer.blocks(text))
    assert "".join(text[start:end] for start, end in spans) == text
    assert max(end - start for start, end in spans) <= tokenizer.BLOCK_SIZE + tokenizer.MAX_UNSPACED
    assert "wire" in [raw for span in spans for raw in tokenizer.piece_texts(text, *span)]
