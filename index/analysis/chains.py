"""Analyze one piece of text: each kind of piece has a chain that makes its terms."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from index.analysis import normalizer, small_vowels, stemmer, stopwords
from index.analysis.lazy_pattern import lazy_pattern
from index.analysis.ligatures import PHRASES
from index.analysis.normalizer import APOSTROPHES
from index.analysis.number_groups import canonical, groups_of
from index.analysis.script import MARKS, language_of
from index.analysis.tokenizer import HYPHENS, pieces

MAX_LENGTH = 1024
"""Characters of a piece of text that are analyzed. Only web addresses are longer, and they differ
before. Of 60 MB without a space, names and n-grams of whole pieces took 2.7 GB."""


class Term(NamedTuple):
    """A word in the three forms in which it can match, from strict to lenient."""

    exact: str
    """As spelled, without marks (see ``normalizer``)."""
    folded: str
    """With equivalent letters unified."""
    stem: str | None
    """The form that most queries match; None for a stop word."""
    language: str
    """``ar``, ``en`` or ``""``, by script."""


class Piece(NamedTuple):
    """The terms of a piece of text: consecutive words, and alternatives for the whole piece."""

    words: tuple[Term, ...]
    """One for each position. Most pieces have one; UN-backed has two."""
    alternatives: tuple[Term, ...] = ()
    """Terms at the first position: the joined form of a compound, the parts of a number, a
    word with its small vowels spelled out."""


def analyze_piece(raw: str, kind: str) -> Piece:
    """Return the terms of a piece of text of a kind of ``tokenizer.pieces``.

    Those of a longer piece than :data:`MAX_LENGTH` are the terms of its beginning.
    """
    return _CHAINS[kind](raw[:MAX_LENGTH])


cached_piece = lru_cache(maxsize=1 << 16)(analyze_piece)
""":func:`analyze_piece` with a cache, because a text repeats its words."""


def position_count(raw: str, kind: str) -> int:
    """Return the number of words of a piece: 1 except for compounds and phrase ligatures."""
    if kind == "phrase" or (kind == "word" and not raw.isalpha()):
        return len(cached_piece(raw, kind).words)
    return 1


def _arabic(raw: str) -> Piece:
    term = _arabic_term(raw)
    return Piece((term,), spelled_out_terms(raw, term))


def _arabic_term(raw: str) -> Term:
    exact, folded = normalizer.exact(raw), normalizer.folded(raw)
    stop = stopwords.is_arabic_stop_word(exact)
    return Term(exact, folded, None if stop else stemmer.arabic(folded, exact), "ar")


def spelled_out_terms(raw: str, term: Term) -> tuple[Term, ...]:
    """Return the terms of a word with its small vowels spelled out, given its term without them.

    There are none for a stop word and for الله, which nobody spells otherwise.
    """
    spellings = small_vowels.spelled_out(raw)
    if not spellings or term.stem in (None, stemmer.GOD):
        return ()
    return _distinct(map(_arabic_term, spellings), {term.stem})


def _distinct(terms: Iterable[Term], stems: set[str | None]) -> tuple[Term, ...]:
    """Return terms at one position, each stem once: a repeated one, or one of ``stems``, is None.

    A term that a position has twice would pass for two terms of a phrase.
    """
    found = []
    for term in dict.fromkeys(terms):
        found.append(term._replace(stem=None) if term.stem in stems else term)
        stems.add(term.stem)
    return tuple(found)


_STRAIGHT_APOSTROPHES = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))
_POSSESSIVE = lazy_pattern(r"'s$|'$")


def _latin(raw: str) -> Term:
    raw = raw.translate(_STRAIGHT_APOSTROPHES)
    exact, folded = normalizer.exact(raw), normalizer.strip_accents(normalizer.folded(raw))
    # A stop word in capitals is a name: WHO, IT, US.
    stop = exact in stopwords.english() and not (len(raw) > 1 and raw.isupper())
    stem = None if stop else stemmer.english(_POSSESSIVE.sub("", folded).replace("'", ""))
    return Term(exact, folded.replace("'", ""), stem, language_of(exact))


_HYPHEN = lazy_pattern(f"[{HYPHENS}]")
MAX_JOINED_WORDS = 4
"""Words of a compound that also gets a joined form: al-Koni is alkoni, a whole phrase is not."""


def _word(raw: str) -> Piece:
    parts = [part for part in _HYPHEN.split(raw) if part]  # none is empty but by MAX_LENGTH
    words = tuple(map(_latin, parts))
    if 1 < len(parts) <= MAX_JOINED_WORDS:
        return Piece(words, (_latin("".join(parts)),))
    return Piece(words)


_MARK = lazy_pattern(f"[{MARKS}]")
_THOUSANDS = lazy_pattern(r"\d{1,3}(,\d{3})+(\.\d+)?")
_DECIMAL = lazy_pattern(r"\d+\.\d+")


def _number(raw: str) -> Piece:
    """Return a number as written, with its canonical form as the stem, and its groups."""
    written = normalizer.folded(_MARK.sub("", raw).replace("٬", ","))
    if _THOUSANDS.fullmatch(written):
        return Piece((_plain(written.replace(",", "")),))
    return _with_groups(written, [] if _DECIMAL.fullmatch(written) else groups_of(written))


def _groups(raw: str) -> Piece:
    """Return a number with spaces or brackets as one word."""
    written = " ".join(map(normalizer.folded, _MARK.sub("", raw).split()))
    return _with_groups(written, groups_of(written))


def _with_groups(written: str, groups: Sequence[str]) -> Piece:
    language, stem = language_of(written), canonical(written)
    # An account number without spaces is a word, and stemmed as one.
    term = Term(written, written, stemmer.english(stem) if language else stem, language)
    parts = dict.fromkeys(groups) if len(groups) > 1 else ()
    return Piece((term,), tuple(map(_plain, parts)))


def _plain(text: str) -> Term:
    return Term(text, text, text, "")


def _acronym(raw: str) -> Piece:
    """Return the term of an acronym without its dots: U.N. is UN, never a stop word (U.S.)."""
    letters = raw.replace(".", "").translate(_STRAIGHT_APOSTROPHES)
    folded = normalizer.strip_accents(normalizer.folded(letters))
    stem = _POSSESSIVE.sub("", folded)
    return Piece(
        (Term(normalizer.exact(letters), folded.replace("'", ""), stem, language_of(letters)),)
    )


def _address(raw: str) -> Piece:
    """Return a web or e-mail address as one term, with its words as alternatives."""
    whole = _plain(normalizer.folded(raw))
    return Piece((whole,), _distinct(_words_of_address(unquote(raw)), {whole.stem}))


def _words_of_address(address: str) -> Iterator[Term]:
    for raw, _, _, kind in pieces(_ADDRESS_SIGNS.sub(" ", address)):
        piece = cached_piece(raw, kind)
        yield from piece.words
        yield from piece.alternatives


_ADDRESS_SIGNS = lazy_pattern("[.@:]")


def _phrase(raw: str) -> Piece:
    """Return the words of a phrase ligature, such as ﷺ and ﷽."""
    return Piece(tuple(map(_arabic_term, PHRASES[raw[0]].split())))


_CHAINS: dict[str, Callable[[str], Piece]] = {
    "arabic": _arabic,
    "word": _word,
    "number": _number,
    "groups": _groups,
    "account": _groups,
    "phrase": _phrase,
    "acronym": _acronym,
    "url": _address,
    "email": _address,
}
