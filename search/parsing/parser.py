"""Query text to a syntax tree: ``parse`` accepts whatever a person may type.

A text that is not in the query language (``grammar``) is searched as plain words, with a note
that says why; with ``strict`` it raises BadQuery, which knows the offset.
"""

from __future__ import annotations

import re

from index.analysis.script import INVISIBLE
from index.errors import BadQuery
from search.parsing.ast import ParsedGroup, ParsedQuery, Word
from search.parsing.grammar import QueryGrammar

_OPERATORS = ("AND", "OR", "NOT")
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
"""What a right-to-left keyboard or copied text may put before a sign."""


def parse(text: str, *, plain: bool = False, strict: bool = False) -> ParsedQuery:
    """Parse a query. With ``plain`` it has no operators.

    Raises BadQuery only with ``strict``.
    """
    visible = _INVISIBLE.sub("", text)
    if plain:
        return ParsedQuery(text, _plain_words(visible))
    grammar = QueryGrammar(visible)
    try:
        root = grammar.query()
    except BadQuery as error:
        if strict:
            raise
        note = f"{error.message}: searched as plain words"
        return ParsedQuery(text, _plain_words(visible), (note,))
    return ParsedQuery(text, root, sort=grammar.sort)


def _plain_words(text: str) -> ParsedGroup:
    words = (Word(word) for word in text.split() if word not in _OPERATORS)
    return ParsedGroup(should=tuple(words))
