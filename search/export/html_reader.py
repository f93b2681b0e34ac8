"""Read a dossier in HTML: what people see of it, by its elements.

The quotations of Markdown are read here too. Elements that are unknown are passed over, so that
a dossier to which a remark was added can still be checked.
"""

from __future__ import annotations

import re
from collections import defaultdict
from html.parser import HTMLParser

from search.export.dossier import Dossier, Exhibit
from search.export.facts import dossier_of, exhibit_of, read_place
from search.export.quotation_html import MarkedText
from search.results import Snippet

Attributes = list[tuple[str, str | None]]

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


class DossierParser(HTMLParser):
    """Collects labelled values and quotations, document by document."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.facts: dict[str, list[str]] = defaultdict(list)
        """Label → values, of the dossier before its first document, then of the document."""
        self.head: dict[str, list[str]] = {}
        self.exhibits: list[Exhibit] = []
        self.quotations: list[Snippet] = []
        self.is_open = False
        """Whether a document has begun."""
        self._quoted: MarkedText | None = None
        self._within: str = ""
        """The element whose text counts: ``dt``, ``dd``, ``figcaption`` or ``div``."""
        self._text: list[str] = []
        self._label = ""

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        """Begin an element."""
        if tag == "article":
            self.begin_exhibit()
        elif tag == "blockquote":
            self._quoted = MarkedText()
        elif tag == "div" and self._quoted is not None:
            self._quoted.paragraph()
            self._within = tag
        elif tag == "mark" and self._within == "div" and self._quoted is not None:
            self._quoted.open_mark()
        elif tag in ("dt", "dd", "figcaption"):
            self._within, self._text = tag, []

    def handle_endtag(self, tag: str) -> None:
        """End an element."""
        text = "".join(self._text)
        if tag == "article":
            self.end_exhibit()
        elif tag == "mark" and self._within == "div" and self._quoted is not None:
            self._quoted.close_mark()
        elif tag == "dt":
            self._label = text
        elif tag == "dd":
            self.facts[self._label].append(text)
        elif tag == "figcaption":
            self.end_quotation(text)
        if tag == self._within:
            self._within = ""

    def handle_data(self, data: str) -> None:
        """Take text."""
        if self._within == "div" and self._quoted is not None:
            self._quoted.add(data)
        elif self._within:
            self._text.append(data)

    def begin_exhibit(self) -> None:
        """Begin a document; what came before the first is of the dossier."""
        if not self.is_open and not self.exhibits:
            self.head = dict(self.facts)
        self.facts, self.quotations, self.is_open = defaultdict(list), [], True

    def end_exhibit(self) -> None:
        """Take the document that is complete. Raises ValueError."""
        if self.is_open:
            rank = len(self.exhibits) + 1
            self.exhibits.append(exhibit_of(self.facts, rank, self.quotations))
        self.is_open = False

    def end_quotation(self, where: str) -> None:
        """Take the quotation that stands there. Raises ValueError."""
        if self._quoted is not None:
            text, spans = self._quoted.text, tuple(self._quoted.spans)
            self.quotations.append(Snippet(text=text, spans=spans, **read_place(where)))
        self._quoted = None

    def dossier(self) -> Dossier:
        """Return what was read. Raises ValueError."""
        return dossier_of(self.head if self.exhibits or self.is_open else self.facts, self.exhibits)


def closed(text: str) -> str:
    """Return a page without comments, and without an element that is not closed at its end.

    Python's parser looks for the end of each of them again and again, which takes time in
    proportion to the square of their number.
    """
    text = _COMMENT.sub("", text)
    return text[: text.rfind(">") + 1]


def read(text: str) -> Dossier:
    """Return the dossier of a page. Raises ValueError."""
    parser = DossierParser()
    parser.feed(closed(text))
    parser.close()
    return parser.dossier()
