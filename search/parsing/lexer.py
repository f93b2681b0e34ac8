"""The text of a query read piece by piece: what is a word, a quotation, an operator."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from index.errors import BadQuery

QUOTES = {'"': '"', "“": "”", "«": "»", "„": "“", "‟": "”", "”": "”"}
"""What opens a quotation → what closes it; a straight mark closes any."""

_BREAK = re.compile(r'[\s()"“”«»„‟]')
_OPERATOR = re.compile(r'(AND|OR|NOT)(?=[\s()"“«„]|$)')
_PUNCTUATION = ",;?!،؛؟"


@dataclass
class Lexer:
    """A text, and ``at``, where the reading stands."""

    text: str
    at: int = 0
    notes: list[str] = field(default_factory=list)
    """What was read otherwise than it was typed."""

    def fault(self, message: str, at: int | None = None) -> BadQuery:
        """What is wrong with the text, and where."""
        position = self.at if at is None else at
        return BadQuery(
            f"{message} (at character {position + 1})",
            "put it in quotation marks to search it as text, or use --plain",
            position,
        )

    def skip_space(self) -> bool:
        """Go on to the next character that is no space; whether there is one."""
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1
        return self.at < len(self.text)

    def peek(self, ahead: int = 0) -> str:
        """The character so far ahead, or nothing where the text has ended."""
        return self.text[self.at + ahead : self.at + ahead + 1]

    def peek_operator(self) -> str:
        """AND, OR or NOT, if it stands here."""
        match = _OPERATOR.match(self.text, self.at)
        return match[1] if match else ""

    def operator(self, name: str) -> bool:
        """Go past an operator, if it comes next."""
        self.skip_space()
        if self.peek_operator() != name:
            return False
        self.at += len(name)
        return True

    def sign(self) -> str:
        """Go past ``+``, ``-`` or NOT, if it stands here; NOT is ``-``."""
        if self.operator("NOT"):
            return "-"
        sign = self.peek()
        if sign and sign in "+-" and self.peek(1).strip():
            self.at += 1
            return sign
        return ""

    def quoted(self) -> str:
        """What stands between quotation marks, the first of which stands here."""
        start = self.at
        closing = {QUOTES[self.text[start]], '"'}
        ends = [end for mark in closing if (end := self.text.find(mark, start + 1)) > 0]
        if not ends:
            raise self.fault("a quotation mark is never closed", start)
        self.at = min(ends) + 1
        return self.text[start + 1 : min(ends)]

    def run(self) -> str:
        """The characters up to a space, a bracket or a quotation mark; one at least is passed."""
        match = _BREAK.search(self.text, self.at)
        end = match.start() if match else len(self.text)
        text = self.text[self.at : end]
        self.at = max(end, self.at + 1)
        return text

    def word(self) -> str:
        """The same without the punctuation at its end."""
        return self.run().rstrip(_PUNCTUATION)
