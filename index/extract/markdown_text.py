"""The text of Markdown without the marks of headings, tables and emphasis.

The marks are those of CommonMark and of GitHub's tables. Code keeps its characters, links keep
their addresses, and every line stays a line, so that line numbers are those of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.extract.emphasis import without_emphasis

FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
ATX_HEADING = re.compile(r" {0,3}#{1,6}(?![^ \t])[ \t]*(?P<text>.*?)(?:(?:^|[ \t]+)#+)?[ \t]*$")
UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*$")
_RULE = re.compile(r" {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}$")
_DELIMITER_ROW = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_SPECIAL = re.compile(r"\n {0,3}(?:#{1,6}(?=[ \t\n]|\Z)|```|~~~|[-*_=|:][-*_=|: \t]*+(?=\n|\Z))")
"""The start of a heading or of code, or a line of signs alone: a rule, an underline of a heading,
or the second line of a table."""
_CELL_END = re.compile(r"(?<!\\)\|")


def plain_text(text: str) -> str:
    """Return the text of Markdown without its marks, with as many lines."""
    return "".join(_Reader("\n" + text).pieces())[1:]


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
            line = self._line(start)
            if fence := FENCE.match(line):
                yield from self._code(start, fence[1])
            elif heading := ATX_HEADING.match(line):
                yield self._until(start)
                yield without_emphasis(heading["text"])
                self.at = start + len(line)
            else:
                yield from self._signs(start, line)
            start = max(start, self.at)
        yield self._until(len(self.text))

    def _line(self, start: int) -> str:
        """Return the line that starts at an offset."""
        end = self.text.find("\n", start)
        return self.text[start : end if end >= 0 else len(self.text)]

    def _until(self, end: int) -> str:
        """Return what was not read yet, as paragraphs."""
        start, self.at = self.at, max(self.at, end)
        return without_emphasis(self.text[start:end])

    def _code(self, start: int, fence: str) -> Iterator[str]:
        """Yield a block of code without its fences."""
        yield self._until(start)
        inside = start + len(self._line(start))
        closing = re.compile(rf"\n {{0,3}}{fence[0]}{{{len(fence)},}}[ \t]*(?=\n|\Z)")
        end = closing.search(self.text, inside)
        yield self.text[inside : end.start() if end else len(self.text)]
        yield "\n" if end else ""
        self.at = end.end() if end else len(self.text)

    def _signs(self, start: int, line: str) -> Iterator[str]:
        """Yield what a line of signs alone belongs to: a table or a heading; drop a rule."""
        above_start = self.text.rfind("\n", 0, start - 1) + 1
        above = self.text[above_start : start - 1]
        is_text = above_start >= self.at and bool(above.strip())
        if is_text and _is_delimiter_row(line, above):
            yield self._until(above_start)
            yield _cells(above) + "\n"
            self.at = start + len(line)
            yield from self._rows()
        elif _RULE.match(line) or (is_text and UNDERLINE.match(line)):
            yield self._until(start)
            self.at = start + len(line)

    def _rows(self) -> Iterator[str]:
        """Yield the rows of a table."""
        while self.at < len(self.text):
            row = self._line(self.at + 1)
            if "|" not in row:
                return
            yield "\n" + _cells(row)
            self.at += 1 + len(row)


def _is_delimiter_row(line: str, heading: str) -> bool:
    """Whether a line separates the heading of a table from its rows: it has as many cells."""
    return (
        "|" in line
        and _DELIMITER_ROW.match(line) is not None
        and len(_split(line)) == len(_split(heading))
    )


def _split(row: str) -> list[str]:
    row = row.strip().removeprefix("|")
    return _CELL_END.split(row.removesuffix("|") if not row.endswith("\\|") else row)


def _cells(row: str) -> str:
    """Return the cells of a row, separated by tabs."""
    cells = (cell.strip().replace("\\|", "|") for cell in _split(row))
    return without_emphasis("\t".join(cells))
