"""Every spelling that a note counts is in the result, and the note never counts more than that."""

from __future__ import annotations

import tempfile
from pathlib import Path

from examples import builds_index
from hypothesis import given
from hypothesis import strategies as st
from library import build
from noted_spellings import Check, Noted, NoteReader, spellings_in

NAMES = (
    ("Dbeibah", "Dabaiba", "al-Dbeibah", "Aldabaiba", "الدبيبة", "للدبيبة", "دبيبة"),
    ("Haftar", "Hifter", "Khalifa Haftar", "HAFTAR", "حفتر", "وحفتر"),
    ("Sarraj", "al-Sarraj", "el-Sarraj", "as-Sarraj", "Alsarraj", "السراج", "سراج"),
    ("Abdulhamid", "Abdul Hamid", "Abd al-Hamid", "Abdelhamid", "عبدالحميد", "عبد الحميد"),
    ("Hamid", "Hameed", "Ḥamīd", "حميد", "الحميد"),
    ("Abderrahman", "Abdulrahman", "Abd ar-Rahman", "Rahman", "عبد الرحمن", "عبدالرحمن"),
    ("Qasim", "Kasem", "bin Qasim", "Ibn Qasim", "قاسم", "بن قاسم"),
    ("Nureddin", "Nur al-Din", "Nour Eddine", "Nuraldin", "نورالدين", "نور الدين", "Din"),
    ("Recep", "Rajab", "رجب"),
    ("Abu Bakr", "Aboubakr", "Bakr", "أبو بكر", "أبوبكر", "بكر"),
    ("Umm Kulthum", "Oum Kalthoum", "Kulthum", "أم كلثوم", "كلثوم"),
    ("Yusuf", "Youssef", "Joseph", "يوسف", "ليوسف"),
    ("Said", "Saeed", "Saʿīd", "سعيد", "السعيد"),
)
"""Names, each in spellings that find each other and in some that hold more or less of it."""
WORDS = ("spoke", "road", "قال", "of", "and", "في")

names = st.sampled_from([spelling for of_one_name in NAMES for spelling in of_one_name])
texts = st.lists(
    st.lists(names | st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join),
    min_size=4,
    max_size=24,
)
in_every_form = ("{}", '"{}"', "+{}", "({})", "+({})", "name:({})", "{} OR ({})")
"""Of a word, all of these find the same documents."""


def together(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Clauses with signs, operators and groups around others."""
    pairs = st.tuples(inner, inner)
    signed = st.tuples(st.sampled_from("+-"), inner).map("".join)
    return (
        st.lists(inner | signed, min_size=1, max_size=3).map(" ".join)
        | pairs.map("({0[0]} OR {0[1]})".format)
        | pairs.map("({0[0]} AND {0[1]})".format)
        | pairs.map("({0[0]} AND NOT {0[1]})".format)
        | inner.map("({})".format)
    )


quoted = st.builds(
    '{}"{}"{}'.format, st.sampled_from(["", "title:"]),
    st.lists(names | st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join),
    st.sampled_from(["", "~2", "~5"]),
)  # fmt: skip
queries = st.recursive(names | quoted | names.map("name:({})".format), together, max_leaves=5)


def checks(written: list[str], queries: list[str]) -> list[Check]:
    """Check what the notes of queries count in an index of some texts."""
    with tempfile.TemporaryDirectory() as folder:
        documents = {str(number): text for number, text in enumerate(written)}
        with build(Path(folder), documents, segments=2) as searcher:
            reader = NoteReader.of(searcher)
            return [check for query in queries for check in reader.checks(query)]


@builds_index
@given(texts, st.lists(queries, min_size=1, max_size=20))
def test_a_note_counts_the_documents_of_the_result_that_have_a_spelling(
    written: list[str], queries: list[str]
) -> None:
    wrong = [str(check) for check in checks(written, queries) if not check.is_counted_right]
    assert not wrong


@builds_index
@given(texts, st.lists(names.filter(str.isalpha), min_size=1, max_size=5))
def test_every_form_of_a_word_finds_all_documents_with_a_spelling_of_its_note(
    written: list[str], typed: list[str]
) -> None:
    asked = [form.format(word, word) for word in typed for form in in_every_form]
    found = checks(written, asked)
    assert not [str(check) for check in found if check.left_out]
    counted = [[c.noted for c in found if c.query == query] for query in asked]
    size = len(in_every_form)
    assert counted == [counted[at - at % size] for at in range(len(asked))]


def test_the_notes_of_a_query_are_checked() -> None:
    """The properties above would hold of notes that are not understood, too."""
    (check,) = checks(["Haftar", "حفتر", "وحفتر"], ["+Haftar"])
    assert check == Check("+Haftar", Noted("Haftar", "حفتر", 2), held=2, left_out=0)
    assert spellings_in(["Hamid: also Hameed (1,200), حميد (3)", "few documents have x"]) == [
        Noted("Hamid", "Hameed", 1200),
        Noted("Hamid", "حميد", 3),
    ]
