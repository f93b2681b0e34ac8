"""Dossiers for tests: of hits that Hypothesis draws, with everything in them that could hurt."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from hypothesis import strategies as st

from search.export.collection import dossier_of_hits
from search.export.dossier import Dossier, Exhibit
from search.results import Hit, Snippet, Span

HOSTILE = (
    "</blockquote>", "</div>", "<script>alert(1)</script>", "<mark>", "&lt;", "&#x27;", "\n\n",
    "`", "```", "\n---\n", "\n## x", "\n- Path: `/x`", "=1+1", "@SUM(A1)", "+1", "-1", "'", "\t=1",
    "\x1b[31m", "\x00", "\x7f", "\x85", "\u2028", "\u202e", "\r\n", "\r", '"', ",", ";", "\\", "}",
    "{", "$", "%", "~", "^", "#", "_", "]]>", "-->", "http://evil.example", "![a](b)", "  ", " ",
    "وزير الخارجية", "والدَّبِيبَة", "٢٠١٦", "لـ\u200cها", "\ufeff", "\u200f", "漢字", "🇱🇾", "\ufffe",
)  # fmt: skip
TEXTS = st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=20)), max_size=8).map("".join)
CONTROLS = "".join(map(chr, [*range(32), *range(0x7F, 0xA0)])) + "\u2028\u2029\u202a\u202e\u2066"
NAMES = st.one_of(
    st.binary(min_size=1, max_size=12).map(lambda name: os.fsdecode(name.replace(b"\0", b"x"))),
    TEXTS.filter(bool).map(lambda name: name.replace("\0", "x")),
)


@st.composite
def spans(draw: st.DrawFn, length: int) -> tuple[Span, ...]:
    """Ascending spans in a text of this length."""
    ends = draw(st.lists(st.integers(0, length), max_size=8, unique=True).map(sorted))
    return tuple(zip(ends[::2], ends[1::2], strict=False))


@st.composite
def snippets(draw: st.DrawFn) -> Snippet:
    text = draw(TEXTS.filter(bool))
    return Snippet(
        text=text,
        start=draw(st.integers(0, 10**9)),
        line=draw(st.integers(1, 10**6)),
        page=draw(st.none() | st.integers(1, 9999)),
        spans=draw(spans(len(text))),
        part=draw(st.none() | TEXTS.filter(str.strip)),
    )


@st.composite
def hits(draw: st.DrawFn) -> Hit:
    file, title = "/" + draw(NAMES), draw(TEXTS)
    identifier = draw(st.none() | TEXTS)
    is_line = identifier is not None
    return Hit(
        rank=1,
        path=f"{file}#{identifier}" if is_line else file,
        path_spans=(),
        id=identifier if identifier is not None else file,
        title=title,
        title_spans=draw(spans(len(title))),
        language=draw(st.sampled_from(("ar", "en", "ar+en", ""))),
        type="jsonl" if is_line else "text",
        date=draw(st.none() | st.dates().map(lambda day: day.isoformat())),
        modified="2026-11-28T00:00:00Z",
        sha256=draw(st.binary(min_size=32, max_size=32)).hex(),
        score=1.0,
        snippets=tuple(draw(st.lists(snippets(), max_size=3))),
        matched=(),
        date_marks=draw(st.sampled_from(((), ("hijri",), ("ambiguous",), ("ambiguous", "hijri")))),
        author=draw(TEXTS),
        tags=tuple(draw(st.lists(TEXTS.filter(str.strip), max_size=2))),
        copies=tuple(draw(st.lists(NAMES, max_size=2))),
    )


def dossier_of(found: Sequence[Hit], query: str = "libya", **more: object) -> Dossier:
    """Return the dossier of hits in their order."""
    ranked = [Hit(**{**_fields(hit), "rank": rank}) for rank, hit in enumerate(found, 1)]
    return dossier_of_hits(
        query, ranked, len(ranked) + 3, digest=lambda _file: "ab" * 32, index=Path("/i"), **more
    )  # type: ignore[arg-type]


def _fields(hit: Hit) -> dict[str, object]:
    return {name: getattr(hit, name) for name in Hit.__slots__}


DOSSIERS = st.builds(
    dossier_of, st.lists(hits(), min_size=1, max_size=3), TEXTS.filter(str.strip),
    notes=st.lists(TEXTS.filter(str.strip), max_size=2),
)  # fmt: skip


def kept(exhibit: Exhibit) -> tuple[object, ...]:
    """Return what must come back from every format."""
    return (exhibit.path, exhibit.file, exhibit.sha256, exhibit.file_sha256, exhibit.quotations)
