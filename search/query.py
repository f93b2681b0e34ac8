"""What was typed to a tree of clauses. Never fails on what a person may type.

::

    bag     clause clause …          ranked, all optional; +must, -must not
    clause  item AND item OR item    AND binds closer than OR
    item    word  prefix*  fuzzy~2  "a phrase"  "a phrase"~5  ="as spelled"
            ( bag )  title: item  path: type: lang: date: value

Text that does not parse is taken as plain words, and a note says why; with
``strict`` it is a BadQuery that knows the place.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from index.analysis.normalizer import folded
from index.errors import BadQuery

MOST_WORDS = 1_000
"""Words of one query that are searched; the rest is noted and left."""
_DEEPEST = 30
"""Brackets within brackets; more is a mistake or an attack."""


@dataclass(frozen=True, slots=True)
class Word:
    """Words that stand together without a space; each is matched on its own."""

    text: str


@dataclass(frozen=True, slots=True)
class Exact:
    """A word or phrase matched as spelled."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in a row, or with a slop, within so many words of each other."""

    text: str
    slop: int = 0


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words that begin so."""

    text: str


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Words a few letters apart."""

    text: str
    distance: int = 1


@dataclass(frozen=True, slots=True)
class Title:
    """A clause that must be met by the title."""

    clause: Clause


@dataclass(frozen=True, slots=True)
class PathFilter:
    """Documents whose path fits a glob."""

    glob: str


@dataclass(frozen=True, slots=True)
class TypeFilter:
    """Documents of one of these formats."""

    types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LanguageFilter:
    """Documents of which at least a fifth is in the language."""

    language: str


@dataclass(frozen=True, slots=True)
class DateFilter:
    """Documents dated from the one day to the other, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Bag:
    """Clauses together: all of ``must``, none of ``must_not``, ``should`` for the rank.

    Without ``must``, one of ``should`` has to match.
    """

    should: tuple[Clause, ...] = ()
    must: tuple[Clause, ...] = ()
    must_not: tuple[Clause, ...] = ()


Filter = PathFilter | TypeFilter | LanguageFilter | DateFilter
Leaf = Word | Exact | Phrase | Prefix | Fuzzy
Clause = Leaf | Title | Filter | Bag


@dataclass(frozen=True, slots=True)
class Query:
    """A query understood: its tree, and what was not understood of it."""

    text: str
    root: Bag
    notes: tuple[str, ...] = ()


_QUOTES = {'"': '"', "“": "”", "«": "»", "„": "“", "‟": "”", "”": "”"}
_CLOSING = '"”»“'
_BREAK = re.compile(r'[\s()"“”«»„‟،؛؟]')
_SLOP = re.compile(r"~(\d*)")
_LANGUAGES = {
    "ar": "ar", "arabic": "ar", "عربي": "ar", "العربية": "ar",
    "en": "en", "english": "en", "انجليزي": "en", "الإنجليزية": "en",
}  # fmt: skip


def parse(text: str, *, plain: bool = False, strict: bool = False) -> Query:
    """Understand a query. With ``plain`` it has no operators.

    Raises BadQuery only with ``strict``.
    """
    if plain:
        return _limited(Query(text, _plain_bag(text)))
    try:
        parser = _Parser(text)
        root = parser.whole()
    except BadQuery as fault:
        if strict:
            raise
        note = f"{fault.message}: searched as plain words"
        return _limited(Query(text, _plain_bag(text), (note,)))
    return _limited(Query(text, root, tuple(parser.notes)))


def _plain_bag(text: str) -> Bag:
    return Bag(should=tuple(Word(w) for w in text.split() if w not in ("AND", "OR", "NOT")))


def _limited(query: Query) -> Query:
    if len(query.root.should) <= MOST_WORDS:
        return query
    note = f"the query has {len(query.root.should):,} words: the first {MOST_WORDS:,} are searched"
    root = replace(query.root, should=query.root.should[:MOST_WORDS])
    return replace(query, root=root, notes=(*query.notes, note))


@dataclass
class _Parser:
    """A recursive descent over the text; ``at`` is where it stands."""

    text: str
    at: int = 0
    depth: int = 0
    notes: list[str] = field(default_factory=list)

    def whole(self) -> Bag:
        bag = self.bag()
        if self.at < len(self.text):
            raise self.fault("a bracket is closed that was never opened")
        return bag

    def fault(self, message: str, at: int | None = None) -> BadQuery:
        position = self.at if at is None else at
        return BadQuery(
            f"{message} (at character {position + 1})",
            "put it in quotation marks to search it as text, or use --plain",
            position,
        )

    def bag(self) -> Bag:
        should: list[Clause] = []
        must: list[Clause] = []
        must_not: list[Clause] = []
        while self.skip_space():
            if self.text[self.at] == ")":
                break
            sign, clause = self.signed(self.either)
            if clause is None:
                continue
            {"": should, "+": must, "-": must_not}[_default(sign, clause)].append(clause)
        return Bag(tuple(should), tuple(must), tuple(must_not))

    def signed(self, inner: Callable[[], Clause | None]) -> tuple[str, Clause | None]:
        """An optional + or - or NOT, and what it stands before."""
        start = self.at
        if self.operator("NOT"):
            sign = "-"
        elif self.text[self.at] in "+-" and self._stands_before_item():
            sign = self.text[self.at]
            self.at += 1
        else:
            return "", inner()
        if not self.skip_space() or self.text[self.at] == ")":
            raise self.fault("nothing stands behind the operator", start)
        return sign, inner()

    def _stands_before_item(self) -> bool:
        following = self.text[self.at + 1 : self.at + 2]
        return bool(following) and not following.isspace()

    def either(self) -> Clause | None:
        """``a AND b OR c``"""
        options = [self.all()]
        while self.operator("OR"):
            self.expect_item("OR")
            options.append(self.all())
        found = [option for option in options if option is not None]
        return found[0] if len(found) == 1 else Bag(should=tuple(found)) if found else None

    def all(self) -> Clause | None:
        """``a AND NOT b``"""
        first = self.item()
        must: list[Clause] = [] if first is None else [first]
        must_not: list[Clause] = []
        while self.operator("AND"):
            self.expect_item("AND")
            sign, clause = self.signed(self.item)
            if clause is not None:
                (must_not if sign == "-" else must).append(clause)
        if len(must) == 1 and not must_not:
            return must[0]
        return Bag(must=tuple(must), must_not=tuple(must_not)) if must or must_not else None

    def expect_item(self, operator: str) -> None:
        if not self.skip_space() or self.text[self.at] == ")" or self.peek_operator():
            raise self.fault(f"nothing stands behind {operator}")

    def item(self) -> Clause | None:
        char = self.text[self.at]
        if self.peek_operator():
            raise self.fault(f"{self.peek_operator()} stands where a word should")
        if char == "(":
            return self.group()
        if char == "=" and self.text[self.at + 1 : self.at + 2] in _QUOTES:
            self.at += 1
            return Exact(self.quoted())
        if char in _QUOTES:
            return self.phrase()
        for name, method in _FIELDS.items():
            if self.text[self.at : self.at + len(name) + 1].lower() == name + ":":
                return self.in_field(name, method)
        return self.word()

    def group(self) -> Clause | None:
        start = self.at
        self.at += 1
        self.depth += 1
        if self.depth > _DEEPEST:
            raise self.fault(f"more than {_DEEPEST} brackets stand within each other")
        bag = self.bag()
        if self.at >= len(self.text):
            raise self.fault("a bracket is never closed", start)
        self.at += 1
        self.depth -= 1
        return bag if bag != Bag() else None

    def quoted(self) -> str:
        start = self.at
        closing = _QUOTES[self.text[start]]
        ends = [end for c in {closing, '"'} if (end := self.text.find(c, start + 1)) > 0]
        if not ends:
            raise self.fault("a quotation mark is never closed", start)
        self.at = min(ends) + 1
        return self.text[start + 1 : min(ends)]

    def phrase(self) -> Clause | None:
        text = self.quoted()
        slop = _SLOP.match(self.text, self.at)
        if slop:
            self.at = slop.end()
        if not text.strip():
            return None
        return Phrase(text, int(folded(slop[1]) or 1) if slop else 0)

    def word(self) -> Clause | None:
        text = self.run()
        if len(text) > 1 and text.endswith("*"):
            return Prefix(text.rstrip("*"))
        fuzzy = re.fullmatch(r"(.+)~(\d?)", text)
        if fuzzy:
            return Fuzzy(fuzzy[1], min(2, int(folded(fuzzy[2]) or 1)))
        return Word(text) if text else None

    def run(self) -> str:
        """The characters up to a space, a bracket or a quotation mark."""
        match = _BREAK.search(self.text, self.at)
        end = match.start() if match else len(self.text)
        if end == self.at:  # lone punctuation
            end += 1
            self.at = end
            return ""
        text = self.text[self.at : end]
        self.at = end
        return text

    def in_field(self, name: str, method: str) -> Clause | None:
        start = self.at
        self.at += len(name) + 1
        if self.at >= len(self.text) or self.text[self.at].isspace():
            raise self.fault(f"nothing stands behind {name}:", start)
        clause: Clause | None = getattr(self, method)()
        return clause

    def title(self) -> Clause | None:
        clause = self.item()
        return Title(clause) if clause is not None else None

    def value(self) -> str:
        return self.quoted() if self.text[self.at] in _QUOTES else self.run()

    def path(self) -> Clause:
        return PathFilter(self.value())

    def type(self) -> Clause:
        return TypeFilter(tuple(part for part in self.value().lower().split(",") if part))

    def language(self) -> Clause:
        start, value = self.at, self.value()
        if value.lower() not in _LANGUAGES:
            raise self.fault(f"the language {value!r} is neither ar nor en", start)
        return LanguageFilter(_LANGUAGES[value.lower()])

    def date(self) -> Clause:
        start, value = self.at, self.value()
        try:
            return date_range(value)
        except ValueError as error:
            raise self.fault(str(error), start) from error

    def name(self) -> Clause | None:
        self.notes.append("name: searches only the spelling you typed")
        return self.item()

    def skip_space(self) -> bool:
        """Go on to the next character that is no space; whether there is one."""
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1
        return self.at < len(self.text)

    def peek_operator(self) -> str:
        match = _OPERATOR.match(self.text, self.at)
        return match[1] if match else ""

    def operator(self, name: str) -> bool:
        """Go past an operator, if it stands here."""
        self.skip_space()
        if self.peek_operator() != name:
            return False
        self.at += len(name)
        return True


_OPERATOR = re.compile(r"(AND|OR|NOT)(?=[\s()]|$)")
_FIELDS = {
    "title": "title",
    "path": "path",
    "type": "type",
    "lang": "language",
    "date": "date",
    "name": "name",
}
"""What may stand before a colon → the method that reads what stands behind it."""


def _default(sign: str, clause: Clause) -> str:
    """A filter without a sign is required: it says where to look, not what for."""
    return "+" if not sign and isinstance(clause, Filter) else sign


_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


def date_range(text: str) -> DateFilter:
    """``2016``, ``2016-05``, ``2016-05-01``, and ``2016..2021`` with either end open.

    Raises ValueError with a sentence.
    """
    first, dots, last = folded(text).partition("..")
    if not dots:
        last = first
    if not first and not last:
        raise ValueError(f"{text!r} is no date; write 2016, 2016-05-01 or 2016..2021")
    return DateFilter(
        _period(first)[0] if first else date.min, _period(last)[1] if last else date.max
    )


def _period(text: str) -> tuple[date, date]:
    """The first and the last day of a year, a month or a day."""
    match = _DAY.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is no date; write 2016, 2016-05 or 2016-05-01")
    year, month, day = (int(part) if part else 0 for part in match.groups())
    try:
        start = date(year, month or 1, day or 1)
        if day:
            return start, start
        following = date(year + (not month or month == 12), month % 12 + 1 if month else 1, 1)
    except ValueError as error:
        raise ValueError(f"{text!r} is no date: {error}") from error
    return start, following - timedelta(days=1)
