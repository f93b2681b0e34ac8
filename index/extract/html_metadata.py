"""What an HTML page states of itself: title, language and date of publication.

Stated by ``meta`` elements (Dublin Core, OpenGraph and the names that newspapers and their
libraries use), linked data (JSON-LD), microdata, ``time`` elements, and elements whose class says
that they are dates.
"""

from __future__ import annotations

import html
import json
import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from index.dates import StatedDate, read_date, read_dateline
from index.extract.metadata import collapse_spaces, primary_language

# Names of `meta` elements without their signs, such as "dc.date.issued": the best first.
_PUBLISHED = (
    "articlepublishedtime", "articlepublished", "ogarticlepublishedtime", "ogpublishedtime",
    "datepublished", "publisheddate", "publishdate", "publishtime", "publishedtime", "publishedat",
    "datepublish", "pubdate", "parselypubdate", "sailthrudate", "btpubdate", "publicationdate",
    "dateofpublication", "citationpublicationdate", "citationdate", "citationonlinedate",
    "rnewsdatepublished", "cxenseparserecspublishtime", "cxenseparsepublishtime",
    "articledateoriginal", "articledate", "originalpublicationdate", "displaydate", "releasedate",
    "dcdateissued", "dctermsissued", "dctermsdateissued", "dcissued", "dateissued",
    "dcdatepublished", "ogpubdate", "shareaholicarticlepublishedtime", "vrpublishedtime",
    "analyticsattributesarticledate",
)  # fmt: skip
_DATED = (
    "date", "dcdate", "dctermsdate", "dcdatecreated", "dccreated", "dctermscreated", "datecreated",
    "creationdate", "created", "articlecreated", "eprintsdate", "gooddate", "timestamp",
)  # fmt: skip
_META = ", ".join(
    f'meta[{attribute}*="{part}" i]'
    for attribute in ("property", "name", "itemprop", "http-equiv")
    for part in ("date", "time", "publish", "issued", "created")
)
"""All elements with one of these names, and some more."""
_TITLES = (('meta[property="og:title"]', "content"), ("title", ""), ("h1", ""))
_LANGUAGES = (
    *(("html", "lang"), ("html", "xml:lang"), ("body", "lang")),
    *(
        ('meta[http-equiv="content-language" i]', "content"),
        ('meta[property="og:locale"]', "content"),
    ),
    *(('meta[name="dc.language" i]', "content"), ('meta[name="language" i]', "content")),
)
"""Where a property is stated: a selector, and an attribute, or "" for the text."""
_SIGNS = re.compile(r"[^a-z0-9]+")

_JSON_LD = 'script[type*="ld+json"]'
_MARKED = (
    '[itemprop="datePublished"], [property="datePublished"], [property="schema:datePublished"]'
)
_MAX_JSON = 1 << 20
"""Characters of linked data that are read."""
_WRAPPERS = (
    ("<!--", "-->"), ("//", "//]]>"), ("/*", "/*]]>*/"), ("<![CDATA[", "// ]]>"), ("*/", "]]>"),
)  # fmt: skip
"""Beginnings and ends of comments around linked data, in the order in which they are dropped."""
_PUBLISHED_KEYS = ("datePublished", "dateCreated", "uploadDate")
_STATED_IN_JSON = re.compile(r'"datePublished"\s*:\s*"([^"]{1,100})"')

_DATE_SELECTOR = (
    "time, [class*=date], [class*=Date], [class*=time], [class*=Time], [class*=publish], "
    "[class*=posted]"
)
_DATE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:date|dateline|time|timestamp|datetime|pubdate|published|publish|posted|postdate)"
    r"(?:$|[\s_-])|(?:publish|post|entry|article|created)-?(?:ed)?-?(?:date|time|on)",
    re.IGNORECASE,
)
_MAX_ELEMENTS = 20
"""Elements of a kind that are read."""
_MAX_DATE_TEXT = 120
"""Characters of an element that is a date and little else."""


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """The metadata of a parsed page, a tree of resiliparse."""

    tree: Any

    def _meta_dates(self) -> Mapping[str, str]:
        """Return the first content of each ``meta`` element for a date, by its name."""
        found: dict[str, str] = {}
        for element in self.tree.document.query_selector_all(_META)[:]:
            content = element.getattr("content")
            if content and content.strip():
                for attribute in ("property", "name", "itemprop", "http-equiv"):
                    name = _SIGNS.sub("", (element.getattr(attribute) or "").lower())
                    found.setdefault(name, content)
        return found

    def _first(self, places: Iterable[tuple[str, str]]) -> str:
        """Return the first text of these places, or ""."""
        texts = (text for selector, name in places for text in self._texts(selector, name))
        return next(texts, "")

    def _texts(self, selector: str, attribute: str = "") -> Iterator[str]:
        """Yield an attribute, or the text, of the first elements selected, unless it is blank."""
        for element in self._elements(selector):
            value = element.getattr(attribute) if attribute else element.text
            if value and value.strip():
                yield value

    def _elements(self, selector: str, inside: Any = None) -> Sequence[Any]:
        """Return the first elements selected; the text of each may be that of the whole page.

        A slice, because a collection of resiliparse is built anew for each item that is read.
        """
        found = (inside or self.tree.document).query_selector_all(selector)[:]
        return cast(Sequence[Any], found[:_MAX_ELEMENTS])

    @property
    def title(self) -> str:
        """The title in one line, or ""."""
        return collapse_spaces(self._first(_TITLES))

    @property
    def language(self) -> str | None:
        """The language as ``ar`` or ``en``, or None."""
        return primary_language(self._first(_LANGUAGES))

    @property
    def date(self) -> StatedDate | None:
        """The day of publication that the page states, or None."""
        return next(filter(None, self._dates()), None)

    def _dates(self) -> Iterator[StatedDate | None]:
        """Yield the dates that the page states, the most telling first."""
        meta = self._meta_dates()
        yield from (read_date(meta[name]) for name in _PUBLISHED if name in meta)
        yield from map(linked_date, self._texts(_JSON_LD))
        for element in self._elements(_MARKED):
            values = (element.getattr("datetime"), element.getattr("content"), element.text)
            yield from map(read_date, values)
        yield from (read_date(meta[name]) for name in _DATED if name in meta)
        yield from map(read_date, self._texts("time[datetime]", "datetime"))
        yield self._shown_date()

    def _shown_date(self) -> StatedDate | None:
        """The one day that the elements for dates show, or those within the article; or None."""
        for name in ("body", "article", "main"):
            inside = self.tree.document.query_selector(name)
            shown = {date.day: date for date in self._shown_dates(inside)} if inside else {}
            if len(shown) == 1:
                return shown.popitem()[1]
            if name == "body" and not shown:
                break
        return None

    def _shown_dates(self, inside: Any) -> Iterator[StatedDate]:
        for element in filter(_is_for_date, self._elements(_DATE_SELECTOR, inside)):
            text = collapse_spaces(element.text or "")
            if len(text) <= _MAX_DATE_TEXT and (date := read_dateline(text)):
                yield date


def _is_for_date(element: Any) -> bool:
    return element.tag == "time" or _DATE_CLASS.search(element.getattr("class") or "") is not None


def linked_date(script: str) -> StatedDate | None:
    """Return the first date of publication in a script of linked data, at any depth, or None.

    Scripts are read that strict JSON is not: with line ends within strings, as comments, with
    entities in place of quotes, and, for the date alone, with any other fault.
    """
    text = script[:_MAX_JSON].strip()
    for start, end in _WRAPPERS:
        text = text.removeprefix(start).removesuffix(end).strip()
    if text.startswith(("{&quot;", "[{&quot;", "{&#34;")):
        text = html.unescape(text)
    try:
        return _date_in(json.loads(text, strict=False))
    except (ValueError, RecursionError):
        found = _STATED_IN_JSON.search(html.unescape(text))
        return read_date(found[1]) if found else None


def _date_in(linked: Any) -> StatedDate | None:
    """Return the date of the object nearest to the root that has one."""
    for key in _PUBLISHED_KEYS:
        waiting = deque([linked])
        while waiting:
            value = waiting.popleft()
            if isinstance(value, dict):
                if date := read_date(value.get(key)):
                    return date
                waiting += value.values()
            elif isinstance(value, list):
                waiting += value
    return None
