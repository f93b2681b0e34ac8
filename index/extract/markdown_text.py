"""The text of Markdown without the marks of headings, tables and emphasis.

The marks are those of CommonMark and of GitHub's tables. Code keeps its characters, links keep
their addresses, and every line stays a line, so that line numbers are those of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from index.extract.compiled_markdown import compiled_text
from index.extract.emphasis import without_emphasis

_SPECIAL = re.compile(
    r"\n(?=[ #`~*_=|:-]) {0,3}(?:#{1,6}(?![^ \t\n])(?P<heading>.*)"
    r"|(?P<fence>`{3,}+|~{3,}+).*"
    r"|(?P<signs>[-*_=|:][-*_=|: \t]*+)(?![^\n]))"
)
"""A heading, the start of code, or a line of signs alone: a rule, an underline of a heading, or the
second line of a table. A pattern that begins with one letter is searched fastest."""
_FIRST = re.compile(r"\n {0,3}(?:#{1,6}(?![^ \t\n])|```|~~~|=|-)")
"""The start of what may be a heading, its underline, or a fence of code."""
_DELIMITER_ROW = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_CELL_END = re.compile(r"\|(?<!\\\|)")


def plain_text(text: str, utf8: bytes | None = None) -> str:
    """Return the text of Markdown without its marks, with as many lines.

    ``utf8`` are the bytes of the text if they are known.
    """
    found = compiled_text(text, utf8)
    return text_by_patterns(text) if found is None else found


def text_by_patterns(text: str) -> str:
    """Return the same without the kernel, which is tested against this."""
    return "".join(_Reader("\n" + text).pieces())[1:]


def first_heading(text: str) -> str:
    """Return the first heading outside code fences, without its marks; "" if there is none."""
    text, fenced = "\n" + text, False
    for match in _FIRST.finditer(text):
        start = match.start() + 1
        line = text[start : _line_end(text, start)].rstrip()
        if match[0][-1] in "`~":
            fenced = not fenced
        elif fenced:
            continue
        elif match[0][-1] == "#":
            if heading := _heading(line.lstrip(" ").lstrip("#")):
                return without_emphasis(heading)
        elif _is_underline(line):
            above = text[text.rfind("\n", 0, start - 1) + 1 : start - 1].strip()
            if above:
                return without_emphasis(above)
    return ""


@dataclass(slots=True)
class _Reader:
    """Reads a text, which begins with a line end, from one special line to the next."""

    text: str
    at: int = 0
    """The end of what was read."""

    def pieces(self) -> Iterator[str]:
        """Yield the text without marks, each line with the line end before it."""
        start = 0
        while match := _SPECIAL.search(self.text, start):
            start = match.start() + 1
            if (heading := match["heading"]) is not None:
                yield self._until(start)
                yield without_emphasis(_heading(heading))
                self.at = match.end()
            elif fence := match["fence"]:
                yield self._until(start)
                yield from self._code(match.end(), fence)
            else:
                yield from self._signs(start, match["signs"], match.end())
            start = max(start, self.at)
        yield self._until(len(self.text))

    def _until(self, end: int) -> str:
        """Return what was not read yet, as paragraphs."""
        start, self.at = self.at, end
        return without_emphasis(self.text[start:end])

    def _code(self, start: int, fence: str) -> Iterator[str]:
        """Yield a block of code without its fences, the first of which ends at ``start``."""
        if end := _closing(fence[0], len(fence)).search(self.text, start):
            yield self.text[start : end.start()]
            yield "\n"
            self.at = end.end()
        else:
            yield self.text[start:]
            self.at = len(self.text)

    def _signs(self, start: int, signs: str, end: int) -> Iterator[str]:
        """Yield what a line of signs alone belongs to: a table or a heading; drop a rule."""
        above_start = self.text.rfind("\n", 0, start - 1) + 1
        above = self.text[above_start : start - 1] if above_start >= self.at else ""
        if "|" in signs:
            if above.strip() and _is_delimiter_row(signs, above):
                yield self._until(above_start)
                yield _cells(above) + "\n"
                self.at = end
                yield from self._rows()
        elif _is_rule(signs) or (above.strip() and _is_underline(signs)):
            yield self._until(start)
            self.at = end

    def _rows(self) -> Iterator[str]:
        """Yield the rows of a table."""
        while self.at < len(self.text):
            end = _line_end(self.text, self.at + 1)
            row = self.text[self.at + 1 : end]
            if "|" not in row:
                return
            yield "\n" + _cells(row)
            self.at = end


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return end if end >= 0 else len(text)


def _heading(line: str) -> str:
    """Return the text of a heading without the signs at its end; those before it are gone."""
    text = line.strip(" \t")
    if text.endswith("#"):
        before = text.rstrip("#")
        return before.rstrip(" \t") if before.endswith((" ", "\t")) else text
    return text


@cache
def _closing(sign: str, count: int) -> re.Pattern[str]:
    """Return the pattern of the line that ends a block of code."""
    return re.compile(rf"\n {{0,3}}{sign}{{{count},}}[ \t]*(?=\n|\Z)")


def _is_rule(signs: str) -> bool:
    """Whether a line is three equal signs or more, with any spaces between."""
    row = signs.replace(" ", "").replace("\t", "")
    return len(row) >= 3 and row[0] in "-*_" and not row.strip(row[0])


def _is_underline(signs: str) -> bool:
    """Whether a line underlines a heading: equal signs without spaces between."""
    row = signs.strip(" \t")
    return row[:1] in ("=", "-") and not row.strip(row[0])


def _is_delimiter_row(signs: str, heading: str) -> bool:
    """Whether a line separates the heading of a table from its rows: it has as many cells."""
    is_one = _DELIMITER_ROW.match(signs) is not None
    return is_one and len(_split(signs)) == len(_split(heading))


def _split(row: str) -> list[str]:
    row = row.strip().removeprefix("|")
    if "\\|" not in row:
        return row.removesuffix("|").split("|")
    return _CELL_END.split(row.removesuffix("|") if not row.endswith("\\|") else row)


def _cells(row: str) -> str:
    """Return the cells of a row, separated by tabs."""
    cells = "\t".join([cell.strip() for cell in _split(row)])
    return without_emphasis(cells.replace("\\|", "|"))
