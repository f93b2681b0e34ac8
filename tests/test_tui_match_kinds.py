"""`search.tui.match_kinds`: how words matched, in a few words."""

from __future__ import annotations

from search.results import KINDS, Hit, Match
from search.tui.widgets.match_kinds import match_kinds


def _hit(*matched: Match) -> Hit:
    return Hit(
        rank=1, path="/a.txt", path_spans=(), id="/a.txt", title="", title_spans=(),
        language="en", type="text", date=None, modified="2026-01-01T00:00:00Z",
        sha256="", score=1.0, snippets=(), matched=matched,
    )  # fmt: skip


def test_each_kind_is_told_and_the_strictest_first() -> None:
    hit = _hit(*(Match("word", f"by-{kind}", kind) for kind in reversed(KINDS)))
    assert match_kinds(hit) == [f"{kind}: by-{kind}" for kind in KINDS]


def test_a_word_is_told_once_by_the_strictest_of_its_kinds() -> None:
    hit = _hit(
        Match("Dabaiba", "Dbeibah", "name"),
        Match("Dbeibah", "Dbeibah", "exact"),
        Match("Dbeibah", "الدبيبة", "name"),
        Match("Dabaiba", "الدبيبة", "name"),
    )
    assert match_kinds(hit) == ["exact: Dbeibah", "name: الدبيبة"]


def test_a_word_of_a_document_commands_no_terminal() -> None:
    assert match_kinds(_hit(Match("oil", "o\x1b[2Jil", "exact"))) == ["exact: o\u241b[2Jil"]
