"""Lay out the page that is shown while nothing is typed; every line of it fits its width."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from search.bidi import Line, Mode, cell_width, clean, layout
from search.desk.saved import SavedSearch
from search.hits.facets import Counts, Facets
from search.render.lines import shown_path
from search.results import Hit
from search.tui.interaction.front_page import FrontPage
from search.tui.widgets.sheet import INDENT, Sheet, SheetRow

_MIN_NEWEST = 3
"""Documents that are listed on a low screen."""
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


def page_rows(
    page: FrontPage | None, width: int, height: int, mode: Mode, *, counts: bool
) -> list[SheetRow]:
    """Return the rows of the page in a column of ``width`` cells.

    As many of the newest documents are among them as ``height`` has room for, and a few in any
    case. Without a page, while the index is opened, the rows are the guide alone. ``counts`` says
    whether the documents are counted here, since the filters do not stand beside.
    """
    sheet = Sheet(max(width - INDENT, 8), mode)
    guide = [*sheet.paragraph("Type: hits appear as you go."), *sheet.table(GUIDE)]
    rows = [SheetRow()]
    if page is not None:
        rows += [*sheet.table(_facts(page, counts=counts)), SheetRow()]
        rows += _saved(sheet, page.saved)
        room = height - len(rows) - len(guide) - 2
        rows += _newest(sheet, page.hits[: max(room, _MIN_NEWEST)])
    return rows + guide


def _facts(page: FrontPage, *, counts: bool) -> Iterator[tuple[str, str]]:
    if page.committed is not None:
        yield "Last indexed", f"{page.committed:%Y-%m-%d %H:%M}"
    yield from _counts(page.facets) if counts else ()
    if page.left_out:
        yield "Left out", _listed(page.left_out)


def _counts(facets: Facets) -> Iterator[tuple[str, str]]:
    folders = tuple((_folder_label(path), count) for path, count in facets.folders)
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


def _saved(sheet: Sheet, searches: Sequence[tuple[SavedSearch, int | None]]) -> list[SheetRow]:
    """Return the saved searches, each with the number of its new hits."""
    if not searches:
        return []
    rows = sheet.paragraph("Saved searches", "title")
    for each, new in searches:
        text = clean(each.name) + ("" if new is None else f" · {new:,} new")
        line = _first(text, sheet.width, sheet.mode, rtl=False)
        rows.append(SheetRow(((INDENT, line, "path"),), each))
    return [*rows, SheetRow()]


def _newest(sheet: Sheet, hits: Sequence[tuple[int, Hit]]) -> list[SheetRow]:
    """Return the newest documents: date, language, title."""
    if not hits:
        return []
    rows = sheet.paragraph("The newest documents (↓ and Enter to read)", "title")
    return [*rows, *(_document(sheet, number, hit) for number, hit in hits), SheetRow()]


def _document(sheet: Sheet, number: int, hit: Hit) -> SheetRow:
    columns = [(hit.date or "no date", "path", _DATE), (hit.language or "··", "badge", _BADGE)]
    parts, at = [], INDENT
    for text, style, cells in columns if sheet.is_wide else columns[1:]:
        parts.append((at, _first(text, cells, sheet.mode, rtl=False), style))
        at += cells
    title = hit.heading[0] or shown_path(hit.path)
    room = sheet.width + INDENT - at
    line = _first(clean(title), room, sheet.mode)
    parts.append((at + (room - line.width if line.rtl else 0), line, "path"))
    return SheetRow(tuple(parts), number)


def _first(text: str, width: int, mode: Mode, *, rtl: bool | None = None) -> Line:
    """Return a text in one line, with an ellipsis if it is cut."""
    lines = layout(text, (), width, mode=mode, rtl=rtl, max_lines=2)
    if len(lines) < 2:
        return lines[0] if lines else Line((), 0, False, 0, 0)
    end = layout(text, (), width - cell_width("…"), mode=mode, rtl=rtl, max_lines=1)[0].end
    return layout(text[:end] + "…", (), width, mode=mode, rtl=lines[0].rtl)[0]


def _folder_label(path: str) -> str:
    """Return the last two parts of a path, which distinguish folders."""
    parts = shown_path(path).rstrip("/").split("/")
    return "/".join(parts[-2:]) or "/"
