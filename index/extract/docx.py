"""Read DOCX: body, notes, comments, headers and footers, each part with its label."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, TypeVar

from index.document import Document, Skipped
from index.errors import Unreadable
from index.extract.docx_lists import ListNumbers
from index.extract.docx_story import Story
from index.extract.docx_styles import Styles
from index.extract.file_source import FileSource
from index.extract.metadata import collapse_spaces, parse_date
from index.extract.office_archive import Damaged, OfficeArchive, Relationship, TooLarge
from index.extract.sections import Section, join_sections

USUAL_MAIN = "word/document.xml"
"""Name of the part that holds the body, if no relationship says so."""
STORIES = ("footnotes", "endnotes", "comments", "diagramData", "chart", "header", "footer")
"""Types of the relationships of the other stories, in the order in which they are read."""
MAX_STORIES = 2000
"""Stories of one document: a section of it has up to six headers and footers."""


T = TypeVar("T")


def read(source: FileSource) -> Iterator[Document | Skipped]:
    """Yield one document, then a `Skipped` for each part of it that is damaged.

    Raises `Unreadable` if the body is damaged, or the file is too large or not DOCX.
    """
    data = source.load()
    try:
        word = _Word(OfficeArchive(data))
        title, created = word.properties()
        text, parts = join_sections([*word.body(), *word.other_stories()])
    except TooLarge as error:
        hint = "Split the document, or save its text alone."
        raise Unreadable(f"{source.path} {error}", hint) from error
    except Damaged as error:
        hint = "Open it in a word processor and save it anew, without a password."
        raise Unreadable(f"{source.path} {error}", hint) from error
    yield source.document(data, text, title=title or word.body_title, date=created, parts=parts)
    for reason in word.damage:
        yield Skipped(str(source.path), f"{reason}; the rest was read", problem=True)


class _Word:
    """A document of Word, read story by story. Its methods raise `Damaged` or `TooLarge`."""

    def __init__(self, archive: OfficeArchive) -> None:
        self.damage: list[str] = []
        """What is wrong with parts other than the body, as clauses."""
        self._archive = archive
        whole = self._links_of("")
        main = (link.target for link in whole if link.type == "officeDocument")
        self._main = next(main, USUAL_MAIN)
        if self._main not in archive:
            raise Damaged("is not a document of Word: it has no text")
        self._links = self._links_of(self._main)
        self._properties = next((p.target for p in whole if p.type == "core-properties"), None)
        self._styles = Styles(lambda: self._table("styles"))
        self._lists = ListNumbers(self._table("numbering"), self._styles)
        self.body_title = ""
        """The first paragraph of the body in the style of titles, or ""."""

    def _links_of(self, name: str) -> list[Relationship]:
        """Return the relationships of a part, "" for the whole document, to parts that it has."""
        links = self._tried(self._archive.relationships, name) or ()
        return list(dict.fromkeys(link for link in links if link.target in self._archive))

    def _table(self, type_: str) -> Any:
        """Return the root of the part of a type; None if there is none, or it is damaged."""
        return next((self._tried(self._archive.tree, name) for name in self._names(type_)), None)

    def _names(self, type_: str) -> list[str]:
        return [link.target for link in self._links if link.type == type_]

    def _tried(self, read: Callable[[str], T], name: str) -> T | None:
        """Return what is read of a part; None if it is damaged, which is noted."""
        try:
            return read(name)
        except TooLarge:
            raise
        except Damaged as error:
            self.damage.append(str(error))
            return None

    def body(self) -> list[Section]:
        """Return the sections of the body, and note its title."""
        story = Story(self._lists, self._styles)
        sections: list[Section] = self._archive.parse(self._main, story)
        if story.root != "document":
            raise Damaged("is not a document of Word: its main part holds something else")
        self.body_title = collapse_spaces(story.title)
        return sections

    def other_stories(self) -> list[Section]:
        """Return the sections of notes, comments, headers and footers, equal stories once."""
        names = [name for type_ in STORIES for name in self._names(type_)][:MAX_STORIES]
        stories: dict[tuple[Section, ...], None] = {}
        for name in names:
            stories[tuple(self._tried(self._story, name) or ())] = None
        return [section for story in stories for section in story]

    def _story(self, name: str) -> list[Section]:
        sections: list[Section] = self._archive.parse(name, Story(self._lists))
        return sections

    def properties(self) -> tuple[str, date | None]:
        """Return the title and the day of creation that the document states."""
        root = self._tried(self._archive.tree, self._properties) if self._properties else None
        if root is None:
            return "", None
        title, created = (root.findtext(f"{{*}}{name}") or "" for name in ("title", "created"))
        return collapse_spaces(title), parse_date(created)
