"""What was typed to a tree of clauses (``query``). Never fails on what a person may type.

::

    bag     either either …          ranked, all optional; +must, -must not
    either  all OR all …
    all     signed AND signed …      AND binds closer than OR
    signed  +item  -item  NOT item   and these bind closest
    item    word  prefix*  fuzzy~2  "a phrase"  "a phrase"~5  ="as spelled"
            ( bag )  title: item  name: item  path: type: lang: date: value

Text that does not parse is taken as plain words, and a note says why; with
``strict`` it is a BadQuery that knows the place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from index.analysis.script import INVISIBLE
from index.errors import BadQuery
from search.parsing.ast import (
    Clause,
    Exact,
    Fuzzy,
    Name,
    ParsedGroup,
    ParsedQuery,
    Phrase,
    Prefix,
    Sort,
    Title,
    Word,
    is_filter,
)
from search.parsing.field_values import FILTERS, SORTS
from search.parsing.lexer import QUOTES, Lexer

_DEEPEST = 30
"""Brackets within brackets; more is a mistake or an attack."""
_MOST_APART = 2
"""Letters that a fuzzy word may differ in."""

_SLOP = re.compile(r"~(\d*)")
_FUZZY = re.compile(r"(.+)~(\d*)")
_FIELD = re.compile(f"({'|'.join(['title', 'name', 'sort', *FILTERS])}):", re.IGNORECASE)


def parse(text: str, *, plain: bool = False, strict: bool = False) -> ParsedQuery:
    """Understand a query. With ``plain`` it has no operators.

    Raises BadQuery only with ``strict``.
    """
    seen = _HIDDEN.sub("", text)
    if plain:
        return ParsedQuery(text, _plain_bag(seen))
    try:
        parser = _Parser(seen)
        root = parser.whole()
    except BadQuery as fault:
        if strict:
            raise
        return ParsedQuery(text, _plain_bag(seen), (f"{fault.message}: searched as plain words",))
    return ParsedQuery(text, root, tuple(dict.fromkeys(parser.notes)), parser.sort)


_HIDDEN = re.compile(f"[{INVISIBLE}]")
"""What a right-to-left keyboard or a copied text puts before a sign, unseen."""


def _plain_bag(text: str) -> ParsedGroup:
    return ParsedGroup(should=tuple(Word(w) for w in text.split() if w not in ("AND", "OR", "NOT")))


_Signed = tuple[str, Clause | None]
"""``+``, ``-`` or nothing, and what it stands before, if that says anything."""


class _Parser(Lexer):
    """A recursive descent; each method reads what its name says in the grammar above."""

    depth = 0
    sort: Sort | None = None

    def whole(self) -> ParsedGroup:
        bag = self.bag()
        if self.at < len(self.text):
            raise self.fault("a bracket is closed that was never opened")
        return bag

    def bag(self) -> ParsedGroup:
        groups: dict[str, list[Clause]] = {"": [], "+": [], "-": []}
        while self.skip_space() and self.peek() != ")":
            sign, clause = self.either()
            if clause is not None:
                groups[_default(sign, clause)].append(clause)
        return ParsedGroup(tuple(groups[""]), tuple(groups["+"]), tuple(groups["-"]))

    def either(self) -> _Signed:
        options = [self.all()]
        while self.operator("OR"):
            self.expect_item("OR")
            options.append(self.all())
        if len(options) == 1:
            return options[0]
        found = [
            ParsedGroup(must_not=(clause,)) if sign == "-" else clause
            for sign, clause in options
            if clause is not None
        ]
        return "", ParsedGroup(should=tuple(found)) if found else None

    def all(self) -> _Signed:
        parts = [self.signed()]
        while self.operator("AND"):
            self.expect_item("AND")
            parts.append(self.signed())
        if len(parts) == 1:
            return parts[0]
        must = tuple(clause for sign, clause in parts if clause is not None and sign != "-")
        must_not = tuple(clause for sign, clause in parts if clause is not None and sign == "-")
        return "", ParsedGroup(must=must, must_not=must_not) if must or must_not else None

    def signed(self) -> _Signed:
        start, sign = self.at, self.sign()
        if sign and (not self.skip_space() or self.peek() == ")"):
            raise self.fault("nothing stands behind the operator", start)
        return sign, self.item()

    def expect_item(self, operator: str) -> None:
        if not self.skip_space() or self.peek() == ")" or self.peek_operator() in ("AND", "OR"):
            raise self.fault(f"nothing stands behind {operator}")

    def item(self) -> Clause | None:
        if self.peek_operator():
            raise self.fault(f"{self.peek_operator()} stands where a word should")
        if self.peek() == "(":
            return self.group()
        if self.peek() == "=" and self.peek(1) in QUOTES:
            self.at += 1
            return Exact(self.quoted())
        if self.peek() in QUOTES:
            return self.phrase()
        field = _FIELD.match(self.text, self.at)
        return self.in_field(field[1].lower()) if field else self.plain_item()

    @contextmanager
    def deeper(self) -> Iterator[None]:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise self.fault(f"more than {_DEEPEST} brackets stand within each other")
        yield
        self.depth -= 1

    def group(self) -> Clause | None:
        start = self.at
        self.at += 1
        with self.deeper():
            bag = self.bag()
        if self.at >= len(self.text):
            raise self.fault("a bracket is never closed", start)
        self.at += 1
        return bag if bag != ParsedGroup() else None

    def phrase(self) -> Clause | None:
        text = self.quoted()
        slop = _SLOP.match(self.text, self.at)
        if slop:
            self.at = slop.end()
        return Phrase(text, _number(slop[1]) if slop else 0) if text.strip() else None

    def plain_item(self) -> Clause | None:
        text = self.word()
        if len(text) > 1 and text.endswith("*"):
            return Prefix(text.rstrip("*"))
        fuzzy = _FUZZY.fullmatch(text)
        if fuzzy:
            return Fuzzy(fuzzy[1], min(_MOST_APART, _number(fuzzy[2])))
        return Word(text) if text else None

    # -- what stands behind a colon ------------------------------------------------

    def in_field(self, name: str) -> Clause | None:
        start = self.at
        self.at += len(name) + 1
        if not self.peek().strip():
            raise self.fault(f"nothing stands behind {name}:", start)
        if name in FILTERS:
            return self.filter(name)
        if name == "sort":
            self.sorted_by()
            return None
        with self.deeper():
            clause = self.item()
        if clause is None or is_filter(clause):
            return clause
        return Title(clause) if name == "title" else Name(clause)

    def sorted_by(self) -> None:
        """``sort:date``: no clause, but said in the query."""
        start = self.at
        value = self.run().lower()
        if value not in SORTS:
            raise self.fault(f"sort: takes {', '.join(SORTS)}, not {value!r}", start)
        self.sort = SORTS[value]

    def filter(self, name: str) -> Clause:
        start = self.at
        value = self.quoted() if self.peek() in QUOTES else self.run()
        if not value.strip(" ,،"):
            raise self.fault(f"nothing stands behind {name}:", start)
        try:
            return FILTERS[name](value)
        except ValueError as error:
            raise self.fault(str(error), start) from error


def _default(sign: str, clause: Clause) -> str:
    """A filter without a sign is required: it says where to look, not what for."""
    return "+" if not sign and is_filter(clause) else sign


def _number(digits: str) -> int:
    """What stands behind ``~``: 1 if nothing does. Nobody means more than 9,999."""
    return int(digits[:4]) if digits else 1
