"""``search.bidi.layout``: visual order, checked against python-bidi's Rust algorithm."""

import random
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

import pytest
from arabic_reshaper import ArabicReshaper
from bidi import get_display
from bidi.mirror import MIRRORED
from hypothesis import given
from hypothesis import strategies as st

from search.bidi import (
    Line,
    Mode,
    base_rtl,
    cell_width,
    clean,
    has_rtl,
    layout,
    majority_rtl,
    quotes,
)
from search.bidi.clusters import LAM_ALEF
from search.bidi.shapes import FORMS

MODES: tuple[Mode, ...] = ("visual", "words", "logical")
BARED = {chr(code) for code in range(0x300, 0x700) if unicodedata.category(chr(code)) == "Mn"}
MARKS = "".join(map(chr, [*range(0x64B, 0x653), 0x670]))
LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويةىأإآؤئءپچگیک"
MIXED = [*LETTERS, *"لا لا لأ", *"abcXYZ", *"0123", *"٠١٢٣", *" .,:;!?-+/%$#'\"،؟؛", *"()[]{}<>«»"]

RESHAPER = ArabicReshaper(
    configuration={"delete_harakat": True, "ARABIC LIGATURE ALLAH": False, "support_zwj": False}
)
# The Rust algorithm does not mirror. To compare the order alone, both signs of a pair count as one.
UNMIRRORED = {ord(sign): min(sign, image) for sign, image in MIRRORED.items()}

mixed_text = st.text(st.sampled_from([*MIXED, *MARKS, "\u200c", "\u200d"]), max_size=60)
any_text = st.text(st.characters(codec=None, exclude_categories=()), max_size=40)
odd_text = st.text(
    st.one_of(
        st.sampled_from([*MIXED, *MARKS, "漢", "👍", "🏽", "\x1b", "\r", "\n", "\u202e", "\ud800"])
    ),
    max_size=40,
)
spans_of = st.lists(st.tuples(st.integers(-2, 45), st.integers(-2, 45), st.just("hit")), max_size=4)


def text_of(lines: list[Line]) -> str:
    return "".join(segment.text for line in lines for segment in line.segments)


def row(
    text: str,
    *,
    mode: Mode = "visual",
    rtl: bool | None = None,
    isolates: Sequence[tuple[int, int]] = (),
) -> str:
    """Lay out the text in one row, however long."""
    return text_of(layout(text, width=10**6, mode=mode, rtl=rtl, isolates=isolates))


def reference(text: str, rtl: bool) -> str:
    shaped = RESHAPER.reshape(text)
    return str(get_display(shaped, base_dir="R" if rtl else "L")).translate(UNMIRRORED)


def styled(lines: list[Line], style: str = "hit") -> list[str]:
    return [seg.text for line in lines for seg in line.segments if seg.style == style]


def random_texts(count: int, seed: int) -> Iterator[str]:
    chance = random.Random(seed)
    for _ in range(count):
        yield "".join(chance.choices(MIXED, k=chance.randint(1, 40))).strip()


def letters_of(text: str) -> Counter[str]:
    """Count the visible characters; presentation forms count as their letters."""
    plain = unicodedata.normalize("NFKC", text.translate(UNMIRRORED))
    return Counter(char for char in plain if not char.isspace())


# Order: compared with another implementation of the Unicode bidirectional algorithm.


@pytest.mark.parametrize("rtl", [False, True])
def test_order_is_that_of_the_rust_algorithm_for_five_thousand_random_texts(rtl: bool) -> None:
    for text in random_texts(5000, seed=20211224):
        assert row(text, rtl=rtl).translate(UNMIRRORED) == reference(text, rtl), repr(text)


@given(text=st.text(st.sampled_from(MIXED), max_size=60), rtl=st.booleans())
def test_order_is_that_of_the_rust_algorithm(text: str, rtl: bool) -> None:
    text = text.strip()
    assert row(text, rtl=rtl).translate(UNMIRRORED) == reference(text, rtl)


@given(text=st.text(st.sampled_from([*MIXED, *MARKS * 3]), max_size=60), rtl=st.booleans())
def test_marks_have_the_effect_on_order_that_they_have_in_the_rust_algorithm(
    text: str, rtl: bool
) -> None:
    text = (
        text.replace("ل", "م").strip(" ").lstrip(MARKS + " ")
    )  # lam-alef has no letters to compare
    expected = get_display(text, base_dir="R" if rtl else "L")
    shown = unicodedata.normalize("NFKC", row(text, rtl=rtl))
    assert bare(unicodedata.normalize("NFC", shown)) == bare(expected)


def bare(text: str) -> str:
    """Remove marks, and replace both signs of a mirrored pair by one."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if c not in BARED).translate(
        UNMIRRORED
    )


BRACKETS = [
    "السعر 5+5 (2021)",
    "حكومة (GNU)",
    "حكومة (GNU) في ليبيا",
    "abc (ابت) def",
    "abc (ابت def) غ",
    "ابت (abc غ) def",
    "ابت [abc (12) x] {غ}",
    "a(b)ج(د)e",
    "(a) ب [c] د {e}",
    "a) ب (c",
    "a ب (c [د) e]",
    "12 (٣٤) ab (ج)",
    "((((ا) b) ج) d)",
    "ب «abc» (غ) <x>",
    "ا" + "(" * 63 + "b" + ")" * 63 + "cd",
    "ا" + "(" * 64 + "b" + ")" * 64 + "cd",
    "a\u2329ب\u3009 \u3008c\u232a د",
    "ا (b)\u064b ج",
]


@pytest.mark.parametrize("rtl", [False, True])
@pytest.mark.parametrize("text", BRACKETS)
def test_brackets_are_where_the_rust_algorithm_puts_them(text: str, rtl: bool) -> None:
    assert bare(row(text, rtl=rtl)) == bare(reference(text, rtl))


def test_every_bracket_of_unicode_pairs_as_in_the_rust_algorithm() -> None:
    openers = [
        c for c in map(chr, range(0x3000)) if unicodedata.category(c) == "Ps" and c in MIRRORED
    ]
    assert len(openers) > 40
    for opener in openers:
        text = f"ab {opener}جد{MIRRORED[opener]} غ"
        assert row(text, rtl=False).translate(UNMIRRORED) == reference(text, False), hex(
            ord(opener)
        )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("ا(b)", "(b)ﺍ"),
        ("حكومة (GNU)", "(GNU) ﺔﻣﻮﻜﺣ"),
        ("ا<ب", "ﺏ>ﺍ"),
        ("«ا»", "«ﺍ»"),
        ("abc (د) e", "abc (ﺩ) e"),
    ],
)
def test_brackets_of_arabic_text_face_the_other_way(text: str, shown: str) -> None:
    assert row(text) == shown


def test_numbers_and_latin_words_inside_arabic_run_left_to_right() -> None:
    assert row("سنة 2021 في Moscow تم") == "ﻢﺗ Moscow ﻲﻓ 2021 ﺔﻨﺳ"


def test_a_tab_or_newline_is_a_space_before_anything_is_reordered() -> None:
    assert row("ا\tب\nج\r\nد") == row("ا ب ج د")


# Isolates.


@pytest.mark.parametrize("rtl", [False, True])
def test_isolates_have_the_effect_that_they_have_in_the_rust_algorithm(rtl: bool) -> None:
    # Without brackets, of which the Rust algorithm pairs some with those on the far side.
    brackets = dict.fromkeys(map(ord, "()[]{}<>«»"))
    bare = (text.translate(brackets).strip() for text in random_texts(4000, seed=20260101))
    pieces = [text for text in bare if text]
    for before, first, between, second, after in zip(*[iter(pieces)] * 5, strict=False):
        text = before + " "
        isolates: list[tuple[int, int]] = []
        for inside, behind in ((first, between), (second, after)):
            isolates.append((len(text), len(text) + len(inside)))
            text += f"{inside} {behind} "
        marked = f"{before} \u2068{first}\u2069 {between} \u2068{second}\u2069 {after}"
        expected = reference(marked, rtl).translate(dict.fromkeys((0x2068, 0x2069)))
        shown = row(text.rstrip(" "), rtl=rtl, isolates=isolates).translate(UNMIRRORED)
        assert shown == expected, repr(marked)


def test_in_an_english_sentence_the_count_of_a_name_is_at_its_right() -> None:
    text = "libya: also ليبيا (16), لليبيا (5)"
    shown = row(text, rtl=False, isolates=quotes(text))
    assert shown == f"libya: also {row('ليبيا')} (16), {row('لليبيا')} (5)"


@pytest.mark.parametrize("rtl", [False, True])
@given(odd_text, st.integers(1, 30))
def test_quotes_isolated_lose_nothing_at_any_width(rtl: bool, text: str, width: int) -> None:
    lines = layout(text, (), width, rtl=rtl, isolates=quotes(text))
    plain = layout(text, (), width, rtl=rtl)
    assert [(line.start, line.end, line.width) for line in lines] == [
        (line.start, line.end, line.width) for line in plain
    ]
    assert letters_of(text_of(lines)) == letters_of(text_of(plain))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("no Arabic (5)", []),
        ("GNU: also حكومة الوحدة الوطنية (1)", ["حكومة الوحدة الوطنية"]),
        ("ليبيا → لليبيا (stem)", ["ليبيا", "لليبيا"]),
        ("أخبار/روسيا/a.txt", ["أخبار", "روسيا"]),
        ("روسيا 2021 ليبيا (3 documents)", ["روسيا 2021 ليبيا"]),
        ("also می\u200cخواهم (1)", ["می\u200cخواهم"]),
        ("ليبيا, روسيا، x", ["ليبيا", "روسيا"]),
    ],
)
def test_a_quote_is_the_arabic_words_between_two_signs(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in quotes(text)] == found


# Wrapping.


@given(
    text=odd_text,
    width=st.integers(-1, 12),
    mode=st.sampled_from(MODES),
    rtl=st.sampled_from([None, True, False]),
)
def test_a_line_is_never_wider_than_asked_but_for_one_wide_character(
    text: str, width: int, mode: Mode, rtl: bool | None
) -> None:
    for line in layout(text, width=width, mode=mode, rtl=rtl):
        shown = "".join(segment.text for segment in line.segments)
        assert line.width == cell_width(shown)
        assert line.width <= max(width, 1) or (line.width == 2 and width <= 1)


@given(text=odd_text, width=st.integers(1, 30), mode=st.sampled_from(MODES))
def test_no_visible_character_is_lost_or_added(text: str, width: int, mode: Mode) -> None:
    shown = letters_of(text_of(layout(text, width=width, mode=mode)))
    assert shown - letters_of("\u25cc") == letters_of(clean(text))


@given(text=odd_text, width=st.integers(1, 30), mode=st.sampled_from(MODES))
def test_the_lines_cover_the_text_in_order(text: str, width: int, mode: Mode) -> None:
    lines = layout(text, width=width, mode=mode)
    assert [line.start for line in lines] == sorted(line.start for line in lines)
    assert all(one.end <= two.start for one, two in pairwise(lines))
    said = "".join(clean(text[line.start : line.end]) for line in lines)
    assert letters_of(said) == letters_of(clean(text))


@pytest.mark.parametrize(
    ("text", "width", "rows"),
    [
        ("one two three", 7, ["one two", "three"]),
        ("one two three", 8, ["one two", "three"]),
        ("one two three", 6, ["one", "two", "three"]),
        ("a  b", 1, ["a", "b"]),
        ("abcdefgh ij", 3, ["abc", "def", "gh", "ij"]),
        ("  ab cd  ", 5, ["  ab", "cd"]),
        ("      ab", 3, ["ab"]),
        ("漢字漢字", 5, ["漢字", "漢字"]),
        ("漢字", 1, ["漢", "字"]),
        ("a\u00a0b c", 3, ["a\u00a0b", "c"]),
        ("", 5, []),
        ("   ", 5, []),
        ("\u200f\u06dd", 5, []),
    ],
)
def test_lines_break_at_spaces_and_words_only_when_they_must(
    text: str, width: int, rows: list[str]
) -> None:
    for mode in MODES:
        lines = layout(text, width=width, mode=mode, rtl=False)
        assert [text_of([line]) for line in lines] == rows


def test_text_is_wrapped_before_it_is_reordered() -> None:
    lines = layout("ابت ثجح خدذ", width=7)
    assert [text_of([line]) for line in lines] == [row("ابت ثجح"), row("خدذ")]


def test_a_letter_keeps_its_joined_form_where_a_long_word_is_cut() -> None:
    assert [text_of([line]) for line in layout("سسسس", width=2)] == ["ﺴﺳ", "ﺲﺴ"]


def test_max_lines_stops_early_and_says_where() -> None:
    (line,) = layout("one two three", width=7, max_lines=1)
    assert (line.start, line.end) == (0, 7)
    assert layout("one", max_lines=0) == []


@pytest.mark.parametrize(("rtl", "expected"), [(None, True), (True, True), (False, False)])
def test_lines_carry_the_base_direction(rtl: bool | None, expected: bool) -> None:
    assert [line.rtl for line in layout("ابت abc ابت", width=4, rtl=rtl)] == [expected] * 3


# Letters.


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("سلام", "ﻡﻼﺳ"),
        ("لا", "ﻻ"),
        ("لأ لإ لآ", "ﻵ ﻹ ﻷ"),
        ("بلا", "ﻼﺑ"),
        ("لَا", "ﻻَ"),
        ("ل\u064eا\u064b", "ﻻ\u064e\u064b"),
        ("هـ", "ـﻫ"),
        ("ه\u200d", "ﻫ"),
        ("\u200dه", "ﻪ"),
        ("می\u200cخواهم", "ﻢﻫﺍﻮﺧﯽﻣ"),
        ("ل\u200cا", "ﺍﻝ"),
        ("ل\u200dا", "ﺎﻟ"),
        ("ا\u200dب", "ﺐﺍ"),
        ("ب\u00adت", "ﺖﺑ"),
        ("ب\u200fت", "ﺖﺑ"),
        ("ﻼﺳ", "ﺳﻼ"),
        ("שלום", "םולש"),
    ],
)
def test_letters_join_as_they_are_written(text: str, shown: str) -> None:
    assert row(text) == shown


def test_every_letter_that_joins_the_next_has_all_four_forms() -> None:
    for letter, (isolated, initial, final, medial) in FORMS.items():
        assert isolated, letter
        assert bool(initial) == bool(medial) == bool(initial and final), letter


def test_lam_alef_forms_are_those_unicode_decomposes_to_the_two_letters() -> None:
    for alef, ligature in LAM_ALEF.items():
        for form in (FORMS[ligature][0], FORMS[ligature][2]):
            assert unicodedata.normalize("NFKC", form) == unicodedata.normalize("NFC", "ل" + alef)


@given(
    text=st.text(st.sampled_from(LETTERS + MARKS + " "), max_size=40), mode=st.sampled_from(MODES)
)
def test_marks_stay_after_their_base(text: str, mode: Mode) -> None:
    text = "ا" + text.replace("ل", "م")  # of a ligature, the marks of both letters come after it
    wanted = Counter(_bases_with_marks(text))
    shown = "".join(unicodedata.normalize("NFKC", c) for c in row(text, mode=mode))
    assert Counter(_bases_with_marks(shown)) == wanted


def _bases_with_marks(text: str) -> list[str]:
    found: list[str] = []
    for char in text.rstrip(" ").replace("\u00a0", " "):
        if char in MARKS:
            found[-1] += char
        elif found and found[-1] == " ":
            found[-1] = char
        else:
            found.append(char)
    return found


def test_a_mark_without_a_base_stands_on_a_dotted_circle() -> None:
    assert row("\u064eب") == "ﺏ◌\u064e"
    assert layout("\u064e")[0].width == 1


def test_a_letter_carries_thirty_marks_and_no_more() -> None:
    (line,) = layout("ب" + "\u064e" * 100_000 + "ت")
    assert text_of([line]) == "ﺖ" + "ﺑ" + "\u064e" * 30
    assert (line.width, line.end) == (2, 100_002)


def test_a_space_with_a_mark_is_no_place_to_break() -> None:
    assert [text_of([line]) for line in layout("ab \u0301cd", width=3)] == ["ab \u0301", "cd"]


# Highlights.


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("word", ["الدبيبة", "ليبيا", "الأحد", "GNU", "2021"])
def test_a_highlighted_word_is_one_run_with_its_letters(word: str, mode: Mode) -> None:
    text = "أعلن الدبيبة في ليبيا (الأحد) حكومة GNU عام 2021 وقال"
    start = text.index(word)
    (run,) = styled(layout(text, [(start, start + len(word), "hit")], 200, mode=mode))
    assert letters_of(run) == letters_of(word)
    assert cell_width(run) == layout(word, mode=mode)[0].width


@given(
    text=odd_text,
    spans=spans_of,
    width=st.integers(1, 30),
    mode=st.sampled_from(["visual", "logical"]),
)
def test_a_highlight_changes_no_glyph(
    text: str, spans: list[tuple[int, int, str]], width: int, mode: Mode
) -> None:
    plain, marked = layout(text, width=width, mode=mode), layout(text, spans, width, mode=mode)
    assert text_of(marked) == text_of(plain)
    assert [line.width for line in marked] == [line.width for line in plain]


@given(text=mixed_text, spans=spans_of, width=st.integers(1, 30), mode=st.sampled_from(MODES))
def test_no_highlight_is_lost(
    text: str, spans: list[tuple[int, int, str]], width: int, mode: Mode
) -> None:
    covered = "".join(text[max(start, 0) : max(end, 0)] for start, end, _ in spans)
    wanted = set(letters_of(clean(covered)))
    lines = layout(text, spans, width, mode=mode)
    assert wanted <= set(letters_of("".join(styled(lines))))


def test_a_highlighted_half_of_a_word_stays_on_its_half() -> None:
    (line,) = layout("مكتبة", [(0, 2, "hit")])
    assert [(seg.text, seg.style) for seg in line.segments] == [("ﺔﺒﺘ", None), ("ﻜﻣ", "hit")]


@pytest.mark.parametrize("span", [(1, 2), (2, 3), (1, 3)])
def test_lam_alef_is_highlighted_with_either_half(span: tuple[int, int]) -> None:
    (line,) = layout("سلام", [(*span, "hit")])
    assert styled([line]) == ["ﻼ"]


def test_a_letter_is_highlighted_with_its_mark() -> None:
    assert styled(layout("بَت", [(1, 2, "hit")])) == ["ﺑ\u064e"]


@pytest.mark.parametrize("span", [(1, 2), (2, 2), (3, 1), (9, 12), (-5, 0)])
def test_a_span_of_nothing_visible_highlights_nothing(span: tuple[int, int]) -> None:
    assert styled(layout("a\u200eb", [(*span, "hit")])) == []


def test_an_empty_span_inside_a_letter_and_its_mark_highlights_nothing() -> None:
    assert styled(layout("بَت", [(1, 1, "hit")])) == []


def test_of_two_overlapping_spans_the_later_is_on_top() -> None:
    (line,) = layout("abcdef", [(0, 4, "one"), (2, 6, "two")])
    assert [(seg.text, seg.style) for seg in line.segments] == [("ab", "one"), ("cdef", "two")]


def test_a_highlight_goes_on_over_a_line_break() -> None:
    assert styled(layout("ab cd", [(0, 5, "hit")], 2)) == ["ab", "cd"]


# Modes.


def test_words_mode_keeps_letters_in_reading_order_inside_each_word() -> None:
    assert row("سنة 2021 في Moscow تم", mode="words") == "تم Moscow في 2021 سنة"
    assert row("حكومة (GNU)", mode="words") == "(GNU) حكومة"


def test_words_mode_highlights_whole_arabic_words_and_parts_of_latin_ones() -> None:
    text = "كتاب book"
    assert styled(layout(text, [(1, 2, "hit"), (6, 7, "hit")], mode="words")) == ["o", "كتاب"]


def test_logical_mode_leaves_letters_and_order_alone() -> None:
    text = "سَلام (GNU) 2021"
    assert row(text, mode="logical") == text


@given(
    text=st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=60),
    width=st.integers(1, 20),
)
def test_latin_text_is_the_same_in_every_mode(text: str, width: int) -> None:
    one, two, three = (layout(text, width=width, mode=mode) for mode in MODES)
    assert one == two == three


# Control characters in documents.

HIDDEN = [
    c for c in map(chr, range(sys.maxunicode + 1)) if unicodedata.category(c) in ("Cc", "Cf", "Cs")
]


@pytest.mark.parametrize("mode", MODES)
def test_no_control_or_format_character_or_surrogate_reaches_a_segment(mode: Mode) -> None:
    for frame in ("{}", "a{}b", "ب{}ت", "ل{}ا"):
        text = " ".join(frame.format(char) for char in HIDDEN)
        shown = text_of(layout(text, [(0, len(text), "hit")], 40, mode=mode)) + clean(text)
        assert not {char for char in shown if unicodedata.category(char) in ("Cc", "Cf", "Cs")}


@given(text=any_text, mode=st.sampled_from(MODES), rtl=st.booleans(), width=st.integers(0, 30))
def test_any_text_at_all_is_laid_out_safely(text: str, mode: Mode, rtl: bool, width: int) -> None:
    shown = text_of(layout(text, [(0, 9, "hit")], width, mode=mode, rtl=rtl)) + clean(text)
    assert not {char for char in shown if unicodedata.category(char) in ("Cc", "Cf", "Cs")}
    assert "\u2028" not in shown
    shown.encode("utf-8")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("\x1b[2J\x1b]0;title\x07", "␛[2J␛]0;title␇"),
        ("a\x9b31mb", "a\ufffd31mb"),
        ("nul\x00 del\x7f bs\x08", "nul␀ del␡ bs␈"),
        ("a\tb\nc\r\nd\re\x0cf\x85g\u2028h\u2029i", "a b c d e f g h i"),
        ("\ufeffexe.\u202efdp\u202c", "exe.fdp"),
        ("\ud800x", "\ufffdx"),
        ("soft\u00adhyphen \u2066iso\u2069 \U000e0041tag", "softhyphen iso tag"),
        ("سَلام", "سَلام"),
        ("👍🏽 ok", "👍 ok"),
    ],
)
def test_clean_shows_what_the_table_says(text: str, shown: str) -> None:
    assert clean(text) == shown
    assert clean(shown) == shown


# Widths and directions.


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("", 0),
        ("abc", 3),
        ("الْحُكُومَةُ", 7),
        ("e\u0301", 1),
        ("漢字", 4),
        ("ﾊﾝｶｸ", 4),
        ("Ｆ", 2),
        ("각", 2),
        ("\u1100\u1161\u11a8", 2),
        ("a\u200c\u200d\u200e\u202e\u2066\ufeffb", 2),
        ("\x1b[0m", 4),
        ("a\tb\r\nc", 5),
        ("👍", 2),
        ("👍🏽", 2),
        ("👍🏽!", 3),
        ("🏽", 0),
        ("🇱🇾", 2),
        ("का", 2),
        ("கொ", 2),
        ("❤\ufe0f", 1),
        ("1\ufe0f\u20e3", 1),
        ("👨\u200d👩\u200d👧", 6),
        ("\U0001fae8", 2),
        ("\u0378", 1),
        ("\u3164\U000e0080\u2065", 0),
        ("ﷺ", 1),
    ],
)
def test_cell_width_counts_what_is_shown(text: str, cells: int) -> None:
    assert cell_width(text) == cells == cell_width(clean(text))


@pytest.mark.parametrize(
    ("text", "rtl"),
    [
        ("", False),
        ("abc ابت", False),
        ("ابت abc", True),
        ("12. (٣) «ابت", True),
        ("\u064e - 5 a ب", False),
        ("\u200fabc", True),
        ("\u200eابت", False),
        ("\u2067ابت\u2069 abc", False),
        ("\u2068a\u2067b\u2069c\u2069 ابت", True),
        ("\u2069\u2069ابت", True),
        ("שלום", True),
        ("... 2021", False),
    ],
)
def test_the_first_letter_with_a_direction_decides_the_base(text: str, rtl: bool) -> None:
    assert base_rtl(text) is rtl


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", False),
        ("naïve 漢字 👍", False),
        ("a ب", True),
        ("שלום", True),
        ("ﻻ", True),
        ("٣", True),
    ],
)
def test_has_rtl_finds_right_to_left_scripts(text: str, found: bool) -> None:
    assert has_rtl(text) is found


@pytest.mark.parametrize(
    ("text", "rtl"),
    [
        ("needlexyz هذا ملف عن النفط في ليبيا 2021.", True),
        ("قال the minister of oil in Tripoli", False),
        ("abc ابت", False),
        ("ابت abc", True),
        ("", False),
        ("... 2021", False),
    ],
)
def test_most_letters_decide_the_direction_of_a_paragraph(text: str, rtl: bool) -> None:
    assert majority_rtl(text) is rtl
    assert {line.rtl for line in layout(text)} <= {rtl}


@given(st.text(alphabet=MIXED), st.booleans(), st.randoms())
def test_the_order_of_letters_does_not_change_their_majority(
    text: str, otherwise: bool, random: random.Random
) -> None:
    kinds = Counter(unicodedata.bidirectional(char) for char in text)
    left, right = kinds["L"], kinds["R"] + kinds["AL"]
    if left != right:
        shuffled = "".join(random.sample(text, len(text)))
        assert majority_rtl(text, otherwise) is majority_rtl(shuffled, otherwise) is (right > left)
    elif not left:
        assert majority_rtl(text, otherwise) is otherwise
    else:
        assert majority_rtl(text, otherwise) is base_rtl(text)
