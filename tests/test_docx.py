"""Every part of a DOCX is read, says what it is, and is named by its cause if it is damaged."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from commands import run as dalil
from extracted import only_document, write_file
from hypothesis import given
from hypothesis import strategies as st
from word_files import WordFile, item, numbering, paragraph, run

from index.document import MAX_LABEL_LENGTH, Document, Part, Skipped
from index.errors import Unreadable
from index.extract import read
from index.extract.numerals import numeral
from index.extract.sections import MAX_PARTS, Section, join_sections

NOTE = '<w:{0} w:id="1">{1}</w:{0}>'


def labelled(document: Document) -> list[tuple[str, str]]:
    """The texts of a document with their labels, in order."""
    parts = (Part(0, ""), *document.parts)
    ends = [*(part.start for part in parts[1:]), len(document.text)]
    found = [
        (part.label, document.text[part.start : end]) for part, end in zip(parts, ends, strict=True)
    ]
    return [(label, text.strip("\n")) for label, text in found if text.strip("\n")]


def texts(tmp_path: Path, file: WordFile) -> list[tuple[str, str]]:
    return labelled(only_document(write_file(tmp_path, "a.docx", file.data())))


ALL = {
    "footnotes": NOTE.format("footnote", paragraph("see the Karkadeh ledger"))
    + '<w:footnote w:id="0" w:type="separator"><w:p><w:r><w:t>rule</w:t></w:r></w:p></w:footnote>',
    "endnotes": NOTE.format("endnote", paragraph("حاشية ختامية")),
    "comments": f'<w:comment w:id="1" w:author="هناء سعيد">{paragraph("check it")}</w:comment>'
    f'<w:comment w:id="2" w:author="Omar">{paragraph("done")}</w:comment>',
    "header1": paragraph("Ministry of Quarries"),
    "header2": paragraph("Ministry of Quarries"),
    "footer": paragraph("file 88"),
}


@pytest.mark.parametrize("strict", [False, True])
def test_every_part_is_read_with_its_label(tmp_path: Path, strict: bool) -> None:
    file = WordFile(paragraph("The body."), ALL, strict=strict)
    assert texts(tmp_path, file) == [
        ("", "The body."),
        ("footnote", "see the Karkadeh ledger"),
        ("endnote", "حاشية ختامية"),
        ("comment by هناء سعيد", "check it"),
        ("comment by Omar", "done"),
        ("header", "Ministry of Quarries"),
        ("footer", "file 88"),
    ]


def test_tracked_changes_say_whose_they_are_and_phrases_read_on(tmp_path: Path) -> None:
    body = (
        f"<w:p>{run('We pay ')}"
        "<w:del w:author='Amal'><w:r><w:delText>nine</w:delText></w:r></w:del>"
        f"<w:ins w:author='Basim'>{run('twelve')}</w:ins>{run(' dinars')}"
        f"<w:moveFrom w:author='Basim'>{run('today')}</w:moveFrom></w:p>"
        f"<w:p><w:moveTo w:author='Basim'>{run('today')}</w:moveTo></w:p>"
    )
    document = only_document(write_file(tmp_path, "a.docx", WordFile(body).data()))
    assert document.text == "We pay twelve dinars\ntoday\n\nnine"
    assert labelled(document) == [
        ("", "We pay "),
        ("inserted by Basim", "twelve"),
        ("", " dinars"),
        ("moved here by Basim", "today"),
        ("deleted by Amal", "nine"),
    ]


def test_a_text_box_follows_its_paragraph_and_counts_once(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{paragraph('boxed')}</w:txbxContent>"
    drawing = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/'
        f'2006"><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>'
    )
    body = f"<w:p>{run('one ')}<w:r>{drawing}</w:r>{run('line')}</w:p>{paragraph('next')}"
    assert texts(tmp_path, WordFile(body)) == [
        ("", "one line"),
        ("text box", "boxed"),
        ("", "next"),
    ]


def test_properties_tabs_and_codes_of_fields_are_no_text(tmp_path: Path) -> None:
    body = (
        '<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:rPr><w:t>x</w:t></w:rPr>'
        "<w:instrText>PAGE</w:instrText><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/>"
        "<w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t></w:r></w:p>"
    )
    assert texts(tmp_path, WordFile(body)) == [("", "a\tb\nc-d")]


# --- titles ----------------------------------------------------------------------------------

STYLES = (
    '<w:style w:styleId="a3"><w:name w:val="Title"/></w:style>'
    '<w:style w:styleId="a9"><w:name w:val="heading 1"/></w:style>'
)


def test_the_title_is_stated_or_that_of_the_style_whatever_its_id(tmp_path: Path) -> None:
    body = paragraph("Chapter", '<w:pStyle w:val="a9"/>')
    body += f"<w:p><w:pPr><w:pStyle w:val='a3'/></w:pPr>{run('تقرير ')}{run('المحاجر')}</w:p>"
    file = WordFile(body, {"styles": STYLES})
    assert only_document(write_file(tmp_path, "a.docx", file.data())).title == "تقرير المحاجر"
    file.core = "<dc:title>Stated</dc:title><dcterms:created>2019-03-04T05:06:07Z</dcterms:created>"
    document = only_document(write_file(tmp_path, "b.docx", file.data()))
    assert (document.title, str(document.date)) == ("Stated", "2019-03-04")


# --- lists -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ([("decimal", "%1."), ("lowerLetter", "%1.%2)")], ["1. x", "1.a) x", "1.b) x", "2. x"]),
        ([("upperRoman", "%1"), ("decimalZero", "%2")], ["I x", "01 x", "02 x", "II x"]),
        ([("arabicAbjad", "%1-"), ("arabicAlpha", "%2-")], ["أ- x", "أ- x", "ب- x", "ب- x"]),
        ([("bullet", "•"), ("none", "%2")], ["x", "x", "x", "x"]),
    ],
)
def test_items_of_lists_have_their_numbers(
    tmp_path: Path, levels: list[tuple[str, str]], expected: list[str]
) -> None:
    body = item("x") + item("x", 1) + item("x", 1) + item("x")
    file = WordFile(body, {"numbering": numbering(*levels)})
    assert texts(tmp_path, file) == [("", "\n".join(expected))]


def test_a_list_may_belong_to_a_style_and_start_anew(tmp_path: Path) -> None:
    styles = (
        '<w:style w:styleId="base"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="own"><w:basedOn w:val="base"/></w:style>'
    )
    anew = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="7"/></w:lvlOverride></w:num>'
    )
    body = paragraph("a", '<w:pStyle w:val="own"/>') + item("b") + item("c", number=2)
    body += item("d", number=2) + item("e", number=0) + item("f", number=5)
    parts = {"styles": styles, "numbering": numbering(("decimal", "%1."), more=anew)}
    assert texts(tmp_path, WordFile(body, parts)) == [("", "1. a\n2. b\n7. c\n8. d\ne\nf")]


@given(st.integers(0, 10**12), st.text(max_size=20))
def test_every_number_is_written_in_every_style(number: int, style: str) -> None:
    for name in (style, "lowerRoman", "upperLetter", "arabicAbjad", "٠١, ٠٢", "hindiNumbers"):
        assert 0 < len(numeral(number, name)) <= 30


def test_numbers_are_in_the_digits_that_a_document_states() -> None:
    assert [numeral(7, "٠١, ٠٢, ٠٣, ..."), numeral(12, "١, ٢, ...")] == ["٠٧", "١٢"]
    assert [numeral(n, "lowerRoman") for n in (4, 1999, 4000)] == ["iv", "mcmxcix", "4000"]
    assert [numeral(n, "lowerLetter") for n in (0, 26, 27, 53)] == ["0", "z", "aa", "aaa"]


# --- labels ----------------------------------------------------------------------------------


def test_the_name_of_an_author_is_cleaned_and_cut(tmp_path: Path) -> None:
    author = "A&#x202e;B&#10;" + "c" * 1000
    comment = f'<w:comment w:author="{author}">{paragraph("note")}</w:comment>'
    found = texts(tmp_path, WordFile(paragraph("x"), {"comments": comment}))
    assert found[1][0].startswith("comment by A B ccc")
    assert len(found[1][0]) == MAX_LABEL_LENGTH


@given(
    st.lists(
        st.builds(
            Section, st.sampled_from(["", "footnote", "header"]), st.text("a\n "), st.booleans()
        )
    )
)
def test_no_letter_of_a_section_is_lost_or_under_another_label(sections: list[Section]) -> None:
    text, parts = join_sections(sections)
    starts = [part.start for part in parts]
    assert starts == sorted(set(starts))
    assert all(start < len(text) for start in starts)
    assert text.count("a") == sum(section.text.count("a") for section in sections)
    for label in ("", "footnote", "header"):
        known = (Part(0, ""), *parts)
        ends = [*starts, len(text)]
        found = sum(
            text[part.start : end].count("a")
            for part, end in zip(known, ends, strict=True)
            if part.label == label
        )
        assert found == sum(s.text.count("a") for s in sections if s.label == label)


def test_parts_without_end_have_the_last_label() -> None:
    sections = [Section(f"comment by {n % 2}", "x") for n in range(MAX_PARTS + 100)]
    assert len(join_sections(sections)[1]) == MAX_PARTS


# --- damage ----------------------------------------------------------------------------------

WHOLE = WordFile(paragraph("The body."), ALL)


def changed(name: str, data: bytes) -> bytes:
    return WordFile(WHOLE.body, WHOLE.parts, raw={name: data}).data()


def with_flag(data: bytes) -> bytes:
    """Mark each part as encrypted, in the directory and before its data."""
    marked = bytearray(data)
    for start, offset in ((b"PK\1\2", 8), (b"PK\3\4", 6)):
        at = marked.find(start)
        while at >= 0:
            marked[at + offset] |= 1
            at = marked.find(start, at + 1)
    return bytes(marked)


MAIN = WHOLE.files()["word/document.xml"]
OLE = b"\xd0\xcf\x11\xe0" + b"\0" * 600
REASONS = {
    "empty": (b"", "is empty"),
    "text": (b"plain words", "is named .docx but is a text"),
    "picture": (b"\x89PNG\r\n\x1a\n", "is named .docx but is a PNG image"),
    "old": (OLE, "is a document of an older Office"),
    "password": (OLE + "EncryptedPackage".encode("utf-16-le"), "is protected by a password"),
    "password of the archive": (with_flag(WHOLE.data()), "is protected by a password"),
    "cut archive": (WHOLE.data()[:-200], "is cut short"),
    "cut part": (
        changed("word/document.xml", MAIN[:-30]),
        "its part word/document.xml is cut short",
    ),
    "empty part": (changed("word/document.xml", b""), "its part word/document.xml is cut short"),
    "no XML": (
        changed("word/document.xml", b"<a><b></a>"),
        "its part word/document.xml has an error in line 1",
    ),
    "another document": (
        changed("word/document.xml", b"<workbook/>"),
        "its main part holds something else",
    ),
}


@pytest.mark.parametrize(("data", "reason"), REASONS.values(), ids=REASONS)
def test_what_cannot_be_read_is_named_by_its_cause(
    tmp_path: Path, data: bytes, reason: str
) -> None:
    with pytest.raises(Unreadable) as raised:
        list(read(write_file(tmp_path, "a.docx", data)))
    assert reason in raised.value.message
    assert "Error" not in raised.value.message


@pytest.mark.parametrize("cut", [1, 60, 150])
def test_damage_to_a_part_beside_the_body_leaves_the_rest(tmp_path: Path, cut: int) -> None:
    notes = WHOLE.files()["word/x0.xml"]
    path = write_file(tmp_path, "a.docx", changed("word/x0.xml", notes[:-cut]))
    document, skipped = read(path)
    assert isinstance(document, Document)
    assert "Ministry of Quarries" in document.text
    reason = "its part word/x0.xml is cut short; the rest was read"
    assert skipped == Skipped(str(path), reason, problem=True)


def test_a_body_in_its_usual_place_is_read_without_relationships(tmp_path: Path) -> None:
    path = write_file(tmp_path, "a.docx", changed("_rels/.rels", b"<R"))
    document, skipped = read(path)
    assert isinstance(document, Document)
    assert isinstance(skipped, Skipped)
    assert "Karkadeh" in document.text
    assert skipped.reason == "its part _rels/.rels is cut short; the rest was read"


def test_a_part_whose_bytes_were_changed_is_damaged(tmp_path: Path) -> None:
    data = bytearray(WHOLE.data())
    with zipfile.ZipFile(write_file(tmp_path, "b.docx", bytes(data))) as archive:
        start = archive.getinfo("word/document.xml").header_offset
    data[start + 60] ^= 0xFF
    with pytest.raises(Unreadable, match=r"part word/document\.xml is damaged"):
        list(read(write_file(tmp_path, "a.docx", bytes(data))))


def test_a_body_is_read_however_deep_it_nests(tmp_path: Path) -> None:
    deep = "<w:ins w:author='Amal'>" * 50_000 + run("wire") + "</w:ins>" * 50_000
    document = only_document(write_file(tmp_path, "a.docx", WordFile(f"<w:p>{deep}</w:p>").data()))
    assert document.text == "wire"
    assert len(document.parts) == 1


def test_a_circle_of_styles_ends(tmp_path: Path) -> None:
    styles = '<w:style w:styleId="a"><w:basedOn w:val="a"/></w:style>'
    parts = {"styles": styles, "numbering": numbering(("decimal", "%1."))}
    file = WordFile(paragraph("x", '<w:pStyle w:val="a"/>'), parts)
    assert texts(tmp_path, file) == [("", "x")]


# --- hits ------------------------------------------------------------------------------------


def test_a_hit_in_a_part_says_so(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    write_file(docs, "a.docx", WordFile(paragraph("The body."), ALL).data())
    assert dalil("index", docs, "--index", tmp_path / "ix").code == 0

    def part(word: str) -> object:
        ran = dalil("search", word, "--json", "--index", tmp_path / "ix")
        return json.loads(ran.out)["hits"][0]["snippets"][0].get("part")

    found = [part(word) for word in ("body", "Karkadeh", "check", "quarries")]
    assert found == [None, "footnote", "comment by هناء سعيد", "header"]
    ran = dalil("search", "Karkadeh", "--index", tmp_path / "ix")
    assert ": [footnote] see the Karkadeh ledger" in ran.out


def test_a_fragment_shows_the_text_of_one_part(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    notes = {"footnotes": NOTE.format("footnote", paragraph("The Karkadeh ledger, folio 7."))}
    inserted = f"<w:ins w:author='Amal'>{run('lost')}</w:ins>"
    body = f"<w:p>{run('A ledger was ')}{inserted}{run(' here.')}</w:p>"
    write_file(docs, "a.docx", WordFile(body, notes).data())
    assert dalil("index", docs, "--index", tmp_path / "ix").code == 0

    def snippets(*query: str) -> list[tuple[str, str | None]]:
        ran = dalil("search", *query, "--json", "--index", tmp_path / "ix")
        found = json.loads(ran.out)["hits"][0]["snippets"]
        return [(snippet["text"], snippet.get("part")) for snippet in found]

    assert snippets("ledger") == [("A ledger was lost here.", None)]
    assert snippets("karkadeh ledger") == [("The Karkadeh ledger, folio 7.", "footnote")]
    assert snippets("lost") == [("A ledger was lost here.", "inserted by Amal")]
