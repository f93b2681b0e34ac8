"""HTML: pages known by their content, and what they state of their date and language."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path
from time import process_time

import pytest
from extracted import only_document, write_file
from hypothesis import given
from hypothesis import strategies as st
from library import ids, index_files

from index.errors import Unreadable
from index.extract.html_metadata import linked_date
from index.extract.html_signature import is_page

STORY = "افتتح رئيس البلدية مدرسة جديدة في سبها وحضر الحفل عدد من المعلمين والطلاب. " * 8
PAGE = (
    '<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="%s"><title>مدرسة سبها</title>'
    '<script>var beacon = "قرنفل";</script></head><body><nav><a href="/">الصفحة الأولى</a></nav>'
    f"<article><h1>مدرسة سبها</h1><p>{STORY}</p></article></body></html>"
)

# --- by content ------------------------------------------------------------------------------

NAMES = ["story.aspx", "view.php", "index.php?id=12&lang=ar", "story", "a.asp", "a.jsp", "a.doc",
         "a.txt", "index.html@page=2", "1234"]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_known_by_its_content_whatever_its_name(tmp_path: Path, name: str) -> None:
    document = only_document(write_file(tmp_path, name, PAGE % "utf-8"))
    assert (document.type, document.title, document.language) == ("html", "مدرسة سبها", "ar")
    assert "قرنفل" not in document.text
    assert "<" not in document.text


@pytest.mark.parametrize("codec", ["windows-1256", "utf-8-sig", "utf-16", "iso8859-6"])
def test_a_page_without_a_suffix_is_known_in_any_encoding(tmp_path: Path, codec: str) -> None:
    page = (PAGE % codec.removesuffix("-sig")).encode(codec)
    document = only_document(write_file(tmp_path, "story", page))
    assert (document.type, document.title) == ("html", "مدرسة سبها")
    assert "رئيس البلدية" in document.text


def test_no_word_of_a_script_is_found_in_pages_of_any_name(tmp_path: Path) -> None:
    with index_files(tmp_path, dict.fromkeys(NAMES, PAGE % "utf-8")) as searcher:
        assert ids(searcher, "beacon") == ids(searcher, "قرنفل") == []
        for query in ("title:مدرسة", "type:html"):
            assert searcher.search(query).total == len(NAMES)


@pytest.mark.parametrize(
    "head",
    [
        "<!DOCTYPE html>", "<!doctype HTML PUBLIC '-//W3C//DTD HTML 4.01//EN'>", "<html>",
        "<HTML LANG=ar>", " \n\t<html>", "\ufeff<html>", "<!-- saved from url=x --><html>",
        '<?xml version="1.0"?>\n<!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml">',
        "<head><title>x</title>", "<title>x</title>", "<meta charset=utf-8>", "<body bgcolor=red>",
        "<div><h1>A</h1><p>b</p><ul><li>c</li></ul></div>", "<!-- a --> <!-- b -->\n<!DOCTYPE html",
        "<table><tr><td>a</td><td>b</td></tr></table>",
    ],
)  # fmt: skip
def test_a_beginning_of_a_page(head: str) -> None:
    assert is_page(head.encode())


@pytest.mark.parametrize(
    "head",
    [
        "", "text", "<", "<?php echo '<html>';", "<%@ Page Language='C#' %><html>", "a <html>",
        '<?xml version="1.0"?><rss><channel><title>x</title>', "<svg><title>x</title></svg>",
        "<!DOCTYPE svg>", "<!-- only a comment", "<b>bold</b> words", "<div> in a sentence",
        "<script>export default {}</script>", "<template><div></div></template>", "<htmlx>",
        "if a <b and c> d", "# <html>", '{"html": "<html>"}',
    ],
)  # fmt: skip
def test_a_beginning_of_something_else(head: str) -> None:
    assert not is_page(head.encode())


@given(st.binary(max_size=300) | st.lists(st.sampled_from(
    [b"<!--", b"-->", b"<?xml", b">", b"<html", b" ", b"\xff\xfe", b"<div>", b"</p>"]
)).map(b"".join))  # fmt: skip
def test_no_bytes_are_an_error(head: bytes) -> None:
    assert is_page(head) in (True, False)


def test_a_text_that_mentions_markup_stays_a_text(tmp_path: Path) -> None:
    text = "A note on <html> and </p> </p> </div> </ul> in pages."
    document = only_document(write_file(tmp_path, "note", text))
    assert (document.type, document.text) == ("text", text)


def test_empty_elements_of_xhtml_do_not_swallow_the_page(tmp_path: Path) -> None:
    page = (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN">'
        '<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="ar"><head><title>مدرسة</title>'
        f'<script src="a.js" /></head><body><div class="x" /><p>{STORY}</p></body></html>'
    )
    document = only_document(write_file(tmp_path, "view.php", page))
    assert (document.title, document.language) == ("مدرسة", "ar")
    assert "رئيس البلدية" in document.text


# --- language ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "language"),
    [
        ('<html lang="ar-LY">', "ar"),
        ('<html lang="en_US">', "en"),
        ('<meta property="og:locale" content="ar_AR">', "ar"),
        ('<meta http-equiv="Content-Language" content="AR">', "ar"),
        ('<html lang="en"><meta property="og:locale" content="ar_AR">', "en"),
        ("<html>", None),
    ],
)
def test_a_page_states_its_language(tmp_path: Path, head: str, language: str | None) -> None:
    assert only_document(write_file(tmp_path, "a.html", head + "<p>x")).language == language


# --- date --------------------------------------------------------------------------------------

LINKED = '<script type="application/ld+json">%s</script>'
DAY = date(2019, 9, 17)


@pytest.mark.parametrize(
    "markup",
    [
        '<meta property="article:published_time" content="2019-09-17T10:00:00+02:00">',
        '<meta property="og:article:published_time" content="2019-09-17">',
        '<meta name="parsely-pub-date" content="2019-09-17T10:00:00Z">',
        '<meta name="DC.date.issued" content="2019-09-17">',
        '<meta name="citation_publication_date" content="2019/09/17">',
        '<meta name="PubDate" content="Tue, 17 Sep 2019 08:00:00 GMT">',
        '<meta name="date" content="17/09/2019">',
        '<meta itemprop="datePublished" content="2019-09-17">',
        '<meta name="publish-date" content="١٧ أيلول ٢٠١٩">',
        '<span itemprop="datePublished" content="2019-09-17">x</span>',
        LINKED % '{"@type": "NewsArticle", "datePublished": "2019-09-17"}',
        LINKED % '{"headline": "two\nlines\tand a tab", "datePublished": "2019-09-17"}',
        LINKED
        % '{"@graph": [{"a": 1}, {"b": {"datePublished": "Tue, 17 Sep 2019 08:00:00 GMT"}}]}',
        LINKED % "{&quot;datePublished&quot;: &quot;2019-09-17&quot;}",
        LINKED % '<!-- {"datePublished": "2019-09-17"} -->',
        LINKED % '//<![CDATA[\n{"datePublished": "2019-09-17"}\n//]]>',
        LINKED % '<![CDATA[ {"datePublished": "2019-09-17"} ]]>',
        LINKED % '/*<![CDATA[*/{"datePublished": "2019-09-17"}/*]]>*/',
        LINKED % '{"datePublished": "2019-09-17",}',
        LINKED % '{"name": "a "quote" too many", "datePublished": "2019-09-17T10:00"}',
        LINKED % '{"datePublished": "September 17, 2019"}',
        (LINKED % '{"datePublished": "2019-09-17"}').replace("ld+json", "ld+json; charset=utf-8"),
        '<span property="schema:datePublished">17 September 2019</span>',
        '<time datetime="2019-09-17">yesterday</time>',
        "<time>17 September 2019</time>",
        '<div class="post-date">الثلاثاء، 17 أيلول/سبتمبر 2019</div>',
        '<span class="entry_date">17/9/2019</span>',
    ],
)
def test_a_page_states_its_date_in_many_ways(tmp_path: Path, markup: str) -> None:
    document = only_document(write_file(tmp_path, "a.html", f"<html><body>{markup}<p>text"))
    assert (document.date, document.date_source) == (DAY, "stated")


def test_the_date_of_publication_counts_before_other_dates(tmp_path: Path) -> None:
    page = (
        '<meta name="date" content="2020-01-31">' + LINKED % '{"datePublished": "2019-09-17"}'
        + '<time datetime="2020-02-01">now</time><p>Sebha, 3 March 2018</p>'
    )  # fmt: skip
    assert only_document(write_file(tmp_path, "2017-01-02.html", page)).date == DAY


def test_dates_of_other_stories_are_not_that_of_the_page(tmp_path: Path) -> None:
    others = "".join(f'<div class="date">{day} May 2018</div>' for day in range(1, 9))
    page = f"<html><body>{others}<article><p>{STORY}</p></article></body></html>"
    assert only_document(write_file(tmp_path, "a.html", page)).date is None
    shown = page.replace("<article>", '<article><span class="date">17 September 2019</span>')
    assert only_document(write_file(tmp_path, "a.html", shown)).date == DAY


def test_a_page_without_a_date_has_that_of_its_dateline_or_name(tmp_path: Path) -> None:
    page = f"<html><body><article><p>سبها، ١٧ أيلول ٢٠١٩</p><p>{STORY}</p></article>"
    document = only_document(write_file(tmp_path, "2018-01-02.html", page))
    assert (document.date, document.date_source) == (DAY, "dateline")
    document = only_document(write_file(tmp_path, "2018-01-02.html", f"<p>{STORY}"))
    assert (document.date, document.date_source) == (date(2018, 1, 2), "file name")


@pytest.mark.parametrize(
    "page",
    [
        "<article>" + '<div class="date">' * 20_000 + "17 September 2019",
        "<article>" + '<span itemprop="datePublished">' * 20_000 + "x",
        "<h1>" * 20_000,
        "<time>" * 20_000,
        "<meta name=date content=x>" * 20_000,
        LINKED % (" " * 10**6),
        LINKED % ("/*" * 10**6),
        LINKED % ('"datePublished": ' * 20_000),
        LINKED % ('{"a":' * 20_000),
        "<?xml?>" + "<a " * 10**5,
    ],
    ids=lambda page: page[:30],
)
def test_hostile_metadata_take_little_time(tmp_path: Path, page: str) -> None:
    path = write_file(tmp_path, "a.html", page)
    started = process_time()
    with suppress(Unreadable):
        only_document(path)
    assert process_time() - started < 5


@given(st.text())
def test_no_script_is_an_error(text: str) -> None:
    linked_date(text)
    linked_date('{"datePublished": "' + text)
