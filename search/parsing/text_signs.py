"""Which signs of a query text are text: ``-2``, ``chaperone(s)``, ``(Smith, 2001)``.

People paste sentences, titles and references. These signs are text, as a reader takes them:

- ``+`` and ``-`` before a digit, or before a sign that begins nothing;
- brackets that open directly behind a word, and those around a citation or a year;
- in more than :data:`MAX_QUERY_WORDS` words also a bracket without its other half, ``+`` and
  ``-`` before a word, unless at least half of the words have one, and the quotation marks around
  the title of a reference: at least :data:`_MIN_TITLE_WORDS` words and a comma.

Other quotations, AND, OR, NOT, fields and balanced brackets keep their meaning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.analysis.lazy_pattern import lazy_pattern
from index.analysis.number_groups import spaced_number
from index.analysis.script import MARKS
from search.parsing.field_values import FIELD

QUOTES = {'"': '"', "“": "”", "«": "»", "„": "“", "‟": "”", "”": "”"}
"""Opening quotation mark → the closing one; a straight mark closes any quotation."""
MAX_QUERY_WORDS = 12
"""Words, split at white space, above which a text is taken for running text."""
_MIN_TITLE_WORDS = 5
"""Words of a quotation that may be the title of a reference; a phrase is mostly shorter."""
_MAX_EXAMPLES = 3
"""Words that the note quotes."""
_MAX_EXAMPLE = 24
"""Characters of a word in the note."""

_OPENING = lazy_pattern(f"[{''.join(QUOTES)}]")
_SIGNS = frozenset("()+-").union(QUOTES, QUOTES.values())
_COMMA = lazy_pattern(r"[,،]")
_BRACKET = lazy_pattern(r"[()]")
_SIGN = lazy_pattern(r'(?:(?<=[\s()"])|^)[+-](?=\S)')
_NUMBER_START = lazy_pattern(r"(?:(?<=[\s()\":])|^)(?=[+(]{0,2}\d|[A-Za-z]{2}\d\d)")
_NUMBER = lazy_pattern(r"[.,٫٬]?\d")
_OPERAND = lazy_pattern(r'[^\W_]|[("=+-]|[*?؟]+[^\W_]')
"""What a sign may belong to: a word, a bracket, a quotation, a field, or another sign."""
_OPERATOR_BEFORE = lazy_pattern(r"(?<![^\W_])(?:AND|OR|NOT)\s?$|[-+:=]$")
_OPERATOR_AFTER = lazy_pattern(r"\s*(?:AND|OR)(?![^\W_])")
_WORD_BEFORE = lazy_pattern(rf"[\w{MARKS}]$")
_LONGEST_OPERATOR = 5
"""Characters before a bracket in which an operator may stand."""
_CITATION = lazy_pattern(
    r"(?:[^()]*(?:[,،&]|\bet\ al\b\.?|\bوآخرون\b)\s*)?\d{4}[a-z]?(?:\s*[,،:;؛][^()]*)?"
)
_OPERATOR_INSIDE = lazy_pattern(rf'"|(?<!\S)(?:AND|OR|NOT|[+-]\S+)(?!\S)|(?i:{FIELD.pattern})')


def text_signs(text: str) -> frozenset[int]:
    """Return the offsets of the signs of a query that are text."""
    if _SIGNS.isdisjoint(text):
        return frozenset()
    words = len(text.split())
    is_running = words > MAX_QUERY_WORDS
    titles: list[int] = []
    parts, read = [], 0
    text = _without_numbers(text)
    for start, end in _quotations(text):
        is_title = is_running and _is_cited_title(text, start, end)
        titles += [at for at in range(start, end) if is_title and text[at] in _SIGNS]
        parts += [text[read:start], ("x" if is_title else '"') * (end - start)]
        read = end
    bare = "".join([*parts, text[read:]])
    brackets = frozenset(_text_brackets(bare, is_running=is_running))
    return brackets.union(titles, _text_marks(bare, brackets, words))


def text_signs_note(text: str, signs: frozenset[int]) -> str:
    """Return the note on the signs of a query that are text, or ``""`` for none."""
    found: dict[str, None] = {}
    for match in re.finditer(r"\S+", text) if signs else ():
        if not signs.isdisjoint(range(match.start(), match.end())):
            found[match[0].rstrip(",;.")] = None
    if not found:
        return ""
    words = [
        word if len(word) <= _MAX_EXAMPLE else word[: _MAX_EXAMPLE - 1] + "…" for word in found
    ]
    more = " …" if len(words) > _MAX_EXAMPLES else ""
    hint = "; NOT excludes a word" if any(text[at] == "-" for at in signs) else ""
    return f"taken as text, not as signs: {', '.join(words[:_MAX_EXAMPLES])}{more}{hint}"


def _without_numbers(text: str) -> str:
    """Replace numbers with spaces or brackets, whose signs are their own, by letters."""
    parts, at = [], 0
    for start in (match.start() for match in _NUMBER_START.finditer(text)):
        number = spaced_number(text, start) if start >= at else ""
        if number:
            parts += [text[at:start], "x" * len(number)]
            at = start + len(number)
    return "".join([*parts, text[at:]])


def _quotations(text: str) -> Iterator[tuple[int, int]]:
    """Yield the start and the end of each quotation, up to one that is never closed."""
    at = 0
    while opening := _OPENING.search(text, at):
        start = opening.start()
        closing = {QUOTES[text[start]], '"'}
        ends = [end for mark in closing if (end := text.find(mark, start + 1)) > 0]
        if not ends:
            return
        at = min(ends) + 1
        yield start, at


def _is_cited_title(text: str, start: int, end: int) -> bool:
    """Whether a quotation is the title of a reference: long, optional, a comma at its end."""
    has_comma = _COMMA.search(text, max(start, end - 2), end + 1) is not None
    is_operand = _OPERATOR_BEFORE.search(text, max(0, start - _LONGEST_OPERATOR), start)
    return has_comma and not is_operand and len(text[start:end].split()) >= _MIN_TITLE_WORDS


def _text_brackets(text: str, *, is_running: bool) -> Iterator[int]:
    """Yield the offsets of brackets that are text."""
    opened: list[int] = []
    for at in (match.start() for match in _BRACKET.finditer(text)):
        if text[at] == "(":
            opened.append(at)
        elif opened:
            start = opened.pop()
            if _is_behind_word(text, start) or _is_citation(text, start, at):
                yield from (start, at)
        elif is_running:
            yield at
    yield from (at for at in opened if is_running or _is_behind_word(text, at))


def _is_behind_word(text: str, at: int) -> bool:
    """Whether a bracket opens directly behind a word that is no operator."""
    before = max(0, at - _LONGEST_OPERATOR)
    operator = _OPERATOR_BEFORE.search(text, before, at)
    return operator is None and _WORD_BEFORE.search(text, before, at) is not None


def _is_citation(text: str, start: int, end: int) -> bool:
    """Whether a pair of brackets is around a year, mostly with an author, and is no operand."""
    return (
        _CITATION.fullmatch(text, start + 1, end) is not None
        and not _OPERATOR_INSIDE.search(text, start + 1, end)
        and not _OPERATOR_BEFORE.search(text, max(0, start - _LONGEST_OPERATOR), start)
        and not _OPERATOR_AFTER.match(text, end + 1)
    )


def _text_marks(text: str, brackets: frozenset[int], words: int) -> Iterator[int]:
    """Yield the offsets of plus and minus signs that are text."""
    marks = [match.start() for match in _SIGN.finditer(text)]
    is_running = words > MAX_QUERY_WORDS and 2 * len(marks) < words
    for at in marks:
        follows = at + 1
        is_text = _NUMBER.match(text, follows) or not _OPERAND.match(text, follows)
        if is_text or (is_running and not _has_structure(text, follows, brackets)):
            yield at


def _has_structure(text: str, at: int, brackets: frozenset[int]) -> bool:
    """Whether a quotation, a field, or a bracket that is none of ``brackets`` begins here."""
    if text.startswith(("(", '"', '="'), at):
        return at not in brackets
    return FIELD.match(text, at) is not None
