"""Forms of an Arabic word with and without a proclitic, as far as the index has them.

The stemmer strips و and ال. It leaves the prepositions and particles that join a word
without an article (بليبيا, كرئيس, سيبحث), because too many words begin with their letters.
These are found at search time, among the stems of the index.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from index.analysis import Term, normalizer, stemmer

StemFrequency = Callable[[str], int]
"""Stem → document frequency."""

_MIN_LENGTH = 3
"""Letters of a word without its proclitic: the ب of بعد is no preposition."""


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
    """Yield the stem of بليبيا for ليبيا."""
    word = stemmer.strip_prefixes(term.folded, term.exact)
    if len(word) < _MIN_LENGTH:
        return
    for proclitic in stemmer.PROCLITICS:
        stem = stemmer.arabic(proclitic + word)
        if frequency(stem):
            yield stem


def _stems_without(term: Term, frequency: StemFrequency) -> Iterator[str]:
    """Yield the stem of ليبيا for بليبيا, if it is the more frequent: بريد is not ريد."""
    word = stemmer.strip_prefixes(term.folded, term.exact)
    # لليبيا looks like ل with the article, so the letters as typed are tried as well.
    for form in dict.fromkeys((word, term.folded.removeprefix("و"))):
        for proclitic in stemmer.PROCLITICS:
            if form.startswith(proclitic) and len(form) - len(proclitic) >= _MIN_LENGTH:
                stem = stemmer.arabic(form[len(proclitic) :])
                if frequency(stem) > frequency(term.stem or ""):
                    yield stem
