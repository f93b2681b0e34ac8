"""Markdown: front matter is fields, and marks stay out of the text, its phrases and snippets."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path
from time import process_time

import pytest
from commands import indexed, run, written
from extracted import only_document, write_file
from hypothesis import given
from hypothesis import strategies as st
from library import highlighted, index_files

from index.extract.compiled_markdown import character_classes, compiled_text
from index.extract.emphasis import without_emphasis
from index.extract.front_matter import read_front_matter
from index.extract.markdown_text import first_heading, plain_text, text_by_patterns
from index.kernel import library

# --- front matter ----------------------------------------------------------------------------

YAML = """---
title: "تقرير عن المدرسة: الجزء الأول"
author: هدى الفيتوري
date: 17/09/2019
lang: ar-LY
tags: [مدارس, "سبها، فزان"]  # two
draft: false
---

نص التقرير يبدأ هنا.
"""
TOML = """+++
title = "A report on the school"
date = 2019-09-17T08:00:00Z
language = "en"
authors = ["Huda Fituri", "Salem Omar"]
[taxonomies]
tags = ["schools", "Sebha"]
+++
The report begins here.
"""


def test_front_matter_is_fields_and_the_text_begins_behind_it(tmp_path: Path) -> None:
    document = only_document(write_file(tmp_path, "a.md", YAML))
    assert document.text == "\nنص التقرير يبدأ هنا.\n"
    assert document.title == "تقرير عن المدرسة: الجزء الأول"
    assert (document.author, document.tags) == ("هدى الفيتوري", ("مدارس", "سبها", "فزان"))
    assert (document.date, document.date_source) == (date(2019, 9, 17), "stated")
    assert (document.language, document.first_line) == ("ar", 9)
    document = only_document(write_file(tmp_path, "b.md", TOML))
    assert document.text == "The report begins here.\n"
    assert (document.title, document.language) == ("A report on the school", "en")
    assert (document.author, document.tags) == ("Huda Fituri, Salem Omar", ("schools", "Sebha"))
    assert (document.date, document.first_line) == (date(2019, 9, 17), 9)


@pytest.mark.parametrize(
    ("front", "fields"),
    [
        ("---\ntags:\n  - a\n  - 'b c'\n---\n", {"tags": ["a", "b c"]}),
        ("---\ntags:\n- a\n- b\nlang: en\n---\n", {"tags": ["a", "b"], "lang": ["en"]}),
        ("---\nauthor:\n  name: A B\n  url: x\n---\n", {"author": ["A B"]}),
        ("---\nauthors:\n  - name: A\n    role: x\n  - name: B\n---\n", {"authors": ["A", "B"]}),
        ("---\ntext: |\n  one\n  two\n---\n", {"text": ["one", "two"]}),
        ("---\n# a comment\nPublish Date: 2019\n...\n", {"publishdate": ["2019"]}),
        ("---\ntitle: a: b\nempty:\n---\n", {"title": ["a: b"], "empty": []}),
        ("+++\ntitle = unquoted\n+++\n", {"title": ["unquoted"]}),
        ("+++\n[author]\nname = 'A'\n+++\n", {"author": ["A"]}),
    ],
)
def test_front_matter_has_values_and_lists(front: str, fields: dict[str, list[str]]) -> None:
    found = read_front_matter(front + "text")
    assert (found.fields, found.end) == (fields, len(front))


@pytest.mark.parametrize(
    "text",
    [
        "---\n\nA text between two rules.\n\n---\nMore.",
        "---\nA line without a key\n---\n",
        "---\ntitle: never closed\n",
        "text\n---\ntitle: x\n---\n",
        "---\n---\ntext",
        "+++\nno toml\n+++\n",
        "",
    ],
)
def test_a_text_that_begins_otherwise_has_no_front_matter(tmp_path: Path, text: str) -> None:
    assert read_front_matter(text).end == 0
    document = only_document(write_file(tmp_path, "a.md", text))
    assert (document.author, document.tags, document.first_line) == ("", (), 1)
    assert document.text.count("\n") == text.count("\n")


def test_author_and_tags_are_found_and_shown_but_not_as_text(tmp_path: Path) -> None:
    folder = written(tmp_path / "docs", {"a.md": YAML, "b.md": TOML})
    index = indexed(folder)
    for query, name in (("الفيتوري", "a.md"), ("فزان", "a.md"), ("schools", "b.md")):
        (hit,) = json.loads(run("search", query, "--no-names", "--json", "--index", index).out)[
            "hits"
        ]
        assert Path(hit["path"]).name == name
        assert hit["tags"]
        assert hit["author"]
        assert not any(query in snippet["text"] for snippet in hit["snippets"])
    assert run("search", "draft", "false", "-c", "--index", index).out == "0\n"


def test_the_line_of_a_snippet_is_that_of_the_file(tmp_path: Path) -> None:
    index = indexed(written(tmp_path / "docs", {"a.md": YAML, "b.md": TOML}))
    assert ":10: " in run("search", "يبدأ", "--index", index).out
    assert ":9: " in run("search", "begins", "--index", index).out


# --- marks -------------------------------------------------------------------------------------


WAYS = {"kernel": plain_text, "patterns": text_by_patterns}


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest) -> Callable[[str], str]:
    """Return what takes the marks out of a text, with and without the kernel."""
    return WAYS[request.param]


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("## A heading ##", "A heading"),
        ("#", ""),
        ("### *Sebha* and __Murzuq__", "Sebha and Murzuq"),
        ("A heading\n=========\ntext", "A heading\n\ntext"),
        ("A heading\n---\ntext", "A heading\n\ntext"),
        ("text\n\n---\n\n* * *\n___", "text\n\n\n\n\n"),
        ("#tag and # sign", "#tag and # sign"),
        ("| a | **b** |\n|---|:-:|\n| x \\| y | z |\n\nend", "a\tb\n\nx | y\tz\n\nend"),
        ("a | b\n--|--\n1 | 2\nend", "a\tb\n\n1\t2\nend"),
        ("a | b is no table", "a | b is no table"),
        ("**one** *two* ***three*** __four__ _five_ ~~six~~", "one two three four five six"),
        ("**a *b* c** *d **e***", "a b c d e"),
        ("**عقد** الغاز وال**مدرسة** و_البلدية_", "عقد الغاز والمدرسة و_البلدية_"),
        ("**over\ntwo** lines", "over\ntwo lines"),
        ("**not over\n\ntwo** paragraphs", "**not over\n\ntwo** paragraphs"),
        ("5 * 3 * 2, 5*3*2, a_b_c, * x *, **", "5 * 3 * 2, 5*3*2, a_b_c, * x *, **"),
        ("* an *item*\n- **other**", "* an item\n- other"),
        ("\\*kept\\* `*code* _x_` *not*", "\\*kept\\* `*code* _x_` not"),
        ("```py\n# a *comment*\n---\n```\n# b", "\n# a *comment*\n---\n\nb"),
        ("~~~~\n~~~\n# a\n~~~~~\n*b*", "\n~~~\n# a\n\nb"),
        ("```\n# never closed", "\n# never closed"),
        ("[**a** link](https://example.org/a_b_c)", "[a link](https://example.org/a_b_c)"),
        ("", ""),
    ],
)
def test_marks_of_headings_tables_and_emphasis_are_not_text(
    marked: str, plain: str, way: Callable[[str], str]
) -> None:
    assert way(marked) == plain


def test_a_phrase_is_found_across_marks_and_shown_without_them(tmp_path: Path) -> None:
    text = (
        "# أخبار **سبها**\n\nوقعت البلدية **عقد** _الصيانة_ أمس.\n\n"
        "| البند | القيمة |\n|---|---|\n| **سقف** المدرسة | 40 |\n"
    )
    with index_files(tmp_path, {"a.md": text}) as searcher:
        for phrase in ("عقد الصيانة", "سقف المدرسة", "أخبار سبها"):
            (hit,) = searcher.search(f'"{phrase}"').hits
            assert "".join(highlighted(hit)).replace(" ", "")
            (snippet,) = hit.snippets
            assert not set("*_|#") & set(snippet.text + hit.title)
            stored = searcher.documents(hit.path)[0]["text"]
            assert stored[snippet.start : snippet.start + len(snippet.text)] == snippet.text


PIECES = (
    ["#", "##", " ", "\n", "\n\n", "*", "**", "_", "__", "~~", "`", "```", "|", "---", "|--|",
     "===", "word", "كلمة", "\\", "-", "5", ":", "+++", "key: value", "[a, b]", "'", '"']
)  # fmt: skip
pieces = st.sampled_from(PIECES)
DIGEST_OF_TEXTS = "802236ee7e0c579ced2a89d2b94e6ca07c8316055e6c7401fa56824d6216c2e2"
"""Of what was found by reading each line by itself, and each mark by the rules."""


@given(st.text() | st.lists(pieces, max_size=80).map("".join))
def test_every_line_stays_a_line_and_letters_stay(text: str) -> None:
    plain = plain_text(text)
    assert plain.count("\n") == text.count("\n")
    assert without_emphasis(text).replace("*", "").replace("_", "").replace("~", "") == (
        text.replace("*", "").replace("_", "").replace("~", "")
    )
    assert 0 <= read_front_matter(text).end <= len(text)


marks = st.sampled_from(
    ["*", "*", "**", "_", "_", "__", "~~", "~", "`", "`a*`", "\\", " ", " ", "a", "ب", "5", "²",
     ".", "\n", " *a* ", " _b_ ", "*~*", "*5*", "_5_", "**a *b* c**", "a_b"]
)  # fmt: skip


@given(st.lists(marks, max_size=30).map("".join))
def test_emphasis_that_is_plain_to_see_is_that_of_the_rules(text: str) -> None:
    with_code = f"{text}\n\n`"  # beside code all marks are removed by the rules
    by_rules = "\n\n".join(map(emphasis_by_rules, with_code.split("\n\n")))
    assert without_emphasis(with_code) == by_rules
    assert f"{without_emphasis(text)}\n\n`" == by_rules


@pytest.mark.parametrize("text", ["*~**c**", "**:*a*", "*5*~~6~~", "(_a_"])
def test_marks_mean_the_same_without_code_in_another_paragraph(
    text: str, way: Callable[[str], str]
) -> None:
    assert way(text) == way(f"{text}\n\n`").removesuffix("\n\n`") == emphasis_by_rules(text)


def emphasis_by_rules(paragraph: str) -> str:
    """Remove marks as the module says, one row after the other, without any short cut."""
    rows = re.split(r"(\\.|`+|\*+|_+|~~)", paragraph, flags=re.DOTALL)
    kept = dict(enumerate(rows))
    opened: dict[str, list[int]] = {"*": [], "_": [], "~": []}
    number = 1
    while number < len(rows):
        row, number = rows[number], number + 2
        if row[0] == "`" and row in rows[number::2]:
            number = rows.index(row, number) if rows.index(row, number) % 2 else number
            number += 2
        if row[0] not in "`\\":
            place = number - 2
            before, after = "".join(rows[:place])[-1:], "".join(rows[place + 1 :])[:1]
            in_word = row[0] == "_" and before.isalnum() and after.isalnum()
            if (before.isdigit() and after.isdigit()) or in_word:
                continue
            while before.strip() and kept[place] and opened[row[0]]:
                other = opened[row[0]][-1]
                count = min(2, len(kept[place]), len(kept[other]))
                kept[place], kept[other] = kept[place][count:], kept[other][count:]
                if not kept[other]:
                    opened[row[0]].pop()
            if after.strip() and kept[place]:
                opened[row[0]].append(place)
    return "".join(kept.values())


def test_three_thousand_texts_of_marks_are_read_as_they_were(way: Callable[[str], str]) -> None:
    chance = random.Random(16)
    texts = ["".join(chance.choices(PIECES, k=chance.randint(1, 60))) for _ in range(3000)]
    found = "\0".join(f"{way(text)}\0{first_heading(text)}" for text in texts)
    assert sha256(found.encode()).hexdigest() == DIGEST_OF_TEXTS


# --- the kernel ----------------------------------------------------------------------------------

ODD = (
    ["*", "**", "_", "__", "~~", "~", "~~~", "`", "``", "```", "\\", "\\|", "|", "|\n", "|-|-|\n",
     "--|--\n", ":-:", "===", "---", "- - -", "#", "######", " ", "    ", "\t", "\n", "\n\n", "\r",
     "\u2003", "\x1c", "\u2028", "\u3000", "a", "ب", "é", "5", "²", "٣", "🄀", "𝟘", "😀", "𐍈", "漢",
     "\ud83d", "ﷺ", ".", " *a* ", "a | *b*\n", "`*x*`", "**a *b* c**"]
)  # fmt: skip
odd_texts = st.text() | (
    st.lists(st.sampled_from(ODD), min_size=1, max_size=12).flatmap(
        lambda alphabet: st.lists(st.sampled_from(alphabet), max_size=120).map("".join)
    )
)
"""Texts of few of these pieces each, so that one meets the other again and again."""


@pytest.fixture(scope="module")
def _kernel() -> None:
    if compiled_text("") is None:
        pytest.skip(library.state())


@pytest.mark.usefixtures("_kernel")
@given(odd_texts)
def test_the_kernel_reads_every_text_as_the_patterns_do(text: str) -> None:
    found = compiled_text(text)
    if found is None:  # half a character, or a mark beside one that is hardly ever there
        assert re.search("[\u3100-\U0010ffff]", text)
    else:
        assert found == text_by_patterns(text)
        assert compiled_text(text, text.encode()) == found


@pytest.mark.parametrize("encode", [
    str.encode,
    lambda text: text.replace("\n", "\r\n").encode(),
    lambda text: text.encode("utf-8-sig"),
    lambda text: text.encode("utf-16"),
])  # fmt: skip
def test_a_file_is_read_alike_in_every_encoding(
    tmp_path: Path, encode: Callable[[str], bytes]
) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(encode(YAML + "## وقعت **البلدية** ##\n\nعقد *الصيانة* ``أمس``.\n"))
    document = only_document(path)
    assert document.text == "\nنص التقرير يبدأ هنا.\nوقعت البلدية\n\nعقد الصيانة ``أمس``.\n"
    assert document.first_line == 9


@pytest.mark.usefixtures("_kernel")
@pytest.mark.parametrize("length", [99_900, 99_990, 100_010])
@pytest.mark.parametrize("form", ["*{}*", "{} *b*", "*b* {}", "\n\n*a*\n\n{} `*b*` **c**\n\n_d_"])
def test_the_kernel_leaves_paragraphs_that_are_too_long_to_the_patterns(
    form: str, length: int
) -> None:
    text = form.format("word " * (length // 5))
    found = compiled_text(text)
    assert found == text_by_patterns(text) if length < 99_980 else found is None
    assert plain_text(text) == text_by_patterns(text)


def test_the_kernel_has_the_class_of_every_character_that_it_knows() -> None:
    for code, found in enumerate(character_classes()):
        one = chr(code)
        assert found == one.isalnum() | one.isdigit() << 1 | one.isspace() << 2
    pictures = map(chr, range(0x1F300, 0x1FB00))
    assert not any(one.isalnum() or one.isdigit() or one.isspace() for one in pictures)


@pytest.mark.parametrize(
    "text",
    ["*" * 10**6, "*a " * 10**5, "_*" * 10**5, "`" * 10**6, "` `` " * 10**5, "| a" * 10**5,
     "\n" * 10**6, "---\n" * 10**5, "# " * 10**5, "a\n|-" * 10**5, "```\n" * 10**5,
     "---\n" + "a: b\n" * 10**5, "+++\na=" + "[" * 10**5,
     "\\" * 10**6, "~" * 10**6, "|\\" * 10**5, "a|b\n-|-\n" * 10**5, "```a\n" * 10**5,
     "".join(f"{'`' * (n % 300 + 1)} " for n in range(6000))],
    ids=lambda text: repr(text[:6]),
)  # fmt: skip
def test_hostile_marks_take_little_time(text: str, way: Callable[[str], str]) -> None:
    started = process_time()
    way(text)
    read_front_matter(text)
    assert process_time() - started < 5
