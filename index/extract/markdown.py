"""Markdown: the text stays as written; the title and date come from what it says on top."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.document import Document
from index.extract.file_source import FileSource, one_line, stated_date, text_of

# Front matter stands between two lines of `---` (YAML, `key: value`) or `+++`
# (TOML, `key = value`). Only single-line values are wanted, so no parser is.
FRONT = re.compile(r"(---|\+\+\+)[ \t]*\n(?P<body>(?:.*\n)*?)\1[ \t]*(?:\n|\Z)")
ENTRY = re.compile(r"""(?m)^(\w+)[ \t]*[:=][ \t]*(["']?)(.*?)\2[ \t]*$""")

FENCE = re.compile(r" {0,3}(```|~~~)")
HASHED = re.compile(r" {0,3}#{1,6}[ \t]+(.*?)[ \t]*#*[ \t]*$")
UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*$")


def read(source: FileSource) -> Iterator[Document]:
    """One document, its text the Markdown itself. Raises `Unreadable` when it is not text."""
    data = source.load()
    decoded = text_of(source, data)
    stated, body = front_matter(decoded.text)
    yield source.document(
        data,
        decoded.text,
        encoding=decoded.encoding,
        title=one_line(stated.get("title") or first_heading(body)),
        language=stated.get("lang") or stated.get("language") or None,
        date=stated_date(stated.get("date")),
    )


def front_matter(text: str) -> tuple[dict[str, str], str]:
    """The single-line entries of the front matter, keys in lower case, and the rest."""
    front = FRONT.match(text)
    if not front:
        return {}, text
    entries = {key.lower(): value for key, _, value in ENTRY.findall(front["body"])}
    return entries, text[front.end() :]


def first_heading(text: str) -> str:
    """The first heading outside code fences, without its marks; empty when there is none."""
    fenced, previous = False, ""
    for line in text.split("\n"):
        if FENCE.match(line):
            fenced = not fenced
        elif not fenced:
            if hashed := HASHED.match(line):
                return hashed[1].strip("*_")
            if previous.strip() and UNDERLINE.match(line):
                return previous.strip().strip("*_")
        previous = "" if fenced else line
    return ""
