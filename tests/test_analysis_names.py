"""`index.analysis.names`: which words are spellings of one name, and which are not names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import analyze
from index.analysis.names import (
    may_be_name,
    min_similarity,
    name_keys,
    passing_spellings,
    similarity,
)
from index.analysis.names.phoneme_codes import concatenate_codes, encode_words
from index.analysis.names.phonology import Phonology, phonology
from index.analysis.names.rule_tables import read_tables
from index.analysis.names.similarity import similarities
from index.analysis.names.verification import MAX_SPELLINGS
from index.analysis.normalizer import exact

PAGES = Path(__file__).parents[2] / "shared" / "seeds"
LATIN = "abcdefghijklmnopqrstuvwxyzéğşç'"
ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةأإآءئؤپچژڤگیک"
WORD = st.text(st.sampled_from(LATIN), max_size=12) | st.text(st.sampled_from(ARABIC), max_size=12)


def is_found(word: str, other: str) -> bool:
    """Whether a search for a word finds the other as a spelling of its name."""
    query, term = exact(word), exact(other)
    if set(name_keys(query)).isdisjoint(name_keys(term)):
        return False
    return bool(passing_spellings(query, [term]))


@pytest.mark.parametrize(
    ("arabic", "latin"),
    [
        ("الدبيبة", "Dbeibah Dabaiba Dbaiba Dubaybah Dbeibeh Al-Dbeibah"),
        ("السراج", "Sarraj Serraj al-Sarraj as-Sarraj Elsarraj"),
        ("الكوني", "Koni Al-Koni Elkoni Kuni"),
        ("بوجدانوف", "Bogdanov Bogdanoff"),
        ("ميشوستين", "Mishustin"),
        ("القذافي", "Gaddafi Qaddafi Kadhafi Qadhafi Qathafi"),
        ("محمد", "Mohammed Muhammad Mohamed Mohamad"),
        ("عبدالرحمن", "Abdulrahman Abderrahmane Abdelrahman"),
        ("صالح", "Saleh Salih"),
        ("شويغو", "Shoigu Choïgou"),
        ("أردوغان", "Erdoğan Erdogan"),
        ("لافروف", "Lavrov Lavroff"),
    ],
)
def test_press_spellings_and_their_arabic_name_find_each_other(arabic: str, latin: str) -> None:
    for spelling in latin.replace("-", "").split():
        assert is_found(spelling, arabic), spelling
        assert is_found(arabic, spelling), spelling


@pytest.mark.parametrize(
    ("arabic", "latin"),
    [
        ("القذافي", "Qaḏḏāfī Qadhdhāfī Gadhdhafi al-Qaḏḏāfī"),
        ("السراج", "Sarrāǧ Sarrāj as-Sarrāǧ"),
        ("بشار", "Baššār Bashshar Bachar"),
        ("مؤذن", "Muʾaḏḏin Muadhdhin"),
        ("إسحاق", "Isḥāq Ishaq Is'haq Ishak"),
        ("سعيد", "Saʿīd Saïd Saeed"),
        ("عائشة", "ʿĀʾiša Aïcha Ayşe"),
        ("خليفة", "Ḫalīfa Ḵalīfah Khlifa"),
        ("مصطفى", "Muṣṭafá Muṣṭafā Moustapha"),
        ("أسامة", "Usāma Oussama Osaama"),
        ("وجدة", "Oujda Wajda"),
        ("معمر", "Muʿammar Mouammar"),
        ("خوري", "Ḫūrī Khoury"),
        ("جبريل", "Ǧibrīl Djibril Cibrıl"),
        ("شكري", "Şükrü Choukri"),
        ("حاجي", "Hacı"),
        ("صالح", "Ṣāliḥ Saalih Saleeh"),
        ("حفتر", "Haftaar Hftar"),
    ],
)
def test_spellings_of_scholars_and_of_the_french_and_turkish_press_are_found(
    arabic: str, latin: str
) -> None:
    for spelling in latin.split():
        assert is_found(spelling, arabic), spelling


@pytest.mark.parametrize(
    ("arabic", "latin"),
    [
        ("رجب", "Recep Rajab"),
        ("جمال", "Cemal Jamal"),
        ("جلال", "Celal Jalal"),
        ("نجيب", "Necip Najib"),
        ("جودت", "Cevdet Jawdat"),
        ("نجمالدين", "Necmettin Necmeddin"),
        ("نورالدين", "Nurettin Nureddin"),
        ("صلاحالدين", "Selahattin"),
        ("طيب", "Tayyip Tayyib"),
        ("ولي", "Veli Wali"),
        ("وحيد", "Vahit Vahid Wahid"),
        ("توفيق", "Tevfik Tawfiq"),
        ("أنور", "Enver Anvar Anwar"),
        ("داود", "Davut Davud Davoud Dawud"),
        ("بهلوي", "Pahlavi"),
        ("موسوي", "Mousavi Musawi"),
        ("محمد", "Mohd Muhd"),
    ],
)
def test_turkish_and_persian_spellings_and_abbreviations_and_their_arabic_name_find_each_other(
    arabic: str, latin: str
) -> None:
    for spelling in latin.split():
        assert is_found(spelling, arabic), spelling
        assert is_found(arabic, spelling), spelling


@pytest.mark.parametrize(
    ("word", "other"),
    [("police", "بوليج"), ("cancel", "كانجل"), ("Pavlov", "باولوف"), ("Fahd", "فحمد")],
)
def test_other_words_with_these_letters_are_not_read_as_turkish(word: str, other: str) -> None:
    assert not is_found(word, other)


@pytest.mark.parametrize(("arabic", "latin"), [("المختار", "Muktar"), ("خديجة", "Kadija")])
def test_k_may_be_kha(arabic: str, latin: str) -> None:
    assert is_found(latin, arabic)


@pytest.mark.parametrize(
    ("arabic", "latin"),
    [("إبراهيم", "Brahim"), ("إدريس", "Driss"), ("الأخضر", "Lakhdar"), ("اسكندر", "Skander")],
)
def test_an_initial_vowel_may_be_dropped(arabic: str, latin: str) -> None:
    assert is_found(latin, arabic)


def test_a_final_t_may_be_a_d() -> None:
    assert is_found("Ahmet", "أحمد")
    assert not set(name_keys("ahmet")).isdisjoint(name_keys("ahmed"))


@pytest.mark.parametrize(
    ("arabic", "latin"), [("نجاة", "Najat"), ("درنة", "Derna"), ("درنة", "Dernah")]
)
def test_ta_marbuta_is_a_vowel_or_a_t(arabic: str, latin: str) -> None:
    assert is_found(latin, arabic)


def test_persian_letters_sound_as_they_do_in_persian() -> None:
    assert similarity("gorgan", "گرگان") > similarity("gorgan", "جرجان")
    assert similarity("pars", "پارس") > similarity("pars", "بارس")
    assert similarity("vienna", "ڤيينا") > similarity("vienna", "فيينا")
    assert is_found("بوتين", "پوتين")
    assert is_found("وزير", "وزیر")


@pytest.mark.parametrize("prefix", ["و", "ف", "ال", "وال", "بال", "كال", "فال", "لل"])
def test_a_name_is_found_behind_a_prefix(prefix: str) -> None:
    assert is_found("Bogdanov", prefix + "بوجدانوف")


def test_the_name_alone_comes_before_the_name_with_a_conjunction() -> None:
    found = passing_spellings("bogdanov", ["وبوجدانوف", "بوجدانوف"])
    assert [word for word, _ in found] == ["بوجدانوف", "وبوجدانوف"]


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("Haftar", "هتف"),
        ("Putin", "بتن"),
        ("know", "كوني"),
        ("GNU", "الكوني"),
        ("between", "بوتين"),
        ("years", "يرى"),
        ("Isa", "أسئلة"),
        ("Bogdanov", "بغداد"),
        ("Mangoush", "مناقشة"),
    ],
)
def test_words_that_only_share_letters_are_not_spellings_of_one_name(word: str, other: str) -> None:
    assert not is_found(word, other)


def test_a_short_word_must_be_more_similar_than_a_long_one() -> None:
    assert min_similarity("isa") > min_similarity("sarraj") > min_similarity("bogdanov")
    assert min_similarity("bogdanov") >= 0.85


def test_spellings_are_ordered_capped_and_without_the_word_itself() -> None:
    words = ["dbaiba", "dabaiba", "dbeiba", "dbeibah", "dubaiba", "الدبيبة", "دبيبة", "والدبيبة"]
    words += ["للدبيبة", "بالدبيبة", "haftar"]
    found = passing_spellings("dbeibah", words)
    assert len(found) == MAX_SPELLINGS
    assert "dbeibah" not in dict(found)
    assert "haftar" not in dict(found)
    assert [near for _, near in found] == sorted((near for _, near in found), reverse=True)
    assert passing_spellings("dbeibah", words, most=3) == found[:3]
    assert passing_spellings("dbeibah", reversed(words)) == found


@pytest.mark.parametrize("word", ["على", "الذي", "وفي", "له", "مع", "", "between", "5g", "ب" * 101])
def test_stop_words_and_words_too_short_or_long_are_not_names(word: str) -> None:
    assert not may_be_name(word)


@pytest.mark.parametrize("word", ["علي", "الدبيبة", "سرت", "dbeibah", "ali"])
def test_a_word_that_is_long_enough_may_be_a_name(word: str) -> None:
    assert may_be_name(word)


@pytest.mark.parametrize("word", ["", "2016", "привет", "我们", "é", "'", "ـ", "5g", "\U0010ffff"])
def test_text_that_is_not_a_word_of_either_script_has_no_keys(word: str) -> None:
    assert name_keys(word) == ()


@given(st.text(max_size=20))
def test_any_text_has_keys_or_none_and_never_fails(text: str) -> None:
    found = name_keys(text)
    assert found == name_keys(text)
    assert len(set(found)) == len(found)
    assert all(key.isascii() and key.isupper() for key in found)
    assert 0.0 <= similarity(text, "bogdanov") <= 1.0


@given(WORD, WORD)
def test_similarity_is_symmetric_and_between_0_and_1(one: str, other: str) -> None:
    near = similarity(one, other)
    assert 0.0 <= near <= 1.0
    assert near == similarity(other, one)


@given(WORD)
def test_a_word_has_similarity_1_to_itself(word: str) -> None:
    assert similarity(word, word) == 1.0


@given(WORD, st.lists(st.lists(WORD | st.text(max_size=3), max_size=4), max_size=3))
def test_many_words_are_as_similar_as_each_alone(query: str, parts: list[list[str]]) -> None:
    codes = concatenate_codes([encode_words(part, phonology()) for part in parts])
    near = dict(zip(chain(*parts), similarities(query, codes).tolist(), strict=True))
    near.pop(query, None)
    assert near == {word: similarity(query, word) for word in near}


@given(st.lists(WORD, max_size=8), WORD)
def test_the_passing_spellings_are_the_similar_words(words: list[str], query: str) -> None:
    found = dict(passing_spellings(query, words, most=100))
    least = min_similarity(query)
    for word in set(words) - {query}:
        near = similarity(query, word)
        if abs(near - least) > 1e-6:
            assert (word in found) == (near >= least)


@given(st.text(st.sampled_from("بتثجحخدذرزسشصضطظغفقكلمن"), min_size=2, max_size=9))
def test_a_word_of_consonants_has_a_key_and_shares_it_with_its_article(word: str) -> None:
    if len(set(word.replace("تش", "ش"))) > 1:  # تش is one sound, as in Chad
        assert name_keys(word)
    if len(word) > 2:
        assert set(name_keys(word)) & set(name_keys("ال" + word))


def test_every_phoneme_of_a_rule_is_in_the_table_of_phonemes() -> None:
    all_tables = read_tables()
    used = {
        phoneme for rule in (*all_tables.latin, *all_tables.arabic) for phoneme in rule.phonemes
    }
    named = {phoneme for pair in all_tables.costs for phoneme in pair}
    assert used == set(all_tables.phonemes)
    assert named <= used


def test_a_phoneme_of_the_pattern_is_not_a_letter_that_is_translated_again() -> None:
    all_tables = read_tables()
    for rules in (all_tables.latin, all_tables.arabic):
        alone = {r.letters: r.phonemes for r in rules if len(r.letters) == 1 and r.context == "any"}
        for rule in rules:
            for phoneme in rule.phonemes if len(rule.letters) > 1 or rule.context != "any" else "":
                assert alone.get(phoneme, phoneme) == phoneme, rule


def test_the_keys_depend_on_the_rules() -> None:
    all_tables = read_tables()
    latin = tuple(rule for rule in all_tables.latin if rule.letters != "sh")
    fewer_rules = Phonology.of(all_tables._replace(latin=latin))
    assert name_keys("bashagha", fewer_rules) != name_keys("bashagha", phonology())


@pytest.fixture(scope="module")
def pages() -> Callable[[str], set[str]]:
    """Query word → the words of the sample pages that are spellings of it."""
    if not PAGES.is_dir():
        pytest.skip(f"the sample pages are not at {PAGES}")
    words_by_key: defaultdict[str, set[str]] = defaultdict(set)
    for path in sorted(PAGES.glob("*.txt")):
        for token in analyze(path.read_text("utf-8")):
            for key in name_keys(token.term.exact) if may_be_name(token.term.exact) else ():
                words_by_key[key].add(token.term.exact)

    def spellings_of(typed: str) -> set[str]:
        word = exact(typed)
        shared = {other for key in name_keys(word) for other in words_by_key.get(key, ())}
        return {other for other, _ in passing_spellings(word, shared)}

    return spellings_of


@pytest.mark.parametrize(
    ("typed", "spellings"),
    [
        *((typed, "dabaiba dbaiba") for typed in ("Dbeibah", "Dubaybah", "Dbeibeh", "الدبيبة")),
        ("السراج", "sarraj alsarraj"),
        ("Koni", "الكوني alkoni"),
        ("الكوني", "koni alkoni"),
        ("Bogdanov", "بوجدانوف"),
        ("Mishustin", "ميشوستين"),
        ("Putin", "بوتين"),
    ],
)
def test_a_name_finds_its_spellings_on_the_sample_pages(
    pages: Callable[[str], set[str]], typed: str, spellings: str
) -> None:
    assert set(spellings.split()) <= pages(typed)


@pytest.mark.parametrize("word", ["know", "between", "years", "GNU", "with", "also", "said"])
def test_a_common_word_finds_no_arabic_word_of_the_sample_pages(
    pages: Callable[[str], set[str]], word: str
) -> None:
    assert not [other for other in pages(word) if other > "\u0600"]
