"""`index.analysis`: queries and texts get equal terms; tokens enclose whole words."""

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.analysis import Token, analyze, analyze_at, scan
from index.analysis.chains import MAX_LENGTH
from index.analysis.ligatures import PHRASES
from index.analysis.script import MARKS

MARK = re.compile(f"[{MARKS}]")
SAMPLES = [
    *(
        "الدُّبَيْبَة",
        "والليبية",
        "لـ",
        "ﻷن",
        "ﷺ",
        "محمد",
        "أ",
        "ا\u0654",
        "ة",
        "ى",
        "علی",
        "الله",
        "U.N.",
        "UN",
    ),
    *(
        "Libya",
        "relations",
        "s",
        "’",
        "'",
        "-",
        "\u2011",
        "é",
        "e\u0301",
        "İ",
        "ß",
        "ﬁ",
        "http://a.b/",
        "%D9%84",
    ),
    *(
        "a@b.cd",
        "www.",
        "1",
        "20",
        "٣",
        "½",
        "²",
        ",",
        ".",
        "٫",
        "٬",
        "/",
        ":",
        "+",
        " ",
        " ",
        "\n",
        "_",
        "#",
    ),
    *(
        "\u200f",
        "\u200c",
        "\u00ad",
        "\u064e",
        "\u0640",
        "ۥ",
        "\u0670",
        "و\u0670",
        "اﷲ",
        "﷽",
        "ﹰ",
        "漢",
        "한",
        "שָׁ",
        "Ж",
        "ΐ",
        "👍🏽",
    ),
]
texts = st.lists(st.sampled_from(SAMPLES), max_size=20).map("".join) | st.text(max_size=40)


def tokens(text: str) -> list[Token]:
    return list(analyze(text))


def stems(text: str) -> set[str]:
    return {token.term.stem for token in analyze(text) if token.term.stem is not None}


def shown(text: str) -> list[tuple[int, str, str | None]]:
    """Position, exact form and stem of each token; alternatives in brackets."""
    return [
        (t.position, f"({t.term.exact})" if t.alternative else t.term.exact, t.term.stem)
        for t in analyze(text)
    ]


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("الدُّبَيْبَة", "الدبيبة"),
        ("الدبيبـــة", "الدبيبة"),
        ("الدبيبه", "الدبيبة"),
        ("دبيبة", "الدبيبة"),
        ("والدبيبة", "الدبيبة"),
        ("وللدبيبة", "الدبيبة"),
        ("ليبيا", "وليبيا"),
        ("وزير", "وزیر"),
        ("الازمة", "الأزمة"),
        ("الأعمال", "الاعمال"),
        ("علاقة", "العلاقات"),
        ("٢٠١٦", "2016"),
        ("۲۰۱۶", "2016"),
        ("Libya", "Libya’s"),
        ("Libyan", "Libyans’"),
        ("relation", "relations"),
        ("U.N.", "UN-backed"),
        ("US", "U.S.-led"),
        ("UN", "U.N.’s"),
        ("أزمة", "ا\u0654زمة"),  # NFD
        ("ليبيا", "ﻟﻴﺒﻴﺎ"),  # presentation forms
        ("ليبيا", "\u200fلي\u200bبيا\u200f"),
        ("Libya", "\u202aLi\u200bbya\u202c"),
        ("international", "inter\u00adnational"),
        ("بنغازي", "بن\u200cغازي"),
        ("Erdogan", "Erdoğan"),
        ("Erdogan", "Erdog\u0306an"),
        ("Lodz", "Łódź"),
        ("istanbul", "İstanbul"),
        ("Sanaa", "Sana'a"),
        ("Sanaa", "Sana´a"),
        ("Quran", "Qur’an"),
        ("Baath", "Ba‘ath"),
        ("OBrien", "O’Brien’s"),
        ("alkoni", "al-Koni"),
        ("Koni", "al-Koni"),
        ("covid19", "COVID-19"),
        ("file", "ﬁle"),
        ("ABC", "ＡＢＣ"),
        ("straße", "STRASSE"),
        ("1951", "1951م"),
        ("20", "بـ20"),
        ("5G", "الـ5G"),
        ("روسيا", "#ليبيا_روسيا"),
        ("dbeibah", "@dbeibah_gov"),
        ("محمد", "محمدﷺ"),
        ("Libya", "Libya¹"),
        ("Rowling", "J.K. Rowling"),
        ("ليبيا", "https://ar.wikipedia.org/wiki/%D9%84%D9%8A%D8%A8%D9%8A%D8%A7"),
        ("noc", "info@noc.ly"),
        ("2016", "25/10/2016"),
        ("2016", "٢٥\u200f/١٠\u200f/٢٠١٦"),
        ("2016", "2016–2021"),
        ("1250000", "1,250,000"),
        ("1250000", "١٬٢٥٠٬٠٠٠"),
        ("3.5", "٣٫٥٪"),
        ("5", "5+5"),
        ("5", "5\ufe0f\u20e3"),
    ],
)
def test_a_query_and_a_text_share_a_stem(query: str, text: str) -> None:
    assert stems(query) & stems(text)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("على", "علي"),
        ("علي", "على"),
        ("مكتبة", "كاتب"),
        ("who", "WHO"),
        ("12", "1,250"),
        ("5", "3.5"),
    ],
)
def test_a_query_and_a_text_share_no_stem(query: str, text: str) -> None:
    assert not stems(query) & stems(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("UN-backed", [(0, "(unbacked)", "unback"), (0, "un", "un"), (1, "backed", "back")]),
        ("al-Koni", [(0, "(alkoni)", "alkoni"), (0, "al", None), (1, "koni", "koni")]),
        ("a-b-c-d-e", [(0, "a", None), *((n, c, c) for n, c in enumerate("bcde", 1))]),
        ("5+5", [(0, "(5)", "5"), (0, "5+5", "5+5")]),
        ("10:30", [(0, "(10)", "10"), (0, "(30)", "30"), (0, "10:30", "10:30")]),
        ("1,250.5", [(0, "1250.5", "1250.5")]),
        ("3.5", [(0, "3.5", "3.5")]),
        ("U.N. X", [(0, "un", "un"), (1, "x", "x")]),
        ("أ.د.", [(0, "أد", "اد")]),
        ("a@b.ly", [(0, "(a)", None), (0, "(b)", "b"), (0, "(ly)", "ly"), (0, "a@b.ly", "a@b.ly")]),
        ("مَٰلِك", [(0, "(مالك)", "مالك"), (0, "ملك", "ملك")]),
        ("ﷺ", [(0, "صلى", "صلي"), (1, "الله", "له"), (2, "عليه", None), (3, "وسلم", "سلم")]),
        ("الـ5G", [(0, "ال", None), (1, "5g", "5g")]),
        ("rock’n’roll", [(0, "rock'n'roll", "rocknrol")]),
    ],
)
def test_the_terms_at_each_position(text: str, expected: list[tuple[int, str, str | None]]) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("(والدُّبَيْبَةُ)", ["والدُّبَيْبَةُ"]),
        ("\u200fليبيا\u200f.", ["ليبيا"]),
        ("“Libya’s” ‘oil’", ["Libya’s", "oil"]),
        ("UN-backed", ["UN-backed"]),
        ("war—peace", ["war", "peace"]),
        ("1442هـ، ", ["1442", "هـ"]),
        ("ن\u200c، می‌روم", ["ن", "می‌روم"]),
    ],
)
def test_a_token_encloses_the_whole_word_as_written(text: str, words: list[str]) -> None:
    assert list(dict.fromkeys(text[t.start : t.end] for t in analyze(text))) == words


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        ("ليبيا Libya Ливия 2016 אב", ["ar", "en", "", "", ""]),
        ("أ.د. U.N. ＡＢ", ["ar", "en", "en"]),
    ],
)
def test_the_language_of_a_word_is_its_script(text: str, languages: list[str]) -> None:
    assert [token.term.language for token in analyze(text)] == languages


@given(texts)
@example("محمد\u200fﷺ\u064e")
@example("﷽\u064e")
def test_every_token_is_a_whole_word_of_the_text(text: str) -> None:
    for token in analyze(text):
        assert 0 <= token.start < token.end <= len(text)
        first = text[token.start]
        assert first in ("_", *PHRASES) or unicodedata.category(first)[0] in "LN"
        assert text[token.end - 1] in "./" or not MARK.match(text, token.end)


@given(texts)
def test_the_text_of_a_token_analyzed_alone_gives_its_term(text: str) -> None:
    for token in analyze(text):
        terms = [other.term for other in analyze(text[token.start : token.end])]
        assert token.term in terms


@given(texts)
def test_positions_are_consecutive_and_alternatives_share_that_of_a_word(text: str) -> None:
    found = tokens(text)
    assert [t.position for t in found if not t.alternative] == list(
        range(sum(not t.alternative for t in found))
    )
    assert {t.position for t in found if t.alternative} <= {
        t.position for t in found if not t.alternative
    }
    alternatives = [(token.position, token.term) for token in found if token.alternative]
    assert len(alternatives) == len(set(alternatives))


@given(texts, st.integers(0, 100))
def test_part_of_a_text_gives_part_of_its_tokens(text: str, position: int) -> None:
    found = list(scan(text))
    for number in range(0, len(found), 3):
        start = found[number][1]
        assert list(scan(text, start)) == found[number:]
        rest = list(analyze(text, start, position=position))
        assert rest[0].position == position


@given(texts, st.sets(st.integers(0, 40)), st.integers(0, 20))
@example("ﷺ UN-backed a-b-c U.N. x@y.org 1,000 don't", {0, 5, 9, 12}, 0)
def test_tokens_at_some_positions_are_those_of_the_whole_text(
    text: str, positions: set[int], first: int
) -> None:
    expected = [token for token in analyze(text, position=first) if token.position in positions]
    assert list(analyze_at(text, positions, position=first)) == expected


@given(texts)
def test_no_term_is_empty_or_contains_a_space(text: str) -> None:
    for token in analyze(text):
        for form in (token.term.exact, token.term.folded, token.term.stem):
            assert form is None or (form and not re.search(r"\s", form)), token


@pytest.mark.parametrize(
    "text", ["U.\u200fN.", "U\u200f.N.", "\u200bU.\u200bN\u200b.", "U.N.\u200f"]
)
def test_an_invisible_character_does_not_break_an_acronym(text: str) -> None:
    assert [token.term.stem for token in analyze(text + " said")] == ["un", "said"]


@pytest.mark.parametrize(
    "piece", ["x" * 3_000, "https://a.b/" + "x" * 3_000, "ab-" * 31 + "c" * 3_000, "كتب" * 1_000]
)
def test_a_piece_of_any_length_gives_terms_of_bounded_length(piece: str) -> None:
    (whole, *_) = analyze(piece)
    assert (whole.start, whole.end) == (0, len(piece))
    assert max(len(token.term.exact) for token in analyze(piece)) <= MAX_LENGTH


@given(
    st.text(alphabet="ab-\u2010.@é\u0301كت\u064e1", min_size=MAX_LENGTH, max_size=2 * MAX_LENGTH)
)
def test_no_term_of_a_long_piece_is_empty(text: str) -> None:
    for token in analyze(text):
        assert token.term.exact
        assert token.term.stem is None or token.term.stem
