"""A word of the query to its other forms in this index.

The stemmer takes off و and ال. The prepositions and particles that join a word
without an article (بليبيا, كرئيس, سيبحث) it leaves, for too many words begin with
their letters. They are met here instead, among the words that the index holds.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from index.analysis import Term, normalizer, stemmer

Frequency = Callable[[str], int]
"""How many documents hold a stem."""

_SHORTEST = 3
"""Letters of a word that may be found behind a proclitic: ب of بعد is no preposition."""


def proclitic_variants(term: Term, frequency: Frequency) -> tuple[str, ...]:
    """The stems in the index that are this Arabic word with or without a proclitic."""
    if term.language != "ar" or term.stem is None:
        return ()
    found = dict.fromkeys([*_with_proclitic(term, frequency), *_without(term, frequency)])
    return tuple(stem for stem in found if stem != term.stem)


def without_proclitics(term: Term, stems: Collection[str]) -> Iterator[str]:
    """The exact forms of an Arabic word without what joins it, if their stem is among these.

    >>> from index.analysis import analyze
    >>> (token,) = analyze("والدبيبة")
    >>> list(without_proclitics(token.term, {token.term.stem}))
    ['الدبيبة']
    """
    if term.language != "ar":
        return
    for proclitic in ("و", "ف", *stemmer.PROCLITICS):
        form = term.exact.removeprefix(proclitic)
        joined = form != term.exact and len(form) >= _SHORTEST
        if joined and stemmer.arabic(normalizer.folded(form), form) in stems:
            yield form


def _with_proclitic(term: Term, frequency: Frequency) -> Iterator[str]:
    """بليبيا for ليبيا"""
    bare = stemmer.strip_prefixes(term.folded, term.exact)
    if len(bare) < _SHORTEST:
        return
    for proclitic in stemmer.PROCLITICS:
        stem = stemmer.arabic(proclitic + bare)
        if frequency(stem):
            yield stem


def _without(term: Term, frequency: Frequency) -> Iterator[str]:
    """ليبيا for بليبيا, where the index has it more often: بريد is not ريد."""
    word = stemmer.strip_prefixes(term.folded, term.exact)
    # لليبيا looks like ل and the article, so the letters as typed are tried as well.
    for form in dict.fromkeys((word, term.folded.removeprefix("و"))):
        for proclitic in stemmer.PROCLITICS:
            if form.startswith(proclitic) and len(form) - len(proclitic) >= _SHORTEST:
                stem = stemmer.arabic(form[len(proclitic) :])
                if frequency(stem) > frequency(term.stem or ""):
                    yield stem
