"""``search.render``: hits as a list on a terminal, as lines for pipes, as data for programs."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import Hit, Match, SearchResults, Snippet
from search.bidi import Mode, TerminalPlan, cell_width, terminal_plan
from search.hits.boundaries import splits_sentence
from search.render import data, lines
from search.render.hyperlink import file_uri
from search.render.passage import bracketed, passage_of
from search.render.style import RESET, Style, has_many_colours, wants_colour, wants_links
from search.render.terminal import GUTTER, Page, hit_lines

ENGLISH = (
    "The ambassador told Sarraj in Tripoli that Moscow backs the unity government and is ready "
    "to talk about railways, oil and the return of Russian companies to Libya."
)
ARABIC = (
    "بحث رئيس حكومة الوحدة الوطنية عبد الحميد الدبيبة مع وزير الخارجية الروسي سبل تطوير العلاقات "
    "بين البلدين، كما أكد أن ليبيا تنتظر عودة الشركات الروسية في أقرب وقت."
)


def snippet(text: str, *words: str, line: int = 7, page: int | None = None) -> Snippet:
    spans = tuple((text.index(word), text.index(word) + len(word)) for word in words)
    return Snippet(text, 120, line, page, spans)


HIT = Hit(
    rank=1,
    path="/files/notes/timeline.md",
    path_spans=(),
    id="/files/notes/timeline.md",
    title="Libya and Russia: a timeline",
    title_spans=((0, 5),),
    language="en",
    type="markdown",
    date="2024-03-02",
    modified="2026-11-22T00:00:00Z",
    sha256="ab" * 32,
    score=12.3456789,
    snippets=(snippet(ENGLISH, "Sarraj", "Moscow"),),
    matched=(Match("serraj", "Sarraj", "fuzzy"), Match("Moscow", "Moscow", "exact")),
    date_source="stated",
)
OTHER = replace(
    HIT,
    rank=2,
    path="/files/أخبار/مباحثات.txt",
    path_spans=(),
    title="مباحثات بين ليبيا وروسيا لدعم العلاقات بينهما",
    title_spans=((12, 17),),
    language="ar",
    date=None,
    date_source=None,
    snippets=(snippet(ARABIC, "الدبيبة", "ليبيا"),),
)
MODES: list[Mode] = ["logical", "visual"]


def page(
    columns: int, mode: Mode = "visual", *, colour: bool = False, isolates: bool = False
) -> Page:
    return Page(columns, TerminalPlan(mode, isolates, "", "", ""), Style(colour))


def drawn(hit: Hit, columns: int, mode: Mode, *, explain: bool = False) -> list[str]:
    return list(
        hit_lines(hit, hit.path.removeprefix("/files/"), page(columns, mode), explain=explain)
    )


def test_an_english_hit_starts_at_the_left_of_its_column() -> None:
    assert drawn(HIT, 80, "visual") == [
        "   1  en    [Libya] and Russia: a timeline",
        "            notes/timeline.md · 2024-03-02",
        "            The ambassador told [Sarraj] in Tripoli that [Moscow] backs the",
        "            unity government and is ready to talk about railways, oil and the",
        "            return of Russian companies to Libya.",
    ]


@pytest.mark.parametrize("columns", [60, 80, 120])
@pytest.mark.parametrize("mode", MODES)
def test_arabic_lines_end_at_the_same_column(columns: int, mode: Mode) -> None:
    title, where, *rest = drawn(OTHER, columns, mode)
    assert where.startswith(" " * GUTTER + "أخبار" if mode == "logical" else " " * GUTTER)
    width = min(columns, GUTTER + 100)
    assert [cell_width(line) for line in rest] == [width] * len(rest)
    assert cell_width(title) == width
    assert title.startswith("   2  ar    ")


@pytest.mark.parametrize("columns", [40, 60, 80, 120, 200])
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("hit", [HIT, OTHER], ids=["en", "ar"])
def test_no_line_is_wider_than_the_terminal(columns: int, mode: Mode, hit: Hit) -> None:
    deep = replace(
        hit,
        path="/files/" + "a-long-folder-name/" * 9 + "مباحثات.txt",
        copies=("/x",) * 12,
        state="changed",
        title=hit.title * 9,
        matched=(*hit.matched, Match("w" * 90, ARABIC, "stem")),
        language="ar+en",
    )
    for line in [*drawn(hit, columns, mode), *drawn(deep, columns, mode, explain=True)]:
        assert cell_width(line) <= columns


def test_a_long_path_is_shown_whole() -> None:
    deep = replace(HIT, path="/files/" + "folder/" * 20 + "name.txt")
    lines = drawn(deep, 60, "visual")
    assert "folder/" * 20 + "name.txt" in "".join(line.strip() for line in lines)
    assert all(line.endswith("folder/") for line in lines[1:4])  # not broken within a name


def test_a_path_is_shown_once_if_the_title_is_the_name_of_the_file() -> None:
    for title in ("", "timeline.md"):
        lines = drawn(replace(HIT, title=title, title_spans=()), 80, "visual")
        assert "\n".join(lines).count("timeline.md") == 1


def test_the_words_of_the_query_are_marked_in_a_path_that_stands_for_a_title() -> None:
    named = replace(HIT, title="", title_spans=(), path_spans=((13, 21),))
    line = next(hit_lines(named, "notes/timeline.md", page(80, colour=True), explain=False))
    assert "\x1b[30;103mtimeline\x1b[0m" in line


def test_a_passage_has_an_ellipsis_where_a_sentence_is_cut_and_single_blanks() -> None:
    cut = Snippet("the  end\n\nLibya  said", 9, 1, None, ((10, 15),), cut=(True, True))
    assert passage_of(cut) == ("… the end Libya said …", [(10, 15)])
    assert passage_of(replace(cut, cut=(False, False))) == ("the end Libya said", [(8, 13)])


@given(st.text(alphabet=" \n\tabسـ.", max_size=40), st.data())
def test_a_passage_marks_the_words_that_the_snippet_marked(text: str, drawn: st.DataObject) -> None:
    ends = sorted(drawn.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    spans = tuple(
        (a, b) for a, b in zip(ends[::2], ends[1::2], strict=False) if not text[a:b].isspace()
    )
    shown, moved = passage_of(Snippet(text, 0, 1, None, spans, cut=(True, False)))
    assert ["".join(shown[a:b].split()) for a, b in moved] == [
        "".join(text[a:b].split()) for a, b in spans
    ]
    marked, around = bracketed(shown, moved)
    assert [marked[a:b] for a, b in around] == [f"[{shown[a:b]}]" for a, b in moved]


@pytest.mark.parametrize(
    ("text", "at", "inside"),
    [
        ("Libya pays. Russia too.", 12, False),
        ("Libya pays. Russia too.", 11, False),
        ("Libya pays Russia too.", 11, True),
        ("Libya pays Russia too.", 0, False),
        ("Libya pays Russia too.", 22, False),
        ("The heading\nRussia too.", 12, False),
        ("a line that goes\non here", 17, True),
        ("قال الدبيبة إن", 4, True),
        ("قال الدبيبة؟ ثم", 13, False),
        ("He said “no.” Then", 14, False),
    ],
)
def test_a_sentence_is_cut_where_it_goes_on(text: str, at: int, inside: bool) -> None:
    assert splits_sentence(text, at) is inside


def test_on_a_narrow_terminal_the_gutter_holds_the_rank_alone() -> None:
    lines = drawn(HIT, 40, "visual")
    assert lines[0] == "  1 [Libya] and Russia: a timeline"
    assert {len(line) - len(line.lstrip()) for line in lines[1:]} == {4}


def test_a_title_is_bold_but_not_in_kitty_where_bold_letters_do_not_join() -> None:
    bold = "\x1b[1m and Russia: a timeline\x1b[0m"
    for mode, expected in (("visual", True), ("logical", True), ("words", False)):
        first = next(hit_lines(HIT, "a.md", page(80, mode, colour=True), explain=False))
        assert (bold in first) is expected


def test_matches_are_bright_yellow_and_light_yellow_where_there_are_256_colours() -> None:
    assert Style(True).match("x") == "\x1b[30;103mx\x1b[0m"
    assert Style(True, many=True).match("x") == "\x1b[38;5;16;48;5;227mx\x1b[0m"
    assert has_many_colours({"TERM": "xterm-256color"})
    assert has_many_colours({"TERM": "xterm", "COLORTERM": "truecolor"})
    assert not has_many_colours({"TERM": "xterm"})


LINKS = [
    ("auto", True, "xterm-256color", True), ("auto", True, "tmux", True),
    ("auto", False, "xterm", False), ("auto", True, "dumb", False), ("auto", True, "linux", False),
    ("always", False, "dumb", True), ("never", True, "xterm", False),
]  # fmt: skip


@pytest.mark.parametrize(("setting", "tty", "term", "expected"), LINKS)
def test_paths_are_links_on_terminals_that_do_not_print_the_sequence(
    setting: str, tty: bool, term: str, expected: bool
) -> None:
    assert wants_links(setting, tty=tty, environ={"TERM": term}) is expected


@given(st.text(min_size=1))
def test_the_address_of_a_file_is_plain_ascii(path: str) -> None:
    uri = file_uri("/" + path.replace("\0", "").encode("utf-8", "ignore").decode())
    assert re.fullmatch("file://[A-Za-z0-9%._~/-]+", uri)


FACTS = [
    ({"date": None}, "notes/timeline.md"),
    ({"copies": ("/b",)}, "notes/timeline.md · 2024-03-02 · +1 copy"),
    ({"copies": ("/b", "/c", "/d")}, "notes/timeline.md · 2024-03-02 · +3 copies"),
    ({"state": "missing"}, "notes/timeline.md · 2024-03-02 · file missing"),
    ({"state": "changed"}, "notes/timeline.md · 2024-03-02 · changed since it was indexed"),
    ({"snippets": (snippet("x", page=3),)}, "notes/timeline.md · page 3 · 2024-03-02"),
    (
        {"snippets": (replace(snippet("x", page=3), part="comment by Hana"),)},
        "notes/timeline.md · page 3 · comment by Hana · 2024-03-02",
    ),
]


def test_the_part_of_a_hit_has_a_name_in_arabic_in_visual_order_and_no_control() -> None:
    named = replace(snippet("x"), part="comment by هناء\x1b[31m")
    line = drawn(replace(HIT, snippets=(named,)), 100, "visual")[1]
    assert "\x1b" not in line
    assert "ﺎﻨﻫ" in line
    assert list(
        lines.hit_lines(replace(HIT, snippets=(named,)), "a", Style(False), explain=False)
    ) == ["a:7: [comment by هناء [31m] x"]
    (row,) = data.results_dict(replace(RESULTS, hits=(replace(HIT, snippets=(named,)),)))["hits"]
    assert row["snippets"][0]["part"] == named.part


@pytest.mark.parametrize(("changed", "line"), FACTS)
def test_a_hit_has_the_facts_about_its_file(changed: dict[str, object], line: str) -> None:
    assert drawn(replace(HIT, **changed), 100, "visual")[1].strip() == line  # type: ignore[arg-type]


def test_a_document_without_a_title_or_a_language_shows_its_file() -> None:
    bare = replace(HIT, title="", title_spans=(), language="")
    assert drawn(bare, 80, "visual")[0] == "   1  ··    notes/timeline.md · 2024-03-02"


def test_an_explanation_says_how_each_word_matched() -> None:
    assert [line.strip() for line in drawn(HIT, 80, "visual", explain=True)[-3:]] == [
        "score 12.346",
        "serraj → Sarraj (fuzzy)",
        "Moscow → Moscow (exact)",
    ]


def test_where_the_terminal_aligns_rows_arabic_ends_at_the_edge_of_its_column() -> None:
    mlterm = terminal_plan({"MLTERM": "3.9"}, screen=False, tty=True)
    wide = Page(130, mlterm, Style(colour=False))
    heading, _, *passage = hit_lines(OTHER, "a.txt", wide, explain=False)
    blanks = wide.columns - GUTTER - wide.width
    assert heading.startswith("   2  ar ")
    assert cell_width(heading) == GUTTER + wide.width
    assert [len(line) - len(line.lstrip()) for line in passage] == [blanks] * len(passage)
    english = list(hit_lines(HIT, "a.md", wide, explain=False))
    assert all(line.startswith(" " * GUTTER) for line in english[1:])


def test_an_explanation_of_arabic_goes_on_from_left_to_right() -> None:
    met = replace(HIT, matched=(Match("ليبيا", "لليبيا", "stem"),))
    assert drawn(met, 80, "visual", explain=True)[-1].strip() == "ﺎﻴﺒﻴﻟ → ﺎﻴﺒﻴﻠﻟ (stem)"


@pytest.mark.parametrize("mode", MODES)
def test_the_folders_of_a_path_are_in_order_whatever_their_script(mode: Mode) -> None:
    line = drawn(OTHER, 80, mode)[1].strip()
    folder, file = {
        "visual": ("ﺭﺎﺒﺧﺃ", "ﺕﺎﺜﺣﺎﺒﻣ"), "logical": ("أخبار", "مباحثات")
    }[mode]  # fmt: skip
    assert line == f"{folder}/{file}.txt"


def test_for_a_terminal_that_reorders_each_arabic_folder_name_is_isolated() -> None:
    lines = list(
        hit_lines(OTHER, "أخبار/مباحثات.txt", page(80, "logical", isolates=True), explain=False)
    )
    assert lines[1].strip() == "\u2066\u2068أخبار\u2069/\u2068مباحثات\u2069.txt\u2069"


def test_matched_words_are_marked_and_nothing_else_is_coloured_like_them() -> None:
    text = "\n".join(hit_lines(HIT, "a.md", page(80, colour=True), explain=False))
    assert re.findall(r"\x1b\[30;103m(.*?)\x1b\[0m", text) == ["Libya", "Sarraj", "Moscow"]
    assert text.count("\x1b[") == 2 * text.count(RESET)


def test_isolates_go_around_text_behind_the_first_cell() -> None:
    for line in hit_lines(OTHER, "a.md", page(80, "logical", isolates=True), explain=False):
        assert line.startswith("   2 " if "ar" in line[:12] else " ")
        assert sum(map(line.count, "\u2066\u2067\u2068")) == line.count("\u2069") > 0


# -- lines ---------------------------------------------------------------------------


def test_a_line_for_an_editor_is_path_line_and_text() -> None:
    plain = Style(colour=False)
    assert list(lines.hit_lines(HIT, "notes/a.md", plain, explain=False)) == [
        f"notes/a.md:7: {ENGLISH}"
    ]
    assert list(lines.hit_lines(OTHER, "a.txt", plain, explain=False)) == [f"a.txt:7: {ARABIC}"]
    title_only = replace(HIT, snippets=())
    assert list(lines.hit_lines(title_only, "a", plain, explain=True)) == [
        "a:1: Libya and Russia: a timeline",
        "    score 12.346",
        "    serraj → Sarraj (fuzzy)",
        "    Moscow → Moscow (exact)",
    ]


def test_a_snippet_over_several_lines_is_one_line() -> None:
    found = snippet("one\ntwo\r\nthree", "two")
    assert lines.highlighted(found, Style(colour=False)) == "one two  three"
    assert lines.highlighted(found, Style(colour=True)) == f"one \x1b[30;103mtwo{RESET}  three"


def test_marks_inside_a_word_are_kept_and_control_characters_removed() -> None:
    word = "الد\u200fبي\u200cبة"
    assert lines.one_line(word) == word
    assert lines.one_line("a\x1b[31mb\u202ec\x9bd\u2028e\x07") == "a [31mb c d e "


@given(st.text())
def test_no_control_character_reaches_a_terminal(text: str) -> None:
    hit = replace(HIT, title=text, title_spans=(), snippets=(Snippet(text, 0, 1, None, ()),))
    for mode in MODES:
        for line in hit_lines(hit, text, page(60, mode), explain=True):
            assert not re.search("[\x00-\x1f\x7f-\x9f\u2028-\u202e]", line)
    for line in lines.hit_lines(hit, text, Style(colour=False), explain=True):
        assert not re.search("[\x00-\x1f\x7f-\x9f\u2028-\u202e]", line)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", data.csv_lines([data.csv_row(text, hit)]))
    assert not re.search("[\x00-\x1f\x7f-\x9f]", data.dumps(data.hit_dict(hit)))


# -- data ----------------------------------------------------------------------------

RESULTS = SearchResults("Sarraj", 12, 0.00312345678, (HIT,), None, ("a note",))


def test_json_has_the_shape_that_is_promised() -> None:
    decoded = json.loads(data.dumps(data.results_dict(RESULTS)))
    (hit,) = decoded.pop("hits")
    assert decoded == {
        "query": "Sarraj",
        "total": 12,
        "seconds": 0.003123,
        "suggestion": None,
        "notes": ["a note"],
    }
    assert hit == {
        "rank": 1,
        "path": "/files/notes/timeline.md",
        "path_spans": [],
        "id": "/files/notes/timeline.md",
        "title": "Libya and Russia: a timeline",
        "title_spans": [[0, 5]],
        "language": "en",
        "type": "markdown",
        "date": "2024-03-02",
        "modified": "2026-11-22T00:00:00Z",
        "sha256": "ab" * 32,
        "score": 12.345679,
        "snippets": [
            {"text": ENGLISH, "start": 120, "line": 7, "page": None, "spans": [[20, 26], [43, 49]]}
        ],
        "matched": [
            {"query": "serraj", "text": "Sarraj", "kind": "fuzzy"},
            {"query": "Moscow", "text": "Moscow", "kind": "exact"},
        ],
        "copies": [],
        "state": "current",
        "date_source": "stated",
        "date_marks": [],
        "author": "",
        "tags": [],
        "own_tags": [],
        "own_note": "",
    }


def test_json_keeps_arabic_readable_and_every_character() -> None:
    text = "ليبيا\x85\x7f\udcff\u202e\x1b"
    assert "ليبيا" in data.dumps(text)
    assert data.dumps(text).isprintable() or "\u202e" in data.dumps(text)
    assert json.loads(data.dumps(text)) == text


def test_csv_is_a_row_a_hit() -> None:
    text = data.csv_lines([data.CSV_COLUMNS, data.csv_row("Sarraj, Moscow", HIT)])
    (row,) = csv.DictReader(io.StringIO(text))
    assert row == {
        "query": "Sarraj, Moscow", "rank": "1", "score": "12.345679", "path": HIT.path,
        "id": HIT.id, "title": HIT.title, "language": "en", "type": "markdown",
        "date": "2024-03-02", "line": "7", "page": "", "snippet": ENGLISH,
        "state": "current", "date_source": "stated", "date_marks": "",
    }  # fmt: skip
    assert next(csv.DictReader(io.StringIO(text)))["snippet"] == ENGLISH


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-2", "@SUM(A1)", "\t=1", "\r=1"])
def test_csv_gives_a_spreadsheet_no_formula(text: str) -> None:
    (row,) = csv.reader(io.StringIO(data.csv_lines([[text, 7]])))
    assert row[0].startswith("'")
    assert row[1] == "7"


TREC = [
    (("1", "doc", 1, 2.0), "1 Q0 doc 1 2.000000 dalil"),
    (("a b", "my doc.txt", 2, 1.5), "a%20b Q0 my%20doc.txt 2 1.500000 dalil"),
    (("1", "100%", 3, 0.5), "1 Q0 100%25 3 0.500000 dalil"),
    (("1", "خبر\u00a0جديد", 3, 0.5), "1 Q0 خبر%C2%A0جديد 3 0.500000 dalil"),
    (("1", "a\x1b\udcff", 3, 0.5), "1 Q0 a%1B%ED%B3%BF 3 0.500000 dalil"),
]


@pytest.mark.parametrize(("row", "line"), TREC)
def test_a_trec_line_has_six_columns(row: tuple[str, str, int, float], line: str) -> None:
    assert data.trec_line(*row) == line
    assert len(line.split()) == 6


COLOUR = [
    ("auto", True, {}, True), ("auto", False, {}, False), ("auto", True, {"NO_COLOR": "1"}, False),
    ("auto", True, {"NO_COLOR": ""}, True), ("auto", True, {"TERM": "dumb"}, False),
    ("always", False, {"NO_COLOR": "1"}, True), ("never", True, {}, False),
]  # fmt: skip


@pytest.mark.parametrize(("setting", "tty", "environ", "expected"), COLOUR)
def test_colours_are_for_terminals_or_on_request(
    setting: str, tty: bool, environ: dict[str, str], expected: bool
) -> None:
    assert wants_colour(setting, tty=tty, environ=environ) is expected
