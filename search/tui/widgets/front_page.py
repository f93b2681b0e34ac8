"""Lay out the page that is shown while nothing is typed; every line of it fits its width."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from search.bidi import Line, Mode, cell_width, clean, layout, quotes
from search.hits.facets import Counts, Facets
from search.render.lines import shown_path
from search.results import Hit
from search.tui.interaction.front_page import FrontPage, SavedSearch
from search.tui.widgets.side_panel import folder_label

INDENT = 2
"""Cells left of the text."""
_LABELS = 24
"""Cells of the column of labels, at most."""
_BESIDE_FROM = 46
"""Width from which a text stands beside its label; below, it stands under it."""
_MIN_NEWEST = 3
"""Documents that are listed on a low screen."""
_GAP = 2
_DATE = 12
_BADGE = 7
"""Cells of the columns of dates and languages."""

GUIDE = (
    ("libya russia", "with any of the words"),
    ('"oil ministry"', "these words in a row"),
    ("+oil -gas", "with oil, without gas"),
    ("lang:ar  date:2021", "in Arabic; of that year"),
    ("sort:date", "the newest first"),
    ("↓ ↑  Enter", "choose a document, read it"),
    ("Tab  Esc", "list and filters; back"),
    ("F1  F2  Ctrl+C", "help, all commands, quit"),
)
"""What to type and to press."""

Target = int | SavedSearch
"""What Enter opens: a document, by its number, or a search."""


@dataclass(frozen=True, slots=True)
class PageRow:
    """A row of the page: laid-out texts, each with its cell and the name of its style."""

    parts: tuple[tuple[int, Line, str], ...] = ()
    target: Target | None = None


def page_rows(
    page: FrontPage | None, width: int, height: int, mode: Mode, *, counts: bool
) -> list[PageRow]:
    """Return the rows of the page in a column of ``width`` cells.

    As many of the newest documents are among them as ``height`` has room for, and a few in any
    case. Without a page, while the index is opened, the rows are the guide alone. ``counts`` says
    whether the documents are counted here, since the filters do not stand beside.
    """
    sheet = _Sheet(max(width - INDENT, 8), mode)
    guide = [*sheet.paragraph("Type: hits appear as you go."), *sheet.table(GUIDE)]
    rows = [PageRow()]
    if page is not None:
        rows += [*sheet.table(_facts(page, counts=counts)), PageRow()]
        rows += sheet.saved(page.saved)
        room = height - len(rows) - len(guide) - 2
        rows += sheet.newest(page.hits[: max(room, _MIN_NEWEST)])
    return rows + guide


def _facts(page: FrontPage, *, counts: bool) -> Iterator[tuple[str, str]]:
    if page.committed is not None:
        yield "Last indexed", f"{page.committed:%Y-%m-%d %H:%M}"
    yield from _counts(page.facets) if counts else ()
    if page.left_out:
        yield "Left out", _listed(page.left_out)


def _counts(facets: Facets) -> Iterator[tuple[str, str]]:
    folders = tuple((folder_label(path), count) for path, count in facets.folders)
    for heading, values in (
        ("Language", facets.languages),
        ("Type", facets.types),
        ("Year", facets.years),
        ("Folder", folders),
    ):
        if values:
            yield heading, _listed(values)


def _listed(counts: Counts) -> str:
    """Return counts as a line; a count stays beside the end of its value."""
    return " · ".join(f"{clean(value)}\u00a0{count:,}" for value, count in counts)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Lays out rows of ``width`` cells."""

    width: int
    mode: Mode

    def paragraph(self, text: str, style: str = "path") -> list[PageRow]:
        """Return a text in as many rows as it needs."""
        return [PageRow(((INDENT, line, style),)) for line in self._lines(text, self.width)]

    def table(self, pairs: Sequence[tuple[str, str]] | Iterator[tuple[str, str]]) -> list[PageRow]:
        """Return labels and their texts, beside them or, where it is narrow, under them."""
        rows = []
        for label, text in pairs:
            head = self._lines(label, self.width)
            if self.width < _BESIDE_FROM:
                rows += [PageRow(((INDENT, line, "title"),)) for line in head]
                under = self._lines(text, self.width - _GAP)
                rows += [PageRow(((INDENT + _GAP, line, "path"),)) for line in under]
                continue
            lines = self._lines(text, self.width - _LABELS)
            rows.append(PageRow(((INDENT, head[0], "title"), *_at(lines[:1]))))
            rows += [PageRow(tuple(_at([line]))) for line in lines[1:]]
        return rows

    def saved(self, searches: Sequence[SavedSearch]) -> list[PageRow]:
        """Return the saved searches, each with the number of its new hits."""
        if not searches:
            return []
        rows = self.paragraph("Saved searches", "title")
        for each in searches:
            line = self._first(f"{clean(each.name)} · {each.new:,} new", self.width, rtl=False)
            rows.append(PageRow(((INDENT, line, "path"),), each))
        return [*rows, PageRow()]

    def newest(self, hits: Sequence[tuple[int, Hit]]) -> list[PageRow]:
        """Return the newest documents: date or file's day, language, title."""
        if not hits:
            return []
        rows = self.paragraph("The newest documents (↓ and Enter to read)", "title")
        return [*rows, *(self._document(*each) for each in hits), PageRow()]

    def _document(self, number: int, hit: Hit) -> PageRow:
        columns = [(hit.date or "no date", "path", _DATE), (hit.language or "··", "badge", _BADGE)]
        parts, at = [], INDENT
        for text, style, cells in columns if self.width >= _BESIDE_FROM else columns[1:]:
            parts.append((at, self._first(text, cells, rtl=False), style))
            at += cells
        title = hit.heading[0] or shown_path(hit.path)
        room = self.width + INDENT - at
        line = self._first(clean(title), room)
        parts.append((at + (room - line.width if line.rtl else 0), line, "path"))
        return PageRow(tuple(parts), number)

    def _lines(self, text: str, width: int) -> list[Line]:
        apart = quotes(text)
        return layout(text, (), width, mode=self.mode, rtl=False, isolates=apart)

    def _first(self, text: str, width: int, *, rtl: bool | None = None) -> Line:
        """Return a text in one line, with an ellipsis if it is cut."""
        lines = layout(text, (), width, mode=self.mode, rtl=rtl, max_lines=2)
        if len(lines) < 2:
            return lines[0] if lines else Line((), 0, False, 0, 0)
        end = layout(text, (), width - cell_width("…"), mode=self.mode, rtl=rtl, max_lines=1)[0].end
        return layout(text[:end] + "…", (), width, mode=self.mode, rtl=lines[0].rtl)[0]


def _at(lines: Sequence[Line]) -> Iterator[tuple[int, Line, str]]:
    """Yield lines for the column beside the labels."""
    return ((INDENT + _LABELS, line, "path") for line in lines)
