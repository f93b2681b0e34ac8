"""Dossiers in the programs for which they are made: a browser, and LibreOffice."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import pytest
from lxml import etree
from lxml import html as lxml_html

from search.export import files
from search.export.csv_table import COLUMNS, as_written, harmless
from tests.benchmarks.corpus import COLLECTIONS as NAMES
from tests.benchmarks.corpus import lines_of
from tests.commands import PROJECT, indexed, run, written

pytestmark = pytest.mark.slow

COLLECTIONS = PROJECT.parent / "shared" / "collections"
PASSAGES = 4_000
"""Passages of each collection that are indexed."""
HITS = 500
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "chrome"))), None)
OFFICE = next(filter(None, map(shutil.which, ("soffice", "libreoffice"))), None)
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
in_browser = pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium")
in_office = pytest.mark.skipif(OFFICE is None, reason="there is no LibreOffice")


@dataclass(frozen=True)
class Searched:
    """An index and a query of which many hits are exported."""

    index: Path
    query: str
    options: tuple[object, ...]

    def exported(self, to: Path) -> Path:
        ran = run("search", self.query, "--index", self.index, *self.options, "--export", to)
        assert ran.code == 0, ran.err
        return to

    def marked(self) -> list[list[str]]:
        """What the search itself highlights, hit by hit, passage by passage."""
        sizes = ("--fragments", 3, "--width", 400)
        ran = run("search", self.query, "--index", self.index, *self.options, *sizes, "--jsonl")
        hits = map(json.loads, ran.out.splitlines())
        return [
            [s["text"][start:end] for s in hit["snippets"] for start, end in s["spans"]]
            for hit in hits
        ]


@pytest.fixture(scope="module")
def of_seeds(tmp_path_factory: pytest.TempPathFactory) -> Searched:
    docs = tmp_path_factory.mktemp("seeds") / "seeds"
    shutil.copytree(PROJECT / "seeds", docs)
    return Searched(indexed(docs), "روسيا railway committee", ("--all",))


@pytest.fixture(scope="module")
def of_passages(tmp_path_factory: pytest.TempPathFactory) -> Searched:
    if not all((COLLECTIONS / name).is_dir() for name in NAMES):
        pytest.skip("needs scale-ar and scale-en in ../shared/collections")
    parts = {
        f"{name}.jsonl": "".join(line for line, _ in zip(
            lines_of(COLLECTIONS / name), range(PASSAGES), strict=False
        ))
        for name in NAMES
    }  # fmt: skip
    docs = written(tmp_path_factory.mktemp("passages") / "docs", parts)
    return Searched(indexed(docs), "المدينة الكبيرة great city", ("-n", HITS))


@pytest.fixture(params=["of_seeds", "of_passages"])
def searched(request: pytest.FixtureRequest) -> Searched:
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Searched)
    return found


@in_browser
def test_a_browser_shows_each_hit_with_the_right_words_marked(
    searched: Searched, tmp_path: Path
) -> None:
    page = searched.exported(tmp_path / "dossier.html")
    tree = lxml_html.document_fromstring(drawn(page, tmp_path))
    articles = tree.findall(".//article")
    assert len(articles) == len(files.read(page).exhibits)
    seen = [
        ["".join(mark.itertext()) for mark in article.findall(".//blockquote//mark")]
        for article in articles
    ]
    assert seen == searched.marked()
    assert sum(map(len, seen)) >= len(seen)
    arabic = [div for div in tree.iter("div") if div.get("dir") == "rtl"]
    assert len(arabic) > 3
    assert all(div.get("lang") == "ar" for div in arabic)


def drawn(page: Path, folder: Path) -> str:
    """Return the document as a browser has it after drawing."""
    ran = subprocess.run(
        [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom",
         f"--user-data-dir={folder / 'profile'}", page.as_uri()],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return ran.stdout.decode("utf-8")


@in_office
def test_libreoffice_opens_the_table_with_every_cell_as_text(
    searched: Searched, tmp_path: Path
) -> None:
    table = searched.exported(tmp_path / "dossier.csv")
    tree = opened(table, tmp_path)
    assert not tree.findall(f".//*[@{TABLE}formula]")
    heading, *rows = (list(cells(row)) for row in tree.iter(f"{TABLE}table-row"))
    assert heading[: len(COLUMNS)] == [*COLUMNS]
    shown = [dict(zip(heading, row, strict=False)) for row in rows if any(row)]
    exhibits = files.read(table).exhibits
    quotations = [
        (exhibit, quotation)
        for exhibit in exhibits
        for quotation in exhibit.quotations or (None,)
    ]  # fmt: skip
    assert len(shown) == len(quotations)
    for row, (exhibit, quotation) in zip(shown, quotations, strict=True):
        assert row["rank"] == str(exhibit.rank)
        assert as_written(row["path"]) == exhibit.path
        assert row["sha256"] == exhibit.sha256
        if quotation is not None:
            assert collapsed(row["quotation"]) == collapsed(harmless(quotation.text))
            words = [quotation.text[start:end] for start, end in quotation.spans]
            assert collapsed(as_written(row["highlighted"])) == collapsed(" | ".join(words))


def opened(table: Path, folder: Path) -> etree._Element:
    """Return a table as LibreOffice has it after opening it.

    As its dialog proposes for a file with the mark of UTF-8; without a dialog it would guess by
    the locale. 44 is a comma, 34 the quotes, 76 UTF-8.
    """
    subprocess.run(
        [str(OFFICE), f"-env:UserInstallation={(folder / 'office').as_uri()}", "--headless",
         "--infilter=CSV:44,34,76", "--convert-to", "fods", "--outdir", str(folder), str(table)],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    huge = etree.XMLParser(huge_tree=True)
    return etree.parse(folder / f"{table.stem}.fods", huge).getroot()


def cells(row: etree._Element) -> Iterator[str]:
    """Yield the texts of a row; one that is repeated stands for several cells."""
    for cell in row.iter(f"{TABLE}table-cell"):
        text = "\n".join("".join(pieces(line)) for line in cell.findall(f"{TEXT}p"))
        count = int(cell.get(f"{TABLE}number-columns-repeated", "1"))
        yield from [text] * min(count, len(COLUMNS))


def pieces(line: etree._Element) -> Iterator[str]:
    """Yield the text of a line; LibreOffice writes several spaces as an element."""
    yield line.text or ""
    for inner in line:
        if inner.tag == f"{TEXT}s":
            yield " " * int(inner.get(f"{TEXT}c", "1"))
        yield from chain(pieces(inner), [inner.tail or ""])


def collapsed(text: str) -> str:
    """Return a text with single spaces: XML keeps no others at the ends of a line."""
    return " ".join(text.split())


@in_office
def test_libreoffice_runs_nothing_of_a_hostile_document(tmp_path: Path) -> None:
    hostile = '=HYPERLINK("http://evil.example";"oil")\n\n+oil+1\n\n@oil\n\n-oil'
    line = json.dumps({"id": "=1+1", "title": "=1+2 oil", "text": hostile})
    index = indexed(written(tmp_path / "docs", {"=cmd.jsonl": line + "\n"}))
    table = Searched(index, "oil", ()).exported(tmp_path / "d.csv")
    tree = opened(table, tmp_path)
    assert not tree.findall(f".//*[@{TABLE}formula]")
    assert "'=1+2 oil" in {text for row in tree.iter(f"{TABLE}table-row") for text in cells(row)}


@pytest.mark.parametrize("suffix", [".html", ".md", ".csv", ".jsonl", ".json"])
def test_a_changed_byte_is_found_among_many_hits(
    searched: Searched, tmp_path: Path, suffix: str
) -> None:
    dossier = searched.exported(tmp_path / f"dossier{suffix}")
    ran = run("verify", dossier, "--index", searched.index, "--json")
    assert (ran.code, json.loads(ran.out)["counts"].keys()) == (0, {"unchanged"})
    exhibit = next(e for e in files.read(dossier).exhibits if e.type in ("jsonl", "text"))
    file, quotation = Path(exhibit.file), exhibit.quotations[0]
    start, end = quotation.spans[0]
    word = quotation.text[start:end].encode()
    content = file.read_bytes()
    line = content.find(exhibit.path.rpartition("#")[2].encode()) if exhibit.type == "jsonl" else 0
    at = content.index(word, line)
    file.write_bytes(content[:at] + b"x" + content[at + len(word) :])
    try:
        ran = run("verify", dossier, "--index", searched.index, "--json")
    finally:
        file.write_bytes(content)
    checks = json.loads(ran.out)["checks"]
    differing = {check["path"] for check in checks if check["verdict"] != "unchanged"}
    assert (ran.code, differing) == (1, {exhibit.path})
