"""`index.analysis.names.particles`: compound names written as one word, and their particles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis.names.particles import FAITH, PARTICLES, particle_of, split_name
from index.analysis.normalizer import exact

LATIN = "abcdefghijklmnopqrstuvwxyzéğşç'"
ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةأإآءئؤپچژڤگیک"
WORD = st.text(st.sampled_from(LATIN), max_size=12) | st.text(st.sampled_from(ARABIC), max_size=12)

JOINED = [
    # the name as one word, its particle, the rest
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
    ("binladen", "bin", "laden"),
]


@pytest.mark.parametrize(("word", "particle", "rest"), JOINED)
def test_a_name_of_two_words_written_as_one_is_split(word: str, particle: str, rest: str) -> None:
    assert split_name(word) == (particle_of(particle), particle, rest)
    assert particle + rest == word


@pytest.mark.parametrize(
    ("word", "rest", "particle"),
    [
        ("nureddin", "nur", "eddin"),
        ("noureddine", "nour", "eddine"),
        ("salahuddin", "salah", "uddin"),
        ("nuraldin", "nur", "aldin"),
        ("necmettin", "necm", "ettin"),
        ("نورالدين", "نور", "الدين"),
        ("عزالدين", "عز", "الدين"),
    ],
)
def test_a_name_with_faith_behind_it_is_split(word: str, rest: str, particle: str) -> None:
    assert split_name(word) == (FAITH, particle, rest)


def test_the_first_vowel_of_allah_is_a_case_ending() -> None:
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
        *("bulletin", "puddin", "eddin", "aladdin", "والدين", "خالدين", "الخالدين", "الوالدين"),
        *("benghazi", "بنغازي", "binary", "hamid", "الحميد", "وعبدالحميد", "", "2016"),
    ],
)
def test_a_word_without_particle_or_too_short_is_not_split(word: str) -> None:
    assert split_name(word) is None


@pytest.mark.parametrize(
    ("word", "other"),
    [
        *(("عبد", other) for other in ("abd", "abdul", "abdel", "abdoul", "abdur", "abdes")),
        *(("أبو", other) for other in ("ابو", "أبي", "أبا", "abu", "abou")),
        *(("بن", other) for other in ("ابن", "إبن", "bin", "ben", "ibn")),
    ],
)
def test_all_spellings_of_a_particle_are_one_particle(word: str, other: str) -> None:
    assert particle_of(word) is particle_of(other) is not None


@pytest.mark.parametrize("word", ["", "hamid", "الحميد", "abdulhamid", "عبدالحميد", "al", "Abdul"])
def test_other_words_are_not_particles(word: str) -> None:
    assert particle_of(word) is None


def test_each_spelling_belongs_to_one_particle_and_is_an_exact_form() -> None:
    spellings = [spelling for particle in PARTICLES for spelling in particle.spellings]
    assert len(set(spellings)) == len(spellings)
    assert [exact(spelling) for spelling in spellings] == spellings


@given(WORD)
def test_a_split_word_consists_of_its_particle_and_the_rest(word: str) -> None:
    split = split_name(word)
    if split is not None and split.particle is FAITH:
        assert word == split.rest + split.written
    elif split is not None:
        assert split.particle in PARTICLES
        assert word.startswith(split.written)
        assert word.endswith(split.rest[1:])
        assert len(split.rest) >= 3
