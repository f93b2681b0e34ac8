"""The chains side by side: a piece of text to the terms it is found by.

Whatever is asked of the index goes through :func:`analyze` exactly as what is put
into it, so the two cannot drift apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from index.analysis import normalizer, stemmer, stopwords
from index.analysis.normalizer import APOSTROPHES
from index.analysis.script import MARKS, language_of
from index.analysis.tokenizer import HYPHENS, pieces


class Term(NamedTuple):
    """One word in the three forms it can be matched in, from strict to lenient."""

    exact: str
    """As spelled, without marks (see ``normalizer``)."""
    folded: str
    """With the spellings made equal that are held equal."""
    stem: str | None
    """What the index is mostly asked for; nothing for a stop word."""
    language: str
    """``ar``, ``en`` or ``""``, by script."""


class Piece(NamedTuple):
    """What a piece of text is found by: words in a row, and other names for the whole."""

    words: tuple[Term, ...]
    """One a position. Most pieces have one; UN-backed has two."""
    also: tuple[Term, ...] = ()
    """Terms at the first position: the joined form of a compound, the parts of a number."""


@dataclass(frozen=True, slots=True)
class Token:
    """A term in its place.

    ``start`` and ``end`` count characters of the original text and always enclose a
    whole word as written, marks and all: every part of UN-backed has the offsets of
    UN-backed. ``position`` counts words from 0; terms beside each other in the text
    have positions beside each other.
    """

    term: Term
    start: int
    end: int
    position: int
    beside: bool = False
    """Whether this is another name for what stands at the position (``Piece.also``)."""


def analyze(
    text: str, start: int = 0, end: int | None = None, position: int = 0
) -> Iterator[Token]:
    """The tokens of ``text[start:end]`` in order, the first at the given position."""
    for piece, first, last in scan(text, start, end):
        yield from _tokens(piece, first, last, position)
        position += len(piece.words)


def analyze_at(
    text: str, positions: Container[int], start: int = 0, end: int | None = None, position: int = 0
) -> Iterator[Token]:
    """Those tokens of :func:`analyze` that stand at the positions.

    The words between them are counted, not analysed: several times as fast where few
    positions are wanted.
    """
    for raw, first, last, kind in pieces(text, start, end):
        count = _count(raw, kind)
        if position in positions or (
            count > 1 and any(at in positions for at in range(position, position + count))
        ):
            tokens = _tokens(piece_of(raw, kind), first, last, position)
            yield from (token for token in tokens if token.position in positions)
        position += count


def _tokens(piece: Piece, first: int, last: int, position: int) -> Iterator[Token]:
    for term in piece.also:
        yield Token(term, first, last, position, beside=True)
    for at, term in enumerate(piece.words, position):
        yield Token(term, first, last, at)


def scan(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[Piece, int, int]]:
    """The pieces of ``text[start:end]`` with their offsets; what the indexer uses."""
    for raw, first, last, kind in pieces(text, start, end):
        yield piece_of(raw, kind), first, last


def analysed(raw: str, kind: str) -> Piece:
    """The terms of one piece."""
    return _CHAINS[kind](raw)


piece_of = lru_cache(maxsize=1 << 16)(analysed)
"""The same, remembered: text repeats its words."""


def _count(raw: str, kind: str) -> int:
    """How many positions a piece takes: one, but for compounds and words in one character."""
    if kind == "phrase" or (kind == "word" and not raw.isalpha()):
        return len(piece_of(raw, kind).words)
    return 1


def _arabic(raw: str) -> Piece:
    exact, folded = normalizer.exact(raw), normalizer.folded(raw)
    stop = stopwords.is_arabic(exact)
    return Piece((Term(exact, folded, None if stop else stemmer.arabic(folded, exact), "ar"),))


_STRAIGHT = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))
_POSSESSIVE = re.compile(r"'s$|'$")


def _latin(raw: str) -> Term:
    raw = raw.translate(_STRAIGHT)
    exact, folded = normalizer.exact(raw), normalizer.unaccented(normalizer.folded(raw))
    # Written in capitals a stop word is a name: WHO, IT, US.
    stop = exact in stopwords.english() and not (len(raw) > 1 and raw.isupper())
    stem = None if stop else stemmer.english(_POSSESSIVE.sub("", folded).replace("'", ""))
    return Term(exact, folded.replace("'", ""), stem, language_of(exact))


_HYPHEN = re.compile(f"[{HYPHENS}]")
_LONGEST_COMPOUND = 4
"""Words in a compound that is also found as one: al-Koni as alkoni, but no whole phrase."""


def _word(raw: str) -> Piece:
    parts = _HYPHEN.split(raw)
    words = tuple(map(_latin, parts))
    if 1 < len(parts) <= _LONGEST_COMPOUND:
        return Piece(words, (_latin("".join(parts)),))
    return Piece(words)


_MARK = re.compile(f"[{MARKS}]")
_THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?")
_DECIMAL = re.compile(r"\d+\.\d+")
_DIGITS = re.compile(r"\d+")


def _number(raw: str) -> Piece:
    written = normalizer.folded(_MARK.sub("", raw).replace("٬", ","))
    if _THOUSANDS.fullmatch(written):
        return Piece((_plain(written.replace(",", "")),))
    parts = _DIGITS.findall(written)
    if len(parts) < 2 or _DECIMAL.fullmatch(written):
        return Piece((_plain(written),))
    return Piece((_plain(written),), tuple(map(_plain, dict.fromkeys(parts))))


def _plain(text: str) -> Term:
    return Term(text, text, text, "")


def _acronym(raw: str) -> Piece:
    """U.N. is found by UN, and never a stop word (U.S.)."""
    letters = raw.replace(".", "").translate(_STRAIGHT)
    folded = normalizer.unaccented(normalizer.folded(letters))
    stem = _POSSESSIVE.sub("", folded)
    return Piece(
        (Term(normalizer.exact(letters), folded.replace("'", ""), stem, language_of(letters)),)
    )


def _address(raw: str) -> Piece:
    """A web or e-mail address: the whole, and its words beside it."""
    return Piece((_plain(normalizer.folded(raw)),), tuple(dict.fromkeys(_inside(unquote(raw)))))


def _inside(address: str) -> Iterator[Term]:
    for raw, _, _, kind in pieces(_SIGNS.sub(" ", address)):
        piece = piece_of(raw, kind)
        yield from piece.words
        yield from piece.also


_SIGNS = re.compile("[.@:]")


def _phrase(raw: str) -> Piece:
    """ﷺ as the words that it stands for."""
    written = unicodedata.normalize("NFKC", raw)
    return Piece(tuple(word for part in written.split() for word in _arabic(part).words))


_CHAINS: dict[str, Callable[[str], Piece]] = {
    "arabic": _arabic,
    "word": _word,
    "number": _number,
    "phrase": _phrase,
    "acronym": _acronym,
    "url": _address,
    "email": _address,
}
