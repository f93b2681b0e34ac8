"""What was found, a few rows a hit. Only rows in sight are made and laid out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePath
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from index.errors import DalilError
from search.bidi import Mode, base_rtl, clean
from search.listing import Listing
from search.render.lines import shown_path
from search.results import Hit, Span
from search.tui.strips import Styles, first_line, in_column, ink, shortened, strips

HEIGHT = 5
"""Rows of a hit: its title, two of its passage, where it is, and a blank one."""
GUTTER = 12
"""Cells before the text: rank and language, and below them the score."""
_BAR = 6
"""Cells of a full score."""
_EIGHTHS = "▏▎▍▌▋▊▉█"


class ResultList(ScrollView, can_focus=True):
    """The hits of a :class:`Listing`, one of them chosen."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "hits--match", "hits--path", "hits--badge", "hits--bar", "hits--rank", "hits--chosen",
        "hits--title",
    }  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("pagedown,ctrl+f", "page(1)", show=False),
        Binding("pageup,ctrl+b", "page(-1)", show=False),
        Binding("home,g,ل", "edge(-1)", show=False),
        Binding("end,G", "edge(1)", show=False),
        Binding("enter", "read", show=False),
    ]

    @dataclass
    class Chosen(Message):
        """Another hit is chosen, or none: there is no hit."""

        row: int | None

    @dataclass
    class Failed(Message):
        """A hit could not be read."""

        error: DalilError

    @dataclass
    class Read(Message):
        """The chosen hit is to be read."""

    def __init__(self, mode: Mode) -> None:
        super().__init__(id="hits")
        self.mode = mode
        self.listing: Listing | None = None
        self.row = 0
        """The chosen hit, from 0."""
        self._drawn = lru_cache(maxsize=256)(self._draw)

    def show(self, listing: Listing | None) -> None:
        """Show another answer, its first hit chosen."""
        self.listing = listing
        self.row = 0
        self.scroll_to(0, 0, animate=False)
        self._renew()
        self.post_message(self.Chosen(0 if self._count else None))

    @property
    def _count(self) -> int:
        return len(self.listing) if self.listing else 0

    @property
    def hit(self) -> Hit | None:
        """The chosen hit."""
        return self._made(self.row)

    def _made(self, row: int) -> Hit | None:
        """A hit, made if need be; nothing where there is none, or the index is damaged."""
        try:
            found = self.listing.window(row, 1) if self.listing else []
        except DalilError as error:
            self.post_message(self.Failed(error))
            return None
        return found[0] if found else None

    def _renew(self) -> None:
        self._drawn.cache_clear()
        self.virtual_size = Size(self._width, self._count * HEIGHT)
        self.refresh()

    @property
    def _width(self) -> int:
        return self.scrollable_content_region.width

    def on_resize(self, _event: events.Resize) -> None:
        """Lay out anew."""
        self._renew()

    def notify_style_update(self) -> None:
        """Another theme."""
        super().notify_style_update()
        self._drawn.cache_clear()

    # -- choosing ------------------------------------------------------------------

    def choose(self, row: int) -> None:
        """Choose a hit and bring it into sight."""
        row = max(0, min(row, self._count - 1))
        if not self._count:
            return
        changed, self.row = row != self.row, row
        self.scroll_to_region(
            Region(0, row * HEIGHT, self._width, HEIGHT), animate=False, force=True
        )
        self.refresh()
        if changed:
            self.post_message(self.Chosen(row))

    def action_move(self, rows: int) -> None:
        """So many hits down."""
        self.choose(self.row + rows)

    def action_page(self, direction: int) -> None:
        """A screen of hits down or up."""
        self.choose(self.row + direction * max(self.size.height // HEIGHT, 1))

    def action_edge(self, direction: int) -> None:
        """To the last or the first hit."""
        self.choose(self._count if direction > 0 else 0)

    def action_read(self) -> None:
        """Read the chosen one."""
        self.post_message(self.Read())

    def on_click(self, event: events.Click) -> None:
        """Choose a hit; a second click reads it."""
        row = (event.y + self.scroll_offset.y) // HEIGHT
        if row < self._count:
            self.choose(row)
            if event.chain > 1:
                self.action_read()

    # -- drawing -------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """A row of the screen."""
        row, line = divmod(y + self.scroll_offset.y, HEIGHT)
        width = self._width
        if row >= self._count:
            return Strip.blank(width, self.rich_style)
        drawn = self._drawn(row, width, row == self.row)
        if self.listing is not None and len(self.listing) * HEIGHT != self.virtual_size.height:
            self.call_after_refresh(self._renew)  # a copy of another hit has gone from the list
        return drawn[line] if line < len(drawn) else Strip.blank(width, self.rich_style)

    def _draw(self, row: int, width: int, chosen: bool) -> list[Strip]:
        hit = self._made(row)
        if hit is None:
            return []
        look = self.get_component_rich_style
        base = self.rich_style + (look("hits--chosen") if chosen else Style.null())
        text = [self._title(hit, width - GUTTER, base), *self._passage(hit, width - GUTTER, base)]
        text.append(self._where(hit, width - GUTTER, base))
        gutter = [self._label(hit, base, chosen=chosen), self._bar(hit, base, chosen=chosen)]
        blank = in_column(Strip([_edge(base, chosen=chosen)], 1), GUTTER, base)
        gutter += [blank] * (len(text) - len(gutter))
        drawn = [Strip.join([left, right]) for left, right in zip(gutter, text, strict=True)]
        return [*drawn, Strip.blank(width, self.rich_style)]

    def _label(self, hit: Hit, base: Style, *, chosen: bool) -> Strip:
        rank = Segment(f"{hit.rank:>4} ", base + ink(self.get_component_rich_style("hits--rank")))
        badge = Segment(f"{hit.language or '··':<5}",
                        base + ink(self.get_component_rich_style("hits--badge")))  # fmt: skip
        found = Strip([_edge(base, chosen=chosen), rank, badge], 11)
        return in_column(found, GUTTER, base)

    def _bar(self, hit: Hit, base: Style, *, chosen: bool) -> Strip:
        best = self.listing.best if self.listing else 0.0
        share = hit.score / best if best > 0 else 0.0
        eighths = max(1, round(min(share, 1.0) * _BAR * 8)) if share else 0
        full, rest = divmod(eighths, 8)
        bar = "█" * full + (_EIGHTHS[rest - 1] if rest else "")
        style = base + ink(self.get_component_rich_style("hits--bar"))
        found = Strip([_edge(base, chosen=chosen), Segment("  ", base), Segment(bar, style)])
        return in_column(found, GUTTER, base)

    @property
    def _styles(self) -> Styles:
        return {"match": self.get_component_rich_style("hits--match")}

    def _title(self, hit: Hit, width: int, base: Style) -> Strip:
        title = hit.title or PurePath(hit.path).name
        look = base + ink(self.get_component_rich_style("hits--title"))
        spans = [(start, end, "match") for start, end in hit.title_spans if hit.title]
        found = first_line(title, spans, width, self.mode, look, self._styles)
        return _moved(found, width, look, right=not hit.title and _rtl(hit))

    def _passage(self, hit: Hit, width: int, base: Style) -> list[Strip]:
        snippet = hit.snippets[0] if hit.snippets else None
        text = " ".join(snippet.text.split("\n")) if snippet else ""
        found = self._lines(text, snippet.spans if snippet else (), width, base, 2)
        return found + [Strip.blank(width, base)] * (2 - len(found))

    def _lines(
        self, text: str, spans: tuple[Span, ...], width: int, look: Style, most: int
    ) -> list[Strip]:
        styled = [(start, end, "match") for start, end in spans]
        return strips(text, styled, width, self.mode, look, self._styles, max_lines=most)

    def _where(self, hit: Hit, width: int, base: Style) -> Strip:
        look = base + ink(self.get_component_rich_style("hits--path"))
        copies = len(hit.copies)
        facts = [f"p. {hit.snippets[0].page}" if hit.snippets and hit.snippets[0].page else "",
                 hit.date or hit.modified[:10],
                 f"+{copies} {'copy' if copies == 1 else 'copies'}" if copies else "",
                 "" if hit.state == "current" else hit.state]  # fmt: skip
        told = " · ".join(fact for fact in facts if fact)
        path = shortened(clean(shown_path(hit.path)), width - len(told) - 3)
        found = strips(f"{path} · {told}", (), width, self.mode, look, {}, rtl=False, max_lines=1)
        return _moved(found[0], width, look, right=_rtl(hit)) if found else Strip.blank(width, base)


def _rtl(hit: Hit) -> bool:
    """Whether the passage is read from the right."""
    return bool(hit.snippets) and base_rtl(hit.snippets[0].text)


def _edge(base: Style, *, chosen: bool) -> Segment:
    """The chosen hit is marked by more than its colour."""
    return Segment("▌" if chosen else " ", base)


def _moved(found: Strip, width: int, base: Style, *, right: bool) -> Strip:
    """A line that is laid out from the left, at the edge of the text above it."""
    if not right:
        return found
    text = found.text.rstrip()
    return in_column(found.crop(0, found.cell_length - (len(found.text) - len(text))), width, base,
                     right=True)  # fmt: skip
