"""`search.names.likelihood`: a spelling that may be another word stands below the likeliest one."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from library import build, ids

from search.names.likelihood import unlikely

NAMES = [
    ("Tabari", "الطبري", ("تبرا",)),
    ("Qaddafi", "القذافي", ("كذافي",)),
    ("Qasim", "قاسم", ("كاسم", "كسيم")),
    ("Saleh", "صالح", ("سلح", "سله")),
    ("Haftar", "حفتر", ("هفطر",)),
    ("Sarraj", "السراج", ("صراج",)),
    ("Qatar", "قطر", ("كتر",)),
    ("Tantawi", "طنطاوي", ("تنتاوي",)),
    ("Tarek", "طارق", ("ترق",)),
    ("Saleh", "صالح", ("فسألاه",)),
]
"""A name, its Arabic spelling, and words that sound like it and have other consonants."""

WORDS = st.lists(st.sampled_from(["زار", "كتاب", "مدينة", "بيت", "شمس"]), max_size=60)


def _text(words: list[str], names: list[str]) -> str:
    return " ".join((*words, *names))


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(NAMES), st.data())
def test_no_text_of_another_word_stands_above_one_of_the_name_if_as_many_have_it(
    row: tuple[str, str, tuple[str, ...]], data: st.DataObject
) -> None:
    name, arabic, strangers = row
    copies = range(data.draw(st.integers(1, 3)))
    texts = {}
    for n in copies:
        own = f"{n}"  # equal texts would be one hit
        texts[f"true{n}"] = _text(data.draw(WORDS) * 20, [arabic, own])
        texts[f"typed{n}"] = _text(data.draw(WORDS) * 20, [name, own])
        others = list(strangers) * data.draw(st.integers(1, 3))
        texts[f"wrong{n}"] = _text(data.draw(WORDS), [*others, own])
    with tempfile.TemporaryDirectory() as folder, build(Path(folder), texts) as searcher:
        found = ids(searcher, name)
    assert set(found) >= {each for each in texts if not each.startswith("wrong")}
    assert found == sorted(found, key=lambda document: document.startswith("wrong"))


def test_a_long_text_of_the_name_stands_above_a_short_one_of_another_word(tmp_path: Path) -> None:
    texts = {"wrong": "ثم تبرا منهم", "true": "قال أبو جعفر الطبري في تفسيره " + "كتاب كبير " * 900}
    with build(tmp_path, texts) as searcher:
        assert ids(searcher, "Tabari") == ["true", "wrong"]


@pytest.mark.parametrize(
    ("name", "spellings", "others"),
    [
        ("tabari", ["الطبري", "Tabary", "تبرا", "طبري"], [2]),
        ("enver", ["أنور", "انور"], []),
        ("الطبري", ["Tabari", "تبرا"], []),
        ("tabari", ["Tabary"], []),
    ],
)
def test_other_consonants_than_those_of_the_likeliest_spelling_are_less_likely(
    name: str, spellings: list[str], others: list[int]
) -> None:
    assert unlikely(name, spellings) == others
