"""Read Markdown: the text is unchanged; title and date come from front matter or heading."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.document import Document
from index.extract.file_source import FileSource, decode_text
from index.extract.metadata import collapse_spaces, parse_date

# Front matter is enclosed by two lines of `---` (YAML, `key: value`) or `+++` (TOML,
# `key = value`). Only values of one line are read, so no parser is needed.
FRONT_MATTER = re.compile(r"(---|\+\+\+)[ \t]*\n(?P<body>(?:.*\n)*?)\1[ \t]*(?:\n|\Z)")
ENTRY = re.compile(r"""(?m)^(\w+)[ \t]*[:=][ \t]*(["']?)(.*?)\2[ \t]*$""")

FENCE = re.compile(r" {0,3}(```|~~~)")
ATX_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(.*?)[ \t]*#*[ \t]*$")
SETEXT_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*$")


def read(source: FileSource) -> Iterator[Document]:
    """Yield one document with the Markdown as its text. Raises `Unreadable` if it is not text."""
    data = source.load()
    decoded = decode_text(source, data)
    stated, body = front_matter(decoded.text)
    yield source.document(
        data,
        decoded.text,
        encoding=decoded.encoding,
        title=collapse_spaces(stated.get("title") or first_heading(body)),
        language=stated.get("lang") or stated.get("language") or None,
        date=parse_date(stated.get("date")),
    )


def front_matter(text: str) -> tuple[dict[str, str], str]:
    """Return the single-line entries of the front matter, keys in lowercase, and the rest."""
    front = FRONT_MATTER.match(text)
    if not front:
        return {}, text
    entries = {key.lower(): value for key, _, value in ENTRY.findall(front["body"])}
    return entries, text[front.end() :]


def first_heading(text: str) -> str:
    """Return the first heading outside code fences, without its marks; "" if there is none."""
    fenced, previous = False, ""
    for line in text.split("\n"):
        if FENCE.match(line):
            fenced = not fenced
        elif not fenced:
            if heading := ATX_HEADING.match(line):
                return heading[1].strip("*_")
            if previous.strip() and SETEXT_UNDERLINE.match(line):
                return previous.strip().strip("*_")
        previous = "" if fenced else line
    return ""
