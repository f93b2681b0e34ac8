"""Spellings that find each other: on the sample pages, and in variants of one text."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from library import highlighted, index_files

from index.analysis import analyze
from index.analysis.tokenizer import pieces
from search import Hit, Searcher

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"
needs_seeds = pytest.mark.skipif(not SEEDS.is_dir(), reason="needs the sample pages in ../shared")

DBEIBAH = ["الدُّبَيْبَة", "الدبيبـــة", "الدبيبه", "دبيبة", "والدبيبة", "وللدبيبة", "ﺍﻟﺪﺑﻴﺒﺔ"]
PAIRS = [
    *((query, "الدبيبة") for query in [*DBEIBAH, "الد\u200fبيبة", "الد\u200cبيبة", "الدبیبة"]),
    *(("ليبيا", "لليبيا"), ("ليبيا", "ليبيا"), ("وزير", "وزیر"), ("وزير", "وزير")),
    *(("الازمة", "الأزمة"), ("الأعمال", "الاعمال"), ("علاقة", "العلاقات"), ("الذى", "الذي")),
    *(("٢٠١٦", "2016"), ("۲۰۱۶", "2016"), ("Libya", "Libya’s"), ("relation", "relations")),
    *(("U.N.", "UN-backed"), ("UN", "UN-backed"), ("backed", "UN-backed"), ("LIBYA", "Libya")),
]


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    files = {path.name: path.read_bytes() for path in sorted(SEEDS.glob("*.txt"))}
    with index_files(tmp_path_factory.mktemp("real"), files) as searcher:
        yield searcher


def highlights(searcher: Searcher, query: str) -> set[str]:
    """The texts that a query highlights in the documents that it finds."""
    found = set()
    for hit in searcher.search(query, limit=100).hits:
        (stored,) = searcher.documents(hit.path)
        spans, _ = searcher.highlight(stored, query)
        found |= {stored["text"][start:end] for start, end in spans}
        assert found.issuperset(highlighted(hit))
    return found


@needs_seeds
@pytest.mark.parametrize(("query", "written"), PAIRS)
def test_a_query_finds_a_spelling_on_the_sample_pages(
    real: Searcher, query: str, written: str
) -> None:
    assert written in highlights(real, query)


@needs_seeds
@pytest.mark.parametrize("query", sorted({query for query, _ in PAIRS}))
def test_whole_words_are_highlighted_on_the_sample_pages(real: Searcher, query: str) -> None:
    for piece in highlights(real, query):
        assert [text for text, _, _, _ in pieces(piece)] == [piece]


@needs_seeds
def test_on_and_ali_do_not_find_each_other_on_the_sample_pages(real: Searcher) -> None:
    assert highlights(real, "علي") == set()
    assert highlights(real, "على") == {"على"}


# -- variants --------------------------------------------------------------------------

SENTENCE = "أكد رئيس الحكومة عبد الحميد الدبيبة أن الأزمة في ليبيا تحتاج إلى تسوية"
VOCALISED = "أَكَّدَ رَئِيسُ الحُكُومَةِ عَبْدُ الحَمِيدِ الدُّبَيْبَةُ أَنَّ الأَزْمَةَ فِي لِيبْيَا تَحْتَاجُ إِلَى تَسْوِيَةٍ"
FORMS = "ﺃﻛﺪ ﺭﺋﻴﺲ ﺍﻟﺤﻜﻮﻣﺔ ﻋﺒﺪ ﺍﻟﺤﻤﻴﺪ ﺍﻟﺪﺑﻴﺒﺔ ﺃﻥ ﺍﻷﺯﻣﺔ ﻓﻲ ﻟﻴﺒﻴﺎ ﺗﺤﺘﺎﺝ ﺇﻟﻰ ﺗﺴﻮﻳﺔ"


def with_tatweel(text: str) -> str:
    return " ".join(
        word[:-1] + "ـــ" + word[-1] if len(word) > 4 else word for word in text.split()
    )


def insert_into_words(text: str, sign: str) -> str:
    return " ".join(word[:2] + sign + word[2:] if len(word) > 3 else word for word in text.split())


VARIANTS: dict[str, bytes | str] = {
    "plain.txt": SENTENCE,
    "vocalised.txt": VOCALISED,
    "tatweel.txt": with_tatweel(SENTENCE),
    "decomposed.txt": unicodedata.normalize("NFD", SENTENCE),
    "vocalised-decomposed.txt": unicodedata.normalize("NFD", VOCALISED),
    "forms.txt": FORMS,
    "right-to-left-mark.txt": insert_into_words(SENTENCE, "\u200f"),
    "zero-width-space.txt": insert_into_words(SENTENCE, "\u200b"),
    "zero-width-joiner.txt": insert_into_words(SENTENCE, "\u200d"),
    "soft-hyphen.txt": insert_into_words(SENTENCE, "\u00ad"),
    "isolates.txt": f"\u2067{SENTENCE}\u2069".replace(" ", "\u2069 \u2067"),
    "persian.txt": SENTENCE.replace("ي", "ی").replace("ك", "ک"),
    "no-hamza.txt": SENTENCE.translate(str.maketrans("أإة", "ااه")),
    "windows-1256.txt": SENTENCE.encode("cp1256"),
    "utf-16.txt": SENTENCE.encode("utf-16"),
    "utf-16-be.txt": b"\xfe\xff" + SENTENCE.encode("utf-16-be"),
    "utf-8-mark.txt": SENTENCE.encode("utf-8-sig"),
    "iso-8859-6.txt": SENTENCE.encode("iso8859-6"),
}
QUERIES = [
    *("الدبيبة", "الدُّبَيْبَة", "الدبيبـــة", "والدبيبة", "ﺍﻟﺪﺑﻴﺒﺔ", "رئيس"),
    *("رئیس", "الحكومة", "الحکومة"),
    *("الأزمة", "الازمة", "أزمة", "ليبيا", "ليبـيا", "تسوية", '"عبد الحميد الدبيبة"', "الدبيب*"),
    *('"في ليبيا"', '"فى ليبيا"', "الدبيبه~", "الازمه~1"),
]  # fmt: skip


@pytest.fixture(scope="module")
def variants(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    with index_files(tmp_path_factory.mktemp("variants"), VARIANTS) as searcher:
        yield searcher


@pytest.mark.parametrize("query", QUERIES)
def test_every_variant_is_found_by_one_query(variants: Searcher, query: str) -> None:
    found = variants.search(query, limit=50)
    names = [Path(path).name for hit in found.hits for path in (hit.path, *hit.copies)]
    assert sorted(names) == sorted(VARIANTS)
    assert found.total == len(VARIANTS)


@pytest.mark.parametrize("query", ["الدبيبة", "الأزمة", "ليبيا", "رئيس", "الدبيب*", "الدبيبه~"])
def test_a_variant_is_highlighted_as_it_is_written(variants: Searcher, query: str) -> None:
    for hit in variants.search(query, limit=50).hits:
        (stored,) = variants.documents(hit.path)
        (piece,) = highlighted(hit)
        words = [text for text, _, _, _ in pieces(stored["text"])]
        assert piece in words, hit.path
        assert stored["text"].index(piece) == hit.snippets[0].start + hit.snippets[0].spans[0][0]


@pytest.mark.parametrize(
    "sign", ["\u200f", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad"]
)
def test_invisible_characters_in_a_query_change_nothing(variants: Searcher, sign: str) -> None:
    plain, signed = (
        variants.search(query)
        for query in ("الدبيبة ليبيا", insert_into_words("الدبيبة ليبيا", sign))
    )
    assert [(hit.id, hit.score) for hit in plain.hits] == [
        (hit.id, hit.score) for hit in signed.hits
    ]


def is_by_root(hit: Hit) -> bool:
    return {match.kind for match in hit.matched} == {"root"}


def test_queries_find_words_with_proclitics_and_not_similar_words(tmp_path: Path) -> None:
    texts = {
        "by": "اهتمت روسيا بليبيا", "and": "روسيا وليبيا معا", "to": "سافر الوفد إلى ليبيا",
        "again": "عن ليبيا أيضا", "ali": "قال علي كلاما", "on": "جلس على الكرسي",
        "library": "مكتبة قديمة", "writer": "كاتب قديم", "books": "كتب قديمة",
        "our": "ناقش علاقاتنا", "who": "منظمة WHO الدولية",
    }  # fmt: skip
    with index_files(tmp_path, {f"{name}.txt": text for name, text in texts.items()}) as searcher:
        for query, expected in [
            *((query, "again and by to") for query in ("ليبيا", "بليبيا", "وليبيا")),
            ("مكتبة", "library"), ("كاتب", "writer"), ("علي", "ali"), ("على", "on"),
            ('"قال على"', "ali"), ('"جلس علي الكرسى"', "on"), ("WHO", "who"),
        ]:  # fmt: skip
            hits = [hit for hit in searcher.search(query).hits if not is_by_root(hit)]
            assert sorted(Path(hit.path).stem for hit in hits) == expected.split(), query


def test_the_terms_of_a_highlight_are_those_that_matched(variants: Searcher) -> None:
    for query in ("الدبيبة", "الأزمة"):
        stems = {token.term.stem for token in analyze(query)}
        for hit in variants.search(query, limit=50).hits:
            for piece in highlighted(hit):
                assert stems & {token.term.stem for token in analyze(piece)}
