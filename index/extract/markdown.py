"""Read Markdown: fields from the front matter, text without marks behind it."""

from __future__ import annotations

from collections.abc import Iterator

from index.dates import read_date
from index.document import Document
from index.extract.file_source import FileSource, decode_text
from index.extract.front_matter import FrontMatter, read_front_matter
from index.extract.markdown_text import first_heading, plain_text
from index.extract.metadata import collapse_spaces, primary_language

_MAX_TAGS = 100
_TITLE = ("title", "العنوان", "عنوان")
_DATE = ("date", "published", "publishdate", "publisheddate", "datepublished", "pubdate")
_OTHER_DATE = ("created", "createdat", "datecreated", "التاريخ", "تاريخ")
_LANGUAGE = ("lang", "language", "locale", "اللغة", "لغة")
_AUTHOR = ("author", "authors", "creator", "byline", "الكاتب", "المؤلف")
_TAGS = ("tags", "tag", "keywords", "categories", "category", "topics", "الوسوم", "وسوم")


def read(source: FileSource) -> Iterator[Document]:
    """Yield one document. Raises `Unreadable` if the file is not text."""
    data = source.load()
    decoded = decode_text(source, data)
    stated = read_front_matter(decoded.text)
    body, utf8 = decoded.text[stated.end :], decoded.utf8
    if utf8 is not None and stated.end:
        utf8 = utf8[len(decoded.text[: stated.end].encode()) :]
    yield source.document(
        data,
        plain_text(body, utf8),
        encoding=decoded.encoding,
        title=collapse_spaces(stated.first(*_TITLE) or first_heading(body)),
        language=primary_language(stated.first(*_LANGUAGE)),
        date=read_date(stated.first(*_DATE, *_OTHER_DATE)),
        author=collapse_spaces(", ".join(stated.values(*_AUTHOR))),
        tags=_tags(stated),
        first_line=decoded.text.count("\n", 0, stated.end) + 1,
    )


def _tags(stated: FrontMatter) -> tuple[str, ...]:
    """Return the tags, each once; several of one value are separated by commas."""
    parts = ",".join(stated.values(*_TAGS)).replace("،", ",").split(",")
    tags = dict.fromkeys([collapse_spaces(part.strip().lstrip("#")) for part in parts])
    return tuple(filter(None, tags))[:_MAX_TAGS]
