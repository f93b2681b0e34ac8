"""The sample documents hold, byte for byte, what they are there to show."""

from __future__ import annotations

import json
import re
import unicodedata
import zipfile
from pathlib import Path
from shutil import copy

import pytest
from commands import run

from index.document import Document
from index.extract.formats import read
from index.extract.walk import MEGABYTE, Candidate, walk
from index.store.layout import ALIASES as FILE
from search.names.aliases import parse
from search.options import Options
from search.searcher import Searcher

SEEDS = Path(__file__).parent.parent / "seeds"
FILES = sorted(
    found.path for found in walk([SEEDS], max_size=MEGABYTE) if isinstance(found, Candidate)
)
ENCODINGS = {
    "wires/2016-10-25-serraj-cp1256.txt": "cp1256",
    "wires/2020-11-25-saleh-utf16.txt": "utf-16",
    "archive/library-card-iso8859-6.txt": "iso8859-6",
}
UNDATED = "pages/newspaper-room.aspx"
ARABIC = re.compile(r"[\u0621-\u064a\u06a9\u06cc\ufe70-\ufefc]")
FEATURES = [
    ("archive/headlines-tatweel.txt", r"\u0640"),
    ("notes/messages-persian-letters.txt", r"\u06cc"),
    ("notes/messages-persian-letters.txt", r"\u06a9"),
    ("notes/reading-list-nfd.txt", r"\u0627\u0653"),
    ("notes/reading-list-nfd.txt", r"[\u0627\u0648\u064a]\u0654"),
    ("notes/reading-list-nfd.txt", r"\u0627\u0655"),
    ("archive/old-pdf-presentation-forms.txt", r"[\ufe70-\ufef4]"),
    ("archive/old-pdf-presentation-forms.txt", r"[\ufef5-\ufefc]"),  # lam-alef
    ("notes/timeline.md", r"\A---\ntitle: .+\ndate: 2024-02-26\nlang: en\n"),
    ("pages/2021-04-16-dbeibah-mishustin.html", r'<html lang="en">'),
    ("pages/2021-04-16-dbeibah-mishustin.html", r'article:published_time" content="2021-04-16'),
    ("pages/2021-04-16-dbeibah-mishustin.html", r"(?s)cookie-banner.*<nav.*<aside.*<footer>"),
    ("pages/2021-04-17-koni-bogdanov.html", r'(?s)<html lang="ar" dir="rtl">.*<meta charset='),
]
NAMES = [
    *("Dbeibah", "Dabaiba", "Dbaiba", "الدبيبة", "al-Koni", "Koni", "الكوني", "Sarraj", "Serraj"),
    *("السراج", "Bogdanov", "بوجدانوف", "Lavrov", "لافروف", "Mishustin", "ميشوستين", "Haftar"),
    *("حفتر", "Shoigu", "شويجو"),
]
TERMS = [
    *("لليبيا", "بليبيا", "وليبيا", "الأزمة", "الاعمال", "العلاقات", "الذي", "مكتبة", "على", "علي"),
    *("2016", "٢٠١٦", "Libya’s", "relations", "UN-backed", "5+5"),
]


def content(path: Path) -> str:
    """The text of a file, markup taken away where it would count as Latin letters."""
    data = path.read_bytes()
    if path.suffix == ".pdf":
        (document,) = read(path)
        assert isinstance(document, Document)
        return document.text
    if path.suffix == ".docx":
        with zipfile.ZipFile(path) as archive:
            return re.sub("<[^>]+>", " ", archive.read("word/document.xml").decode())
    return data.decode(ENCODINGS.get(path.relative_to(SEEDS).as_posix(), "utf-8"))


def language(text: str) -> str:
    text = re.sub("(?s)<(style|script).*?</.*?>|<[^>]+>", " ", text)
    share = len(ARABIC.findall(text)) / sum(map(str.isalpha, text))
    return "ar" if share > 0.9 else "en" if share < 0.1 else "mixed"


def test_languages_are_about_even() -> None:
    found = [language(content(path)) for path in FILES]
    assert len(found) >= 14
    assert abs(found.count("ar") - found.count("en")) <= 2
    assert "mixed" in found
    assert {".txt", ".md", ".html", ".jsonl", ".pdf", ".docx"} <= {path.suffix for path in FILES}


@pytest.mark.parametrize(("name", "encoding"), ENCODINGS.items())
def test_legacy_encodings(name: str, encoding: str) -> None:
    data = (SEEDS / name).read_bytes()
    with pytest.raises(UnicodeDecodeError):
        data.decode("utf-8")
    assert data.startswith((b"\xff\xfe", b"\xfe\xff")) == (encoding == "utf-16")
    assert language(data.decode(encoding)) == "ar"


@pytest.mark.parametrize(("name", "pattern"), FEATURES)
def test_features(name: str, pattern: str) -> None:
    assert re.search(pattern, (SEEDS / name).read_bytes().decode("utf-8"))


def test_every_word_is_vocalised() -> None:
    text = (SEEDS / "archive/radio-bulletin-vocalised.txt").read_bytes().decode("utf-8")
    words = re.findall(r"[\u0621-\u0652]+", text)
    assert len(words) > 100
    assert sum(bool(re.search("[\u064b-\u0652]", word)) for word in words) >= 0.98 * len(words)


def test_hamza_is_decomposed_and_letters_are_in_reading_order() -> None:
    decomposed = content(SEEDS / "notes/reading-list-nfd.txt")
    assert decomposed != unicodedata.normalize("NFC", decomposed)
    assert decomposed == unicodedata.normalize("NFD", decomposed)
    shaped = content(SEEDS / "archive/old-pdf-presentation-forms.txt")
    assert unicodedata.normalize("NFKC", shaped).startswith("اللجنة المشتركة")


def test_wire_lines() -> None:
    rows = [json.loads(line) for line in content(SEEDS / "wires/moscow-wire.jsonl").splitlines()]
    assert len({row["id"] for row in rows}) == len(rows) == 8
    for row in rows:
        assert row.keys() == {"id", "title", "text", "lang", "date", "url"}
        assert row["lang"] == language(row["text"])
        assert row["url"].startswith("https://wire.example.org/")
    assert sum(row["lang"] == "ar" for row in rows) == 4


@pytest.mark.parametrize("term", NAMES + TERMS)
def test_names_and_terms_occur(term: str) -> None:
    assert any(re.search(rf"(?<!\w){re.escape(term)}(?!\w)", content(path)) for path in FILES)


def test_pdf_has_two_pages_and_is_small() -> None:
    data = (SEEDS / "archive/joint-committee-briefing.pdf").read_bytes()
    assert data.count(b"/Type /Page ") == 2
    assert len(data) < 30_000


@pytest.mark.parametrize(
    ("query", "part"),
    [
        ("weighbridge", None),
        ("الزعفران", "footnote"),
        ("foreman", "comment by Hana Saleh"),
        ("اتصلت", "comment by كمال البوسيفي"),
        ("publication harbour", "header"),
    ],
)
def test_words_of_every_part_of_a_report_are_found(
    tmp_path: Path, query: str, part: str | None
) -> None:
    assert run("index", SEEDS, "--index", tmp_path, "-q").code == 0
    with Searcher.open(tmp_path) as searcher:
        hit = searcher.search(query, options=Options(fragments=5)).hits[0]
    assert hit.path == str(SEEDS / "notes/2023-05-misrata-wheat.docx")
    assert hit.title == "Wheat at the quay: a draft"
    assert part in [snippet.part for snippet in hit.snippets]


# -- a page without a date ---------------------------------------------------------------


def test_the_undated_page_is_a_page_without_a_date(tmp_path: Path) -> None:
    assert run("index", SEEDS, "--index", tmp_path, "-q").code == 0
    ran = run("search", "attendant", "slip", "--json", "--index", tmp_path)
    (hit,) = json.loads(ran.out)["hits"]
    assert Path(hit["path"]) == SEEDS / UNDATED
    assert (hit["type"], hit["date"], hit["date_source"]) == ("html", None, None)
    ran = run("search", "attendant", "slip", "--after", "2000", "--index", tmp_path)
    assert (ran.code, ran.out) == (1, "")
    assert "1 document without a date was left out" in ran.err
    assert run("search", '="visitorCounter"', "-c", "--index", tmp_path).out == "0\n"


# -- the example of aliases ------------------------------------------------------------


def test_the_example_of_aliases_is_no_document_and_has_no_faults() -> None:
    assert SEEDS / FILE not in FILES
    aliases = parse((SEEDS / FILE).read_text("utf-8").splitlines())
    assert aliases.notes == ()
    assert len(aliases.groups) > 20


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("PC", ("Presidential Council", "المجلس الرئاسي")),
        ("طرابلس", ("Tripoli",)),
        ("GNU", ("حكومة الوحدة الوطنية",)),
        ('"المجلس الرئاسي"', ("Presidential Council",)),
    ],
)
def test_with_the_example_of_aliases_a_name_finds_the_others(
    tmp_path: Path, query: str, names: tuple[str, ...]
) -> None:
    assert run("index", SEEDS, "--index", tmp_path, "-q").code == 0
    copy(SEEDS / FILE, tmp_path)
    with Searcher.open(tmp_path) as searcher:
        alone = searcher.search(query, options=Options(limit=50, names=False))
        found = searcher.search(query, options=Options(limit=50))
    assert found.total > alone.total
    shown = [snippet.text for hit in found.hits for snippet in hit.snippets]
    assert all(any(name in text for text in shown) for name in names)


# -- an Arabic PDF -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        *('"لا يشمل المحضر الحاويات"', '"عبد الله الغرياني"', '"Tarsis Shipping"', "218/2024"),
        *(
            '"زيت زيتون"',
            "port.office@example.org",
            '"021-555-0147"',
            '"تبين للجنة أن بيان الحمولة"',
        ),
    ],
)
def test_an_arabic_pdf_is_read_as_it_was_written(tmp_path: Path, query: str) -> None:
    assert run("index", SEEDS, "--index", tmp_path, "-q").code == 0
    ran = run("search", query, "-l", "--index", tmp_path)
    assert "seeds/archive/zuwara-inspection-ar.pdf" in ran.out.splitlines()
