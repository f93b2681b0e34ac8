"""Forms of an Arabic word with and without a proclitic or a pronoun, as far as the index has them.

The stemmer strips و and ال. It leaves the prepositions and particles that join a word
without an article (بليبيا, كرئيس, سيبحث), because too many words begin with their letters.
These are found at search time, among the stems of the index; and so are the forms that a feminine
word has before a pronoun (سفارة, سفارتها, وبسفارتها).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from index.analysis import Term, normalizer, stemmer

StemFrequency = Callable[[str], int]
"""Stem → document frequency."""

_MIN_LENGTH = 3
"""Letters of a word without its proclitic, or without its feminine ending: the ب of بعد is no
preposition, and the ت of بيتها belongs to the word."""
_FEMININE, _FOLDED_FEMININE = "ة", "ه"
"""The feminine ending, as spelled and folded."""
_BEFORE_PRONOUN = "ت"
"""What the feminine ending is before a pronoun."""
_STRIPPED = "ها"
"""The pronoun that stands for all that the stemmer strips: the stems are the same."""
_UNSTRIPPED = tuple(p for p in stemmer.PRONOUNS if not p.endswith(stemmer.SUFFIXES))
"""Pronouns that stay in a stem."""


def proclitic_variants(term: Term, frequency: StemFrequency) -> tuple[str, ...]:
    """Return the stems of the index that are an Arabic word with or without a proclitic.

    Empty for a term in another language.
    """
    if term.language != "ar" or term.stem is None:
        return ()
    stems = dict.fromkeys([*_stems_with(term, frequency), *_stems_without(term, frequency)])
    return tuple(stem for stem in stems if stem != term.stem)


def without_proclitics(term: Term, stems: Collection[str]) -> Iterator[str]:
    """Yield the exact forms of an Arabic term without a proclitic, if ``stems`` has their stem.

    >>> from index.analysis import analyze
    >>> (token,) = analyze("والدبيبة")
    >>> list(without_proclitics(token.term, {token.term.stem}))
    ['الدبيبة']
    """
    if term.language != "ar":
        return
    for proclitic in ("و", "ف", *stemmer.PROCLITICS):
        form = term.exact.removeprefix(proclitic)
        stripped = form != term.exact and len(form) >= _MIN_LENGTH
        if stripped and stemmer.arabic(normalizer.folded(form), form) in stems:
            yield form


def _stems_with(term: Term, frequency: StemFrequency) -> Iterator[str]:
    """Yield the stems of بليبيا for ليبيا, and of بسفارتها and سفارتهم for سفارة."""
    word = stemmer.strip_prefixes(term.folded, term.exact)
    if len(word) < _MIN_LENGTH:
        return
    forms = [proclitic + word for proclitic in stemmer.PROCLITICS]
    if term.exact.endswith(_FEMININE) and len(word) > _MIN_LENGTH:
        before_pronoun = word[:-1] + _BEFORE_PRONOUN
        forms += [form[:-1] + _BEFORE_PRONOUN + _STRIPPED for form in forms]
        forms += [before_pronoun + pronoun for pronoun in (_STRIPPED, *_UNSTRIPPED)]
    yield from filter(frequency, map(stemmer.arabic, forms))


def _stems_without(term: Term, frequency: StemFrequency) -> Iterator[str]:
    """Yield the stem of ليبيا for بليبيا, if it is the more frequent: بريد is not ريد.

    That of سفارة for وبسفارتها is taken as it is: few words that are no feminine ones end so.
    """
    word = stemmer.strip_prefixes(term.folded, term.exact)
    # لليبيا looks like ل with the article, so the letters as typed are tried as well.
    for form in dict.fromkeys((word, term.folded.removeprefix("و"))):
        for rest in _without_one(form):
            yield from filter(frequency, map(stemmer.arabic, _feminine(rest)))
            stem = stemmer.arabic(rest)
            if rest != form and frequency(stem) > frequency(term.stem or ""):
                yield stem


def _without_one(form: str) -> Iterator[str]:
    """Yield a form, and what is left of it behind each proclitic that it may have."""
    yield form
    for proclitic in stemmer.PROCLITICS:
        if form.startswith(proclitic) and len(form) - len(proclitic) >= _MIN_LENGTH:
            yield form[len(proclitic) :]


def _feminine(form: str) -> Iterator[str]:
    """Yield سفاره for سفارتها, for each pronoun that the form may have."""
    for pronoun in stemmer.PRONOUNS:
        noun = form.removesuffix(_BEFORE_PRONOUN + pronoun)
        if noun != form and len(noun) >= _MIN_LENGTH:
            yield noun + _FOLDED_FEMININE
