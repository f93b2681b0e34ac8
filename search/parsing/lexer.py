"""Read the text of a query from left to right: words, quotations, signs and operators."""

from __future__ import annotations

from dataclasses import dataclass, field

from index.analysis.lazy_pattern import lazy_pattern
from index.analysis.number_groups import spaced_number
from index.errors import BadQuery
from search.parsing.text_signs import QUOTES, text_signs

_BREAK = lazy_pattern(r'[\s()"“”«»„‟]')
_COMMAS = ",،"
_OPERATOR = lazy_pattern(r'(AND|OR|NOT)(?=[\s()"“«„]|$)')


@dataclass
class Lexer:
    """The text of a query, and the offset of the next character to read."""

    text: str
    offset: int = 0
    text_signs: frozenset[int] = field(init=False)
    """Offsets of brackets and signs that are text."""

    def __post_init__(self) -> None:
        self.text_signs = text_signs(self.text)

    def error(self, message: str, offset: int | None = None) -> BadQuery:
        """Make an error for the text at an offset, by default the current one."""
        at = self.offset if offset is None else offset
        return BadQuery(
            f"{message} (at character {at + 1})",
            "put it in quotation marks to search it as text, or use --plain",
            at,
        )

    def skip_space(self) -> bool:
        """Move to the next character that is not white space. False at the end of the text."""
        while self.offset < len(self.text) and self.text[self.offset].isspace():
            self.offset += 1
        return self.offset < len(self.text)

    def peek(self, ahead: int = 0) -> str:
        """Return the character ``ahead`` of the offset, or ``""`` behind the end of the text."""
        return self.text[self.offset + ahead : self.offset + ahead + 1]

    def peek_bracket(self) -> str:
        """Return the round bracket that comes next, or ``""`` for another character or text."""
        return self.peek() if self.offset not in self.text_signs and self.peek() in "()" else ""

    def peek_operator(self) -> str:
        """Return AND, OR or NOT if it comes next, or ``""``."""
        match = _OPERATOR.match(self.text, self.offset)
        return match[1] if match else ""

    def accept_operator(self, name: str) -> bool:
        """Skip white space, then read an operator if it comes next. False if it does not."""
        self.skip_space()
        if self.peek_operator() != name:
            return False
        self.offset += len(name)
        return True

    def peek_number(self) -> str:
        """Return the number with spaces or brackets that comes next, or ``""``."""
        return spaced_number(self.text, self.offset)

    def read_sign(self) -> str:
        """Read ``+``, ``-`` or NOT, which is returned as ``-``, or ``""`` if there is none."""
        if self.accept_operator("NOT"):
            return "-"
        sign = self.peek()
        if self.offset in self.text_signs or self.peek_number():
            return ""
        if sign and sign in "+-" and self.peek(1).strip():
            self.offset += 1
            return sign
        return ""

    def read_quotation(self) -> str:
        """Read a quotation and return the text between its marks. Raises BadQuery."""
        start = self.offset
        closing = {QUOTES[self.text[start]], '"'}
        ends = [end for mark in closing if (end := self.text.find(mark, start + 1)) > 0]
        if not ends:
            raise self.error("a quotation mark is never closed", start)
        self.offset = min(ends) + 1
        return self.text[start + 1 : min(ends)]

    def read_value(self) -> str:
        """Read up to white space, a bracket or a quotation mark, at least one character."""
        match = _BREAK.search(self.text, self.offset)
        while match and match.start() in self.text_signs:
            match = _BREAK.search(self.text, match.end())
        end = match.start() if match else len(self.text)
        value = self.text[self.offset : end]
        self.offset = max(end, self.offset + 1)
        return value

    def read_values(self) -> str:
        """Read values between commas, of which some may be in quotation marks. Raises BadQuery."""
        start = self.offset
        while True:
            quoted = self.peek() in QUOTES
            if quoted:
                self.read_quotation()
            else:
                self.read_value()
            follows = self.peek() or " "
            before = self.text[self.offset - 1]
            if not (follows in _COMMAS if quoted else before in _COMMAS and follows in QUOTES):
                return self.text[start : self.offset]
