"""`index.extract.mojibake`: text read in a wrong encoding is repaired, right text never changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from library import highlighted, ids, index_files

from index.document import Document, Skipped
from index.extract.formats import read
from index.extract.mojibake import damaged_lines, repair

ARABIC = "وقّع وزير النفط أمس عقدا في بنغازي مع الشركة، وقال إن التفاصيل ستُنشر لاحقا ٢٠١٩."
NEWS = "وصل الوفد إلى مطار معيتيقة فجر الخميس والتقى رئيس المجلس قبل سفره إلى تونس"
ENGLISH = "The minister’s “plan” was – as ever – not published… said the bureau’s €40 note."
FRENCH = "Après l’été, Noël était déjà là : « ça ira », répéta-t-elle à l’élève français."
PERSIAN = "وزیر نفت گفت که قرارداد دیروز در تهران امضا شد و جزئیات آن بعدا منتشر می‌شود"


def misread(text: str, written: str, read: str) -> str:
    """Read the bytes of a text in another encoding, what that lacks as a control character."""
    return "".join(
        bytes([byte]).decode(read, "ignore") or chr(byte) for byte in text.encode(written)
    )


MISREADINGS = [
    (ARABIC, "utf-8", "windows-1252", "utf-8 twice"),
    (ARABIC, "utf-8", "latin-1", "utf-8 twice"),
    (ARABIC, "utf-8", "windows-1256", "utf-8 read as windows-1256"),
    (ARABIC, "utf-8", "mac-roman", "utf-8 read as mac-roman"),
    (ARABIC, "utf-8", "cp850", "utf-8 read as cp850"),
    (PERSIAN, "utf-8", "windows-1252", "utf-8 twice"),
    (NEWS, "windows-1256", "windows-1252", "windows-1256 read as windows-1252"),
    (NEWS, "windows-1256", "latin-1", "windows-1256 read as windows-1252"),
    (NEWS, "iso-8859-6", "latin-1", "iso-8859-6 read as windows-1252"),
    (ENGLISH, "utf-8", "windows-1252", "utf-8 twice"),
    (ENGLISH, "utf-8", "latin-1", "utf-8 twice"),
    (FRENCH, "utf-8", "windows-1252", "utf-8 twice"),
]


@pytest.mark.parametrize(("text", "written", "read", "name"), MISREADINGS)
def test_a_misread_text_is_repaired_and_named(
    text: str, written: str, read: str, name: str
) -> None:
    for whole in (text, f"# Report 12\n\n{text}\nand a line of ASCII\n" * 9):
        found = repair(misread(whole, written, read))
        assert found is not None
        assert (found.text, found.encoding) == (whole, name)


def test_a_text_that_was_misread_several_times_is_repaired() -> None:
    twice = misread(misread(NEWS, "utf-8", "windows-1252"), "utf-8", "windows-1252")
    assert repair(twice) is not None
    assert repair(twice).text == NEWS  # type: ignore[union-attr]


def test_arabic_among_much_english_is_repaired() -> None:
    text = f"The statement said that {NEWS} and nothing else was known in the town. " * 3
    for written in ("utf-8", "windows-1256"):
        found = repair(misread(text, written, "windows-1252"))
        assert found is not None
        assert found.text == text


LOST = dict.fromkeys(map(ord, "\x81\x8d\x8f\x90\x9d"), "\ufffd")
"""What programs make of the bytes that windows-1252 lacks."""


def test_a_lost_feh_is_restored_for_no_other_letter_is_lost() -> None:
    found = repair(misread(NEWS, "utf-8", "windows-1252").translate(LOST))
    assert found is not None
    assert found.text == NEWS


def test_no_feh_is_invented_where_a_vowel_may_be_lost() -> None:
    text = "وَقَّعَ وَزيرُ النِّفْطِ في المَدينةِ عَقْداً في بَنْغازي " + NEWS
    found = repair(misread(text, "utf-8", "windows-1252").translate(LOST))
    assert found is not None
    assert len(found.text) == len(text)
    assert all(new in (old, "\ufffd") for old, new in zip(text, found.text, strict=True))


RIGHT = [
    ARABIC, NEWS, ENGLISH, FRENCH, PERSIAN,
    "Þegar sólin hækkaði á lofti fór Ægir út í Ölfusá; æðardúnn og öl, þó ekki hér, é og ýsa.",
    "Đại hội đồng cổ đông đã thông qua nghị quyết về việc bổ nhiệm ông Nguyễn Văn Phước.",
    "AMANHÃ… A IRMÃ” E A LÃ™ DA ALEMÃ… NÃO SÃO PÃO, disse João à mãe: “maçã”.",
    "Çalışanların büyük çoğunluğu İstanbul’da yaşıyor; ığdır, öğüt, şüphe.",
    "Žluťoučký kůň příšerně úpěl ďábelské ódy",
    "Größenwahn, ÄÖÜ, Fußgängerübergänge – „süß“",
    "Ærø, Ålesund og Øygården: blåbærsyltetøy",
    "Η Αθήνα είναι η πρωτεύουσα της Ελλάδας",
    "Президент подписал указ о бюджете",
    "בית המשפט העליון בירושלים",
    "قرارداد کی تفصیلات بعد میں شائع کی جائیں گی، وزیر نے کہا",
    "Ø", "±", "£100", "naïve café", "© 2019 Œuvre",
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞß are the capitals of latin-1",
    "ÉTÉ ÂGÉ ÎLE À ÉÉÉ ÔÔÔ", "5 µm ± 3 °C × 2", "漢字とかな", "",
]  # fmt: skip
words = st.sampled_from([word for text in RIGHT[:16] for word in text.split()])


@pytest.mark.parametrize("text", RIGHT)
def test_right_text_is_never_changed(text: str) -> None:
    assert repair(text) is None
    assert repair(text.upper()) is None
    assert repair(text * 20) is None
    assert damaged_lines(text) == []


def test_a_single_sequence_may_be_an_example_of_the_fault() -> None:
    assert repair("the letters â€™ stand for an apostrophe") is None


@given(st.lists(words, max_size=60), st.sampled_from([" ", "\n", ", ", "’", "…", "”", "\u200f"]))
def test_right_words_of_any_language_are_never_changed(found: list[str], space: str) -> None:
    assert repair(space.join(found)) is None


@pytest.mark.parametrize(
    "alphabet",
    [
        "aeiounrst éèêàâçùûôîïëœ’«»",
        "aðeifghjklmnrstuv þæöáéíóúýÞÆÖÁ",
        "aeiouctnhg ăâđêôơưạảãáàềểễếệợởỡớờựửữứừ",
        "aeoprsdcm ãõçáâàéêíóôúÃÕÇÁÂÀÉÊÍÓÔÚ”…",
        "abdegiklmnorsu çğıöşüÇĞİÖŞÜ’",
        "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءأإآؤئ ،؛؟",
        "ابپتچحخدرزژسشعغفقکگلمنوهی ‌،",
        "αβγδεζηθικλμνξοπρστυφχψωάέήίόύώ ",
        "абвгдежзийклмнопрстуфхцчшщъыьэюя ",
        "אבגדהוזחטיכלמנסעפצקרשת ",
    ],
)
def test_letters_of_a_language_in_any_order_are_never_changed(alphabet: str) -> None:
    @given(st.text(st.sampled_from(alphabet), max_size=200))
    def unchanged(text: str) -> None:
        assert repair(text) is None

    unchanged()


@given(st.text(max_size=100))
def test_a_repaired_text_is_not_repaired_again(text: str) -> None:
    found = repair(text)
    assert found is None or repair(found.text) is None


@given(st.lists(words, min_size=8, max_size=40))
def test_words_that_were_misread_come_back_or_stay(found: list[str]) -> None:
    text = " ".join(found)
    damaged = misread(text, "utf-8", "windows-1252")
    after = repair(damaged)
    assert after is None or after.text == text


def written(tmp_path: Path, name: str, text: str) -> list[Document | Skipped]:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return list(read(path))


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
def test_a_document_says_how_it_was_encoded(tmp_path: Path, name: str) -> None:
    (document,) = written(tmp_path, name, misread(NEWS, "utf-8", "windows-1252"))
    assert isinstance(document, Document)
    assert (document.text.strip(), document.encoding) == (NEWS, "utf-8 twice")


def test_a_title_is_repaired_with_its_text(tmp_path: Path) -> None:
    text = misread(f"# تقرير\n\n{NEWS}\n", "windows-1256", "windows-1252")
    (document,) = written(tmp_path, "a.md", text)
    assert isinstance(document, Document)
    assert document.title == "تقرير"


def test_lines_of_jsonl_are_repaired_each(tmp_path: Path) -> None:
    damaged = misread(NEWS, "utf-8", "windows-1252")
    ascii_only = damaged.encode("ascii", "backslashreplace").decode().replace("\\x", "\\u00")
    lines = [
        f'{{"id": "{n}", "text": "{text}"}}' for n, text in enumerate((NEWS, damaged, ascii_only))
    ]
    found = written(tmp_path, "a.jsonl", "\n".join(lines))
    assert [item.text for item in found if isinstance(item, Document)] == [NEWS] * 3
    assert [item.encoding for item in found if isinstance(item, Document)] == [
        "utf-8", "utf-8 twice", "utf-8 twice",
    ]  # fmt: skip


def test_damaged_lines_of_a_right_text_are_reported(tmp_path: Path) -> None:
    damaged = misread(NEWS, "utf-8", "windows-1252")
    text = f"{NEWS}\n{damaged}\n{FRENCH}\n{misread(NEWS, 'windows-1256', 'latin-1')}\n"
    document, note = written(tmp_path, "a.txt", text)
    assert isinstance(document, Document)
    assert isinstance(note, Skipped)
    assert (document.text, document.encoding) == (text, "utf-8")
    assert note.reason == (
        "2 lines seem to have been read in a wrong encoding, the first is line 2: not repaired"
    )


def test_a_repaired_document_is_found_and_highlighted(tmp_path: Path) -> None:
    files = {
        "utf8.txt": misread(NEWS, "utf-8", "windows-1252"),
        "ansi.txt": misread(NEWS, "windows-1256", "windows-1252"),
    }
    with index_files(tmp_path, files) as searcher:
        assert len(ids(searcher, "معيتيقة")) == 2
        for hit in searcher.search('"رئيس المجلس"').hits:
            assert highlighted(hit) == ["رئيس", "المجلس"]
