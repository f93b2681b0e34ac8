"""Query text to a syntax tree: ``parse`` accepts whatever a person may type.

A text that is not in the query language (``grammar``) is searched as plain words, with a note
that says why; with ``strict`` it raises BadQuery, which knows the offset.
"""

from __future__ import annotations

from index.analysis.lazy_pattern import lazy_pattern
from index.analysis.number_groups import spaced_number
from index.analysis.script import INVISIBLE
from index.errors import BadQuery
from search.parsing.ast import ParsedGroup, ParsedQuery, Word
from search.parsing.grammar import QueryGrammar
from search.parsing.text_signs import text_signs_note

_OPERATORS = ("AND", "OR", "NOT")
_PLAIN_WORD = lazy_pattern(r"\S+")
INVISIBLE_CHARACTER = lazy_pattern(f"[{INVISIBLE}]")
"""What a right-to-left keyboard or copied text may put before a sign."""
_SURROGATE = lazy_pattern("[\ud800-\udfff]")
MAX_LENGTH = 150_000
"""Characters of a query that are searched: a list of ten thousand words, not a whole book."""


def parse(text: str, *, plain: bool = False, strict: bool = False) -> ParsedQuery:
    """Parse a query. With ``plain`` it has no operators.

    Bytes of the command line that are not UTF-8 become U+FFFD; of a text longer than
    :data:`MAX_LENGTH` the rest is left out, with a note. Raises BadQuery only with ``strict``.
    """
    visible = _SURROGATE.sub("\ufffd", INVISIBLE_CHARACTER.sub("", text[:MAX_LENGTH]))
    notes: tuple[str, ...] = ()
    if len(text) > MAX_LENGTH:
        fault = f"the query has {len(text):,} characters, more than {MAX_LENGTH:,}"
        if strict:
            raise BadQuery(fault)
        notes = (f"{fault}: the rest is left out",)
    if plain:
        return ParsedQuery(text, _plain_words(visible), notes)
    grammar = QueryGrammar(visible)
    try:
        root = grammar.query()
    except BadQuery as error:
        if strict:
            raise
        notes += (f"{error.message}: searched as plain words",)
        return ParsedQuery(text, _plain_words(visible), notes)
    if note := text_signs_note(visible, grammar.text_signs):
        notes += (note,)
    return ParsedQuery(text, root, notes, sort=grammar.sort)


def _plain_words(text: str) -> ParsedGroup:
    """The words between spaces, and numbers with spaces."""
    words, at = [], 0
    while match := _PLAIN_WORD.search(text, at):
        word = spaced_number(text, match.start()) or match[0]
        at = match.start() + len(word)
        words.append(word)
    return ParsedGroup(should=tuple(Word(word) for word in words if word not in _OPERATORS))
