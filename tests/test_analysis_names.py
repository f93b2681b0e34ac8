"""`index.analysis.names`: which spellings are one name, and which words are none."""

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
from index.analysis.names.particles import PARTICLES, particle_of, split_name
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


def meet(word: str, other: str) -> bool:
    """Whether a search for a word finds the other one."""
    asked, held = exact(word), exact(other)
    if set(name_keys(asked)).isdisjoint(name_keys(held)):
        return False
    return bool(passing_spellings(asked, [held]))


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
def test_press_spellings_meet_their_arabic_name_both_ways(arabic: str, latin: str) -> None:
    for spelling in latin.replace("-", "").split():
        assert meet(spelling, arabic), spelling
        assert meet(arabic, spelling), spelling


@pytest.mark.parametrize(("arabic", "latin"), [("المختار", "Muktar"), ("خديجة", "Kadija")])
def test_k_may_be_kha(arabic: str, latin: str) -> None:
    assert meet(latin, arabic)


@pytest.mark.parametrize(
    ("arabic", "latin"),
    [("إبراهيم", "Brahim"), ("إدريس", "Driss"), ("الأخضر", "Lakhdar"), ("اسكندر", "Skander")],
)
def test_an_initial_vowel_may_be_dropped(arabic: str, latin: str) -> None:
    assert meet(latin, arabic)


def test_a_final_t_may_be_a_d() -> None:
    assert meet("Ahmet", "أحمد")
    assert not set(name_keys("ahmet")).isdisjoint(name_keys("ahmed"))


@pytest.mark.parametrize(
    ("arabic", "latin"), [("نجاة", "Najat"), ("درنة", "Derna"), ("درنة", "Dernah")]
)
def test_ta_marbuta_is_a_vowel_or_a_t(arabic: str, latin: str) -> None:
    assert meet(latin, arabic)


def test_persian_letters_sound_as_they_do_in_persian() -> None:
    assert similarity("gorgan", "گرگان") > similarity("gorgan", "جرجان")
    assert similarity("pars", "پارس") > similarity("pars", "بارس")
    assert similarity("vienna", "ڤيينا") > similarity("vienna", "فيينا")
    assert meet("بوتين", "پوتين")
    assert meet("وزير", "وزیر")


@pytest.mark.parametrize("prefix", ["و", "ف", "ال", "وال", "بال", "كال", "فال", "لل"])
def test_a_name_is_met_behind_what_joins_it(prefix: str) -> None:
    assert meet("Bogdanov", prefix + "بوجدانوف")


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
def test_words_that_share_some_letters_stay_apart(word: str, other: str) -> None:
    assert not meet(word, other)


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


@pytest.mark.parametrize("word", ["على", "الذي", "وفي", "له", "مع", "", "between", "5g"])
def test_stop_words_and_short_words_are_no_names(word: str) -> None:
    assert not may_be_name(word)


@pytest.mark.parametrize("word", ["علي", "الدبيبة", "سرت", "dbeibah", "ali"])
def test_a_word_with_letters_enough_may_be_a_name(word: str) -> None:
    assert may_be_name(word)


@pytest.mark.parametrize("word", ["", "2016", "привет", "我们", "é", "'", "ـ", "5g", "\U0010ffff"])
def test_what_no_table_knows_has_no_accidental_keys(word: str) -> None:
    assert name_keys(word) == ()


@given(st.text(max_size=20))
def test_any_text_has_keys_or_none_and_never_fails(text: str) -> None:
    found = name_keys(text)
    assert found == name_keys(text)
    assert len(set(found)) == len(found)
    assert all(key.isascii() and key.isupper() for key in found)
    assert 0.0 <= similarity(text, "bogdanov") <= 1.0


@given(WORD, WORD)
def test_similarity_is_symmetric_and_a_share(one: str, other: str) -> None:
    near = similarity(one, other)
    assert 0.0 <= near <= 1.0
    assert near == similarity(other, one)


@given(WORD)
def test_a_word_is_wholly_similar_to_itself(word: str) -> None:
    assert similarity(word, word) == 1.0


@given(WORD, st.lists(st.lists(WORD | st.text(max_size=3), max_size=4), max_size=3))
def test_many_words_are_as_similar_as_each_alone(asked: str, parts: list[list[str]]) -> None:
    sounds = concatenate_codes([encode_words(part, phonology()) for part in parts])
    near = dict(zip(chain(*parts), similarities(asked, sounds).tolist(), strict=True))
    near.pop(asked, None)
    assert near == {word: similarity(asked, word) for word in near}


@given(st.lists(WORD, max_size=8), WORD)
def test_what_is_verified_is_what_is_similar_enough(words: list[str], asked: str) -> None:
    found = dict(passing_spellings(asked, words, most=100))
    least = min_similarity(asked)
    for word in set(words) - {asked}:
        near = similarity(asked, word)
        if abs(near - least) > 1e-6:
            assert (word in found) == (near >= least)


@given(st.text(st.sampled_from("بتثجحخدذرزسشصضطظغفقكلمن"), min_size=2, max_size=9))
def test_a_word_of_consonants_has_a_key_and_shares_it_with_its_article(word: str) -> None:
    if len(set(word.replace("تش", "ش"))) > 1:  # تش is one sound, as in Chad
        assert name_keys(word)
    if len(word) > 2:
        assert set(name_keys(word)) & set(name_keys("ال" + word))


def test_every_sound_of_a_rule_is_in_the_table_of_sounds() -> None:
    read = read_tables()
    heard = {sound for rule in (*read.latin, *read.arabic) for sound in rule.phonemes}
    named = {sound for pair in read.costs for sound in pair}
    assert heard == set(read.phonemes)
    assert named <= heard


def test_a_sound_of_a_pattern_is_no_letter_that_would_be_read_again() -> None:
    read = read_tables()
    for rules in (read.latin, read.arabic):
        alone = {r.letters: r.phonemes for r in rules if len(r.letters) == 1 and r.context == "any"}
        for rule in rules:
            for sound in rule.phonemes if len(rule.letters) > 1 or rule.context != "any" else "":
                assert alone.get(sound, sound) == sound, rule


def test_a_rule_that_is_left_out_is_missed() -> None:
    read = read_tables()
    less = Phonology.of(read._replace(latin=tuple(r for r in read.latin if r.letters != "sh")))
    assert name_keys("bashagha", less) != name_keys("bashagha", phonology())


JOINED = [
    # as one word, the head as it is written alone, the rest
    ("abdulhamid", "abdul", "hamid"),
    ("abdelhamid", "abdel", "hamid"),
    ("abdalhamid", "abdal", "hamid"),
    ("abdoulhamid", "abdoul", "hamid"),
    ("abdoolhamid", "abdool", "hamid"),
    ("abdurrahman", "abdur", "rahman"),
    ("abderrahmane", "abder", "rahmane"),
    ("abdessalam", "abdes", "salam"),
    ("abdussalam", "abdus", "salam"),
    ("abdennour", "abden", "nour"),
    ("abdulaziz", "abdul", "aziz"),
    ("عبدالحميد", "عبد", "الحميد"),
    ("عبدالله", "عبد", "الله"),
    ("abdallah", "abd", "allah"),
    ("abubakr", "abu", "bakr"),
    ("abousahmain", "abou", "sahmain"),
    ("أبوبكر", "أبو", "بكر"),
    ("ابوسهمين", "ابو", "سهمين"),
]


@pytest.mark.parametrize(("word", "head", "rest"), JOINED)
def test_a_name_of_two_words_written_as_one_is_split(word: str, head: str, rest: str) -> None:
    assert split_name(word) == (particle_of(head), head, rest)
    assert head + rest == word


def test_the_vowel_of_allah_is_that_of_the_grammar() -> None:
    assert split_name("abdullah") == split_name("abdallah") == (particle_of("abd"), "abd", "allah")


@pytest.mark.parametrize(
    "word",
    [
        *("abdul", "abdel", "عبد", "abu", "أبو", "abdulha", "abdulli", "عبدالح"),
        *(
            "abdomen",
            "abduct",
            "abdicate",
            "abandon",
            "abbey",
            "about",
            "عبده",
            "عبدون",
            "أبواب",
        ),
        *("benghazi", "بنغازي", "binary", "hamid", "الحميد", "وعبدالحميد", "", "2016"),
    ],
)
def test_what_begins_with_no_head_or_is_too_short_is_one_word(word: str) -> None:
    assert split_name(word) is None


@pytest.mark.parametrize(
    ("word", "other"),
    [
        *(("عبد", other) for other in ("abd", "abdul", "abdel", "abdoul", "abdur", "abdes")),
        *(("أبو", other) for other in ("ابو", "أبي", "أبا", "abu", "abou")),
        *(("بن", other) for other in ("ابن", "إبن", "bin", "ben", "ibn")),
    ],
)
def test_a_head_is_one_in_all_its_spellings(word: str, other: str) -> None:
    assert particle_of(word) is particle_of(other) is not None


@pytest.mark.parametrize("word", ["", "hamid", "الحميد", "abdulhamid", "عبدالحميد", "al", "Abdul"])
def test_other_words_are_no_heads(word: str) -> None:
    assert particle_of(word) is None


def test_no_spelling_belongs_to_two_heads_and_each_is_an_exact_form() -> None:
    spelled = [spelling for head in PARTICLES for spelling in head.spellings]
    assert len(set(spelled)) == len(spelled)
    assert [exact(spelling) for spelling in spelled] == spelled


@given(WORD)
def test_a_word_that_is_split_is_its_head_and_the_rest(word: str) -> None:
    found = split_name(word)
    if found is not None:
        assert found.particle in PARTICLES
        assert word.startswith(found.written)
        assert word.endswith(found.rest[1:])
        assert len(found.rest) >= 3


@pytest.fixture(scope="module")
def pages() -> Callable[[str], set[str]]:
    """A query word to the words of the sample pages that it also finds."""
    if not PAGES.is_dir():
        pytest.skip(f"the sample pages are not at {PAGES}")
    held: defaultdict[str, set[str]] = defaultdict(set)
    for path in sorted(PAGES.glob("*.txt")):
        for token in analyze(path.read_text("utf-8")):
            for key in name_keys(token.term.exact) if may_be_name(token.term.exact) else ():
                held[key].add(token.term.exact)

    def found(typed: str) -> set[str]:
        word = exact(typed)
        shared = {other for key in name_keys(word) for other in held.get(key, ())}
        return {other for other, _ in passing_spellings(word, shared)}

    return found


@pytest.mark.parametrize(
    ("typed", "held"),
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
    pages: Callable[[str], set[str]], typed: str, held: str
) -> None:
    assert set(held.split()) <= pages(typed)


@pytest.mark.parametrize("word", ["know", "between", "years", "GNU", "with", "also", "said"])
def test_a_common_word_finds_no_arabic_word_of_the_sample_pages(
    pages: Callable[[str], set[str]], word: str
) -> None:
    assert not [other for other in pages(word) if other > "\u0600"]
