"""Find words in the document, and go to a page or a line of it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual import work

from index.errors import DalilError
from search.tui.actions.desk import Desk
from search.tui.interaction.places import LinePlace, PagePlace, read_place, start_of_line
from search.tui.interaction.search_controller import SearchController
from search.tui.widgets.find_bar import FindBar, FindInput
from search.tui.widgets.page_breaks import start_of_page
from search.tui.widgets.passage_list import PassageList

if TYPE_CHECKING:  # they need numpy, and the first frame is drawn before
    from search.hits.folded_text import FoldedText, FoundSpans
    from search.hits.lazy_results import HighlightedDocument

_FIND, _GO_TO = "find", "go to"


class ReadingActions(Desk):
    """Move within one document. What is typed for it never enters the query."""

    _folded: FoldedText | None = None
    """The document in which words are found, once it was folded."""
    _forms = 0
    """How many of the words that were found are other forms of what was typed."""
    _find_from = 0
    """Offset of the first character on the screen when the line was opened."""

    def action_find_in_document(self) -> None:
        """Open the line to find words in the document."""
        self._open_bar(_FIND, "find", "in this document · في هذا المستند")

    def action_go_to(self) -> None:
        """Open the line to go to a page or a line of the document."""
        self._open_bar(_GO_TO, "go to", "page p12, line L120")

    @property
    def _bar(self) -> FindBar | None:
        return next(iter(self.query(FindBar)), None)

    @work(exclusive=True, group="bar")
    async def _open_bar(self, name: str, label: str, placeholder: str) -> None:
        if self.document.passage is None:
            return
        bar = self._bar
        if bar is None or bar.name != name:
            await self._remove_bar()
            bar = FindBar(self.plan.mode, label, placeholder, name)
            await self.mount(bar, before=self.status)
            self._find_from = self.document.top
        if not self.document.display:
            self.panes.read()
        bar.input.focus()

    async def _remove_bar(self) -> None:
        if (bar := self._bar) is not None:
            if self.document.is_finding:
                self.document.show_found(None, self.document.top)
            self._folded = None
            await bar.remove()

    @work(exclusive=True, group="bar")
    async def close_bar(self) -> None:
        """Close the line and return to the document and the matches of the query."""
        had_focus = self._bar is not None and self._bar.input.has_focus
        await self._remove_bar()
        if had_focus:
            self.document.focus()

    def action_step_back(self) -> None:
        """Close the line first, if it is open."""
        if self._bar is not None and self.document.has_focus:
            self.close_bar()
        else:
            self.go_back()

    # -- further passages of a hit -----------------------------------------------------

    @work(exclusive=True, group="passages")
    async def on_passage_list_passages_requested(
        self, event: PassageList.PassagesRequested
    ) -> None:
        """Unfold the further passages of a hit, or say that it has none."""
        listing = self.listing
        if listing is None:
            return
        try:
            further = await asyncio.to_thread(
                self.session.further_passages, listing, event.document, event.width
            )
        except DalilError as error:
            self.status.show(error.message, error.hint)
            return
        if listing is not self.listing or further is None:
            return
        if further.snippets:
            self.hits.unfold(event.document, further)
        else:
            self.notify("the document has no further passages", timeout=2)

    def on_passage_list_passage_selected(self, event: PassageList.PassageSelected) -> None:
        """Show the passage in the document."""
        if self._is_shown(self.document.passage):
            self.document.show_match(event.offset)

    def _is_shown(self, passage: HighlightedDocument | None) -> bool:
        """Whether a document is that of the selected hit."""
        return passage is not None and passage.hit is self.hits.hit

    # -- messages of the line ---------------------------------------------------------

    @work(exclusive=True, group="find")
    async def on_find_input_edited(self, event: FindInput.Edited) -> None:
        """Find what is typed."""
        passage, bar = self.document.passage, self._bar
        if passage is None or bar is None or bar.name != _FIND:
            return
        if not event.text.strip():
            self.document.show_found(None, self._find_from)
            bar.answer.show("")
            return
        if self._folded is None:
            from search.hits.folded_text import FoldedText  # noqa: PLC0415 (needs numpy)

            self._folded = await asyncio.to_thread(FoldedText, passage.text)
        spans = await asyncio.to_thread(self._folded.find, event.text)
        if passage is self.document.passage:
            self._show_found(spans, self._find_from, 0)
            await self._find_forms(passage, event.text, spans)

    async def _find_forms(
        self, passage: HighlightedDocument, words: str, typed: FoundSpans
    ) -> None:
        """Add other forms and spellings of the words to what has their letters."""
        listing, document = self.listing, self.hits.document
        if listing is None or document is None:
            return
        try:
            forms = await asyncio.to_thread(self.session.word_forms, listing, document, words)
        except DalilError as error:
            self.status.show(error.message, error.hint)
            return
        found = typed.with_others(forms)
        if passage is self.document.passage and len(found) > len(typed):
            stepped_to = self.document.match
            at = stepped_to[0] if typed and stepped_to else self._find_from
            self._show_found(found, at, len(found) - len(typed))

    def _show_found(self, spans: FoundSpans, offset: int, forms: int) -> None:
        self._forms = forms
        self.document.show_found(spans, offset)
        self._show_count()

    def on_find_input_entered(self, event: FindInput.Entered) -> None:
        """Go on to the next match in the document, or to the place that was typed."""
        if self._bar is not None and self._bar.name == _GO_TO:
            self._go_to(event.text)
        else:
            self.document.focus()
            self.document.action_step(1)

    def on_find_input_stepped(self, event: FindInput.Stepped) -> None:
        """Go to another match."""
        self.document.action_step(event.matches)

    def on_find_input_closed(self, _event: FindInput.Closed) -> None:
        """Close the line."""
        self.close_bar()

    def on_preview_stepped(self) -> None:
        """Show the number of the match."""
        self._show_count()

    def on_search_controller_document_loaded(self, event: SearchController.DocumentLoaded) -> None:
        """Go to the selected passage, and close the line: it was for another document."""
        offset = self.hits.passage_offset
        if offset is not None and self._is_shown(event.passage):
            self.document.show_match(offset)
        if self._bar is not None:
            self.close_bar()

    def _show_count(self) -> None:
        if (bar := self._bar) is not None and self.document.is_finding:
            total = len(self.document.spans)
            number = self.document.current + 1 if total else 0
            forms = f"{self._forms:,} in other forms" if self._forms else ""
            bar.answer.show(*((f"{number:,}/{total:,}", forms) if total else ("not found",)))

    def _go_to(self, text: str) -> None:
        """Go to a page or a line, or say why not."""
        passage = self.document.passage
        if passage is None:
            return
        place = read_place(text, has_pages=bool(passage.pages))
        lines = passage.text.count("\n") + passage.first_line
        match place:
            case None:
                said = "a page is p12, a line L120"
            case PagePlace(number) if not 0 < number <= len(passage.pages):
                pages = len(passage.pages)
                said = f"there are {pages:,} pages" if pages else "this document has no pages"
            case PagePlace(number):
                self._arrive(start_of_page(passage.pages, number))
                return
            case LinePlace(number) if not passage.first_line <= number <= lines:
                said = f"there are {lines:,} lines"
            case LinePlace(number):
                self._arrive(start_of_line(passage.text, number - passage.first_line + 1))
                return
        if self._bar is not None:
            self._bar.answer.show(said)

    def _arrive(self, offset: int) -> None:
        self.close_bar()
        self.document.go_to(offset)
