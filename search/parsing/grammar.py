"""The query language: a recursive-descent parser with one method for each rule.

::

    query        disjunction disjunction …    ranked, all optional; +must, -must not
    disjunction  conjunction OR conjunction …
    conjunction  signed AND signed …          AND binds tighter than OR
    signed       +item  -item  NOT item       signs bind tightest
    item         word  prefix*  p?tt*rn  fuzzy~2  "a phrase"  "a phrase"~5  ="as spelled"
                 ( query )  title: item  name: item  sort: value
                 path: type: lang: date: modified: value,value  any of the values
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

from index.analysis.lazy_pattern import lazy_pattern
from search.parsing.ast import (
    Clause,
    Exact,
    Name,
    ParsedGroup,
    Phrase,
    Sort,
    Title,
    Word,
    is_filter,
)
from search.parsing.field_values import FIELD, FILTERS, SORTS
from search.parsing.lexer import Lexer
from search.parsing.text_signs import QUOTES
from search.parsing.value_lists import split_values, unquoted
from search.parsing.word_clauses import is_single_word, trailing_number, word_clause

_MAX_DEPTH = 30
"""Levels of nested brackets and fields; more is a mistake or an attack."""

_SLOP = lazy_pattern(r"~(\d*)")

_Signed = tuple[str, Clause | None]
"""``+``, ``-`` or ``""``, and the clause; None if that is empty."""


@dataclass(frozen=True, slots=True)
class Part:
    """A clause that is in no brackets, and where it stands in the text."""

    start: int
    end: int
    sign: str
    clause: Clause | None


class QueryGrammar(Lexer):
    """Parses one text; every method raises BadQuery."""

    depth = 0
    sort: Sort | None = None
    """The order that ``sort:`` asked for, or None."""
    parts: list[Part]
    """The clauses that were read and that are in no brackets."""

    @cached_property
    def _is_single_word(self) -> bool:
        return is_single_word(self.text)

    def query(self) -> ParsedGroup:
        """Parse the whole text."""
        self.parts = []
        group = self._clauses()
        if self.offset < len(self.text):
            raise self.error("a bracket is closed that was never opened")
        return group

    def _clauses(self) -> ParsedGroup:
        by_sign: dict[str, list[Clause]] = {"": [], "+": [], "-": []}
        while self.skip_space() and self.peek_bracket() != ")":
            start = self.offset
            sign, clause = self._disjunction()
            if not self.depth:
                end = start + len(self.text[start : self.offset].rstrip())
                self.parts.append(Part(start, end, sign, clause))
            if clause is not None:
                by_sign[_default_sign(sign, clause)].append(clause)
        return ParsedGroup(tuple(by_sign[""]), tuple(by_sign["+"]), tuple(by_sign["-"]))

    def _disjunction(self) -> _Signed:
        options = [self._conjunction()]
        while self.accept_operator("OR"):
            self._expect_item("OR")
            options.append(self._conjunction())
        if len(options) == 1:
            return options[0]
        clauses = [
            ParsedGroup(must_not=(clause,)) if sign == "-" else clause
            for sign, clause in options
            if clause is not None
        ]
        return "", ParsedGroup(should=tuple(clauses)) if clauses else None

    def _conjunction(self) -> _Signed:
        parts = [self._signed()]
        while self.accept_operator("AND"):
            self._expect_item("AND")
            parts.append(self._signed())
        if len(parts) == 1:
            return parts[0]
        must = tuple(clause for sign, clause in parts if clause is not None and sign != "-")
        must_not = tuple(clause for sign, clause in parts if clause is not None and sign == "-")
        return "", ParsedGroup(must=must, must_not=must_not) if must or must_not else None

    def _signed(self) -> _Signed:
        start, sign = self.offset, self.read_sign()
        if sign and (not self.skip_space() or self.peek_bracket() == ")"):
            raise self.error("nothing follows the operator", start)
        return sign, self._item()

    def _expect_item(self, operator: str) -> None:
        if (
            not self.skip_space()
            or self.peek_bracket() == ")"
            or self.peek_operator() in ("AND", "OR")
        ):
            raise self.error(f"nothing follows {operator}")

    def _item(self) -> Clause | None:
        if self.peek_operator():
            raise self.error(f"{self.peek_operator()} stands where a word should")
        if number := self.peek_number():
            self.offset += len(number)
            return Word(number)
        if self.peek_bracket() == "(":
            return self._group()
        if self.peek() == "=" and self.peek(1) in QUOTES:
            self.offset += 1
            return Exact(self.read_quotation())
        if self.peek() in QUOTES and self.offset not in self.text_signs:
            return self._phrase()
        field = FIELD.match(self.text, self.offset)
        return self._in_field(field[1].lower()) if field else self._word()

    def _group(self) -> Clause | None:
        start = self.offset
        self.offset += 1
        with self._nested():
            group = self._clauses()
        if self.offset >= len(self.text):
            raise self.error("a bracket is never closed", start)
        self.offset += 1
        return group if group != ParsedGroup() else None

    @contextmanager
    def _nested(self) -> Iterator[None]:
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            raise self.error(f"brackets are nested more than {_MAX_DEPTH} deep")
        yield
        self.depth -= 1

    def _phrase(self) -> Clause | None:
        text = self.read_quotation()
        slop = _SLOP.match(self.text, self.offset)
        if slop:
            self.offset = slop.end()
        return Phrase(text, trailing_number(slop[1]) if slop else 0) if text.strip() else None

    def _word(self) -> Clause | None:
        value = self.read_value()
        return word_clause(value, alone=not value.isalnum() and self._is_single_word)

    # -- fields --------------------------------------------------------------------

    def _in_field(self, name: str) -> Clause | None:
        start = self.offset
        self.offset += len(name) + 1
        if not self.peek().strip():
            raise self.error(f"nothing follows {name}:", start)
        if name in FILTERS:
            return self._filter(name)
        if name == "sort":
            self._sort()
            return None
        with self._nested():
            clause = self._item()
        if clause is None or is_filter(clause):
            return clause
        return Title(clause) if name == "title" else Name(clause)

    def _filter(self, name: str) -> Clause:
        start = self.offset
        values = [unquoted(value) for value in split_values(name, self.read_values())]
        if not any(value.strip(" ,،") for value in values):
            raise self.error(f"nothing follows {name}:", start)
        try:
            filters = tuple(FILTERS[name](value) for value in values)
        except ValueError as error:
            raise self.error(str(error), start) from error
        return filters[0] if len(filters) == 1 else ParsedGroup(should=filters)

    def _sort(self) -> None:
        start = self.offset
        value = self.read_value().lower()
        if value not in SORTS:
            raise self.error(f"sort: takes {', '.join(SORTS)}, not {value!r}", start)
        self.sort = SORTS[value]


def _default_sign(sign: str, clause: Clause) -> str:
    """Make a filter without a sign required: filters restrict, they do not score."""
    return "+" if not sign and is_filter(clause) else sign
