"""`search.hits.further_passages`: what a document shows beside its hit."""

from __future__ import annotations

from pathlib import Path

from search import Searcher
from search.hits.further_passages import MAX_PASSAGES
from search.hits.lazy_results import LazyResults
from tests.commands import indexed, written

GAP = "Nothing of it stands here, and nothing there. " * 12


def _looked(tmp_path: Path, text: str, query: str = "oil") -> tuple[LazyResults, int]:
    with Searcher.open(indexed(written(tmp_path / "docs", {"a.txt": text}))) as searcher:
        listing = searcher.look(query)
        listing.window(0, 1)
        return listing, listing.rows[0][0]


def test_further_passages_are_in_order_and_none_is_that_of_the_hit(tmp_path: Path) -> None:
    text = "\n\n".join(f"The oil of field {n}. {GAP}" for n in range(5))
    listing, document = _looked(tmp_path, text)
    further = listing.further_passages(document, 80)
    shown = listing.window(0, 1)[0].snippets[0]
    starts = [snippet.start for snippet in further.snippets]
    assert len(starts) == 4
    assert starts == sorted(starts)
    assert not any(snippet.overlaps(shown) for snippet in further.snippets)
    for snippet in further.snippets:
        assert text[snippet.start :].startswith(snippet.text)
        assert [snippet.text[a:b] for a, b in snippet.spans] == ["oil"]
        assert snippet.line == text.count("\n", 0, snippet.start) + 1
    assert further.total == listing.match_count(document) == 5


def test_a_document_with_many_matches_shows_some_of_them_and_counts_all(tmp_path: Path) -> None:
    listing, document = _looked(tmp_path, f"The oil. {GAP}" * 60)
    further = listing.further_passages(document, 80)
    assert len(further.snippets) == MAX_PASSAGES
    assert further.total == 60


def test_a_document_with_one_match_or_none_in_its_text_has_no_further_passages(
    tmp_path: Path,
) -> None:
    listing, document = _looked(tmp_path, f"The oil. {GAP}")
    assert listing.further_passages(document, 80).snippets == ()
    listing, document = _looked(tmp_path / "b", GAP, "path:a.txt")
    assert listing.further_passages(document, 80) == listing.further_passages(document, 80)
    assert listing.further_passages(document, 80).total == listing.match_count(document) == 0
