"""Why a hit stands where it does: its score, and how each word of the query matched."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from search.bidi import Mode, clean
from search.results import KINDS, Hit
from search.tui.widgets.sheet import Sheet, SheetRow, SheetView

if TYPE_CHECKING:  # they need numpy, and the first frame is drawn before
    from search.hits.lazy_results import LazyResults

_KINDS = {
    "exact": "as typed",
    "folded": "the same letters, other hamza, marks or accents",
    "stem": "another form of the word",
    "number": "the same number",
    "name": "another spelling of the name",
    "prefix": "begins so, or fits the pattern",
    "fuzzy": "a letter or two apart",
    "gram": "looks alike",
    "root": "the same root",
}
"""Kind of a match → what it means."""
_LABELS = 22


class Why(ModalScreen[None]):
    """The explanation of one hit, over the screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,ض,w,ص,enter", "dismiss", "close"),
    ]

    def __init__(self, hit: Hit, rank: int, listing: LazyResults, mode: Mode) -> None:
        super().__init__()
        self._hit, self._rank, self._listing = hit, rank, listing
        self._mode: Mode = mode

    def compose(self) -> ComposeResult:
        """Yield one text that scrolls."""
        yield SheetView(self._rows, self._mode, labels=_LABELS, id="why")

    def _rows(self, sheet: Sheet) -> list[SheetRow]:
        title = clean(self._hit.heading[0])
        return [
            *sheet.paragraph(f"Why “{title}” is number {self._rank:,}", "title"),
            SheetRow(),
            *sheet.table(explanation(self._hit, self._listing)),
            SheetRow(),
            *sheet.paragraph("Weight: rare words count more. Esc closes this."),
        ]


def explanation(hit: Hit, listing: LazyResults) -> Iterator[tuple[str, str]]:
    """Yield labels and texts: the score, then each word of the query and what it matched."""
    share = f", {hit.score / listing.best:.0%} of the best" if listing.best > 0 else ""
    yield "Score", f"{hit.score:.2f}{share}"
    weights = listing.weights
    words = dict.fromkeys([*weights, *(match.query for match in hit.matched)])
    for word in words:
        weight = f" (weight {weights[word]:.1f})" if word in weights else ""
        found = [
            f"{kind} ({_KINDS.get(kind, kind)}): {', '.join(texts)}"
            for kind in KINDS
            if (texts := _texts(hit, word, kind))
        ]
        yield clean(word) + weight, "; ".join(found) or "not in this document"


def _texts(hit: Hit, word: str, kind: str) -> list[str]:
    """Return the words of the text that match a word of the query in one way."""
    found = [match.text for match in hit.matched if (match.query, match.kind) == (word, kind)]
    return list(dict.fromkeys(map(clean, found)))
