"""Words that sound like a name and are another word: they are not found, or count less."""

from __future__ import annotations

from pathlib import Path

import pytest
from library import Texts, build, ids

from search.names.false_friends import PROCLITIC_COST, without_false_friends

TEXTS: Texts = {
    "environment": "وضعت قوانين جديدة للبيئة في البلاد",
    "her": "ثم تحدث عن البيئة والماء",
    "libya": "سافر الوفد إلى ليبيا أمس",
    "to": "عاد الوفد لليبيا أمس",
    "by": "اجتمع الوفد بليبيا أمس",
    "latin": "the delegation left Libya yesterday",
}


@pytest.mark.parametrize("query", ["Libya", '"Libya"', "+Libya", "ليبيا", "name:libya"])
def test_what_only_sounds_alike_with_its_preposition_is_no_spelling(
    tmp_path: Path, query: str
) -> None:
    with build(tmp_path, TEXTS) as searcher:
        found = set(ids(searcher, query))
    assert found.isdisjoint({"environment", "her"})
    assert found >= {"libya", "to", "latin"}


@pytest.mark.parametrize(
    ("query", "stranger"),
    [("الطبري", "ثم تبرا منه"), ("صلى", "سلة من فواكه"), ("قلبي", "كلبي هنا"), ("عامر", "امر به")],
)
def test_an_arabic_word_is_no_spelling_of_one_with_other_emphatics(
    tmp_path: Path, query: str, stranger: str
) -> None:
    with build(
        tmp_path, {"own": f"كتب {query} كتابا في أمور كثيرة", "stranger": stranger}
    ) as searcher:
        assert ids(searcher, query) == ["own"]


@pytest.mark.parametrize(("query", "other"), [("غورباتشوف", "جورباتشوف"), ("بوتين", "پوتين")])
def test_an_arabic_name_finds_its_other_spellings_with_the_same_emphatics(
    tmp_path: Path, query: str, other: str
) -> None:
    with build(tmp_path, {"own": f"زار {query}", "other": f"عاد {other}"}) as searcher:
        assert set(ids(searcher, query)) == {"own", "other"}


def test_the_letters_of_a_proclitic_belong_to_the_word_that_more_documents_have() -> None:
    alike = {"للبيئة": 0.9, "لليبيا": 1.0, "ليبيا": 1.0, "للكوني": 1.0}
    frequency = {"البيئة": 5, "لبيئة": 1, "ليبيا": 7, "الكوني": 3}
    kept = without_false_friends("libya", alike, lambda form: frequency.get(form, 0))
    assert kept == {"لليبيا": 1.0, "ليبيا": 1.0}
    kept = without_false_friends("koni", alike, lambda form: frequency.get(form, 0))
    assert kept["للكوني"] == pytest.approx(1 - PROCLITIC_COST, abs=0.05)


def test_a_word_behind_and_must_sound_like_the_name_without_it() -> None:
    alike = {"وسنة": 0.93, "وسانا": 1.0}
    frequency = {"سنة": 5, "وسنة": 1, "وسانا": 2, "سانا": 1}
    kept = without_false_friends("wasana", alike, lambda form: frequency.get(form, 0))
    assert kept == {"وسانا": 1.0}


@pytest.mark.parametrize("query", ["Wasana", '"Wasana"', "+Wasana"])
def test_a_year_is_no_name_because_of_the_and_before_it(tmp_path: Path, query: str) -> None:
    texts = {"year": "شهر وسنة ونصف", "years": "كل سنة هنا", "name": "زارت وسانا المدينة"}
    with build(tmp_path, texts) as searcher:
        assert ids(searcher, query) == ["name"]


def test_a_true_spelling_stands_above_one_behind_a_proclitic(tmp_path: Path) -> None:
    texts = {"true": "زار الكوني العاصمة", "behind": "رسالة للكوني وصلت"}
    with build(tmp_path, texts) as searcher:
        assert ids(searcher, "Koni")[0] == "true"
